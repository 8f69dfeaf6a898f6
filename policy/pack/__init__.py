"""The policy pack of ``pulumi up --policy-pack``: what the engine starts, and nothing else."""
