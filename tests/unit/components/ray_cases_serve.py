"""Rules of the configuration of Serve, broken and kept."""

from ray_builders import GONE
from ray_rule_case import Case

__all__ = ["CASES"]


def apps(*lines: str) -> dict[str, str]:
    """A configuration with these lines under its applications."""
    return {"spec serveConfigV2": "\n".join(["applications:", *lines])}


CASES = (
    Case(
        "serve-config-missing",
        {"spec serveConfigV2": GONE},
        (
            "serve_config_v2: nothing asked, a service without applications never answers a request; write "
            "its applications"
        ),
        {},
        of="service",
    ),
    Case(
        "serve-config-missing",
        {"spec serveConfigV2": " \n"},
        (
            "serve_config_v2: nothing asked, a service without applications never answers a request; write "
            "its applications"
        ),
        {},
        of="service",
    ),
    Case(
        "serve-port-differs",
        {"spec serveConfigV2": "http_options: {port: 9000}\napplications: [{import_path: chat:app}]"},
        (
            "serve_config_v2: http_options.port 9000 asked with 8000 of the head, 8000 of group gpu as serve, the "
            "operator looks for Serve, and sends requests, at the port named serve (8000 where there is none), so that "
            "pods never become ready or requests are never answered; leave port out of http_options, or list it as "
            "serve among the ports of the head and of every group"
        ),
        {"spec serveConfigV2": "http_options: {port: 8000}\napplications: [{import_path: chat:app}]"},
        of="service",
    ),
    Case(
        "serve-config-yaml",
        apps("- name: a: b"),
        (
            "serve_config_v2: text with an error on its line 2 (not YAML or JSON, mapping values are not "
            "allowed in this context), it must be a mapping in YAML, with the list of applications; mend the"
            " text"
        ),
        {},
        of="service",
    ),
    Case(
        "serve-config-yaml",
        {"spec serveConfigV2": "- applications"},
        (
            "serve_config_v2: text that is no mapping, it must be a mapping in YAML, with the list of "
            "applications; mend the text"
        ),
        {},
        of="service",
    ),
    Case(
        "serve-config-yaml",
        {"spec serveConfigV2": "applications: []"},
        (
            "serve_config_v2: no applications asked, it must be a mapping in YAML, with the list of "
            "applications; mend the text"
        ),
        {},
        of="service",
    ),
    Case(
        "serve-import-path",
        apps("- import_path: chat"),
        (
            "serve_config_v2: application default asked with import_path 'chat', Serve imports an "
            "application from module:attribute; write its import_path"
        ),
        apps("- import_path: chat.app"),
        of="service",
    ),
    Case(
        "serve-import-path",
        apps("- name: chat"),
        (
            "serve_config_v2: application chat asked with import_path '', Serve imports an application from "
            "module:attribute; write its import_path"
        ),
        apps("- import_path: chat:app"),
        of="service",
    ),
    Case(
        "serve-application-twice",
        apps("- import_path: a:b", "- import_path: c:d"),
        [
            (
                "serve_config_v2: name default asked for several applications, Serve tells applications apart by"
                " name, and requests by route_prefix; give each its own; name is default and route_prefix is / "
                "where they are not written"
            ),
            (
                "serve_config_v2: route_prefix / asked for several applications, Serve tells applications apart "
                "by name, and requests by route_prefix; give each its own; name is default and route_prefix is /"
                " where they are not written"
            ),
        ],
        apps("- import_path: a:b", "- import_path: c:d", "  name: other", "  route_prefix:"),
        of="service",
    ),
    Case(
        "serve-route-form",
        apps("- import_path: a:b", "  route_prefix: chat"),
        (
            "serve_config_v2: route_prefix 'chat' asked for application default, a route starts with a "
            "slash, does not end with one, and has no braces; write it so, such as /chat"
        ),
        apps("- import_path: a:b", "  route_prefix: /chat"),
        of="service",
    ),
    Case(
        "serve-route-form",
        apps("- import_path: a:b", "  route_prefix: /chat/"),
        (
            "serve_config_v2: route_prefix '/chat/' asked for application default, a route starts with a "
            "slash, does not end with one, and has no braces; write it so, such as /chat"
        ),
        apps("- import_path: a:b", "  route_prefix: /"),
        of="service",
    ),
    Case(
        "serve-deployment-form",
        apps("- import_path: a:b", "  deployments: [{name: Model}, {name: Model}, {name: N}]"),
        [
            (
                "serve_config_v2: a deployment whose name is no text asked in application default, Serve finds a"
                " deployment in the application by its name; name each deployment once"
            ),
            (
                "serve_config_v2: deployment Model twice asked in application default, Serve finds a deployment "
                "in the application by its name; name each deployment once"
            ),
        ],
        apps("- import_path: a:b", "  deployments: [{name: Model}, {name: Other}]"),
        of="service",
    ),
    Case(
        "serve-replicas-twice",
        apps("- import_path: a:b", "  deployments: [{name: Model, num_replicas: 1, autoscaling_config: {}}]"),
        (
            "serve_config_v2: num_replicas and autoscaling_config asked for deployment Model of default, the"
            " number of replicas is fixed, or Serve sets it; keep one of them"
        ),
        apps("- import_path: a:b", "  deployments: [{name: Model, num_replicas: auto, autoscaling_config: {}}]"),
        of="service",
    ),
)
