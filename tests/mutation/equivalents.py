"""Mutants that nobody could tell from the rules, by reason."""

from collections.abc import Mapping

__all__ = ["EQUIVALENT"]

_BY_REASON: Mapping[str, tuple[str, ...]] = {
    "a shortcut: the work that it saves finds nothing": (
        "amounts._claims: cluster.claims is None -> True",
        "policy.amounts.accelerators: '/' in name and is_accelerator(name) -> is_accelerator(name)",
        "policy.amounts.quantity: isinstance(value, bool) or not isinstance(value, str | int | float) -> False",
        "policy.amounts.quantity: isinstance(value, bool) or not isinstance(value, str | int | float) -> isinstance(value, bool) and (not isinstance(value, str | int | float))",
        "policy.amounts.quantity: isinstance(value, bool) or not isinstance(value, str | int | float) -> isinstance(value, bool)",
        "policy.amounts.quantity: isinstance(value, bool) or not isinstance(value, str | int | float) -> not isinstance(value, str | int | float)",
        "policy.nodes._group: bool(mixed) and share == 0 -> share == 0",
        "amounts._asked: 'resources' in cluster.autoscaler -> True",
        "judge.findings: not broken -> False",
        "pods._told: asked -> True",
        "references._of_options: cluster.gcs is not None -> True",
        "references._of_options: 'env' in cluster.autoscaler or 'envFrom' in cluster.autoscaler -> True",
        "pods.gpu_imagined: pod.start or 'resources' in pod.group -> True",
        "job.job_cluster_suspended: job.cluster is None or job.cluster.spec.get('suspend') is not True -> job.cluster.spec.get('suspend') is not True",
        "command.ray_container_first: len(pod.containers) > 1 and (not _is_ray(pod.main)) -> not _is_ray(pod.main)",
        "command.ray_container_first: len(pod.containers) > 1 -> len(pod.containers) >= 1",
        "command.ray_container_first: 1 -> 0",
        "unmet._replicas: 'num_' not in config and 'PU' not in config -> False",
        "network.network_rules_unused: cluster.network is None -> False",
        "devices._claims: pod.claims is None -> True",
        "devices._claims: isinstance(value, str | int | float) and (not _is_usual(name, str(value))) -> isinstance(value, str | int | float)",
        "references._sources: (source := mapping(variable.get('valueFrom'))) -> True",
        "references._of_pod: field in pod.spec -> True",
        "words.restart_policy_unknown: 'restartPolicy' in pod.spec -> True",
        "shape._of_object: strange -> True",
        "amounts._claims: not _is_usual(limits, requests) -> True",
        "amounts._is_strange: value.__class__ is str -> False",
        "judge._applicable: (not each.about or each.about & asked) and (native or not each.typed) -> True",
        "shape._of_object: False -> True",
        "shape._of_object: value.__class__ is not known.plain and value is not None -> value is not None",
        "shape._of_object: field.needs -> True",
        "shape._of_field: value.__class__ is not _USUAL.get(holds) and (not _fits(value, holds, path, found)) -> not _fits(value, holds, path, found)",
        "shape._of_items: item.__class__ is not plain -> True",
        "shape._of: view.misfits is None -> True",
        "shape._of: view.misfits -> True",
    ),
    "nothing has such a name or value": (
        "gcs.redis_address_alone: '' -> '~'",
        "scheduling._scheduler: '' -> '~'",
        "submission.sidecar_restart_policy: '' -> '~'",
    ),
    "a number beyond what the CRD takes": ("groups._LARGEST: 2147483647 -> 2147483648",),
    "a list of one: its last is its first": ("deletion._state: 0 -> -1",),
    "the list has one item at most": (
        "submission.entrypoint_missing: any((container.get('command') for container in _submitters(job))) -> all((container.get('command') for container in _submitters(job)))",
    ),
    "the operator's version is one of the table, whose gates are all known": (
        "identity.name_length: view.kind == 'RayCronJob' and version is not None and (version < (1, 7)) -> view.kind == 'RayCronJob' and version < (1, 7)",
        "identity.name_length: version < (1, 7) -> version <= (1, 7)",
        "judge._applicable: ray_version(version) or (0, 0) -> ray_version(version) and (0, 0)",
        "judge._applicable: ray_version(version) or (0, 0) -> ray_version(version)",
        "judge._applicable: (0, 0) -> (0,)",
        "judge._applicable: 0 -> 1",
        "judge._applicable: 0 -> -1",
        "judge._applicable: 2 -> 3",
        "judge._applicable: (9999, 0) -> (9999,)",
        "judge._applicable: 9999 -> 10000",
        "judge._applicable: 9999 -> 9998",
        "judge._minor: ray_version(version) or default -> ray_version(version) and default",
        "judge._minor: ray_version(version) or default -> ray_version(version)",
        "schedule.schedule_gate: False -> True",
        "schedule._before_1_7: version is not None and version < (1, 7) -> version < (1, 7)",
        "schedule._before_1_7: version < (1, 7) -> version <= (1, 7)",
        "kinds.gate: False -> True",
    ),
    "this machine has a database of time zones, which knows UTC": (
        "schedule._is_zone: ('', 'UTC', 'Local') -> ('', 'Local')",
        "schedule._is_zone: 'UTC' -> 'UTC~'",
        "schedule._is_zone: _loads(name) or not _loads(_SOMEWHERE) -> _loads(name)",
    ),
    "a cluster that is not there has nothing in it": (
        "auth.kubernetes_token_in_job: job.cluster is None or not _kubernetes(job.cluster) -> not _kubernetes(job.cluster)",
        "gcs.redis_with_storage: cluster.gcs is None or _rocksdb(cluster) or mapping(cluster.gcs).get('storage') is None -> _rocksdb(cluster) or mapping(cluster.gcs).get('storage') is None",
        "stepwise.stepwise_step_over_surge: options is None -> False",
        "submission.sidecar_restart_policy: job.mode != 'SidecarMode' or job.cluster is None or policy in ('', 'Never') -> job.mode != 'SidecarMode' or policy in ('', 'Never')",
    ),
    "the two modes differ from the others only, and this one is neither": (
        "network._mode: text(mapping(cluster.network).get('mode')) or 'DenyAll' -> text(mapping(cluster.network).get('mode'))",
        "network._mode: 'DenyAll' -> 'DenyAll~'",
    ),
    "a version that cannot be read is empty, as is what is compared with it": (
        "pods.image_version: wanted and (tag := version_of(pod.main.get('image'))) and (tag[:len(wanted)] != wanted) -> (tag := version_of(pod.main.get('image'))) and tag[:len(wanted)] != wanted",
    ),
    "the month's days end at 31 by the field itself": ("cron._LONGEST_MONTHS: 31 -> 32",),
    "words that are no amount of time, with or without the prefix": (
        "cron.times: text.startswith('@every ') and duration(text.removeprefix('@every ')) is not None -> duration(text.removeprefix('@every ')) is not None",
    ),
    "a gate that is only told by explain": (
        "stepwise._GATE: 'RayServiceIncrementalUpgrade' -> 'RayServiceIncrementalUpgrade~'",
    ),
    "what is amiss with the amount is asked again where it is told": (
        "amounts._amount: isinstance(value, _PLAIN) -> True",
    ),
    "any negative number is not more than zero": (
        "service.initializing_timeout: 0 -> -1",
        "policy.amounts.accelerators: 0 -> -1",
    ),
    "a type that has any has one at least": ("policy.requirements._meets: 0 -> -1",),
    "only whether it is nothing is asked": (
        "policy.nodes._group: 100 -> 101",
        "policy.nodes._group: 100 -> 99",
    ),
    "told by explain and the list of rules, not by what is judged": (
        "rule.Rule: '' -> '~'",
        "rule.made: check.__doc__ or '' -> check.__doc__ and ''",
        "rule.made: check.__doc__ or '' -> check.__doc__",
    ),
    "compared with floors of three numbers, padded with more of them": (
        "view.older: len(least) - len(known) -> len(least) + len(known)",
    ),
    "what holds by its number has nothing within it": ("shape._fits: True -> False",),
    "a null is the only one": ("view.entries: one is not None -> False",),
}
EQUIVALENT: Mapping[str, str] = {mutant: reason for reason, mutants in _BY_REASON.items() for mutant in mutants}
"""Reasons by mutant."""
