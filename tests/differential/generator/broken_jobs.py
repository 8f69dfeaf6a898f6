"""Ways to break a job."""

from .draw import Draw
from .mutation import mutation
from .plan import JOBS
from .subject import Subject

__all__: list[str] = []


@mutation(88, "RayJob name should be no more than 47 characters", "RayJob")
def a_long_name_of_a_job(draw: Draw, it: Subject) -> None:
    it.manifest["metadata"]["name"] = "a" * draw.pick(48, 53, 63)


@mutation(89, "RayJob name should be a valid DNS1035 label", "RayJob")
def a_jobs_name_that_names_no_service(draw: Draw, it: Subject) -> None:
    it.manifest["metadata"]["name"] = draw.pick("1train", "a.b", "9")


@mutation(
    90,
    "with shutdownAfterJobFinishes set to false is not allowed to be suspended",
    *JOBS,
    deletion="none",
    selector=False,
)
def a_suspended_job_whose_cluster_stays(_: Draw, it: Subject) -> None:
    it.job["suspend"] = True


@mutation(91, "TTLSecondsAfterFinished must be a non-negative integer", *JOBS, deletion="ttl")
def a_negative_time_to_live(_: Draw, it: Subject) -> None:
    it.job["ttlSecondsAfterFinished"] = -1


@mutation(92, "with shutdownAfterJobFinishes set to false cannot have TTLSecondsAfterFinished", *JOBS, deletion="none")
def a_time_to_live_of_a_cluster_that_stays(draw: Draw, it: Subject) -> None:
    it.job["ttlSecondsAfterFinished"] = draw.randint(1, 600)


@mutation(
    112,
    "the ClusterSelector mode doesn't support the suspend operation",
    *JOBS,
    deletion="shutdown",
    selector=True,
    mode="",
)
def a_suspended_job_on_a_cluster_that_exists(_: Draw, it: Subject) -> None:
    it.job["suspend"] = True


@mutation(113, "one of RayClusterSpec or ClusterSelector must be set", *JOBS, selector=False, mode="")
def a_job_without_a_cluster(draw: Draw, it: Subject) -> None:
    del it.job["rayClusterSpec"]
    if draw.flag():
        it.job["clusterSelector"] = {}


@mutation(114, "cluster name in ClusterSelector should not be empty", *JOBS, selector=True, mode="")
def a_selector_without_a_name(draw: Draw, it: Subject) -> None:
    it.job["clusterSelector"] = draw.pick({"ray.io/cluster": ""}, {"app": "train"})


@mutation(115, "ClusterSelector is not supported in SidecarMode", *JOBS, selector=True, mode="HTTPMode")
def a_sidecar_in_a_cluster_that_exists(_: Draw, it: Subject) -> None:
    it.job["submissionMode"] = "SidecarMode"


@mutation(116, "BackoffLimit is incompatible with ClusterSelector mode", *JOBS, selector=True, mode="HTTPMode")
def retries_on_a_cluster_that_exists(draw: Draw, it: Subject) -> None:
    it.job["backoffLimit"] = draw.randint(1, 3)


@mutation(117, "BackoffLimit is incompatible with InteractiveMode", *JOBS, selector=False, mode="InteractiveMode")
def retries_of_an_interactive_job(draw: Draw, it: Subject) -> None:
    it.job["backoffLimit"] = draw.randint(1, 3)


@mutation(118, "SidecarMode doesn't support SubmitterPodTemplate", *JOBS, selector=False, mode="SidecarMode")
def a_submitter_template_of_a_sidecar(_: Draw, it: Subject) -> None:
    it.job["submitterPodTemplate"] = {"spec": {"containers": [{"name": "submitter", "image": "rayproject/ray:2.60.0"}]}}


@mutation(119, "SidecarMode doesn't support SubmitterConfig", *JOBS, selector=False, mode="SidecarMode")
def submitter_settings_of_a_sidecar(draw: Draw, it: Subject) -> None:
    it.job["submitterConfig"] = draw.pick({"backoffLimit": 1}, {})


@mutation(
    120,
    "restartPolicy for head Pod should be Never or unset when using SidecarMode",
    *JOBS,
    selector=False,
    mode="SidecarMode",
    autoscaling="off",
)
def a_head_that_restarts_with_its_sidecar(draw: Draw, it: Subject) -> None:
    it.head["template"]["spec"]["restartPolicy"] = draw.pick("Always", "OnFailure")


@mutation(121, "K8s token auth mode is currently not supported for RayJob", *JOBS, selector=False, auth="token")
def the_api_servers_judgement_of_a_job(_: Draw, it: Subject) -> None:
    it.cluster["authOptions"] = {"mode": "token", "enableK8sTokenAuth": True}


@mutation(123, "RuntimeEnvYAML", *JOBS)
def a_runtime_environment_that_is_no_yaml(draw: Draw, it: Subject) -> None:
    it.job["runtimeEnvYAML"] = draw.pick("a: b: c", "{", "- a\nb", "\t\ta: 1\n\tb", "[a, b]", "just text", "*a")


@mutation(124, "activeDeadlineSeconds must be a positive integer", *JOBS)
def no_time_to_run(draw: Draw, it: Subject) -> None:
    it.job["activeDeadlineSeconds"] = draw.pick(0, -1)


@mutation(125, "preRunningDeadlineSeconds must be a positive integer", *JOBS, by_crd=True)
def no_time_to_start(draw: Draw, it: Subject) -> None:
    it.job["preRunningDeadlineSeconds"] = draw.pick(0, -1)


@mutation(126, "backoffLimit must be a positive integer", *JOBS)
def fewer_than_no_retries(_: Draw, it: Subject) -> None:
    it.job["backoffLimit"] = -1
