"""A Kubernetes provider plugin for the engine, where the official one is not installed.

It behaves as pulumi-kubernetes 4.34 documents for what rayform uses: server-side apply, dry runs at preview, awaiting,
auto-naming, replacement on identity, refresh and import. Test equipment: nobody deploys with it.
"""
