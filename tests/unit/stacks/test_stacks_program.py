from typing import Any

import pulumi
import pytest
from rayform.lab.testing import Recorded, run
from rayform.stacks import Installed, StackSettings, main

CLUSTER = {"ray_version": "2.60.0", "head": {"cpu": 1, "memory": "4Gi"}}
JOB = {"entrypoint": "python train.py", "cluster_selector": {"ray.io/cluster": "train"}, "submission_mode": "HTTPMode"}
SERVICE = {
    "ray_cluster_config": CLUSTER,
    "serve_config_v2": {"applications": [{"import_path": "chat:app"}]},
}
RAY_CLUSTER, RAY_JOB = "kubernetes:ray.io/v1:RayCluster", "kubernetes:ray.io/v1:RayJob"
RAY_SERVICE, RAY_CRON_JOB = "kubernetes:ray.io/v1:RayService", "kubernetes:ray.io/v1:RayCronJob"


def deployed(**settings: Any) -> Recorded:
    config = {"rayform:settings": StackSettings.model_validate(settings).model_dump_json(exclude_unset=True)}
    outputs = {RAY_JOB: lambda inputs: {**inputs, "status": {"jobDeploymentStatus": "Complete"}}}
    return run(main, config=config, outputs=outputs, project="rayform")


def test_a_stack_without_settings_is_the_operator_in_its_namespaces() -> None:
    recorded = run(main, project="rayform")
    namespaces = {each.inputs["metadata"]["name"] for each in recorded.all("kubernetes:core/v1:Namespace")}
    assert namespaces == {"kuberay-system", "ray"}
    assert not recorded.all(RAY_CLUSTER)


def test_clusters_and_jobs_live_in_the_stacks_namespace() -> None:
    recorded = deployed(namespace="team", clusters={"train": CLUSTER}, jobs={"first": JOB})
    kinds = [recorded.one(kind) for kind in (RAY_CLUSTER, RAY_JOB)]
    assert [each.inputs["metadata"]["namespace"] for each in kinds] == ["team", "team"]


def test_a_job_on_a_cluster_of_the_stack_starts_after_it() -> None:
    recorded = deployed(clusters={"train": CLUSTER}, jobs={"first": JOB})
    cluster = recorded.one(RAY_CLUSTER)
    assert cluster.urn in recorded.one(RAY_JOB).depends_on


def test_services_and_schedules_live_in_the_stacks_namespace() -> None:
    nightly = {"schedule": "@daily", "job_template": JOB, "accepts": ["schedule-leaves-jobs"]}
    there = {"existing": True, "version": "1.6.2", "feature_gates": {"RayCronJob": True}}
    recorded = deployed(
        namespace="team",
        kuberay=there,
        clusters={"train": CLUSTER},
        services={"chat": SERVICE},
        cronjobs={"n": nightly},
    )
    service, schedule = recorded.one(RAY_SERVICE), recorded.one(RAY_CRON_JOB)

    assert [each.inputs["metadata"]["namespace"] for each in (service, schedule)] == ["team", "team"]
    assert recorded.one(RAY_CLUSTER).urn in schedule.depends_on
    assert recorded.outputs["services"] == {"chat": "http://chat-serve-svc.team.svc:8000"}
    assert recorded.outputs["cronjobs"] == {"n": "ray.io/cronjob-name=n"}


def test_an_operator_that_is_there_is_not_installed_again() -> None:
    recorded = deployed(kuberay={"existing": True, "version": "1.6.2"}, clusters={"train": CLUSTER})
    assert not recorded.all("kubernetes:apps/v1:Deployment")
    assert recorded.one(RAY_CLUSTER)


def test_settings_tell_an_operator_to_install_from_one_that_is_there() -> None:
    there = StackSettings.model_validate({"kuberay": {"existing": True, "version": "1.6.2"}})
    assert isinstance(there.kuberay, Installed)
    assert not isinstance(StackSettings.model_validate({"kuberay": {"version": "1.6.2"}}).kuberay, Installed)


def test_what_has_the_wrong_shape_is_refused_by_path() -> None:
    config = {"rayform:settings": '{"clusters": {"train": {"ray_version": "2.60.0", "hed": {}, "head": {"cpus": 1}}}}'}
    with pytest.raises(pulumi.RunError) as refused:
        run(main, config=config, project="rayform")

    assert str(refused.value) == (
        "settings: clusters[train].head.cpus: asked, there is no such field; did you mean cpu or gpus?\n"
        "settings: clusters[train].hed: asked, there is no such field; did you mean head?"
    )


def test_what_cannot_work_is_refused_with_its_remedy() -> None:
    config = {"rayform:settings": '{"kuberay": {"existing": true, "version": "9.9.9"}}'}
    with pytest.raises(pulumi.RunError, match=r"KubeRay: version 9\.9\.9 asked, known are 1\.6\.0, .*; choose one"):
        run(main, config=config, project="rayform")
