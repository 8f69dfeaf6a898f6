"""Ways to break what scales a cluster, and who may use it."""

from .draw import Draw
from .mutation import mutation
from .subject import Subject

__all__: list[str] = []

DELETION = "RayJobDeletionPolicy"
V2 = "RAY_enable_autoscaler_v2"


@mutation(
    41,
    "can be suspended only when the RayJobDeletionPolicy feature gate is enabled",
    off=DELETION,
    selector=False,
    groups=1,
    autoscaling="off",
)
def a_suspended_group_without_the_gate(_: Draw, it: Subject) -> None:
    it.group["suspend"] = True


@mutation(42, "when enableInTreeAutoscaling is false", selector=False, autoscaling="off")
def v2_without_autoscaling(draw: Draw, it: Subject) -> None:
    it.env(V2, draw.pick("1", "true"))


@mutation(43, "cannot be suspended with Autoscaler enabled", selector=False, groups=2, autoscaling="v2", on=DELETION)
def a_suspended_group_with_autoscaling(_: Draw, it: Subject) -> None:
    it.group["suspend"] = True


@mutation(44, "both .spec.autoscalerOptions.version and head Pod env var", selector=False, autoscaling="v1")
def the_version_of_the_autoscaler_twice(draw: Draw, it: Subject) -> None:
    it.env(V2, draw.pick("1", "0", "true", ""))


@mutation(
    45,
    "restartPolicy for head Pod should be Never or unset when using autoscaler V2",
    selector=False,
    autoscaling="v2",
    mode="",
)
def a_head_that_restarts_under_v2(draw: Draw, it: Subject) -> None:
    it.head["template"]["spec"]["restartPolicy"] = draw.pick("Always", "OnFailure")


@mutation(46, "should be Never or unset when using autoscaler V2", selector=False, autoscaling="v2", groups=2)
def workers_that_restart_under_v2(draw: Draw, it: Subject) -> None:
    it.group["template"]["spec"]["restartPolicy"] = draw.pick("Always", "OnFailure")


@mutation(47, "autoscalerOptions.idleTimeoutSeconds must be non-negative", selector=False)
def a_negative_patience(draw: Draw, it: Subject) -> None:
    it.options["idleTimeoutSeconds"] = -draw.randint(1, 60)


@mutation(64, "authOptions.mode is 'token' but RayVersion was not specified", selector=False, auth="token")
def a_token_without_a_version(draw: Draw, it: Subject) -> None:
    if draw.flag():
        del it.cluster["rayVersion"]
    else:
        it.cluster["rayVersion"] = ""


@mutation(65, "authOptions.mode is 'token' but RayVersion format is invalid", selector=False, auth="token")
def a_token_with_no_version_at_all(draw: Draw, it: Subject) -> None:
    texts = (
        "nightly",
        "2",
        "02.60.0",
        "2.x",
        "v",
        "2.",
        "latest-py311",
        "2.-1.0",
        "\u00a02.60.0",
        "2.60.0\nb",
        f"{2**64}.0",
    )
    it.cluster["rayVersion"] = draw.pick(*texts)


@mutation(66, "authOptions.mode is 'token' but minimum Ray version is 2.52.0", selector=False, auth="token")
def a_token_with_an_old_ray(draw: Draw, it: Subject) -> None:
    it.cluster["rayVersion"] = draw.pick("2.51.9", "2.9.0", "1.13.0", "v2.51.0", "2.51", "2.51.1-rc1", " 2.51.0")


@mutation(67, "authOptions.enableK8sTokenAuth is enabled but minimum Ray version is 2.55.0", "RayCluster", auth="k8s")
def the_api_servers_judgement_with_an_old_ray(draw: Draw, it: Subject) -> None:
    it.cluster["rayVersion"] = draw.pick("2.54.9", "2.52.0", "2.53.0-py311")


@mutation(
    68, "authOptions.enableK8sTokenAuth is enabled and authOptions.secretName is also set", "RayCluster", auth="k8s"
)
def a_secret_beside_the_api_servers_judgement(_: Draw, it: Subject) -> None:
    it.cluster["authOptions"]["secretName"] = "token"


@mutation(
    69, "authOptions.enableK8sTokenAuth is enabled but authOptions.mode not set to 'token'", "RayCluster", auth="k8s"
)
def the_api_servers_judgement_without_a_mode(draw: Draw, it: Subject) -> None:
    if draw.flag():
        del it.cluster["authOptions"]["mode"]
    else:
        it.cluster["authOptions"]["mode"] = "disabled"
