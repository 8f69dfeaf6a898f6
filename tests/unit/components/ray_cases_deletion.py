"""Rules of what is deleted after a job, broken and kept."""

from ray_builders import GONE
from ray_rule_case import Case, N, rule

__all__ = ["CASES"]

CASES = (
    Case(
        "deletion-gate",
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteCluster", "FAILED")]},
        },
        (
            "deletion_strategy: asked, the operator's gate RayJobDeletionPolicy is off; switch the gate on "
            "(KubeRayOperatorSpec: feature_gates={'RayJobDeletionPolicy': True}; Helm chart: featureGates)"
            ", or use shutdown_after_job_finishes"
        ),
        {},
        of="job",
        gates={"RayJobDeletionPolicy": False},
    ),
    Case(
        "deletion-with-shutdown",
        {
            "spec shutdownAfterJobFinishes": True,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteCluster", "FAILED")]},
        },
        (
            "shutdown_after_job_finishes: asked beside deletion_rules, the rules say what goes and when; "
            "leave shutdown_after_job_finishes out, or remove the rules"
        ),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteCluster", "FAILED")]},
        },
        of="job",
    ),
    Case(
        "deletion-both-forms",
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {
                "deletionRules": [rule("DeleteCluster", "FAILED")],
                "onSuccess": {"policy": "DeleteNone"},
            },
        },
        (
            "deletion_strategy.on_success: asked beside deletion_rules, the older policies and the rules "
            "exclude each other; keep deletion_rules"
        ),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"onSuccess": {"policy": "DeleteNone"}, "onFailure": {"policy": "DeleteNone"}},
        },
        of="job",
    ),
    Case(
        "deletion-empty",
        {"spec shutdownAfterJobFinishes": GONE, "spec deletionStrategy": {"onFailure": {"policy": "DeleteNone"}}},
        ("deletion_strategy: only on_failure asked, a strategy has rules, or both older policies; give deletion_rules"),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"onSuccess": {"policy": "DeleteNone"}, "onFailure": {"policy": "DeleteNone"}},
        },
        of="job",
    ),
    Case(
        "deletion-empty",
        {"spec shutdownAfterJobFinishes": GONE, "spec deletionStrategy": {}},
        ("deletion_strategy: nothing asked in it, a strategy has rules, or both older policies; give deletion_rules"),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteNone", "FAILED")]},
        },
        of="job",
    ),
    Case(
        "deletion-policy-missing",
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"onSuccess": {}, "onFailure": {"policy": "DeleteNone"}},
        },
        "deletion_strategy.on_success.policy: no policy asked, a policy says what is deleted; set policy",
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"onSuccess": {"policy": "DeleteNone"}, "onFailure": {"policy": "DeleteNone"}},
        },
        of="job",
    ),
    Case(
        "deletion-selected",
        {
            N: GONE,
            "spec shutdownAfterJobFinishes": GONE,
            "spec clusterSelector": {"ray.io/cluster": "train"},
            "spec deletionStrategy": {"deletionRules": [rule("DeleteCluster", "FAILED")]},
        },
        (
            "deletion_strategy.deletion_rules[0].policy: DeleteCluster asked with cluster_selector, a cluster "
            "that runs already is not the job's to delete; choose DeleteSelf or DeleteNone"
        ),
        {
            N: GONE,
            "spec shutdownAfterJobFinishes": GONE,
            "spec clusterSelector": {"ray.io/cluster": "train"},
            "spec deletionStrategy": {"deletionRules": [rule("DeleteNone", "FAILED")]},
        },
        of="job",
    ),
    Case(
        "deletion-selected",
        {
            N: GONE,
            "spec shutdownAfterJobFinishes": GONE,
            "spec clusterSelector": {"ray.io/cluster": "train"},
            "spec deletionStrategy": {"onSuccess": {"policy": "DeleteWorkers"}, "onFailure": {"policy": "DeleteSelf"}},
        },
        (
            "deletion_strategy.on_success.policy: DeleteWorkers asked with cluster_selector, a cluster that "
            "runs already is not the job's to delete; choose DeleteSelf or DeleteNone"
        ),
        {
            N: GONE,
            "spec shutdownAfterJobFinishes": GONE,
            "spec clusterSelector": {"ray.io/cluster": "train"},
            "spec deletionStrategy": {"onSuccess": {"policy": "DeleteNone"}, "onFailure": {"policy": "DeleteSelf"}},
        },
        of="job",
    ),
    Case(
        "deletion-workers-autoscaling",
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteWorkers", "FAILED")]},
            f"{N} enableInTreeAutoscaling": True,
        },
        (
            "deletion_strategy.deletion_rules[0].policy: DeleteWorkers asked with autoscaling, the autoscaler "
            "would start the workers again; choose DeleteCluster, or switch autoscaling off"
        ),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteWorkers", "FAILED")]},
        },
        of="job",
    ),
    Case(
        "deletion-none-with-shutdown",
        {
            "spec shutdownAfterJobFinishes": True,
            "spec deletionStrategy": {"onSuccess": {"policy": "DeleteNone"}, "onFailure": {"policy": "DeleteCluster"}},
        },
        (
            "deletion_strategy.on_success.policy: DeleteNone asked with shutdown_after_job_finishes, the "
            "cluster cannot both go and stay; leave shutdown_after_job_finishes out, or choose DeleteCluster"
        ),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"onSuccess": {"policy": "DeleteNone"}, "onFailure": {"policy": "DeleteCluster"}},
        },
        of="job",
    ),
    Case(
        "deletion-condition",
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [{"policy": "DeleteNone", "condition": {}}]},
        },
        (
            "deletion_strategy.deletion_rules[0].condition: no state asked, a rule waits for one state, of "
            "the job or of its deployment; set job_status or job_deployment_status"
        ),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {
                "deletionRules": [{"policy": "DeleteNone", "condition": {"jobDeploymentStatus": "Failed"}}]
            },
        },
        of="job",
    ),
    Case(
        "deletion-condition",
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {
                "deletionRules": [
                    {"policy": "DeleteNone", "condition": {"jobStatus": "FAILED", "jobDeploymentStatus": "Failed"}}
                ]
            },
        },
        (
            "deletion_strategy.deletion_rules[0].condition: both states asked, a rule waits for one state, of "
            "the job or of its deployment; set job_status or job_deployment_status"
        ),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteNone", "FAILED")]},
        },
        of="job",
    ),
    Case(
        "deletion-ttl-negative",
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteNone", "FAILED", -1)]},
        },
        (
            "deletion_strategy.deletion_rules[0].condition.ttl_seconds: -1 asked, a rule waits 0 seconds or "
            "more; raise it to 0 or more"
        ),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteNone", "FAILED")]},
        },
        of="job",
    ),
    Case(
        "deletion-twice",
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteNone", "FAILED"), rule("DeleteNone", "FAILED", 5)]},
        },
        (
            "deletion_strategy.deletion_rules[1]: DeleteNone asked twice for FAILED, one rule says it all; "
            "keep one of them"
        ),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteNone", "FAILED"), rule("DeleteNone", "SUCCEEDED")]},
        },
        of="job",
    ),
    Case(
        "deletion-order",
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {
                "deletionRules": [rule("DeleteCluster", "FAILED", 10), rule("DeleteWorkers", "FAILED", 20)]
            },
        },
        (
            "deletion_strategy.deletion_rules[0].condition.ttl_seconds: DeleteCluster after 10 s asked with "
            "DeleteWorkers after 20 s, workers go first, then the cluster, then the RayJob; put the times "
            "into this order"
        ),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {
                "deletionRules": [
                    rule("DeleteCluster", "FAILED", 20),
                    rule("DeleteWorkers", "FAILED", 20),
                    rule("DeleteSelf", "SUCCEEDED", 1),
                ]
            },
        },
        of="job",
    ),
    Case(
        "deletion-self",
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteSelf", "FAILED")]},
        },
        (
            "deletion_strategy.deletion_rules[0].policy: DeleteSelf asked, the next refresh misses the "
            "RayJob, and the next update runs the job again; choose DeleteCluster, or accept this rule"
        ),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteSelf", "FAILED")]},
            "metadata annotations rayform/accepts": "deletion-self",
        },
        of="job",
    ),
)
