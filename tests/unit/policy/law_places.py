"""Where, and in which words, rules tell of what somebody wrote in one of the many ways there are."""

from typing import Final

from law_ways_aws import WAYS_IN_AWS
from law_ways_counted import WAYS_TO_DEVICES
from law_ways_ground import PLACES_OF_THE_GROUND
from law_ways_made import PLACES_MADE
from law_ways_past import PLACES_PAST
from law_ways_pods import WAYS_OF_PODS
from law_ways_reach import WAYS_TO_RAY
from rayform.policy import Subject

__all__ = ["PLACES"]

_WAYS: Final = {**WAYS_IN_AWS, **WAYS_TO_DEVICES, **WAYS_OF_PODS, **WAYS_TO_RAY}
_ENDING: Final = "spec.deletionStrategy.deletionRules"
_ACTION: Final = "metadata.annotations['alb.ingress.kubernetes.io/actions.a'].forwardConfig.targetGroups[0]"
_PROFILE: Final = "metadata.annotations['container.apparmor.security.beta.kubernetes.io/shell']"
_OVERRIDE: Final = "launchTemplateConfigs[0].overrides[0].instanceRequirements"
_CLAIMS: Final = "spec.replicatedJobs[0].template.spec.resourceClaims"
_TOLD: Final[tuple[tuple[str, int, str, str], ...]] = (
    ("metadata-service", 3, "spec.metadataOptions.httpTokens", "optional asked"),
    ("disks-encrypted", 0, "rootBlockDevice.encrypted", "a disk in the clear asked"),
    ("disks-encrypted", 4, "spec.blockDeviceMappings[0].ebs.encrypted", "a disk in the clear asked"),
    ("disks-encrypted", 5, "parameters.encrypted", "disks in the clear asked"),
    ("bucket-private", 0, "acl", "public-read asked"),
    ("objects-out-of-sight", -1, "interpreter", "objects by kubectl asked"),
    ("gpus-uncounted", 0, _CLAIMS, "devices by claim in an object of kind JobSet asked"),
    ("gpu-nodes-uncounted", 3, _OVERRIDE, "accelerators in Fleet asked"),
    ("job-time-to-live", 0, f"{_ENDING}[0].condition.ttlSeconds", "3601 s asked"),
    ("job-time-to-live", 1, f"{_ENDING}[1].condition.ttlSeconds", "9999 s asked"),
    ("job-time-to-live", 2, f"{_ENDING}[0].condition.ttlSeconds", "3601 s asked"),
    ("app-armor", 0, _PROFILE, "unconfined asked for shell"),
    ("ray-service-public", 0, "spec.headGroupSpec.headService.spec.externalIPs", "addresses from outside asked"),
    ("ingress-to-ray", 3, _ACTION, "a way to train-head-svc asked at 8265, the dashboard"),
    ("service-public", 0, "spec.ports[0]", "LoadBalancer to a head asked"),
    ("eks-access-entries", 0, "metadata.name", "rights by the ConfigMap aws-auth asked"),
)


def _subject(rule: str, number: int) -> Subject:
    found = _WAYS[rule].breaks[number]
    if not isinstance(found, Subject):
        raise TypeError(rule)
    return found


PLACES: Final = (
    *((rule, _subject(rule, number), [(place, asked)]) for rule, number, place, asked in _TOLD),
    *PLACES_MADE,
    *PLACES_PAST,
    *PLACES_OF_THE_GROUND,
)
"""A rule, what breaks it, and the places with what is asked there."""
