"""Rules of jobs, broken and kept."""

from ray_builders import GONE
from ray_rule_case import Case, N

__all__ = ["CASES"]

CASES = (
    Case(
        "suspend-needs-shutdown",
        {"spec suspend": True, "spec shutdownAfterJobFinishes": False},
        (
            "suspend: asked without shutdown_after_job_finishes, a job is suspended by deleting its cluster; set "
            "shutdown_after_job_finishes"
        ),
        {"spec suspend": True},
        of="job",
    ),
    Case(
        "ttl-negative",
        {"spec ttlSecondsAfterFinished": -1},
        ("ttl_seconds_after_finished: -1 asked, a cluster stays for 0 seconds or more; raise it to 0 or more"),
        {"spec ttlSecondsAfterFinished": 0},
        of="job",
    ),
    Case(
        "ttl-needs-shutdown",
        {"spec ttlSecondsAfterFinished": 60, "spec shutdownAfterJobFinishes": GONE},
        (
            "ttl_seconds_after_finished: 60 asked without shutdown_after_job_finishes, the time passes before "
            "the cluster is shut down, and nothing shuts it down; set shutdown_after_job_finishes, or leave the time "
            "out"
        ),
        {"spec ttlSecondsAfterFinished": 60},
        of="job",
    ),
    Case(
        "suspend-selected",
        {
            N: GONE,
            "spec shutdownAfterJobFinishes": GONE,
            "spec clusterSelector": {"ray.io/cluster": "train"},
            "spec suspend": True,
        },
        (
            "suspend: asked with cluster_selector, a job cannot give up a cluster that is not its own; leave "
            "suspend out, or give the job its own ray_cluster_spec"
        ),
        {
            N: GONE,
            "spec shutdownAfterJobFinishes": GONE,
            "spec clusterSelector": {"ray.io/cluster": "train"},
            "spec suspend": False,
        },
        of="job",
    ),
    Case(
        "cluster-missing",
        {N: GONE},
        (
            "ray_cluster_spec: no cluster asked, a job runs on its own cluster or on one that runs already; "
            "set ray_cluster_spec or cluster_selector"
        ),
        {N: GONE, "spec shutdownAfterJobFinishes": GONE, "spec clusterSelector": {"ray.io/cluster": "train"}},
        of="job",
    ),
    Case(
        "cluster-twice",
        {"spec clusterSelector": {"ray.io/cluster": "train"}},
        (
            "ray_cluster_spec: asked beside cluster_selector, the operator would ignore ray_cluster_spec; "
            "keep one of them"
        ),
        {N: GONE, "spec shutdownAfterJobFinishes": GONE, "spec clusterSelector": {"ray.io/cluster": "train"}},
        of="job",
    ),
    Case(
        "selector-name",
        {N: GONE, "spec shutdownAfterJobFinishes": GONE, "spec clusterSelector": {"team": "a", "app": "b"}},
        (
            "cluster_selector: app, team asked without ray.io/cluster, a cluster is selected by its name, "
            'under the key ray.io/cluster; write {"ray.io/cluster": "<name>"}'
        ),
        {N: GONE, "spec shutdownAfterJobFinishes": GONE, "spec clusterSelector": {"team": "a", "ray.io/cluster": "b"}},
        of="job",
    ),
    Case(
        "selector-sidecar",
        {
            N: GONE,
            "spec shutdownAfterJobFinishes": GONE,
            "spec clusterSelector": {"ray.io/cluster": "train"},
            "spec submissionMode": "SidecarMode",
        },
        (
            "submission_mode: SidecarMode asked with cluster_selector, a container cannot be added to a head "
            "that runs already; choose another submission_mode"
        ),
        {
            N: GONE,
            "spec shutdownAfterJobFinishes": GONE,
            "spec clusterSelector": {"ray.io/cluster": "train"},
            "spec submissionMode": "HTTPMode",
        },
        of="job",
    ),
    Case(
        "retry-selected",
        {
            N: GONE,
            "spec shutdownAfterJobFinishes": GONE,
            "spec clusterSelector": {"ray.io/cluster": "train"},
            "spec backoffLimit": 1,
        },
        (
            "backoff_limit: 1 asked with cluster_selector, trying again means a new cluster; leave "
            "backoff_limit out, or give the job its own ray_cluster_spec"
        ),
        {
            N: GONE,
            "spec shutdownAfterJobFinishes": GONE,
            "spec clusterSelector": {"ray.io/cluster": "train"},
            "spec backoffLimit": 0,
        },
        of="job",
    ),
    Case(
        "retry-interactive",
        {"spec submissionMode": "InteractiveMode", "spec backoffLimit": 2},
        (
            "backoff_limit: 2 asked with InteractiveMode, only the person who submitted the job can submit it "
            "again; leave backoff_limit out, or choose another submission_mode"
        ),
        {"spec submissionMode": "InteractiveMode", "spec backoffLimit": 0},
        of="job",
    ),
    Case(
        "retry-negative",
        {"spec backoffLimit": -1},
        "backoff_limit: -1 asked, a job is tried again 0 times or more; raise it to 0 or more",
        {"spec backoffLimit": 0},
        of="job",
    ),
    Case(
        "sidecar-submitter",
        {"spec submissionMode": "SidecarMode", "spec submitterConfig": {}},
        [
            (
                "submitter: asked with SidecarMode, in SidecarMode no pod submits the job, but a container beside "
                "the head; remove it, or choose K8sJobMode"
            ),
            (
                "submitter_config: asked with SidecarMode, in SidecarMode no pod submits the job, but a container "
                "beside the head; remove it, or choose K8sJobMode"
            ),
        ],
        {"spec submitterConfig": {}},
        of="job",
    ),
    Case(
        "sidecar-restart-policy",
        {"spec submissionMode": "SidecarMode", f"{N} headGroupSpec template spec restartPolicy": "Always"},
        (
            "ray_cluster_spec.head.restart_policy: Always asked with SidecarMode, a container beside the head "
            "that ended would submit again: Never, or nothing; leave restart_policy out"
        ),
        {"spec submissionMode": "SidecarMode", f"{N} headGroupSpec template spec restartPolicy": "Never"},
        of="job",
    ),
    Case(
        "runtime-env-yaml",
        {"spec runtimeEnvYAML": "pip: [a\nenv_vars: {"},
        (
            "runtime_env: text with an error on its line 2 (not YAML or JSON, did not find expected ',' or ']'), "
            "it must be a mapping in YAML; mend the text, or give a RuntimeEnv"
        ),
        {"spec runtimeEnvYAML": "pip: [a]"},
        of="job",
    ),
    Case(
        "runtime-env-yaml",
        {"spec runtimeEnvYAML": "- pip"},
        "runtime_env: text that is no mapping, it must be a mapping in YAML; mend the text, or give a RuntimeEnv",
        {"spec runtimeEnvYAML": "# nothing"},
        of="job",
    ),
    Case(
        "runtime-env-form",
        {"spec runtimeEnvYAML": "{env_vars: {A: 1, B: x, C: null}, pip: [a], uv: [b], conda: c}"},
        [
            f"runtime_env: {what} asked, Ray refuses it, and nothing starts; quote the values of env_vars, and keep "
            "one of conda, pip and uv"
            for what in ("env_vars.A that is no text", "env_vars.C that is no text", "conda and pip and uv")
        ],
        {"spec runtimeEnvYAML": "{env_vars: {A: '1'}, pip: [], uv: [b], working_dir: ./src}"},
        of="job",
    ),
    Case(
        "deadline-not-positive",
        {"spec activeDeadlineSeconds": 0, "spec preRunningDeadlineSeconds": -1},
        [
            "active_deadline_seconds: 0 asked, a deadline is 1 second or more away; raise it, or leave it out",
            ("pre_running_deadline_seconds: -1 asked, a deadline is 1 second or more away; raise it, or leave it out"),
        ],
        {"spec activeDeadlineSeconds": 1},
        of="job",
    ),
    Case(
        "submission-mode",
        {"spec submissionMode": "K8SJobMode"},
        (
            "submission_mode: 'K8SJobMode' asked, K8sJobMode, HTTPMode, InteractiveMode and SidecarMode are "
            "known, and the operator would submit nothing; choose one of them"
        ),
        {"spec submissionMode": "K8sJobMode"},
        of="job",
    ),
    Case(
        "entrypoint-missing",
        {"spec entrypoint": "  "},
        "entrypoint: no command asked, the operator would submit an empty command; set entrypoint",
        {"spec entrypoint": GONE, "spec submissionMode": "InteractiveMode"},
        of="job",
    ),
    Case(
        "metadata-needs-ray-version",
        {"spec metadata": {"a": "b"}, f"{N} rayVersion": "2.60.0rc1"},
        (
            "metadata: asked with Ray 2.60.0rc1, the operator submits metadata only with a version that it "
            "can read; set ray_version to three numbers"
        ),
        {"spec metadata": {"a": "b"}, f"{N} rayVersion": "2.60.0-rc1"},
        of="job",
    ),
    Case(
        "submitter-image-missing",
        {"spec submitterPodTemplate spec containers 0 image": GONE},
        (
            "submitter.image: no image asked, a container needs an image, and that of a cluster which runs "
            "already is not known here; set submitter.image to the image of that cluster, or submission_mode "
            "HTTPMode"
        ),
        {"spec submitterPodTemplate": GONE},
        of="job",
    ),
    Case(
        "submitter-restart-policy",
        {"spec submitterPodTemplate spec restartPolicy": "Always"},
        (
            "submitter.restart_policy: Always asked, the pod of a Kubernetes Job ends: Never or OnFailure; "
            "choose one of them"
        ),
        {"spec submitterPodTemplate spec restartPolicy": "OnFailure"},
        of="job",
    ),
    Case(
        "cluster-outlives-job",
        {"spec shutdownAfterJobFinishes": False},
        (
            "shutdown_after_job_finishes: no end of the cluster asked, a cluster that outlives its only job "
            "costs money and does nothing; set shutdown_after_job_finishes or a deletion_strategy, or accept "
            "this rule"
        ),
        {N: GONE, "spec shutdownAfterJobFinishes": GONE, "spec clusterSelector": {"ray.io/cluster": "train"}},
        of="job",
    ),
)
