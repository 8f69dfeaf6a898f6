"""Ways to break a cluster."""

from .draw import Draw
from .mutation import mutation
from .subject import Subject

__all__: list[str] = []

NOT_IN_CRON = ("RayCluster", "RayJob", "RayService")
"""Kinds whose annotations reach the cluster's rules."""


@mutation(2, "RayCluster name should be no more than 53 characters", "RayCluster")
def a_long_name(draw: Draw, it: Subject) -> None:
    it.manifest["metadata"]["name"] = "a" * draw.pick(54, 60, 63)


@mutation(3, "RayCluster name should be a valid DNS1035 label", "RayCluster")
def a_name_that_names_no_service(draw: Draw, it: Subject) -> None:
    it.manifest["metadata"]["name"] = draw.pick("1train", "a.b", "9")


@mutation(4, "Spec.UpgradeStrategy.Type value Rolling is invalid", "RayCluster", by_crd=True)
def an_unknown_upgrade(_: Draw, it: Subject) -> None:
    it.spec["upgradeStrategy"] = {"type": "Rolling"}


@mutation(5, "upgradeStrategy cannot be set when RayCluster is created by", "RayCluster")
def an_upgrade_of_a_child(draw: Draw, it: Subject) -> None:
    it.manifest["metadata"]["labels"] = {"ray.io/originated-from-crd": draw.pick("RayJob", "RayService")}
    it.spec["upgradeStrategy"] = {"type": draw.pick("Recreate", "None")}


@mutation(6, "headGroupSpec should have at least one container", selector=False)
def a_head_without_containers(_: Draw, it: Subject) -> None:
    it.head["template"]["spec"]["containers"] = []


@mutation(7, "resource fields should not be set in both rayStartParams and Resources for Head group", selector=False)
def resources_of_the_head_twice(draw: Draw, it: Subject) -> None:
    it.head["rayStartParams"] = {draw.pick("num-cpus", "num-gpus", "memory", "resources"): "1"}
    it.head["resources"] = {"CPU": "1"}


@mutation(8, "resource fields should not be set in both rayStartParams and Resources for", selector=False, groups=2)
def resources_of_a_group_twice(draw: Draw, it: Subject) -> None:
    it.group["rayStartParams"] = {draw.pick("num-cpus", "num-gpus", "memory", "resources"): "1"}
    it.group["resources"] = {"CPU": "1"}


@mutation(9, "rayStartParams['labels'] is not supported for Head group", selector=False)
def labels_of_the_head_as_a_flag(draw: Draw, it: Subject) -> None:
    it.head.setdefault("rayStartParams", {})["labels"] = draw.pick("a=b", "")


@mutation(10, "rayStartParams['labels'] is not supported for", selector=False, groups=1)
def labels_of_a_group_as_a_flag(_: Draw, it: Subject) -> None:
    it.group.setdefault("rayStartParams", {})["labels"] = "a=b"


@mutation(11, "invalid label key for", selector=False, groups=1)
def a_label_key_that_is_none(draw: Draw, it: Subject) -> None:
    keys = ("-a", "a b", "", "a/b/c", "/a", "a/", "A.B/c", "a_b/c", "a" * 64, f"{'a' * 254}/b", "ä")
    draw.pick(it.head, it.group)["labels"] = {draw.pick(*keys): "x"}


@mutation(12, "invalid label value for key", selector=False, groups=1)
def a_label_value_that_is_none(draw: Draw, it: Subject) -> None:
    draw.pick(it.head, it.group)["labels"] = {"zone": draw.pick("-a", "a b", "a/b", "a" * 64, "a.", "ä")}


@mutation(13, "workerGroupSpec should have at least one container", selector=False, groups=2)
def a_group_without_containers(_: Draw, it: Subject) -> None:
    it.group["template"]["spec"]["containers"] = []


@mutation(15, "has negative minReplicas", selector=False, groups=1)
def fewer_than_no_workers(draw: Draw, it: Subject) -> None:
    it.group["minReplicas"] = -draw.randint(1, 5)


@mutation(16, "has negative maxReplicas", selector=False, groups=3)
def at_most_fewer_than_no_workers(draw: Draw, it: Subject) -> None:
    it.group["maxReplicas"] = -draw.randint(1, 5)


@mutation(17, "greater than maxReplicas", selector=False, groups=1)
def crossed_bounds(draw: Draw, it: Subject) -> None:
    most = draw.randint(0, 5)
    it.group.update(maxReplicas=most, minReplicas=most + draw.randint(1, 5))


@mutation(18, "idleTimeoutSeconds must be non-negative", selector=False, groups=1, autoscaling="v2")
def a_negative_patience_of_a_group(_: Draw, it: Subject) -> None:
    it.group["idleTimeoutSeconds"] = -1


@mutation(19, "idleTimeoutSeconds is set, but autoscaler v2 is not enabled", selector=False, groups=1, autoscaling="v1")
def patience_of_a_group_without_v2(draw: Draw, it: Subject) -> None:
    it.group["idleTimeoutSeconds"] = draw.pick(0, 60)


@mutation(
    24,
    "annotation and GcsFaultToleranceOptions are both set",
    *NOT_IN_CRON,
    selector=False,
    gcs="options",
)
def fault_tolerance_twice(draw: Draw, it: Subject) -> None:
    it.annotations["ray.io/ft-enabled"] = draw.pick("true", "false", "no")


@mutation(25, "RAY_REDIS_ADDRESS is set which implicitly enables GCS fault tolerance", selector=False, gcs="none")
def redis_by_environment_alone(draw: Draw, it: Subject) -> None:
    it.env("RAY_REDIS_ADDRESS", draw.pick("redis:6379", ""))


@mutation(26, "cannot set `redis-password` in rayStartParams", selector=False, gcs="options")
def the_password_of_redis_as_a_flag(_: Draw, it: Subject) -> None:
    it.head.setdefault("rayStartParams", {})["redis-password"] = "secret"


@mutation(27, "cannot set `REDIS_PASSWORD` env var in head Pod", selector=False, gcs="options")
def the_password_of_redis_by_environment(_: Draw, it: Subject) -> None:
    it.env("REDIS_PASSWORD", "secret")


@mutation(28, "cannot set `RAY_REDIS_ADDRESS` env var in head Pod", selector=False, gcs="options")
def the_address_of_redis_twice(_: Draw, it: Subject) -> None:
    it.env("RAY_REDIS_ADDRESS", "redis:6379")


@mutation(29, "cannot set `ray.io/external-storage-namespace` annotation", *NOT_IN_CRON, selector=False, gcs="options")
def the_namespace_of_redis_by_annotation(_: Draw, it: Subject) -> None:
    it.annotations["ray.io/external-storage-namespace"] = "train"


@mutation(40, "cannot set redis username in rayStartParams or environment variables", selector=False)
def the_user_of_redis_elsewhere(draw: Draw, it: Subject) -> None:
    if draw.flag():
        it.head.setdefault("rayStartParams", {})["redis-username"] = "ray"
    else:
        it.env("REDIS_USERNAME", draw.pick("ray", ""))
