"""Rules of runtime environments, as far as Ray refuses them wherever they are made.

Source: ``ray.runtime_env.RuntimeEnv`` and Serve's schema of Ray 2.60, asked with each of these.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .inline import inline
from .kinds import ServiceView
from .rule import Found, rule
from .view import JobView, Path, items, listed, mapping, text

_REMOTE = ("http", "https", "s3", "gs", "azure", "abfss", "file")
_ARCHIVES = (".zip", ".jar", ".whl", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_ARCHIVE = "Ray downloads an archive, no repository or directory, and nothing starts"
_ARCHIVE_REMEDY = (
    "write the address of a .zip or .tar.gz: a repository at GitHub has https://github.com/OWNER/NAME/archive/REF.zip"
)
_PACKAGES = ("conda", "pip", "uv")
_POSSIBLE = "Ray refuses it, and nothing starts"
_REMEDY = "quote the values of env_vars, and keep one of conda, pip and uv"


@rule("runtime-env-form", JobView, "ray", possible=_POSSIBLE, remedy=_REMEDY)
def runtime_env_form(job: JobView) -> list[Found]:
    """The runtime environment of a job has variables that are texts, and its packages from one place."""
    env = mapping(inline(text(job.spec.get("runtimeEnvYAML")))[0])
    path = job.at("runtimeEnvYAML")
    return [*(Found(path, f"{asked} asked") for asked in _refused(env)), *_unpacked(env, path, "")]


@rule("serve-runtime-env", ServiceView, "ray", possible=_POSSIBLE, remedy=_REMEDY)
def serve_runtime_env(service: ServiceView) -> list[Found]:
    """The same of what Serve runs, whose code comes from addresses that every node reaches."""
    path = service.at("serveConfigV2")
    return [
        found
        for whose, env in _of_serve(service)
        for found in (
            *(Found(path, f"{asked} asked for {whose}") for asked in _refused(env)),
            *_unpacked(env, path, f" for {whose}"),
            *(
                Found(path, f"{asked} asked for {whose}", "Serve takes code from an address alone", _ADDRESS)
                for asked in _local(env)
            ),
        )
    ]


_ADDRESS = "write https://… of an archive, or local:///… of a directory that the image has"


def _of_serve(service: ServiceView) -> Iterator[tuple[str, Mapping[str, Any]]]:
    config = mapping(inline(text(service.spec.get("serveConfigV2")))[0])
    for application in items(config.get("applications")):
        yield f"application {text(application.get('name', 'default'))}", mapping(application.get("runtime_env"))
        for deployment in items(application.get("deployments")):
            options = mapping(deployment.get("ray_actor_options"))
            yield f"deployment {text(deployment.get('name'))}", mapping(options.get("runtime_env"))


def _refused(env: Mapping[str, Any]) -> Iterator[str]:
    for name, value in mapping(env.get("env_vars")).items():
        # The value itself may be a secret.
        if not isinstance(value, str):
            yield f"env_vars.{name} that is no text"
    packages = [each for each in _PACKAGES if env.get(each)]
    if len(packages) > 1:
        yield " and ".join(packages)


def _unpacked(env: Mapping[str, Any], path: Path, whose: str) -> Iterator[Found]:
    """Addresses that Ray downloads and cannot unpack; what follows a question mark is the server's."""
    for name, address in _code(env):
        scheme, _, rest = address.partition("://")
        if scheme in _REMOTE and "?" not in rest and not rest.endswith(_ARCHIVES):
            yield Found(path, f"{name} {scheme}:// of no archive asked{whose}", _ARCHIVE, _ARCHIVE_REMEDY)


def _code(env: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, code in (("working_dir", [env.get("working_dir")]), ("py_modules", listed(env.get("py_modules")))):
        yield from ((name, each) for each in code if isinstance(each, str))


def _local(env: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{name} {each!r}" for name, each in _code(env) if "://" not in each)
