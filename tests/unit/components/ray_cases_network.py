"""Rules of the network policy, broken and kept."""

from ray_rule_case import OPEN_1_7, Case, N, W

__all__ = ["CASES"]

FORM = (
    "the API server refuses the NetworkPolicy that the operator makes of it, and the pods stay open; write ports up to "
    "65535, ranges such as 10.0.0.0/8, and for each peer either a range or selectors"
)

CASES = (
    Case(
        "network-rule-form",
        {
            "spec networkPolicy": {
                "head": {"ingressRules": [{"from": [{"ipBlock": {"cidr": "10.0.0.0"}}]}]},
                "worker": {"egressRules": [{"to": [{}], "ports": [{"port": 80, "endPort": 79}]}]},
                "workerGroups": [
                    {"groupName": "gpu", "ingressRules": [{"ports": [{"port": 65536}]}]},
                ],
            }
        },
        [
            f"network_policy.head.ingress_rules[0].from[0].ip_block.cidr: '10.0.0.0' asked, {FORM}",
            f"network_policy.worker.egress_rules[0].ports[0].end_port: 79 asked with port 80, {FORM}",
            f"network_policy.worker.egress_rules[0].to[0]: nothing asked, {FORM}",
            f"network_policy.worker_groups[gpu].ingress_rules[0].ports[0].port: 65536 asked, {FORM}",
        ],
        {"spec networkPolicy": {"head": {"ingressRules": [{"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}]}}},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "network-gate",
        {"spec networkPolicy": {}},
        (
            "network_policy: asked, the operator's gate RayClusterNetworkPolicy is off; switch the gate on "
            "(KubeRayOperatorSpec: feature_gates={'RayClusterNetworkPolicy': True}; Helm chart: featureGates), "
            "or leave network_policy out"
        ),
        {},
        version="1.7.0",
    ),
    Case(
        "network-rules-unused",
        {
            "spec networkPolicy": {
                "mode": "DenyAllEgress",
                "head": {"ingressRules": [{}]},
                "workerGroups": [{"groupName": "gpu", "ingressRules": [{}]}],
            }
        },
        [
            (
                "network_policy.head.ingress_rules: ingress rules asked with mode DenyAllEgress, what is not "
                "closed needs no exceptions; remove the rules, or choose a mode that closes this direction"
            ),
            (
                "network_policy.worker_groups[gpu].ingress_rules: ingress rules asked with mode DenyAllEgress, "
                "what is not closed needs no exceptions; remove the rules, or choose a mode that closes this "
                "direction"
            ),
        ],
        {
            "spec networkPolicy": {
                "mode": "DenyAllEgress",
                "head": {"egressRules": [{}]},
                "worker": {"ingressRules": []},
            }
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "network-rules-unused",
        {"spec networkPolicy": {"mode": "DenyAllIngress", "worker": {"egressRules": [{}]}}},
        (
            "network_policy.worker.egress_rules: egress rules asked with mode DenyAllIngress, what is not "
            "closed needs no exceptions; remove the rules, or choose a mode that closes this direction"
        ),
        {"spec networkPolicy": {"worker": {"egressRules": [{}]}}},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "network-group-name",
        {"spec networkPolicy": {}, f"{W} groupName": "GPU"},
        (
            "workers[GPU].name: 'GPU' asked with network_policy, the name becomes part of the name of a "
            "NetworkPolicy: lower case letters, digits and dashes; choose such a name"
        ),
        {f"{W} groupName": "GPU"},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "network-group-unknown",
        {"spec networkPolicy": {"workerGroups": [{"groupName": "cpu"}]}},
        (
            "network_policy.worker_groups[cpu].group_name: 'cpu' asked, rules apply to groups of the cluster; "
            "name one of its groups"
        ),
        {"spec networkPolicy": {"workerGroups": [{"groupName": "gpu"}]}},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "network-locked-out",
        {"spec networkPolicy": {}},
        (
            "network_policy: group gpu closed outwards without DNS, workers find the head by DNS, so the "
            "cluster would never start; add an egress rule to port 53, UDP and TCP"
        ),
        {
            "spec networkPolicy": {
                "worker": {
                    "egressRules": [{"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}]
                }
            }
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "network-locked-out",
        {
            "spec networkPolicy": {
                "mode": "DenyAllEgress",
                "worker": {
                    "egressRules": [{"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}]
                },
                "workerGroups": [{"groupName": "gpu", "egressRules": [{"ports": [{"port": 443}]}]}],
            }
        },
        (
            "network_policy: group gpu closed outwards without DNS, workers find the head by DNS, so the "
            "cluster would never start; add an egress rule to port 53, UDP and TCP"
        ),
        {"spec networkPolicy": {"mode": "DenyAllIngress"}},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "network-locked-out",
        {"spec networkPolicy": {"worker": {"egressRules": [{"ports": [{"port": 54, "endPort": 60}]}]}}},
        (
            "network_policy: group gpu closed outwards without DNS, workers find the head by DNS, so the "
            "cluster would never start; add an egress rule to port 53, UDP and TCP"
        ),
        {"spec networkPolicy": {"worker": {"egressRules": [{"ports": [{"port": 50, "endPort": 60}]}]}}},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "network-autoscaler-locked-out",
        {
            "spec networkPolicy": {
                "head": {"egressRules": [{"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}]}
            },
            "spec enableInTreeAutoscaling": True,
        },
        (
            "network_policy.head.egress_rules: no way to the Kubernetes API with autoscaling, the autoscaler "
            "beside the head sets the number of workers through the Kubernetes API; add egress rules to port "
            "53 and to the API server, port 443 or 6443"
        ),
        {
            "spec networkPolicy": {
                "head": {
                    "egressRules": [
                        {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]},
                        {"ports": [{"port": "https"}]},
                    ]
                }
            },
            "spec enableInTreeAutoscaling": True,
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "network-operator-locked-out",
        {f"{N} networkPolicy": {"mode": "DenyAllIngress"}},
        (
            "ray_cluster_spec.network_policy.head.ingress_rules: the operator shut out of the dashboard, the "
            "operator asks the dashboard how the job is, so the job would never be seen to end; add an "
            "ingress rule for the head from the operator's namespace to the dashboard's port, 8265"
        ),
        {f"{N} networkPolicy": {"head": {"ingressRules": [{}]}}},
        version="1.7.0",
        gates=OPEN_1_7,
        of="job",
    ),
    Case(
        "network-operator-locked-out",
        {f"{N} networkPolicy": {"head": {"ingressRules": [{"ports": [{"port": 8264}]}]}}},
        (
            "ray_cluster_spec.network_policy.head.ingress_rules: the operator shut out of the dashboard, the "
            "operator asks the dashboard how the job is, so the job would never be seen to end; add an "
            "ingress rule for the head from the operator's namespace to the dashboard's port, 8265"
        ),
        {f"{N} networkPolicy": {"mode": "DenyAllEgress"}},
        version="1.7.0",
        gates=OPEN_1_7,
        of="job",
    ),
    Case(
        "network-service-locked-out",
        {"spec rayClusterConfig networkPolicy": {}},
        (
            "ray_cluster_config.network_policy.head.ingress_rules: the operator shut out of the dashboard, the "
            "operator tells Serve what to run through the dashboard, so no application would ever start; add an "
            "ingress rule for the head from the operator's namespace to the dashboard's port, 8265"
        ),
        {
            "spec rayClusterConfig networkPolicy": {"head": {"ingressRules": [{"ports": [{"port": 9265}]}]}},
            "spec rayClusterConfig headGroupSpec rayStartParams dashboard-port": "9265",
        },
        version="1.7.0",
        gates=OPEN_1_7,
        of="service",
    ),
)
