"""Data-parallel training with nothing but Ray: each worker holds a shard, the driver averages their gradients.

The model is a line, so that the loop is all there is to read; put your own into ``gradient``. With ``--gpus 0`` it
runs on a cluster without GPUs.
"""

import argparse
import random

import ray

SLOPE, OFFSET = 3.0, -1.0
"""The line that the samples lie on, and that training must find."""


@ray.remote
class Shard:
    """The samples of one worker."""

    def __init__(self, seed: int, samples: int) -> None:
        numbers = random.Random(seed)
        self._points = [(x, SLOPE * x + OFFSET) for x in (numbers.uniform(-1, 1) for _ in range(samples))]

    def gradient(self, slope: float, offset: float) -> tuple[float, float, float]:
        """Mean gradient of the squared error by slope and offset, and the mean squared error."""
        errors = [(x, slope * x + offset - y) for x, y in self._points]
        count = len(errors)
        by_slope = sum(2 * error * x for x, error in errors) / count
        by_offset = sum(2 * error for _, error in errors) / count
        return by_slope, by_offset, sum(error**2 for _, error in errors) / count


def main() -> None:
    """Train, and say how far it got after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=2, help="shards, each an actor of its own")
    parser.add_argument("--gpus", type=float, default=1, help="GPUs of each")
    parser.add_argument("--epochs", type=int, default=3, help="passes over the samples, 50 steps each")
    asked = parser.parse_args()

    ray.init()
    shards = [Shard.options(num_gpus=asked.gpus).remote(seed, 1000) for seed in range(asked.workers)]
    slope = offset = 0.0
    for epoch in range(1, asked.epochs + 1):
        error = 0.0
        for _ in range(50):
            answers = ray.get([shard.gradient.remote(slope, offset) for shard in shards])
            by_slope, by_offset, error = (sum(column) / len(answers) for column in zip(*answers, strict=True))
            slope, offset = slope - 0.2 * by_slope, offset - 0.2 * by_offset
        print(f"epoch {epoch}: error {error:.6f}, y = {slope:.3f} x {offset:+.3f}")


if __name__ == "__main__":
    main()
