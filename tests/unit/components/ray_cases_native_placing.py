"""Rules of how pods are placed, broken and kept."""

from ray_rule_case import Case, W

__all__ = ["CASES"]

T = f"{W} template"
S = f"{T} spec"

CASES = (
    Case(
        "toleration-form",
        {
            f"{S} tolerations": [
                {"key": "a b", "operator": "Exists"},
                {"value": "x"},
                {"key": "a", "operator": "Exists", "value": "x"},
                {"key": "a", "value": "x y"},
                {"key": "a", "operator": "Exists", "effect": "NoSchedule", "tolerationSeconds": 1},
            ]
        },
        [
            (
                "workers[gpu].tolerations[0].key: 'a b' asked, keys and values are those of labels; write {key, "
                "operator: Exists, effect} or {key, value, effect}"
            ),
            (
                "workers[gpu].tolerations[1]: no key asked, every taint is tolerated with the operator Exists "
                "alone; write {key, operator: Exists, effect} or {key, value, effect}"
            ),
            (
                "workers[gpu].tolerations[2].value: 'x' asked with Exists, Exists takes no value; write {key, "
                "operator: Exists, effect} or {key, value, effect}"
            ),
            (
                "workers[gpu].tolerations[3].value: 'x y' asked, keys and values are those of labels; write "
                "{key, operator: Exists, effect} or {key, value, effect}"
            ),
            (
                "workers[gpu].tolerations[4].toleration_seconds: asked without NoExecute, only an eviction can "
                "wait; write {key, operator: Exists, effect} or {key, value, effect}"
            ),
        ],
        {
            f"{S} tolerations": [
                {"operator": "Exists"},
                {"key": "a", "value": "x"},
                {"key": "a", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 0},
            ]
        },
    ),
    Case(
        "affinity-form",
        {
            f"{S} affinity": {
                "nodeAffinity": {
                    "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": []},
                    "preferredDuringSchedulingIgnoredDuringExecution": [
                        {
                            "weight": 0,
                            "preference": {
                                "matchExpressions": [
                                    {"key": "a", "operator": "in", "values": ["b"]},
                                    {"key": "a", "operator": "In"},
                                    {"key": "a", "operator": "Exists", "values": ["b"]},
                                    {"key": "a", "operator": "Gt", "values": ["1", "2"]},
                                ]
                            },
                        }
                    ],
                },
                "podAntiAffinity": {
                    "requiredDuringSchedulingIgnoredDuringExecution": [
                        {
                            "topologyKey": "",
                            "labelSelector": {"matchExpressions": [{"key": "a", "operator": "Gt", "values": ["1"]}]},
                        }
                    ],
                    "preferredDuringSchedulingIgnoredDuringExecution": [
                        {
                            "weight": 101,
                            "podAffinityTerm": {
                                "topologyKey": "zone",
                                "labelSelector": {"matchExpressions": [{"key": "a", "operator": "NotIn"}]},
                            },
                        }
                    ],
                },
            }
        },
        [
            (
                "workers[gpu].affinity.node_affinity.required_during_scheduling_ignored_during_execution: no "
                "term asked, what is required has a term, and no node has none; write such a term"
            ),
            (
                "workers[gpu].affinity.node_affinity."
                "preferred_during_scheduling_ignored_during_execution[0].weight: 0 asked, a weight is 1 to 100; "
                "write such a term"
            ),
            (
                "workers[gpu].affinity.node_affinity."
                "preferred_during_scheduling_ignored_during_execution[0].preference."
                "match_expressions[0].operator: 'in' asked, In, NotIn, Exists, DoesNotExist, Gt, Lt are known "
                "here; write such a term"
            ),
            (
                "workers[gpu].affinity.node_affinity."
                "preferred_during_scheduling_ignored_during_execution[0].preference.match_expressions[1].values: "
                "0 asked with In, In and NotIn take values, Exists and DoesNotExist none, Gt and Lt one number; "
                "write such a term"
            ),
            (
                "workers[gpu].affinity.node_affinity."
                "preferred_during_scheduling_ignored_during_execution[0].preference.match_expressions[2].values: "
                "1 asked with Exists, In and NotIn take values, Exists and DoesNotExist none, Gt and Lt one "
                "number; write such a term"
            ),
            (
                "workers[gpu].affinity.node_affinity."
                "preferred_during_scheduling_ignored_during_execution[0].preference.match_expressions[3].values: "
                "2 asked with Gt, In and NotIn take values, Exists and DoesNotExist none, Gt and Lt one number; "
                "write such a term"
            ),
            (
                "workers[gpu].affinity.pod_anti_affinity."
                "preferred_during_scheduling_ignored_during_execution[0].weight: 101 asked, a weight is 1 to "
                "100; write such a term"
            ),
            (
                "workers[gpu].affinity.pod_anti_affinity."
                "required_during_scheduling_ignored_during_execution[0].topology_key: nothing asked, places are "
                "told apart by a label of nodes; write such a term"
            ),
            (
                "workers[gpu].affinity.pod_anti_affinity."
                "required_during_scheduling_ignored_during_execution[0].label_selector."
                "match_expressions[0].operator: 'Gt' asked, In, NotIn, Exists, DoesNotExist are known here; "
                "write such a term"
            ),
            (
                "workers[gpu].affinity.pod_anti_affinity."
                "preferred_during_scheduling_ignored_during_execution[0].pod_affinity_term."
                "label_selector.match_expressions[0].values: 0 asked with NotIn, In and NotIn take values, "
                "Exists and DoesNotExist none, Gt and Lt one number; write such a term"
            ),
        ],
        {
            f"{S} affinity": {
                "nodeAffinity": {
                    "requiredDuringSchedulingIgnoredDuringExecution": {
                        "nodeSelectorTerms": [
                            {
                                "matchExpressions": [
                                    {"key": "a", "operator": "Lt", "values": ["1"]},
                                    {"key": "a", "operator": "DoesNotExist"},
                                ],
                                "matchFields": [{"key": "metadata.name", "operator": "In", "values": ["b"]}],
                            }
                        ]
                    },
                    "preferredDuringSchedulingIgnoredDuringExecution": [
                        {
                            "weight": 1,
                            "preference": {"matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["b"]}]},
                        },
                        {"weight": 100, "preference": {"matchExpressions": [{"key": "a", "operator": "Exists"}]}},
                    ],
                },
                "podAffinity": {
                    "requiredDuringSchedulingIgnoredDuringExecution": [
                        {
                            "topologyKey": "zone",
                            "labelSelector": {
                                "matchExpressions": [{"key": "a", "operator": "In", "values": ["1", "2"]}]
                            },
                        }
                    ]
                },
            }
        },
    ),
    Case(
        "spread-form",
        {
            f"{S} topologySpreadConstraints": [
                {"maxSkew": 0, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule", "minDomains": 0},
                {
                    "maxSkew": 1,
                    "topologyKey": "",
                    "whenUnsatisfiable": "ScheduleAnyway",
                    "minDomains": 1,
                    "labelSelector": {"matchExpressions": [{"key": "a", "operator": "Exists", "values": ["b"]}]},
                },
            ]
        },
        [
            (
                "workers[gpu].topology_spread_constraints[0].max_skew: 0 asked, pods are spread by 1 or more; "
                "write such a constraint"
            ),
            (
                "workers[gpu].topology_spread_constraints[0].min_domains: 0 asked, pods are spread by 1 or more; "
                "write such a constraint"
            ),
            (
                "workers[gpu].topology_spread_constraints[1].min_domains: asked with ScheduleAnyway, only "
                "DoNotSchedule can wait for places; write such a constraint"
            ),
            (
                "workers[gpu].topology_spread_constraints[1].topology_key: nothing asked, places are told apart "
                "by a label of nodes; write such a constraint"
            ),
            (
                "workers[gpu].topology_spread_constraints[1].label_selector.match_expressions[0].values: 1 asked "
                "with Exists, In and NotIn take values, Exists and DoesNotExist none, Gt and Lt one number; "
                "write such a constraint"
            ),
        ],
        {
            f"{S} topologySpreadConstraints": [
                {
                    "maxSkew": 1,
                    "topologyKey": "zone",
                    "whenUnsatisfiable": "DoNotSchedule",
                    "minDomains": 1,
                    "labelSelector": {"matchExpressions": [{"key": "a", "operator": "Exists"}]},
                }
            ]
        },
    ),
    Case(
        "field-value",
        {
            f"{S} tolerations": [{"key": "a", "operator": "exists", "effect": "noschedule"}],
            f"{S} dnsPolicy": "Cluster",
            f"{S} volumes": [{"name": "a", "emptyDir": {"medium": "memory"}}],
        },
        [
            ("workers[gpu].tolerations[0].operator: 'exists' asked, Exists, Equal are known; choose one of them"),
            (
                "workers[gpu].tolerations[0].effect: 'noschedule' asked, NoSchedule, PreferNoSchedule, NoExecute "
                "are known; choose one of them"
            ),
            (
                "workers[gpu].dns_policy: 'Cluster' asked, ClusterFirst, ClusterFirstWithHostNet, Default, None "
                "are known; choose one of them"
            ),
            (
                "workers[gpu].volumes[a].empty_dir.medium: 'memory' asked, Memory, HugePages, HugePages-2Mi, "
                "HugePages-1Gi are known; choose one of them"
            ),
        ],
        {
            f"{S} tolerations": [{"key": "a", "operator": "", "effect": "NoSchedule"}],
            f"{S} dnsPolicy": "Default",
            f"{S} volumes": [{"name": "a", "emptyDir": {"medium": "Memory"}}],
        },
    ),
)
