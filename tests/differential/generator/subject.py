"""A legal object, taken apart for whoever wants to break it."""

from typing import Any

__all__ = ["Subject"]


class Subject:
    """The parts of an object of any kind."""

    def __init__(self, manifest: dict[str, Any]) -> None:
        self.manifest = manifest
        self.spec: dict[str, Any] = manifest["spec"]

    @property
    def annotations(self) -> dict[str, str]:
        """The object's annotations, made when there are none."""
        annotations: dict[str, str] = self.manifest["metadata"].setdefault("annotations", {})
        return annotations

    @property
    def job(self) -> dict[str, Any]:
        """The spec of the job in it."""
        job: dict[str, Any] = self.spec.get("jobTemplate", self.spec)
        return job

    @property
    def cluster(self) -> dict[str, Any]:
        """The spec of the cluster in it."""
        fields = {"RayCluster": self.spec, "RayService": self.spec.get("rayClusterConfig")}
        cluster: dict[str, Any] = fields.get(self.manifest["kind"]) or self.job["rayClusterSpec"]
        return cluster

    @property
    def head(self) -> dict[str, Any]:
        """The cluster's head group."""
        head: dict[str, Any] = self.cluster["headGroupSpec"]
        return head

    @property
    def group(self) -> dict[str, Any]:
        """The cluster's last worker group."""
        group: dict[str, Any] = self.cluster["workerGroupSpecs"][-1]
        return group

    @property
    def options(self) -> dict[str, Any]:
        """The autoscaler's options, made when there are none."""
        options: dict[str, Any] = self.cluster.setdefault("autoscalerOptions", {})
        return options

    @property
    def rules(self) -> list[dict[str, Any]]:
        """The job's deletion rules."""
        rules: list[dict[str, Any]] = self.job["deletionStrategy"]["deletionRules"]
        return rules

    def env(self, name: str, value: str = "1") -> None:
        """Set a variable of the head's Ray container."""
        variables = self.head["template"]["spec"]["containers"][0].setdefault("env", [])
        variables[:] = [variable for variable in variables if variable["name"] != name] + [
            {"name": name, "value": value}
        ]
