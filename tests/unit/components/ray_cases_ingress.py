"""Rules of the dashboard's Ingress, broken and kept."""

from ray_rule_case import Case

__all__ = ["CASES"]

INGRESS = "spec headGroupSpec ingressOptions"
REFUSED = "asked, the API server refuses the Ingress that the operator makes of it, or it never answers"
HOSTS = "write hosts as ray.example.com or *.example.com, a path from / on, and the name of a Secret"

CASES = (
    Case(
        "ingress-form",
        {
            INGRESS: {
                "host": "Ray_Host",
                "path": "ray",
                "tls": [{"hosts": ["https://ray", "10.0.0.1"], "secretName": "A"}],
            }
        },
        [
            f"head.ingress_options.host: 'Ray_Host' {REFUSED}; {HOSTS}",
            f"head.ingress_options.path: 'ray' {REFUSED}; {HOSTS}",
            f"head.ingress_options.tls[0].hosts[0]: 'https://ray' {REFUSED}; {HOSTS}",
            f"head.ingress_options.tls[0].hosts[1]: '10.0.0.1' {REFUSED}; {HOSTS}",
            f"head.ingress_options.tls[0].secret_name: 'A' {REFUSED}; {HOSTS}",
        ],
        {INGRESS: {"path": "/ray", "tls": [{"hosts": ["ray.example.com", "*.example.com"], "secretName": "a"}]}},
        version="1.7.0",
    ),
    Case(
        "ingress-form",
        {INGRESS: {"host": "ray.example.com", "tls": [{"hosts": ["x-example.com", "*.ray.example.com"]}]}},
        [
            (
                f"head.ingress_options.tls[0].hosts[{index}]: '{name}' asked with host 'ray.example.com', the Ingress "
                "answers to its host alone; name that host, or leave host out"
            )
            for index, name in enumerate(("x-example.com", "*.ray.example.com"))
        ],
        {INGRESS: {"host": "ray.example.com", "tls": [{"hosts": ["ray.example.com", "*.example.com", None]}, {}]}},
        version="1.7.0",
    ),
)
