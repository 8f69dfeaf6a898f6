"""Which fields cannot change while an object lives, as pulumi-kubernetes 4.34 has it: a change replaces it."""

from collections.abc import Mapping
from typing import Any

Path = tuple[str, ...]
"""Steps from the object's root; ``*`` is every item of a list."""

_SELECTOR = "spec.selector"
_CONTAINER = (
    *("args", "command", "env", "image", "imagePullPolicy", "lifecycle", "livenessProbe", "ports", "readinessProbe"),
    *(
        "resources",
        "securityContext",
        "stdin",
        "stdinOnce",
        "terminationMessagePath",
        "terminationMessagePolicy",
        "tty",
    ),
    *("volumeDevices", "volumeMounts", "workingDir"),
)
_POD = (
    *(
        "affinity",
        "automountServiceAccountToken",
        "dnsConfig",
        "dnsPolicy",
        "enableServiceLinks",
        "hostAliases",
        "hostIPC",
    ),
    *("hostNetwork", "hostPID", "hostname", "imagePullSecrets", "nodeName", "nodeSelector", "overhead"),
    *("preemptionPolicy", "priority", "priorityClassName", "readinessGates", "restartPolicy", "runtimeClassName"),
    *("schedulerName", "securityContext", "serviceAccount", "serviceAccountName", "shareProcessNamespace", "subdomain"),
    *("terminationGracePeriodSeconds", "volumes"),
    *(f"{kind}.*.{field}" for kind in ("containers", "initContainers") for field in _CONTAINER),
)
_VOLUME = (
    *("awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "fc", "flexVolume", "flocker"),
    *("gcePersistentDisk", "glusterfs", "hostPath", "iscsi", "local", "nfs", "photonPersistentDisk", "portworxVolume"),
    *("quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume"),
)
_FIELDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("apps", "DaemonSet"): (_SELECTOR,),
    ("apps", "Deployment"): (_SELECTOR,),
    ("apps", "StatefulSet"): (
        *("spec.podManagementPolicy", "spec.revisionHistoryLimit", _SELECTOR),
        *("spec.serviceName", "spec.volumeClaimTemplates"),
    ),
    ("batch", "Job"): ("spec.completions", "spec.parallelism", _SELECTOR, "spec.template"),
    ("", "PersistentVolume"): tuple(f"spec.{field}" for field in _VOLUME),
    ("", "PersistentVolumeClaim"): ("spec.accessModes", _SELECTOR, "spec.storageClassName", "spec.volumeName"),
    ("", "Pod"): tuple(f"spec.{field}" for field in _POD),
    ("", "ResourceQuota"): ("spec.scopes",),
    ("", "Secret"): ("type",),
    ("", "Service"): ("spec.clusterIP",),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"): ("roleRef",),
    ("rbac.authorization.k8s.io", "RoleBinding"): ("roleRef",),
    ("storage.k8s.io", "StorageClass"): ("parameters", "provisioner"),
}
_DATA = {"ConfigMap": ("binaryData", "data"), "Secret": ("stringData", "data")}


def immutable(manifest: Mapping[str, Any], mutable: frozenset[str], *, patch: bool) -> tuple[Path, ...]:
    """The fields of an object whose change replaces it.

    Args:
        manifest: the object as it is wanted.
        mutable: of ConfigMap and Secret, those whose data is to be updated in place unless the object forbids it.
        patch: whether only fields of somebody else's object are managed; those can all change.
    """
    group, kind = str(manifest.get("apiVersion")).rpartition("/")[0], str(manifest.get("kind"))
    own = () if patch else _FIELDS.get((group, kind), ())
    frozen = kind not in mutable or manifest.get("immutable") is True
    data = _DATA.get(kind, ()) if not group and frozen and not patch else ()
    return tuple(tuple(field.split(".")) for field in ("metadata.name", "metadata.namespace", *own, *data))
