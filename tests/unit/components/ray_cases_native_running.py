"""Rules of how pods run, and of the shape of Kubernetes' own fields, broken and kept."""

from ray_rule_case import Case, W

__all__ = ["CASES"]

T = f"{W} template"
S = f"{T} spec"
C = f"{S} containers 0"

CASES = (
    Case(
        "probe-form",
        {
            f"{C} livenessProbe": {"exec": {"command": ["a"]}, "httpGet": {"port": 1}},
            f"{C} readinessProbe": {"periodSeconds": -1},
            f"{C} startupProbe": {"tcpSocket": {"port": 1}, "successThreshold": 2},
        },
        [
            (
                "workers[gpu].liveness_probe: exec and httpGet asked, a probe asks in one way; keep one of exec, "
                "grpc, httpGet, tcpSocket"
            ),
            (
                "workers[gpu].readiness_probe: nothing asked, a probe asks in one way; keep one of exec, grpc, "
                "httpGet, tcpSocket"
            ),
            "workers[gpu].readiness_probe.period_seconds: -1 asked, it is 0 or more; raise it",
            (
                "workers[gpu].startup_probe.success_threshold: 2 asked, only readiness can take more than 1 "
                "success; leave it out"
            ),
        ],
        {
            f"{C} livenessProbe": {"exec": {"command": ["a"]}, "httpGet": None, "successThreshold": 1},
            f"{C} readinessProbe": {"grpc": {"port": 1}, "successThreshold": 2, "periodSeconds": 0},
        },
    ),
    Case(
        "hook-form",
        {f"{C} lifecycle": {"preStop": {}, "postStart": {"sleep": {"seconds": 1}, "exec": {"command": ["a"]}}}},
        [
            ("workers[gpu].lifecycle.pre_stop: nothing asked, a hook does one thing; keep one of exec, httpGet, sleep"),
            (
                "workers[gpu].lifecycle.post_start: exec and sleep asked, a hook does one thing; keep one of "
                "exec, httpGet, sleep"
            ),
        ],
        {f"{C} lifecycle": {"preStop": {"exec": {"command": ["a"]}}, "postStart": None, "stopSignal": "SIGTERM"}},
    ),
    Case(
        "root-refused",
        {
            f"{S} securityContext": {"runAsNonRoot": True},
            f"{C} securityContext": {"runAsUser": 0},
            f"{S} initContainers": [
                {"name": "a", "image": "b", "securityContext": {"runAsNonRoot": False, "runAsUser": 0}}
            ],
        },
        (
            "workers[gpu].security_context.run_as_user: 0 asked with run_as_non_root, a container that must not "
            "be root cannot run as user 0, and the kubelet never starts it; choose another run_as_user, such "
            "as 1000 (ray), or leave run_as_non_root out"
        ),
        {f"{S} securityContext": {"runAsNonRoot": True, "runAsUser": 0}, f"{C} securityContext": {"runAsUser": 1}},
    ),
    Case(
        "privilege-both",
        {f"{C} securityContext": {"privileged": True, "allowPrivilegeEscalation": False}},
        (
            "workers[gpu].security_context.allow_privilege_escalation: false asked with privileged, a "
            "privileged container can always gain more rights; leave privileged out, which GPUs do not need"
        ),
        {
            f"{C} securityContext": {"privileged": True, "allowPrivilegeEscalation": True},
            f"{S} initContainers": [
                {"name": "a", "image": "b", "securityContext": {"privileged": False, "allowPrivilegeEscalation": False}}
            ],
        },
    ),
    Case(
        "pod-deadline",
        {f"{S} activeDeadlineSeconds": 0},
        (
            "workers[gpu].active_deadline_seconds: 0 asked, a pod that has a deadline runs for a second at "
            "least; raise it, or leave it out"
        ),
        {f"{S} activeDeadlineSeconds": 1},
    ),
    Case(
        "field-misspelt",
        {f"{C} resource": {}, f"{S} tolerations": [{"key": "a", "effects": "x"}], "metadata label": {}},
        [
            (
                "workers[gpu].resource: asked, there is no such field, and the API server refuses it or drops it "
                "in silence; write resources"
            ),
            (
                "workers[gpu].tolerations[0].effects: asked, there is no such field, and the API server refuses "
                "it or drops it in silence; write effect"
            ),
            (
                "label: asked, there is no such field, and the API server refuses it or drops it in silence; "
                "write labels"
            ),
        ],
        {f"{C} resizePolicy": [], "metadata creationTimestamp": None},
    ),
    Case(
        "field-type",
        {
            f"{C} env": [{"name": "A", "value": 1}],
            f"{S} nodeSelector": {"gpu": True},
            f"{S} terminationGracePeriodSeconds": "30",
            f"{S} hostNetwork": "true",
            f"{C} ports": [{"containerPort": "80"}],
            f"{C} resources limits cpu": [1],
            f"{C} args": "a b",
            f"{S} securityContext": {"supplementalGroups": ["a"]},
            "metadata annotations": {"a": 1},
        },
        [
            "workers[gpu].cpu: a list asked, it is a whole number or a text; write a whole number or a text",
            "workers[gpu].env[A].value: a number asked, it is a text; quote it",
            ("workers[gpu].ports[0].container_port: a text asked, it is a whole number of 32 bits; remove the quotes"),
            "workers[gpu].args: a text asked, it is a list; write a list",
            (
                "workers[gpu].security_context.supplemental_groups[0]: a text asked, it is a whole number of 64 "
                "bits; write a whole number of 64 bits"
            ),
            "workers[gpu].node_selector[gpu]: true or false asked, it is a text; quote it",
            (
                "workers[gpu].termination_grace_period_seconds: a text asked, it is a whole number of 64 bits; "
                "remove the quotes"
            ),
            "workers[gpu].host_network: a text asked, it is true or false; remove the quotes",
            "annotations[a]: a number asked, it is a text; quote it",
        ],
        {
            f"{C} env": [{"name": "A", "value": "1"}],
            f"{S} terminationGracePeriodSeconds": 1099511627776,
            f"{C} resources limits cpu": 8,
            f"{S} securityContext": {"supplementalGroups": [2147483647]},
        },
    ),
    Case(
        "field-missing",
        {f"{C} env": [{"value": "a"}], f"{S} volumes": [{"emptyDir": {}}]},
        [
            "workers[gpu].env[0].name: nothing asked, the API server refuses the object without it; write it",
            ("workers[gpu].volumes[0].name: nothing asked, the API server refuses the object without it; write it"),
        ],
        {f"{C} env": [{"name": "a"}]},
    ),
)
