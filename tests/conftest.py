"""What all suites share: the fixtures that users of the test kit get too, and how Hypothesis runs."""

import gc

from hypothesis import HealthCheck, settings

pytest_plugins = ["rayform.lab.testing.fixtures"]

# A busy machine fails no test: nothing here depends on how long an example takes.
settings.register_profile(
    "rayform", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, max_examples=50
)
# What guards main tries the same examples every time; ``make fuzz`` looks for others.
settings.register_profile(
    "searching", settings.get_profile("rayform"), derandomize=False, max_examples=500, print_blob=True
)
settings.load_profile("rayform")


def pytest_collection_finish() -> None:
    """A third of a million objects are there before the first test and stay: no collection looks at them again."""
    gc.collect()
    gc.freeze()
