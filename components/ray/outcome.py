"""What became of a job, told from its status."""

from collections.abc import Mapping
from typing import Any

__all__ = ["failure"]

_FAILED = ("Failed", "ValidationFailed")
_ENDED_BADLY = ("FAILED", "STOPPED")


def failure(status: Mapping[str, Any]) -> str | None:
    """Why a job did not succeed, in the operator's and the job's own words; None where it did, or still may."""
    deployment, job = status.get("jobDeploymentStatus"), status.get("jobStatus")
    if deployment not in _FAILED and job not in _ENDED_BADLY:
        return None
    reason = status.get("reason") or job or deployment
    identity = f"job {status['jobId']} " if status.get("jobId") else "the job "
    message = (
        str(status.get("message") or "").strip() or "no message was left; see the log of the submitter and the head"
    )
    return f"{identity}did not succeed ({reason}): {message}"
