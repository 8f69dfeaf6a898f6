"""Spells URNs as the engine does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Urns:
    """URNs of one stack of one project."""

    project: str
    stack: str

    def of(self, parent: str, token: str, name: str) -> str:
        """The URN of a resource: its type carries the types of all its ancestors but the stack."""
        qualified = parent.split("::")[2] if parent else ""
        prefix = f"{qualified}$" if qualified not in ("", "pulumi:pulumi:Stack") else ""
        return f"urn:pulumi:{self.stack}::{self.project}::{prefix}{token}::{name}"
