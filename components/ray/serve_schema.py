"""What Ray itself says of a Serve configuration, where Ray is installed beside rayform (``rayform[ray]``).

Ray's package is asked in a process of its own: importing it takes a second and changes the process that does.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from rayform.spec.refusal import Refusal

from ..documents import ComposerError, Limits, is_mapping, is_sequence, parsed
from .rules.view import mapping

__all__ = ["ASK", "Said", "said_by_ray"]

ASK = """
import json, sys
from pydantic import ValidationError
from ray.serve.schema import ServeDeploySchema
try:
    ServeDeploySchema(**json.load(sys.stdin))
    found = []
except ValidationError as error:
    found = [[list(each["loc"]), each["msg"]] for each in error.errors()]
except (TypeError, ValueError, AttributeError) as error:
    found = [[[], str(error)]]
print(json.dumps(found))
"""
"""The program that asks Ray: a configuration as JSON in, places and words of what is wrong as JSON out."""

_PLACE = "serve_config_v2"
_SECONDS = 60
# Where a configuration names code: Ray's schema would import it, and it is in the service's image, not here.
_CODE = frozenset({"autoscaling_policy", "deployment_actors", "policy", "request_router_config"})
_LIMITS = Limits(size=2**20, values=20_000, characters=2**20, depth=50)


class Said(NamedTuple):
    """What Ray says of one configuration."""

    refusals: Sequence[Refusal]
    """What it refuses."""
    sure: bool
    """Whether it is the Ray that the service runs; another version may see it otherwise."""


_NOTHING = Said((), sure=True)


def said_by_ray(manifest: Mapping[str, Any]) -> Said:
    """What the Ray that is installed here says of a RayService's configuration; nothing where there is no Ray."""
    if manifest.get("kind") != "RayService":
        return _NOTHING
    spec = mapping(manifest.get("spec"))
    text, asked = spec.get("serveConfigV2"), mapping(spec.get("rayClusterConfig")).get("rayVersion")
    if not isinstance(text, str):
        return _NOTHING
    installed = _installed()
    if installed is None:
        return _NOTHING
    return _asked(text, installed, sure=_minor(str(asked)) == _minor(installed))


def _installed() -> str | None:
    try:
        return version("ray")
    except PackageNotFoundError:
        return None


def _asked(text: str, installed: str, *, sure: bool) -> Said:
    try:
        config = parsed(text, _LIMITS)
    except ComposerError:
        return Said((), sure)  # the rules say so already
    if not is_mapping(config):
        return Said((), sure)
    found = _answer(json.dumps(_without_code(config), default=str))
    if found is None:
        remedy = "install rayform[ray] whole, or take Ray away"
        return Said(
            (Refusal(_PLACE, "Ray's own word on it asked", f"Ray {installed} here does not answer", remedy),),
            sure=False,
        )
    possible, remedy = f"Ray {installed}, installed here, refuses it", "mend it as Ray says"
    return Said(tuple(Refusal(_spelled(place), words, possible, remedy) for place, words in found), sure)


def _without_code(part: Any) -> Any:
    if is_mapping(part):
        return {key: _without_code(value) for key, value in part.items() if key not in _CODE}
    return [_without_code(item) for item in part] if is_sequence(part) else part


@lru_cache(maxsize=64)
def _answer(config: str) -> Sequence[tuple[Sequence[str | int], str]] | None:
    """Places and words of what Ray refuses; None where it cannot be asked."""
    ask = [sys.executable, "-P", "-W", "ignore", "-c", ASK]
    try:
        done = subprocess.run(ask, input=config, capture_output=True, text=True, timeout=_SECONDS, check=True)
        found: list[tuple[list[str | int], str]] = json.loads(done.stdout.strip().rpartition("\n")[2])
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return [(place, " ".join(words.removeprefix("Value error, ").split())) for place, words in found]


def _spelled(place: Sequence[str | int]) -> str:
    return _PLACE + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)


def _minor(text: str) -> list[str]:
    return text.split(".")[:2]
