"""What the engine's dynamic-provider plugin loads: it hands every call on, and most calls need nothing loaded."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import pulumi.dynamic
from pulumi.output import Unknown
from pulumi.runtime.rpc import UNKNOWN
from rayform.spec.refusal import RayformError

from .change import changed, content_changed

__all__ = ["CrdsProvider"]

IDENTITY = "kuberay-crds"

P = ParamSpec("P")
T = TypeVar("T")


class CrdsProvider(pulumi.dynamic.ResourceProvider):
    """Keeps KubeRay's CRDs in a cluster, for ever: to delete them would delete every Ray object."""

    # The engine's state names this class; it holds no value that could be secret.
    serialize_as_secret_always = False

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> pulumi.dynamic.CheckResult:
        """Refuses a change that cannot work, at preview."""
        if not content_changed(_olds, news):
            return pulumi.dynamic.CheckResult(news, [])
        from .lifecycle import failures  # noqa: PLC0415  a preview without a change loads no client and no CRD

        known = not any(_unknown(news.get(name)) for name in ("kubeconfig", "context"))
        found = failures(_olds, news, reachable=known)
        # A failure that names its property makes the engine print the property's value, secret or not.
        return pulumi.dynamic.CheckResult(news, [pulumi.dynamic.CheckFailure("", failure) for failure in found])

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> pulumi.dynamic.DiffResult:
        """Compares what is wanted with the state, and the state's two views of the cluster."""
        return pulumi.dynamic.DiffResult(changes=changed(_olds, _news))

    def create(self, props: dict[str, Any]) -> pulumi.dynamic.CreateResult:
        """Applies the CRDs."""
        from .lifecycle import apply  # noqa: PLC0415  likewise

        return pulumi.dynamic.CreateResult(IDENTITY, _done(apply, props))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> pulumi.dynamic.UpdateResult:
        """Applies the CRDs, where the cluster has others."""
        from .lifecycle import renew  # noqa: PLC0415  likewise

        return pulumi.dynamic.UpdateResult(_done(renew, _olds, _news))

    def read(self, id_: str, props: dict[str, Any]) -> pulumi.dynamic.ReadResult:
        """Looks at the cluster again."""
        from .lifecycle import look  # noqa: PLC0415  likewise

        seen = _done(look, props)
        return pulumi.dynamic.ReadResult(None, {}) if seen is None else pulumi.dynamic.ReadResult(id_, seen)


def _unknown(value: object) -> bool:
    """Whether a preview does not know a value yet: the plugin gives an object of the SDK's, the engine a text."""
    return isinstance(value, Unknown) or value == UNKNOWN


def _done(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the call gives. The plugin prints the way to an error before its words, so that way is kept short."""
    try:
        return call(*args, **kwargs)
    except RayformError as error:
        raise error.with_traceback(None) from None
