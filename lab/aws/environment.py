"""What a program needs to use simulated AWS."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ..errors import LabError

AWS: Final = "aws"
"""The name of simulated AWS among the processes of its lab."""

ENDPOINT_FILE: Final = "aws-endpoint"
"""The file in a lab's state that says where its simulated AWS is."""

_REGION = "us-east-1"


def aws_programs(state: Path) -> Path:
    """The folder of the program ``aws`` that kubeconfigs of EKS run; first on PATH, it stands in for AWS's own."""
    return state / "aws-programs"


def aws_environment(state: Path) -> Mapping[str, str]:
    """What a program needs to use the simulated AWS of the lab in ``state``; a lab without it is refused."""
    try:
        endpoint = (state / ENDPOINT_FILE).read_text()
    except FileNotFoundError as error:
        remedy = f"run 'rayform lab down --name {state.name}', then 'rayform lab up --aws --name {state.name}'"
        raise LabError(f"lab {state.name}: simulated AWS asked, there is none; {remedy}") from error
    nowhere = str(state / "no-aws-settings")
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "RAYFORMLAB0000000000",
        "AWS_SECRET_ACCESS_KEY": "opens-nothing",
        "AWS_REGION": _REGION,
        "AWS_DEFAULT_REGION": _REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        # Whatever profile the user has is for another world.
        "AWS_CONFIG_FILE": nowhere,
        "AWS_SHARED_CREDENTIALS_FILE": nowhere,
    }
