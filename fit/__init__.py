"""How pods meet nodes: pure arithmetic on amounts, before anything is paid for. Knows no room, and nothing of Pulumi.

Each module is imported by its own name, so that who only names a pool does not pay for the packing.
"""
