"""What the lab's providers share: the engine's protocol, spoken once, and the words in which it asks."""
