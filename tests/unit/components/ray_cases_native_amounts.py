"""Rules of what containers ask for, and of flags, broken and kept."""

from ray_rule_case import Case, W

__all__ = ["CASES"]

T = f"{W} template"
S = f"{T} spec"
C = f"{S} containers 0"

CASES = (
    Case(
        "amount-name",
        {
            f"{C} resources limits gpu": "1",
            f"{C} resources limits hugepages-2M": "1",
            f"{C} resources requests a/b/c": "1",
        },
        [
            (
                "workers[gpu].accelerators[gpu]: 'gpu' asked, there are cpu, memory, ephemeral-storage, "
                "hugepages, and devices under a domain/name; write such a name: GPUs are nvidia.com/gpu"
            ),
            (
                "workers[gpu].accelerators[hugepages-2M]: 'hugepages-2M' asked, there are cpu, memory, "
                "ephemeral-storage, hugepages, and devices under a domain/name; write such a name: GPUs are "
                "nvidia.com/gpu"
            ),
            (
                "workers[gpu].accelerators[a/b/c]: 'a/b/c' asked, there are cpu, memory, ephemeral-storage, "
                "hugepages, and devices under a domain/name; write such a name: GPUs are nvidia.com/gpu"
            ),
        ],
        {
            f"{C} resources limits ephemeral-storage": "1Gi",
            f"{C} resources limits hugepages-1Gi": "1Gi",
            f"{C} resources limits example.com/fpga": "1",
        },
    ),
    Case(
        "device-fraction",
        {f"{C} resources limits nvidia.com/gpu": "0.5", f"{C} resources requests nvidia.com/gpu": "500m"},
        [
            (
                "workers[gpu].gpus: '0.5' asked, devices are counted in whole numbers; ask for whole ones; to "
                "share a GPU use time-slicing or MIG, and fractions in Ray's own num_gpus of a task"
            ),
            (
                "workers[gpu].gpus: '500m' asked, devices are counted in whole numbers; ask for whole ones; to "
                "share a GPU use time-slicing or MIG, and fractions in Ray's own num_gpus of a task"
            ),
        ],
        {
            f"{C} resources limits nvidia.com/gpu": "2000m",
            f"{C} resources requests nvidia.com/gpu": 2,
            f"{C} resources limits cpu": "8.5",
        },
    ),
    Case(
        "amount-implausible",
        {
            f"{C} resources limits memory": "1048575",
            f"{C} resources requests memory": "8000m",
            f"{C} resources limits cpu": 65536,
        },
        [
            (
                "workers[gpu].cpu: '65536' asked, Ray needs more than a mebibyte, and no machine has 65,536 "
                "CPUs: a unit is missing or wrong; write memory as 16Gi and CPUs as 4 or 500m"
            ),
            (
                "workers[gpu].memory: '1048575' asked, Ray needs more than a mebibyte, and no machine has 65,536 "
                "CPUs: a unit is missing or wrong; write memory as 16Gi and CPUs as 4 or 500m"
            ),
            (
                "workers[gpu].memory: '8000m' asked, Ray needs more than a mebibyte, and no machine has 65,536 "
                "CPUs: a unit is missing or wrong; write memory as 16Gi and CPUs as 4 or 500m"
            ),
        ],
        {
            f"{C} resources limits memory": "1Mi",
            f"{C} resources requests memory": 0,
            f"{C} resources limits cpu": "65535",
        },
    ),
    Case(
        "pages-form",
        {
            f"{C} resources": {"limits": {"hugepages-2Mi": "1Gi"}},
            f"{S} initContainers": [
                {
                    "name": "a",
                    "image": "b",
                    "resources": {"limits": {"cpu": 1, "hugepages-2Mi": "2Gi"}, "requests": {"hugepages-2Mi": "1Gi"}},
                },
                {"name": "c", "image": "d", "resources": {"limits": {"cpu": 1}, "requests": {"hugepages-2Mi": "1Gi"}}},
            ],
        },
        [
            (
                "workers[gpu]: hugepages-2Mi asked without the like or alone, huge pages are not shared: request "
                "and limit are the same, beside cpu or memory; set both to the same, and ask for cpu or memory "
                "too"
            ),
            (
                "workers[gpu].init_containers[a]: hugepages-2Mi asked without the like or alone, huge pages are "
                "not shared: request and limit are the same, beside cpu or memory; set both to the same, and ask "
                "for cpu or memory too"
            ),
            (
                "workers[gpu].init_containers[c]: hugepages-2Mi asked without the like or alone, huge pages are "
                "not shared: request and limit are the same, beside cpu or memory; set both to the same, and ask "
                "for cpu or memory too"
            ),
        ],
        {
            f"{C} resources": {"limits": {"cpu": 1, "hugepages-2Mi": "1Gi"}},
            f"{S} initContainers": [
                {
                    "name": "a",
                    "image": "b",
                    "resources": {
                        "limits": {"hugepages-2Mi": "1Gi"},
                        "requests": {"memory": "1Gi", "hugepages-2Mi": "1024Mi"},
                    },
                }
            ],
        },
    ),
    Case(
        "start-flag-unknown",
        {f"{W} rayStartParams": {"num_cpus": "4", "turbo": "yes"}},
        [
            (
                "workers[gpu].ray_start_params[num_cpus]: num_cpus asked, `ray start` of Ray 2.60 has no such "
                "flag and ends at once, so that the pod never becomes ready; write num-cpus"
            ),
            (
                "workers[gpu].ray_start_params[turbo]: turbo asked, `ray start` of Ray 2.60 has no such flag and "
                "ends at once, so that the pod never becomes ready; remove it, or accept this rule where a newer "
                "Ray has it"
            ),
        ],
        {f"{W} rayStartParams": {"num-cpus": "4", "redis-shard-ports": "1"}},
    ),
    Case(
        "start-flag-value",
        {
            f"{W} rayStartParams": {
                "num-cpus": "four",
                "num-gpus": "-1",
                "resources": "{a: 1}",
                "memory": "4Gi",
                "object-store-memory": "1.5",
            }
        },
        [
            "workers[gpu].ray_start_params[num-cpus]: 'four' asked, it is a number; write a number",
            "workers[gpu].ray_start_params[num-gpus]: '-1' asked, it is a number; write a number",
            (
                "workers[gpu].ray_start_params[resources]: '{a: 1}' asked, it is a mapping in JSON, in single "
                "quotes; write a mapping in JSON, in single quotes"
            ),
            (
                "workers[gpu].ray_start_params[memory]: '4Gi' asked, it is a whole number of bytes; write a "
                "whole number of bytes"
            ),
            (
                "workers[gpu].ray_start_params[object-store-memory]: '1.5' asked, it is a whole number of bytes; "
                "write a whole number of bytes"
            ),
        ],
        {
            f"{W} rayStartParams": {
                "num-cpus": "$CPUS",
                "num-gpus": "0.5",
                "resources": "'{\"a\": 1}'",
                "memory": "4000000000",
                "object-store-memory": "4000000000",
            }
        },
    ),
    Case(
        "start-flag-value",
        {f"{W} rayStartParams": {"resources": "'[1]'"}},
        (
            "workers[gpu].ray_start_params[resources]: \"'[1]'\" asked, it is a mapping in JSON, in single "
            "quotes; write a mapping in JSON, in single quotes"
        ),
        {f"{W} rayStartParams": {"resources": '"{\\"a\\": 1}"'}},
    ),
    Case(
        "object-store-larger",
        {f"{W} rayStartParams": {"object-store-memory": "68719476736"}},
        (
            "workers[gpu].ray_start_params[object-store-memory]: 68719476736 bytes asked with 64Gi of "
            "memory, objects lie in the container's memory, which is killed beyond its limit; lower it, or "
            "raise the memory"
        ),
        {f"{W} rayStartParams": {"object-store-memory": "68719476735"}},
    ),
)
