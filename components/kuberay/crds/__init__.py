"""KubeRay's CRDs: from a checksummed source, through a local cache, into the cluster; never deleted."""
