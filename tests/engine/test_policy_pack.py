"""The policy pack through the real engine: what it stops, tells, lets be and mends."""

import json

import pytest
import yaml
from lightkube import Client
from policy_room import PACK, PRESETS, QUIET, TOO_MANY, only, previewed, thing, told
from provider_room import Stack
from rayform.policy.examples.example import kube, ray

pytestmark = pytest.mark.engine


def test_a_mandatory_rule_stops_and_says_where_and_why(stack: Stack) -> None:
    result = previewed(stack, thing(TOO_MANY), only(gpus_per_group="mandatory"))

    assert result.code != 0
    assert told(result) == {"gpus-per-group": "mandatory"}
    assert (
        "spec.workerGroupSpecs[0].maxReplicas: 2 GPUs for each of 33 pods asked, at most 64 for a group" in result.text
    )


def test_an_advisory_rule_tells_and_a_disabled_one_is_silent(stack: Stack) -> None:
    advisory = previewed(stack, thing(TOO_MANY), only(gpus_per_group="advisory"))
    silent = previewed(stack, thing(TOO_MANY), QUIET)

    assert (advisory.code, told(advisory)) == (0, {"gpus-per-group": "advisory"})
    assert (silent.code, told(silent)) == (0, {})


def test_parameters_come_from_the_configuration(stack: Stack) -> None:
    level = {"enforcementLevel": "mandatory"}
    assert previewed(stack, thing(TOO_MANY), only(gpus_per_group={**level, "most": 66})).code == 0
    assert previewed(stack, thing(), only(gpus_per_group={**level, "most": 7})).code != 0


@pytest.mark.parametrize("preset", ["dev", "stage", "prod"])
def test_a_preset_is_a_configuration_of_the_engine(stack: Stack, preset: str) -> None:
    result = previewed(stack, thing(TOO_MANY), PRESETS / f"{preset}.json")

    assert result.code != 0
    assert told(result)["gpus-per-group"] == "mandatory"


def test_a_rule_that_does_not_exist_is_refused(stack: Stack) -> None:
    result = previewed(stack, thing(), {"gpus-per-pond": "mandatory"})

    assert result.code != 0
    assert "gpus-per-pond" in result.text


def test_an_exemption_is_used_and_told_and_an_expired_one_fails(stack: Stack) -> None:
    entry = {"rule": "gpus-per-group", "resource": "RayCluster train", "reason": "agreed with finance"}
    used = {"exemptions": {"enforcementLevel": "mandatory", "entries": [{**entry, "expires": "2099-01-01"}]}}
    over = {"exemptions": {"enforcementLevel": "mandatory", "entries": [{**entry, "expires": "2020-01-01"}]}}
    passed = previewed(stack, thing(TOO_MANY), only(gpus_per_group="mandatory", **used))
    refused = previewed(stack, thing(), only(gpus_per_group="mandatory", **over))

    assert (passed.code, told(passed)) == (0, {"exemptions": "advisory"})
    assert "agreed with finance" in passed.text
    assert refused.code != 0
    assert told(refused) == {"exemptions": "mandatory"}


def test_sums_count_over_the_stack(stack: Stack) -> None:
    ceiling = only(gpus_per_stack={"enforcementLevel": "mandatory", "most": 15})

    assert previewed(stack, thing(), ceiling).code == 0
    assert previewed(stack, thing() + thing(name="other"), ceiling).code != 0


def test_what_is_not_known_at_preview_is_judged_at_the_update(stack: Stack, cluster: Client) -> None:
    del cluster
    late = "late = Thing('core/v1:ConfigMap', 'late', metadata={'namespace': 'default'}, data={'most': '33'})\n"
    spec = json.dumps(ray().props["spec"])
    program = (
        f"{late}import json\nspec = json.loads({spec!r})\n"
        "spec['workerGroupSpecs'][0]['maxReplicas'] = late.id.apply(lambda _: 33)\n"
        "Thing('ray.io/v1:RayCluster', 'train', spec=spec, metadata={'namespace': 'default', 'name': 'train'})\n"
    )
    config = stack.folder / "policy.json"
    preview = previewed(stack, program, only(gpus_per_group="mandatory"))
    update = stack.up(program, "--policy-pack", str(PACK), "--policy-pack-config", str(config))
    stack.destroy()

    assert (preview.code, told(preview)) == (0, {"gpus-per-group": "advisory"})
    assert "maxReplicas is not known before it is deployed" in preview.text
    assert update.code != 0
    assert told(update) == {"gpus-per-group": "mandatory"}


def test_what_ray_itself_would_refuse_waits_for_what_is_not_known(stack: Stack) -> None:
    spec = json.dumps(ray().props["spec"])
    program = (
        "late = Thing('core/v1:ConfigMap', 'late', metadata={'namespace': 'default'}, data={'most': '33'})\n"
        f"import json\nspec = json.loads({spec!r})\ntemplate = spec['headGroupSpec'].pop('template')\n"
        "spec['headGroupSpec']['template'] = late.id.apply(lambda _: template)\n"
        "Thing('ray.io/v1:RayCluster', 'train', spec=spec, metadata={'namespace': 'default', 'name': 'train'})\n"
    )
    preview = previewed(stack, program, only(containers_missing="mandatory"))

    assert (preview.code, told(preview)) == (0, {"containers-missing": "advisory"})
    assert "spec.headGroupSpec.template is not known before it is deployed" in preview.text


def test_a_remediation_changes_what_is_deployed(stack: Stack, cluster: Client) -> None:
    del cluster
    asked = {"enforcementLevel": "remediate", "names": ["owner"], "values": {"owner": "ml"}}
    config = stack.folder / "policy.json"
    config.write_text(json.dumps(only(labels_required=asked)))
    program = "Thing('core/v1:Namespace', 'mended', metadata={'name': 'mended', 'annotations': {'a': 'b'}})\n"
    result = stack.up(program, "--policy-pack", str(PACK), "--policy-pack-config", str(config))
    inputs = stack.resources()["mended"]["inputs"]
    stack.destroy()

    assert result.code == 0, result.text
    assert inputs["metadata"]["labels"] == {"owner": "ml"}
    assert inputs["metadata"]["annotations"] == {"a": "b"}


def test_a_secret_is_not_told(stack: Stack) -> None:
    program = thing().replace("spec=json", "spec=pulumi.Output.secret(json").replace("'), metadata", "')), metadata")
    result = previewed(stack, program, only(gpus_per_group={"enforcementLevel": "mandatory", "most": 1}))

    assert result.code != 0
    assert "[secret] asked" in result.text
    assert "2 GPUs" not in result.text


def test_other_kinds_of_objects_are_seen(stack: Stack) -> None:
    spec = json.dumps(kube("Deployment", {"spec template spec hostNetwork": True}).props["spec"])
    program = (
        f"import json\nThing('apps/v1:Deployment', 'web', spec=json.loads({spec!r}), metadata={{'namespace': 'ray'}})\n"
    )

    assert told(previewed(stack, program, only(host_namespaces="mandatory"))) == {"host-namespaces": "mandatory"}


def test_what_a_yaml_file_becomes_is_seen(stack: Stack) -> None:
    large = {"apiVersion": "ray.io/v1", "kind": "RayCluster", **ray(TOO_MANY).props}
    (stack.folder / "large.yaml").write_text(yaml.safe_dump_all([{**kube("ServiceAccount").props}, large]))
    program = "from pulumi_kubernetes import yaml\nyaml.ConfigGroup('files', files=['large.yaml'])\n"
    result = previewed(stack, program, only(gpus_per_group="mandatory"))

    assert result.code != 0
    assert told(result) == {"gpus-per-group": "mandatory"}
    assert (
        "spec.workerGroupSpecs[0].maxReplicas: 2 GPUs for each of 33 pods asked, at most 64 for a group" in result.text
    )


def test_what_a_component_becomes_is_seen(stack: Stack) -> None:
    """Charts of ``helm.v4`` and groups of ``yaml.v2`` are components: their objects come as children, as these do."""
    chart = "chart = pulumi.ComponentResource('kubernetes:helm.sh/v4:Chart', 'chart')\n"
    child = thing(TOO_MANY).replace("'train', spec", "'train', opts=options(parent=chart), spec")
    result = previewed(stack, chart + child, only(gpus_per_group="mandatory"))

    assert result.code != 0
    assert told(result) == {"gpus-per-group": "mandatory"}
