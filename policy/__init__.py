"""The law: what must hold of whatever reaches the cloud or Kubernetes, whoever wrote it.

One pure core, read in this order. A *subject* is one resource as plain data (:mod:`.subject`), in which what is not
known yet stops who reads it and secrets stay out of every message (:mod:`.unknown`). *Views* open it up: a Ray object
becomes the pods that the operator will make of it, with the containers that the operator adds (:mod:`.views`); pools
become nodes with types, numbers and prices (:mod:`.nodes`, :mod:`.prices`). *Rules* are pure functions over one view
each, with typed parameters (:mod:`.rule`, :mod:`.rules`); Ray's own are adopted (:mod:`.adopted`). The *judge* opens a
subject once for all rules and keeps the sums of the stack, so that a ceiling stops the resource that would pass it
before it is made (:mod:`.judge`); it answers with one *report* (:mod:`.report`). A *configuration* sets levels,
parameters and exemptions (:mod:`.config`).

What judges is loaded when it is first asked for: a stack that is held to Pod Security alone pays for no other rule.
"""

import typing as _typing

from rayform.spec.door import door as _door

from .config import BESIDE_RULES, PRESETS, Config, Exemption, config, read_config

if _typing.TYPE_CHECKING:
    from .adopted import ADOPTED
    from .every import RULES
    from .exported import of_export
    from .judge import Judge
    from .report import Deferred, Report, Use, Verdict
    from .rule import Level, Rule
    from .rules import PACKS
    from .subject import Options, Subject, of_manifest

__all__ = [
    "ADOPTED",
    "BESIDE_RULES",
    "PACKS",
    "PRESETS",
    "RULES",
    "Config",
    "Deferred",
    "Exemption",
    "Judge",
    "Level",
    "Options",
    "Report",
    "Rule",
    "Subject",
    "Use",
    "Verdict",
    "config",
    "of_export",
    "of_manifest",
    "read_config",
]

__getattr__, __dir__ = _door(
    __name__,
    {
        ".adopted": ("ADOPTED",),
        ".every": ("RULES",),
        ".exported": ("of_export",),
        ".judge": ("Judge",),
        ".report": ("Deferred", "Report", "Use", "Verdict"),
        ".rule": ("Level", "Rule"),
        ".rules": ("PACKS",),
        ".subject": ("Options", "Subject", "of_manifest"),
    },
)
