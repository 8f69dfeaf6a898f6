"""The typed Ray kinds: what they are (specs), what is sent (manifests), what must hold (rules), and the components."""
