"""What can go wrong between here and AWS."""


class AwsError(Exception):
    """What AWS said of a call.

    Attributes:
        operation: what was asked.
        code: AWS's word for the kind of error.
        message: AWS's own message.
    """

    def __init__(self, operation: str, code: str, message: str) -> None:
        super().__init__(f"{operation}: {code}: {message}")
        self.operation, self.code, self.message = operation, code, message


class NotReadyError(Exception):
    """Something exists and is not as it should be."""


class StillThereError(Exception):
    """Something was asked to go and did not."""


class ImportIdError(Exception):
    """An id under which nothing can be looked for."""
