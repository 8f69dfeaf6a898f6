"""What AWS answers when it does not do what it was asked."""


class AwsError(Exception):
    """An error as AWS words it.

    Attributes:
        code: the error's name in the service's own model, such as ``ResourceNotFoundException``.
        message: what it says.
        status: the HTTP status, None for the one that the service's model gives the code.
        retry_after: seconds that the caller is asked to wait, None for no such word.
    """

    def __init__(self, code: str, message: str, status: int | None = None, retry_after: int | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.retry_after = retry_after
