"""The one command of AWS's that kubeconfigs run: ``aws eks get-token``, answered by simulated AWS.

``python -m rayform.lab.aws.command --region R eks get-token --cluster-name C``: prints an ``ExecCredential``, as AWS's
own program does; anything else is refused, so that nobody takes it for that.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence

from ..errors import LabError
from .client import Control

_USAGE = 252
"""What AWS's program ends with when it was called wrongly."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a credential for a cluster; the exit code."""
    parser = argparse.ArgumentParser(prog="aws", description="Simulated AWS of a lab: 'eks get-token' only.")
    parser.add_argument("--region", default=os.environ.get("AWS_REGION", "us-east-1"))
    parser.add_argument("--output", default="json", choices=["json"])
    parser.add_argument("service", choices=["eks"])
    parser.add_argument("operation", choices=["get-token"])
    parser.add_argument("--cluster-name", required=True)
    try:
        options = parser.parse_args(arguments)
    except SystemExit as ended:
        return _USAGE if ended.code else 0
    try:
        token = Control(os.environ.get("AWS_ENDPOINT_URL", "")).token(options.cluster_name, options.region)
    except LabError as error:
        print(error, file=sys.stderr)  # noqa: T201 - it is a command
        return 1
    credential = {
        "kind": "ExecCredential",
        "apiVersion": "client.authentication.k8s.io/v1beta1",
        "spec": {},
        "status": {"token": token},
    }
    print(json.dumps(credential))  # noqa: T201 - what it is run for
    return 0


if __name__ == "__main__":
    sys.exit(main())
