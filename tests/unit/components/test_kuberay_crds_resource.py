"""KubeRay's CRDs as one resource of a program."""

from pathlib import Path
from typing import Any

import pulumi
import pytest
from rayform.components import KubeRayCrds, UnsupportedVersionError
from rayform.components.versions import KUBERAY
from rayform.lab.testing import Registration, Secret, run_both

TYPE = "pulumi-python:dynamic/rayform:KubeRayCrds"


def registered(**arguments: Any) -> Registration:
    return run_both(lambda: KubeRayCrds("crds", version="1.6.2", **arguments)).one(TYPE)


def test_its_inputs_are_the_version_and_the_checksums() -> None:
    inputs = dict(registered().inputs)
    del inputs["__provider"]

    assert inputs == {"version": "1.6.2", "sha256": dict(KUBERAY["1.6.2"].crds)}


def test_the_kubeconfig_is_a_secret_also_in_the_state() -> None:
    crds = registered(kubeconfig="text", context="prod")

    assert crds.inputs["kubeconfig"] == Secret("text")
    assert crds.inputs["context"] == "prod"
    assert crds.options.additional_secret_outputs == ("kubeconfig",)


def test_it_stays_when_the_stack_goes() -> None:
    assert registered().options.retain_on_delete is True


def test_an_upgrade_shows_the_version_alone() -> None:
    assert registered().options.hide_diffs == ("sha256", "source")


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("/crds", "/crds"),
        ("crds", f"{Path.cwd()}/crds"),
        ("~/crds", f"{Path.home()}/crds"),
        ("https://a/b", "https://a/b"),
    ],
)
def test_a_source_is_found_from_the_plugins_folder_too(source: str, sent: str) -> None:
    assert registered(source=source).inputs["source"] == sent


def test_options_are_added() -> None:
    assert registered(opts=pulumi.ResourceOptions(protect=True)).options.protect is True


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(UnsupportedVersionError, match=r"^KubeRay: version 0\.1\.0 asked, known are "):
        run_both(lambda: KubeRayCrds("crds", version="0.1.0"))
