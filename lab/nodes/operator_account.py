"""The rights of a pod, held outside of it: a kubeconfig with the token of its ServiceAccount, renewed in time."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lightkube.resources.core_v1 import ServiceAccountToken

from ..client import Kubernetes, plain, resource
from ..controlplane import write_kubeconfig
from ..paths import write_private

_LIFE_SECONDS = 3600
_RENEWED_AFTER_SECONDS = 1800.0


class Account:
    """The ServiceAccount of pods, as files in one folder: ``token`` and ``kubeconfig``."""

    def __init__(self, folder: Path, server: str, authority: Path) -> None:
        self.kubeconfig = folder / "kubeconfig"
        self._token = folder / "token"
        self._server = server
        self._authority = authority
        self._pod = ""
        self._renewed = 0.0

    def renew(self, kubernetes: Kubernetes, pod: Mapping[str, Any]) -> None:
        """Hold a token for ``pod`` that is at most half its life old; it ends with the pod, as in a kubelet's hands."""
        metadata = pod["metadata"]
        if self._pod == metadata["uid"] and time.monotonic() - self._renewed < _RENEWED_AFTER_SECONDS:
            return
        bound = {"apiVersion": "v1", "kind": "Pod", "name": metadata["name"], "uid": metadata["uid"]}
        request = resource(
            ServiceAccountToken,
            {
                "metadata": {"namespace": metadata["namespace"]},
                "spec": {"audiences": [], "boundObjectRef": bound, "expirationSeconds": _LIFE_SECONDS},
            },
        )
        account = pod["spec"].get("serviceAccountName", "default")
        answer = plain(kubernetes.create(request, account, namespace=metadata["namespace"]))
        write_private(self._token, answer["status"]["token"])
        # The file by name, not the token: clients read it again, so a renewed one needs no restart.
        write_kubeconfig(
            self.kubeconfig, server=self._server, authority=self._authority, name="operator", user=self._token
        )
        self._pod, self._renewed = metadata["uid"], time.monotonic()
