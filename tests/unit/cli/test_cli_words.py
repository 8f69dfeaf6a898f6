"""Messages about files speak the language of the files."""

import re

import pytest
from rayform.components.ray.rules import RULES
from rayform.components.ray.rules.yaml_words import in_yaml


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("set max_replicas", "set maxReplicas"),
        ("gcs_fault_tolerance_options.redis_address", "gcsFaultToleranceOptions.redisAddress"),
        ("runtime_env is YAML", "runtimeEnvYAML is YAML"),
        ("set num_cpus=0 in head.ray_start_params", "set num-cpus=0 in headGroupSpec.rayStartParams"),
        ("the variable RAY_REDIS_ADDRESS", "the variable RAY_REDIS_ADDRESS"),
        ("image of my_team/ray", "image of my_team/ray"),
        ("'job_x' asked", "'job_x' asked"),
    ],
)
def test_a_field_is_called_as_in_the_crd(text: str, written: str) -> None:
    assert in_yaml(text) == written


def test_no_rule_has_a_word_that_whoever_writes_yaml_does_not_know() -> None:
    told = {in_yaml(f"{rule.condition} {rule.possible} {rule.remedy}") for rule in RULES}
    left = {word for text in told for word in re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", text)}
    # What an operator's own description says, and words of Ray's.
    operator = {"batch_scheduler", "feature_gates"}
    assert left == {"env_vars", "read_webdataset", "http_options", "route_prefix"} | operator
