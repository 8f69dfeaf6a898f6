"""Ways to break what is deleted after a job."""

from .draw import Draw
from .mutation import mutation
from .plan import JOBS
from .subject import Subject

__all__: list[str] = []

DELETION = "RayJobDeletionPolicy"


@mutation(
    93,
    "RayJobDeletionPolicy feature gate must be enabled to use DeletionStrategy",
    *JOBS,
    off=DELETION,
    deletion="none",
)
def a_strategy_without_the_gate(_: Draw, it: Subject) -> None:
    it.job["deletionStrategy"] = {name: {"policy": "DeleteSelf"} for name in ("onSuccess", "onFailure")}


@mutation(94, "deletionRules are mutually exclusive", *JOBS, on=DELETION, deletion="rules")
def rules_beside_the_shutdown(_: Draw, it: Subject) -> None:
    it.job["shutdownAfterJobFinishes"] = True


@mutation(
    95,
    "Cannot use both legacy onSuccess/onFailure fields and deletionRules",
    *JOBS,
    on=DELETION,
    deletion="rules",
    by_crd=True,
)
def rules_beside_the_older_form(draw: Draw, it: Subject) -> None:
    it.job["deletionStrategy"][draw.pick("onSuccess", "onFailure")] = {"policy": "DeleteSelf"}


@mutation(
    96,
    "DeletionStrategy requires either BOTH onSuccess and onFailure",
    *JOBS,
    on=DELETION,
    deletion="none",
    by_crd=True,
)
def an_empty_strategy(_: Draw, it: Subject) -> None:
    it.job["deletionStrategy"] = {}


@mutation(
    97,
    "both DeletionStrategy.OnSuccess and DeletionStrategy.OnFailure must be set",
    *JOBS,
    on=DELETION,
    deletion="legacy",
    by_crd=True,
)
def half_of_the_older_form(draw: Draw, it: Subject) -> None:
    del it.job["deletionStrategy"][draw.pick("onSuccess", "onFailure")]


@mutation(98, "DeletionStrategy.OnSuccess cannot be unset", *JOBS, on=DELETION, deletion="legacy")
def nothing_to_do_on_success(_: Draw, it: Subject) -> None:
    it.job["deletionStrategy"]["onSuccess"] = {}


@mutation(99, "DeletionStrategy.OnFailure cannot be unset", *JOBS, on=DELETION, deletion="legacy")
def nothing_to_do_on_failure(_: Draw, it: Subject) -> None:
    it.job["deletionStrategy"]["onFailure"] = {}


@mutation(100, "on success", *JOBS, on=DELETION, deletion="legacy", selector=True, mode="")
def a_cluster_that_exists_deleted_on_success(draw: Draw, it: Subject) -> None:
    it.job["deletionStrategy"]["onSuccess"] = {"policy": draw.pick("DeleteCluster", "DeleteWorkers")}


@mutation(101, "on failure", *JOBS, on=DELETION, deletion="legacy", selector=True, mode="")
def a_cluster_that_exists_deleted_on_failure(draw: Draw, it: Subject) -> None:
    it.job["deletionStrategy"]["onFailure"] = {"policy": draw.pick("DeleteCluster", "DeleteWorkers")}


@mutation(
    102,
    "DeletionStrategy=DeleteWorkers currently does not support RayCluster with autoscaling enabled",
    *JOBS,
    on=DELETION,
    deletion="legacy",
    selector=False,
    autoscaling="v2",
)
def autoscaled_workers_deleted(draw: Draw, it: Subject) -> None:
    it.job["deletionStrategy"][draw.pick("onSuccess", "onFailure")] = {"policy": "DeleteWorkers"}


@mutation(
    103,
    "shutdownAfterJobFinshes is set to 'true' while deletion policy is 'DeleteNone'",
    *JOBS,
    on=DELETION,
    deletion="legacy",
)
def a_shutdown_that_deletes_nothing(draw: Draw, it: Subject) -> None:
    it.job["shutdownAfterJobFinishes"] = True
    it.job["deletionStrategy"][draw.pick("onSuccess", "onFailure")] = {"policy": "DeleteNone"}


@mutation(104, "cannot set both JobStatus and JobDeploymentStatus", *JOBS, on=DELETION, deletion="rules", by_crd=True)
def a_condition_on_both_states(_: Draw, it: Subject) -> None:
    it.rules[0]["condition"] |= {"jobStatus": "FAILED", "jobDeploymentStatus": "Failed"}


@mutation(
    105,
    "exactly one of JobStatus and JobDeploymentStatus must be set",
    *JOBS,
    on=DELETION,
    deletion="rules",
    by_crd=True,
)
def a_condition_on_nothing(draw: Draw, it: Subject) -> None:
    it.rules[-1]["condition"] = draw.pick({}, {"ttlSeconds": 10})


@mutation(106, "TTLSeconds must be non-negative", *JOBS, on=DELETION, deletion="rules", by_crd=True)
def a_rule_before_the_end(_: Draw, it: Subject) -> None:
    it.rules[-1]["condition"]["ttlSeconds"] = -1


@mutation(
    107, "not supported when ClusterSelector is set", *JOBS, on=DELETION, deletion="rules", selector=True, mode=""
)
def a_rule_that_deletes_a_cluster_that_exists(draw: Draw, it: Subject) -> None:
    it.rules[-1]["policy"] = draw.pick("DeleteCluster", "DeleteWorkers")


@mutation(
    108,
    "'DeleteWorkers' not supported with autoscaling enabled",
    *JOBS,
    on=DELETION,
    deletion="rules",
    selector=False,
    autoscaling="v1",
)
def a_rule_that_deletes_autoscaled_workers(_: Draw, it: Subject) -> None:
    it.rules[0]["policy"] = "DeleteWorkers"


@mutation(109, "duplicate rule for DeletionPolicyType 'DeleteSelf' and JobStatus", *JOBS, on=DELETION, deletion="rules")
def a_rule_twice(draw: Draw, it: Subject) -> None:
    state = draw.pick("SUCCEEDED", "FAILED")
    it.rules[:] = [{"policy": "DeleteSelf", "condition": {"jobStatus": state, "ttlSeconds": at}} for at in (10, 20)]


@mutation(
    110,
    "duplicate rule for DeletionPolicyType 'DeleteSelf' and JobDeploymentStatus",
    *JOBS,
    on=DELETION,
    deletion="rules",
)
def a_rule_twice_for_the_end_without_a_job(_: Draw, it: Subject) -> None:
    it.rules[:] = [{"policy": "DeleteSelf", "condition": {"jobDeploymentStatus": "Failed"}} for _ in range(2)]


@mutation(111, "TTL (5) must be >=", *JOBS, on=DELETION, deletion="rules", selector=False, autoscaling="off")
def more_deleted_before_less(draw: Draw, it: Subject) -> None:
    first, then = draw.pick(
        ("DeleteWorkers", "DeleteCluster"), ("DeleteCluster", "DeleteSelf"), ("DeleteWorkers", "DeleteSelf")
    )
    state = draw.pick({"jobStatus": "FAILED"}, {"jobDeploymentStatus": "Failed"})
    it.rules[:] = [
        {"policy": then, "condition": {**state, "ttlSeconds": 5}},
        {"policy": first, "condition": {**state, "ttlSeconds": 10}},
    ]
