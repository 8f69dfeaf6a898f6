"""What became of a job or a service, told from its status."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["failure", "service_failure"]

_FAILED = ("Failed", "ValidationFailed")
_ENDED_BADLY = ("FAILED", "STOPPED")
_REFUSED, _TOO_LONG = "ValidationFailed", "InitializingTimeout"
_NOT_DEPLOYED = "DEPLOY_FAILED"
_TRACEBACK = "Traceback (most recent call last):"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


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


def service_failure(status: Mapping[str, Any]) -> str | None:
    """Why a service will not serve, in the operator's and Serve's own words; None where it does, or still may."""
    for condition in status.get("conditions") or ():
        if condition.get("reason") == _REFUSED:
            return f"the operator refuses it: {condition.get('message')}; change what it names"
        if condition.get("reason") == _TOO_LONG:
            return f"the operator gave it up: {condition.get('message')}; it does not try again: replace the service"
    failed = [*_undeployed(status.get("activeServiceStatus")), *_undeployed(status.get("pendingServiceStatus"))]
    if not failed:
        return None
    return f"{'; '.join(failed)}; mend it, or run 'pulumi refresh' where it has recovered since"


def _undeployed(of_cluster: Mapping[str, Any] | None) -> Iterator[str]:
    applications: Mapping[str, Any] = (of_cluster or {}).get("applicationStatuses") or {}
    for name, application in applications.items():
        if application.get("status") == _NOT_DEPLOYED:
            yield f"application {name} was not deployed: {' '.join(_words(application))}"


def _words(application: Mapping[str, Any]) -> Iterator[str]:
    said = _short(application.get("message"))
    yield said or "no message was left; see the log of the head"
    deployments: Mapping[str, Any] = application.get("serveDeploymentStatuses") or {}
    for name, deployment in deployments.items():
        told = _short(deployment.get("message"))
        if told and told not in said:
            yield f"{name}: {told}"


def _short(message: object) -> str:
    """A message in one line; of a traceback only where it led to."""
    first, traceback, rest = _COLOUR.sub("", str(message or "")).strip().partition(_TRACEBACK)
    led = rest.strip().rpartition("\n")[2] if traceback else ""
    return " ".join(f"{first} {led}".split())
