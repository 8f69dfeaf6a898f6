"""Rules of the configuration of Serve, broken and kept."""

from ray_builders import GONE
from ray_rule_case import Case

__all__ = ["CASES"]

DROPPED = (
    "Ray drops a field that it does not know, in silence; write the field that there is, or accept this rule where a "
    "newer Ray has the other"
)
REFUSED = "Ray refuses it, and nothing starts; quote the values of env_vars, and keep one of conda, pip and uv"
ADDRESS = (
    "Serve takes code from an address alone; write https://… of an archive, or local:///… of a directory that the "
    "image has"
)
IMPORTED = (
    "Serve imports an application as Python does, from module:attribute, not from a file; write app in chat.py as "
    "chat:app, and in src/chat.py as src.chat:app"
)


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
        (f"serve_config_v2: application default asked with import_path 'chat', {IMPORTED}"),
        apps("- import_path: chat.app"),
        of="service",
    ),
    Case(
        "serve-import-path",
        apps("- name: chat"),
        (f"serve_config_v2: application chat asked with import_path '', {IMPORTED}"),
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
    Case(
        "serve-replicas-bounds",
        apps(
            "- import_path: a:b",
            "  deployments: [{name: Model, autoscaling_config: {min_replicas: 3, max_replicas: 2}}]",
        ),
        (
            "serve_config_v2: at least 3 and at most 2 replicas asked for deployment Model of default, Serve begins"
            " with a number between the fewest and the most, and refuses any other configuration; lower the first, or"
            " raise the second"
        ),
        apps(
            "- import_path: a:b",
            "  deployments: [{name: Model, autoscaling_config: {min_replicas: 2, max_replicas: 2}}]",
        ),
        of="service",
    ),
    Case(
        "serve-field-misspelt",
        apps(
            "- import_path: a:b",
            "  deployment: []",
            "  deployments:",
            "  - {name: M, num_replica: 2, ray_actor_options: {num_gpu: 1}, autoscaling_config: {max_replica: 2}}",
            "http_option: {}",
            "http_options: {prt: 1}",
            "grpc_options: {prt: 1}",
            "logging_config: {log_levl: INFO}",
        ),
        [
            f"serve_config_v2: {what}, {DROPPED}"
            for what in (
                "deployment asked in applications, where there is deployments",
                "num_replica asked in deployments, where there is num_replicas",
                "num_gpu asked in ray_actor_options, where there is num_gpus",
                "max_replica asked in autoscaling_config, where there is max_replicas",
                "http_option asked in the configuration, where there is http_options",
                "prt asked in http_options, where there is port",
                "prt asked in grpc_options, where there is port",
                "log_levl asked in logging_config, where there is log_level",
            )
        ],
        apps("- import_path: a:b", "  deployments: [{name: M, quite_new: 2}]", "http_options: {port: 8000}"),
        of="service",
    ),
    Case(
        "serve-runtime-env",
        apps(
            "- import_path: a:b",
            "  runtime_env: {working_dir: /home/ray/app, py_modules: [./m], env_vars: {A: 1}, pip: [x], conda: y}",
            "- import_path: a:c",
            "  name: other",
            "  route_prefix: /other",
            "  deployments: [{name: M, ray_actor_options: {runtime_env: {working_dir: app.zip}}}]",
        ),
        [
            f"serve_config_v2: env_vars.A that is no text asked for application default, {REFUSED}",
            f"serve_config_v2: conda and pip asked for application default, {REFUSED}",
            f"serve_config_v2: working_dir '/home/ray/app' asked for application default, {ADDRESS}",
            f"serve_config_v2: py_modules './m' asked for application default, {ADDRESS}",
            f"serve_config_v2: working_dir 'app.zip' asked for deployment M, {ADDRESS}",
        ],
        apps(
            "- import_path: a:b",
            "  runtime_env: {working_dir: 'https://a/b.zip', py_modules: ['local:///m', 1], env_vars: {A: '1'}}",
            "- {name: other, route_prefix: /o, import_path: 'a:b', runtime_env: {working_dir: null, conda: x, uv: []}}",
        ),
        of="service",
    ),
)
