"""The policy pack: serves the law to the engine."""

from rayform.policy.analyzer import serve

serve()
