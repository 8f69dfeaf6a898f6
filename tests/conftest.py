"""What all suites share: the fixtures that users of the test kit get too."""

pytest_plugins = ["rayform.lab.testing.fixtures"]
