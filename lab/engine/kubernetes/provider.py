"""One provider of Kubernetes, as it was configured; what is done with an object is in ``resources``."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..provider.asked import Asked, Outcome
from ..provider.difference import Comparison
from . import resources
from .api import Api, ApiError, NoKindError, UnreachableError
from .awaiting import StillThereError
from .checking import KindError, Naming, checked, compared
from .conditions import WaitForError
from .connect import connect
from .functions import NoYamlError, called
from .identity import NamingError, Type
from .settings import Settings, refused
from .settings import compared as compared_settings
from .settings import settings as read_settings

VERSION = "4.34.2"
"""The version of pulumi-kubernetes whose documented behaviour is followed."""

_DIGITS = 8


class Kubernetes:
    """A provider of one cluster's objects."""

    version = VERSION
    expected = (ApiError, KindError, NamingError, NoYamlError, StillThereError, UnreachableError, WaitForError)

    def __init__(self) -> None:
        self._settings = Settings()
        self._connected: tuple[Api, str] | None = None
        self._lock = threading.Lock()

    def refused(self, settings: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Options that the lab's provider does not have."""
        return refused(settings)

    def moved(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[list[str], list[str]]:
        """Which settings differ, and which of them lead to another cluster."""
        return compared_settings(old, new)

    def configure(self, settings: Mapping[str, Any]) -> None:
        """Remember how the cluster is reached; whether it can be is seen at the first use."""
        self._settings = read_settings(settings)

    def check(self, asked: Asked) -> tuple[Mapping[str, Any], Sequence[tuple[str, str]]]:
        """Complete the inputs of an object: its kind, its name, its namespace."""
        naming = Naming(asked.autoname.unique(_DIGITS), asked.autoname.forbidden, self._namespace())
        return checked(Type.of(asked.token), asked.inputs, asked.state, naming, self._namespaced), ()

    def compare(self, asked: Asked) -> Comparison:
        """Compare what is wanted of an object with what is known of it."""
        type_, mutable = Type.of(asked.token), self._settings.mutable
        return compared(type_, asked.state, asked.inputs, asked.ignored, mutable, self._namespaced)

    def create(self, asked: Asked) -> Outcome:
        """Create an object; a preview goes on where there is no cluster yet."""
        try:
            return resources.create(self._api(), self._request(asked))
        except UnreachableError:
            if asked.preview:
                return Outcome("", asked.inputs)
            raise

    def update(self, asked: Asked) -> Outcome:
        """Update an object; a preview goes on where there is no cluster yet."""
        try:
            return resources.update(self._api(), self._request(asked))
        except UnreachableError:
            if asked.preview:
                return Outcome("", asked.inputs)
            raise

    def read(self, asked: Asked) -> Outcome | None:
        """Look at an object; what the settings say becomes of those of a cluster that does not answer."""
        try:
            return resources.read(self._api(), self._request(asked), asked.id)
        except UnreachableError:
            if self._settings.delete_unreachable:
                return None
            if self._settings.skip_update_unreachable:
                return Outcome(asked.id, asked.state, asked.inputs)
            raise

    def delete(self, asked: Asked) -> None:
        """Delete an object."""
        try:
            resources.delete(self._api(), self._request(asked), asked.id)
        except UnreachableError as error:
            if not self._settings.delete_unreachable:
                raise
            asked.say(f"{error}; it counts as deleted")

    def invoke(self, token: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Decode YAML; other functions are refused."""
        return called(token, arguments)

    def _connection(self) -> tuple[Api, str]:
        with self._lock:
            if self._connected is None:
                given = self._settings
                self._connected = connect(given.kubeconfig, given.context, given.cluster)
            return self._connected

    def _api(self) -> Api:
        return self._connection()[0]

    def _namespace(self) -> str:
        try:
            return self._settings.namespace or self._connection()[1]
        except UnreachableError:
            return "default"

    def _namespaced(self, manifest: Mapping[str, Any]) -> bool:
        """Whether its kind lives in namespaces; a kind that is not known yet probably does."""
        try:
            return self._api().kind(manifest["apiVersion"], manifest["kind"]).namespaced
        except (NoKindError, UnreachableError):
            return True

    def _request(self, asked: Asked) -> resources.Request:
        return resources.Request(
            type=Type.of(asked.token),
            inputs=asked.inputs,
            say=asked.say,
            cancelled=asked.cancelled,
            preview=asked.preview,
            timeout=asked.timeout,
            state=asked.state,
            ignored=asked.ignored,
            force=self._settings.enable_patch_force,
            upsert=self._settings.upsert_existing_objects,
        )
