"""The KubeRay operator: what is wanted, what is sent, and its CRDs.

Its doors are those of the room (``rayform.components``): a program that hosts only the CRDs' provider loads no more.
"""
