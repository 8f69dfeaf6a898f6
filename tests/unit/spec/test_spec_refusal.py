"""How the room says no."""

from rayform.components import RayformError, Refusal, RefusedError, UnsupportedVersionError

GPUS = Refusal("workers[gpu].gpus", "8 GPUs asked", "a g5.12xlarge gives 4", "lower it or choose a larger pool")
NAME = Refusal("name", "'Train' asked", "names are lower case", "choose such a name")


def test_a_refusal_reads_as_one_sentence() -> None:
    assert str(GPUS) == "workers[gpu].gpus: 8 GPUs asked, a g5.12xlarge gives 4; lower it or choose a larger pool"


def test_one_error_carries_every_refusal() -> None:
    error = RefusedError("RayCluster train", [GPUS, NAME])

    assert isinstance(error, RayformError)
    assert error.refusals == (GPUS, NAME)
    assert error.subject == "RayCluster train"
    assert str(error).splitlines() == [f"RayCluster train: {GPUS}", f"RayCluster train: {NAME}"]


def test_an_unknown_version_names_those_that_are_known() -> None:
    error = UnsupportedVersionError("KubeRay", "0.9", ("1.6.2", "1.7.0"))

    assert isinstance(error, RayformError)
    assert (error.product, error.version, error.supported) == ("KubeRay", "0.9", ("1.6.2", "1.7.0"))
    assert str(error) == "KubeRay: version 0.9 asked, known are 1.6.2, 1.7.0; choose one of these"
