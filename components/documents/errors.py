"""How a file that cannot be read says so."""

__all__ = ["DocumentError"]


class DocumentError(Exception):
    """A file holds something that is no Kubernetes object, or is too much of one.

    Attributes:
        file: the file as its reader named it; ``-`` is standard input.
        line: where in it, counted from 1.
        problem: what is wrong, and what to do.
    """

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem
