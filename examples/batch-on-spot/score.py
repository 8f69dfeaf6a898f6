"""Scores a stream of items in batches; a batch whose node is taken away is scored again on another."""

import argparse
import itertools

import ray

BATCH = 1000
"""Items that one task scores."""


@ray.remote(max_retries=10)
def score(first: int, count: int) -> float:
    """The sum of the scores of some items; put your model here."""
    return sum(((first + step) % 97) / 97 for step in range(count))


def main() -> None:
    """Score everything, with a bounded number of batches in flight."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000, help="how many items there are")
    parser.add_argument("--gpus", type=float, default=1, help="GPUs of a task")
    asked = parser.parse_args()

    ray.init()
    task = score.options(num_gpus=asked.gpus)
    starts = iter(range(0, asked.items, BATCH))
    running = [task.remote(first, BATCH) for first in itertools.islice(starts, 64)]
    total, done = 0.0, 0
    while running:
        ready, running = ray.wait(running)
        total, done = total + sum(ray.get(ready)), done + len(ready)
        running.extend(task.remote(first, BATCH) for first in itertools.islice(starts, len(ready)))
    print(f"{done} batches, mean score {total / asked.items:.4f}")


if __name__ == "__main__":
    main()
