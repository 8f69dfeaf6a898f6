"""What was changed at simulated AWS, in its order."""

from typing import Final

from .errors import AwsError
from .wire import Call

_READING: Final = ("BatchGet", "Describe", "Get", "Head", "List", "Lookup", "Search", "Simulate")
"""What the names of operations begin with that change nothing."""

_TELLING: Final = ("arn", "id", "name", "version")
"""What the names of members end with that say what a call is about; nothing else of it is kept."""


class Journal(list[dict[str, str]]):
    """The calls that changed something: each as ``call`` (``eks.CreateNodegroup``), and the names that it gave."""

    def note(self, call: Call) -> None:
        """Remember a call that was answered."""
        if not call.operation.startswith(_READING):
            self.append({"call": f"{call.service}.{call.operation}", **_about(call)})

    def happened(self, call: str, **about: str) -> None:
        """Remember what nobody called for here, and a controller of AWS did."""
        self.append({"call": call, **about})


def _about(call: Call) -> dict[str, str]:
    try:
        asked = call.asked
    except AwsError:  # moto has understood it otherwise
        return {}
    return {name: value for name, value in asked.items() if isinstance(value, str) and name.lower().endswith(_TELLING)}
