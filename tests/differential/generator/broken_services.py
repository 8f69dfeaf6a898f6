"""Ways to break a service and a schedule."""

from .draw import Draw
from .mutation import mutation
from .subject import Subject

__all__: list[str] = []

UPGRADE = "RayServiceIncrementalUpgrade"
INCREMENTAL = "NewClusterWithIncrementalUpgrade"
TIMEOUT = "ray.io/initializing-timeout"


@mutation(127, "RayService name should be no more than 47 characters", "RayService")
def a_long_name_of_a_service(draw: Draw, it: Subject) -> None:
    it.manifest["metadata"]["name"] = "a" * draw.pick(48, 53, 63)


@mutation(128, "RayService name should be a valid DNS1035 label", "RayService")
def a_services_name_that_names_no_service(draw: Draw, it: Subject) -> None:
    it.manifest["metadata"]["name"] = draw.pick("1train", "a.b", "9")


@mutation(129, "must be a positive duration", "RayService")
def no_time_to_initialize(draw: Draw, it: Subject) -> None:
    it.annotations[TIMEOUT] = draw.pick("0s", "-5m", "0", "-0", "+0", "-1.5h", "0h0m")


@mutation(130, "must be a positive integer (seconds)", "RayService")
def less_than_no_seconds_to_initialize(draw: Draw, it: Subject) -> None:
    it.annotations[TIMEOUT] = draw.pick("-5", "-600", "00", "-00", "000")


@mutation(131, "has invalid format", "RayService")
def a_time_that_is_none(draw: Draw, it: Subject) -> None:
    it.annotations[TIMEOUT] = draw.pick(
        "soon", "5 m", "5min", "1d", "1.5", " 5m", "5m ", "1_000", "m", "1h-5m", "9" * 20, "0x10"
    )


@mutation(132, "K8s token auth mode is currently not supported for RayService", "RayService", auth="token")
def the_api_servers_judgement_of_a_service(_: Draw, it: Subject) -> None:
    it.cluster["authOptions"] = {"mode": "token", "enableK8sTokenAuth": True}


@mutation(134, "headService.metadata.name should not be set", "RayService")
def a_head_service_with_a_name(_: Draw, it: Subject) -> None:
    it.head["headService"] = {"metadata": {"name": "mine"}}


@mutation(135, "Spec.UpgradeStrategy.Type value", "RayService", off=UPGRADE)
def an_unknown_upgrade_of_a_service(draw: Draw, it: Subject) -> None:
    it.spec["upgradeStrategy"] = {"type": draw.pick("Rolling", "newCluster", "")}


@mutation(136, "Spec.RayClusterDeletionDelaySeconds should be a non-negative integer", "RayService", by_crd=True)
def a_negative_delay(_: Draw, it: Subject) -> None:
    it.spec["rayClusterDeletionDelaySeconds"] = -1


@mutation(
    137,
    "Ray Autoscaler is required for NewClusterWithIncrementalUpgrade",
    "RayService",
    on=UPGRADE,
    upgrade=INCREMENTAL,
)
def steps_without_autoscaling(draw: Draw, it: Subject) -> None:
    for group in it.cluster.get("workerGroupSpecs", ()):
        group.pop("idleTimeoutSeconds", None)
    it.cluster.pop("autoscalerOptions", None)
    variables = it.head["template"]["spec"]["containers"][0]["env"]
    variables[:] = [variable for variable in variables if variable["name"] != "RAY_enable_autoscaler_v2"]
    if draw.flag():
        it.cluster["enableInTreeAutoscaling"] = False
    else:
        del it.cluster["enableInTreeAutoscaling"]


@mutation(
    138,
    "ClusterUpgradeOptions are required for NewClusterWithIncrementalUpgrade",
    "RayService",
    on=UPGRADE,
    upgrade=INCREMENTAL,
)
def steps_without_options(_: Draw, it: Subject) -> None:
    del it.spec["upgradeStrategy"]["clusterUpgradeOptions"]


@mutation(139, "maxSurgePercent must be between 0 and 100", "RayService", on=UPGRADE, upgrade=INCREMENTAL)
def more_surge_than_all(draw: Draw, it: Subject) -> None:
    it.spec["upgradeStrategy"]["clusterUpgradeOptions"]["maxSurgePercent"] = draw.pick(-1, 101)


@mutation(140, "stepSizePercent must be between 0 and 100", "RayService", on=UPGRADE, upgrade=INCREMENTAL)
def a_step_beyond_all(draw: Draw, it: Subject) -> None:
    it.spec["upgradeStrategy"]["clusterUpgradeOptions"]["stepSizePercent"] = draw.pick(-1, 101)


@mutation(142, "intervalSeconds must be greater than 0", "RayService", on=UPGRADE, upgrade=INCREMENTAL)
def no_time_between_steps(draw: Draw, it: Subject) -> None:
    it.spec["upgradeStrategy"]["clusterUpgradeOptions"]["intervalSeconds"] = draw.pick(0, -1)


@mutation(
    143,
    "gatewayClassName is required for NewClusterWithIncrementalUpgrade",
    "RayService",
    on=UPGRADE,
    upgrade=INCREMENTAL,
)
def steps_without_a_gateway(_: Draw, it: Subject) -> None:
    it.spec["upgradeStrategy"]["clusterUpgradeOptions"]["gatewayClassName"] = ""


@mutation(146, "invalid cron schedule", "RayCronJob")
def a_schedule_that_is_none(draw: Draw, it: Subject) -> None:
    it.spec["schedule"] = draw.pick(*SCHEDULES)


SCHEDULES = (
    "",
    "* * * *",
    "* * * * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * 32 * *",
    "* * * 13 *",
    "* * * 0 *",
    "* * * * 7",
    "5-1 * * * *",
    "*/0 * * * *",
    "*/x * * * *",
    "1-2-3 * * * *",
    "1/2/3 * * * *",
    "-1 * * * *",
    "@sometimes",
    "@every",
    "@every soon",
    "@every 5",
    "@Daily",
    "* * * FOO *",
    "* * * * MONDAY",
    "1,,2 * * * a",
    "TZ=Nowhere/None * * * * *",
)
