"""The words every room speaks: descriptions, names, quantities, refusals. Knows no room, and nothing of Pulumi.

Each module is imported by its own name, so that who only refuses does not pay for pydantic.
"""
