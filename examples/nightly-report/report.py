"""Counts words of some documents on all workers and prints the most frequent."""

from collections import Counter

import ray

DOCUMENTS = ("the head plans and the workers work", "the workers scale and the head stays")


@ray.remote
def words(document: str) -> Counter[str]:
    """How often each word is there."""
    return Counter(document.split())


def main() -> None:
    """Count, and report."""
    ray.init()
    total: Counter[str] = sum(ray.get([words.remote(document) for document in DOCUMENTS]), Counter())
    for word, times in total.most_common(3):
        print(f"{times} x {word}")


if __name__ == "__main__":
    main()
