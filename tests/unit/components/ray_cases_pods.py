"""Rules of Ray pods, broken and kept."""

from ray_builders import GONE
from ray_rule_case import Case, H, N, W

__all__ = ["CASES"]

IMAGINED = (
    "GPUs that Kubernetes does not give the container: tasks find none, or those of other pods; raise the limit of "
    "nvidia.com/gpu (gpus of a group) and leave num_gpus out, or accept this rule"
)

CASES = (
    Case(
        "amount-unparseable",
        {f"{W} template spec containers 0 resources limits memory": "64gi"},
        (
            "workers[gpu].memory: '64gi' asked, an amount is a number with an optional unit: m, k, M, G, T, "
            "Ki, Mi, Gi, Ti; write it so, such as 500m or 16Gi"
        ),
        {f"{W} template spec containers 0 resources limits memory": "64G"},
    ),
    Case(
        "request-over-limit",
        {f"{W} template spec containers 0 resources requests memory": "65Gi"},
        (
            "workers[gpu].memory: 65Gi asked with a limit of 64Gi, what is asked for can at most be the "
            "limit; lower the request or raise the limit"
        ),
        {f"{W} template spec containers 0 resources requests memory": "65536Mi"},
    ),
    Case(
        "device-request",
        {f"{W} template spec containers 0 resources requests nvidia.com/gpu": "1"},
        (
            "workers[gpu].gpus: 1 asked with a limit of 2, devices are not shared, so request and limit are "
            "the same, and the limit is what counts; set the limit, and the same request or none"
        ),
        {f"{W} template spec containers 0 resources requests nvidia.com/gpu": GONE},
    ),
    Case(
        "device-request",
        {f"{W} template spec containers 0 resources requests example.com/fpga": "1"},
        (
            "workers[gpu].accelerators[example.com/fpga]: 1 asked with no limit, devices are not shared, so "
            "request and limit are the same, and the limit is what counts; set the limit, and the same "
            "request or none"
        ),
        {
            f"{W} template spec containers 0 resources requests example.com/fpga": "1",
            f"{W} template spec containers 0 resources limits example.com/fpga": 1,
        },
    ),
    Case(
        "amount-missing",
        {f"{W} template spec containers 0 resources": GONE},
        (
            "workers[gpu]: no cpu and no memory asked, Ray then counts the whole node as its own, and the "
            "kubelet kills what the node cannot hold; set cpu and memory"
        ),
        {f"{W} template spec containers 0 resources limits cpu": GONE},
    ),
    Case(
        "gpu-unseen",
        {f"{W} template spec containers 0 resources limits nvidia.com/gpu.shared": "1"},
        (
            "workers[gpu].accelerators[nvidia.com/gpu.shared]: nvidia.com/gpu.shared asked, the operator does "
            "not tell Ray of GPUs under this name, so no task would get one; set ray_start_params.num_gpus"
        ),
        {
            f"{W} template spec containers 0 resources limits nvidia.com/gpu.shared": "1",
            f"{W} rayStartParams": {"num-gpus": "1"},
        },
    ),
    Case(
        "gpu-imagined",
        {f"{W} rayStartParams": {"num-gpus": "3"}},
        (
            "workers[gpu].ray_start_params[num-gpus]: 3 asked with 2 devices in the container's limits, Ray hands out "
            f"{IMAGINED}"
        ),
        {f"{W} rayStartParams": {"num-gpus": "2"}, "spec headGroupSpec rayStartParams num-gpus": "0"},
    ),
    Case(
        "gpu-imagined",
        {"spec headGroupSpec rayStartParams": {}, "spec headGroupSpec resources": {"CPU": "0", "GPU": "1"}},
        f"head.resources[GPU]: 1 asked with 0 devices in the container's limits, Ray hands out {IMAGINED}",
        {
            "spec headGroupSpec rayStartParams": {"num-cpus": "0", "num-gpus": "1"},
            "spec headGroupSpec template spec containers 0 resources claims": [{"name": "gpu"}],
        },
    ),
    Case(
        "shared-memory",
        {
            f"{W} template spec containers 0 volumeMounts": [{"name": "shm", "mountPath": "/dev/shm"}],
            f"{W} template spec volumes": [{"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "65Gi"}}],
        },
        (
            "workers[gpu].volumes[shm]: 65Gi asked with 64Gi of memory, what lies in /dev/shm is memory of "
            "the container, which is killed beyond its limit; lower shared_memory or raise memory"
        ),
        {
            f"{W} template spec containers 0 volumeMounts": [{"name": "shm", "mountPath": "/dev/shm"}],
            f"{W} template spec volumes": [{"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "64Gi"}}],
        },
    ),
    Case(
        "image-missing",
        {f"{H} image": GONE},
        "head.image: no image asked, a container needs an image; set image, or ray_version for Ray's own",
        {},
    ),
    Case(
        "image-version",
        {f"{H} image": "registry.example/rayproject/ray:2.59.0-py311-gpu"},
        (
            "head.image: registry.example/rayproject/ray:2.59.0-py311-gpu asked with ray_version 2.60.0, the "
            "operator prepares the pods for another Ray than runs in them; make the tag and ray_version agree"
        ),
        {f"{H} image": "registry.example/team/train:2.59.0"},
    ),
    Case(
        "dashboard-port",
        {f"{H} ports": [{"containerPort": 8000, "name": "serve"}]},
        (
            "head.ports: 1 listed without dashboard, a list of ports replaces the operator's own, and jobs "
            "are submitted through the port named dashboard; add dashboard (8265) to the head's ports, with "
            "gcs-server (6379) and client (10001), or list none"
        ),
        {f"{H} ports": [{"containerPort": 8265, "name": "dashboard"}]},
    ),
    Case(
        "head-exposed",
        {"spec headGroupSpec serviceType": "LoadBalancer", "spec headGroupSpec enableIngress": True},
        [
            (
                "head.service_type: LoadBalancer asked, the dashboard runs whatever it is sent, and its traffic "
                "is not encrypted; leave it out and use kubectl port-forward or an authenticating proxy, or "
                "accept this rule"
            ),
            (
                "head.enable_ingress: an Ingress asked, the dashboard runs whatever it is sent, and its traffic "
                "is not encrypted; leave it out and use kubectl port-forward or an authenticating proxy, or "
                "accept this rule"
            ),
        ],
        {"spec headGroupSpec serviceType": "ClusterIP", "spec headGroupSpec enableIngress": False},
    ),
    Case(
        "head-exposed",
        {"spec headGroupSpec headService": {"spec": {"type": "NodePort"}}},
        (
            "head.service_type: NodePort asked, the dashboard runs whatever it is sent, and its traffic is "
            "not encrypted; leave it out and use kubectl port-forward or an authenticating proxy, or accept "
            "this rule"
        ),
        {"spec headGroupSpec headService": {"metadata": {"name": "x"}}},
    ),
    Case(
        "dashboard-closed",
        {f"{N} headGroupSpec rayStartParams": {"dashboard-host": "127.0.0.1"}},
        (
            "ray_cluster_spec.head.ray_start_params[dashboard-host]: 127.0.0.1 asked, the operator submits jobs and "
            "applications through the dashboard, and would never reach it; leave it out, or write 0.0.0.0"
        ),
        {f"{N} headGroupSpec rayStartParams": {"dashboard-host": "::"}},
        of="job",
    ),
    Case(
        "dashboard-closed",
        {"spec rayClusterConfig headGroupSpec rayStartParams": {"dashboard-host": "localhost"}},
        (
            "ray_cluster_config.head.ray_start_params[dashboard-host]: localhost asked, the operator submits jobs and "
            "applications through the dashboard, and would never reach it; leave it out, or write 0.0.0.0"
        ),
        {"spec rayClusterConfig headGroupSpec rayStartParams": {}},
        of="service",
    ),
)
