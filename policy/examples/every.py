"""Every example of the law's own rules."""

from collections.abc import Mapping
from typing import Final

from .example import Example
from .of_access import ACCESS
from .of_counted import COUNTED
from .of_ground import GROUND
from .of_limits import LIMITS
from .of_pods import PODS
from .of_reliability import RELIABILITY
from .of_rights import RIGHTS
from .of_secrets import SECRETS
from .of_spend import SPEND

__all__ = ["EXAMPLES"]

EXAMPLES: Final[Mapping[str, Example]] = {
    **LIMITS,
    **COUNTED,
    **SPEND,
    **PODS,
    **SECRETS,
    **ACCESS,
    **RIGHTS,
    **GROUND,
    **RELIABILITY,
}
"""By rule."""
