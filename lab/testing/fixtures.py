"""Pytest fixtures of the test kit; switch them on with ``pytest_plugins = ["rayform.lab.testing.fixtures"]``."""

import pytest

__all__ = ["preview"]


@pytest.fixture(params=[False, True], ids=["update", "preview"])
def preview(request: pytest.FixtureRequest) -> bool:
    """Makes a test run twice, as an update and as the preview of a first one: ``run(program, preview=preview)``."""
    return bool(request.param)
