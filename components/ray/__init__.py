"""The typed Ray kinds: what they are (specs), what is sent (manifests), what must hold (rules), and the components.

Its names stand in the room's door (``rayform.components``): specs, manifests and rules are used without Pulumi too.
"""
