"""Service quotas, as far as a ground for GPUs meets them; the values are AWS's defaults for a new account."""

from collections.abc import Mapping
from typing import Any, Final

from .answering import answers
from .errors import AwsError
from .region import Region

_SERVICES: Final = {
    "ec2": "Amazon Elastic Compute Cloud (Amazon EC2)",
    "eks": "Amazon Elastic Kubernetes Service (Amazon EKS)",
    "vpc": "Amazon Virtual Private Cloud (Amazon VPC)",
}

_QUOTAS: Final[Mapping[tuple[str, str], tuple[str, float]]] = {
    ("ec2", "L-1216C47A"): ("Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 5.0),
    ("ec2", "L-DB2E81BA"): ("Running On-Demand G and VT instances", 0.0),
    ("ec2", "L-417A185B"): ("Running On-Demand P instances", 0.0),
    ("ec2", "L-34B43A08"): ("All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests", 5.0),
    ("ec2", "L-3819A6DF"): ("All G and VT Spot Instance Requests", 0.0),
    ("ec2", "L-7212CCBC"): ("All P4, P3 and P2 Spot Instance Requests", 0.0),
    ("ec2", "L-0263D0A3"): ("EC2-VPC Elastic IPs", 5.0),
    ("eks", "L-1194D53C"): ("Clusters", 100.0),
    ("eks", "L-6D54EA21"): ("Managed node groups per cluster", 30.0),
    ("eks", "L-BD136A63"): ("Nodes per managed node group", 450.0),
    ("vpc", "L-F678F1CE"): ("VPCs per Region", 5.0),
    ("vpc", "L-FE5A380F"): ("NAT gateways per Availability Zone", 5.0),
}
"""Quotas by service and code: name and default. Those of GPUs are nothing until AWS is asked for more."""


class Granted(dict[tuple[str, str], float]):
    """Quotas that were raised, by service and code."""


@answers("service-quotas", "GetServiceQuota")
def get_service_quota(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """One quota as it is."""
    return {"Quota": _described(region, asked["ServiceCode"], asked["QuotaCode"], region.memory(Granted))}


@answers("service-quotas", "ListServiceQuotas")
def list_service_quotas(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The quotas of a service as they are."""
    return {"Quotas": _listed(region, asked, region.memory(Granted))}


@answers("service-quotas", "GetAWSDefaultServiceQuota")
def get_aws_default_service_quota(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """One quota as it is for a new account."""
    return {"Quota": _described(region, asked["ServiceCode"], asked["QuotaCode"], {})}


@answers("service-quotas", "ListAWSDefaultServiceQuotas")
def list_aws_default_service_quotas(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The quotas of a service as they are for a new account."""
    return {"Quotas": _listed(region, asked, {})}


@answers("service-quotas", "RequestServiceQuotaIncrease")
def request_service_quota_increase(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Raise a quota; the lab grants it at once."""
    service, code = asked["ServiceCode"], asked["QuotaCode"]
    now = _described(region, service, code, region.memory(Granted))
    if asked["DesiredValue"] <= now["Value"]:
        raise AwsError("IllegalArgumentException", "You must provide a quota value greater than the current one", 400)
    region.memory(Granted)[service, code] = asked["DesiredValue"]
    told = {name: now[name] for name in ("ServiceCode", "ServiceName", "QuotaCode", "QuotaName")}
    moments = {"Created": region.now(), "LastUpdated": region.now()}
    return {"RequestedQuota": {**told, **moments, "DesiredValue": asked["DesiredValue"], "Status": "APPROVED"}}


def _listed(region: Region, asked: Mapping[str, Any], granted: Mapping[tuple[str, str], float]) -> list[dict[str, Any]]:
    service = asked["ServiceCode"]
    _require_service(service)
    codes = [code for owner, code in _QUOTAS if owner == service and asked.get("QuotaCode") in {None, code}]
    return [_described(region, service, code, granted) for code in codes]


def _described(region: Region, service: str, code: str, granted: Mapping[tuple[str, str], float]) -> dict[str, Any]:
    _require_service(service)
    if (service, code) not in _QUOTAS:
        message = f"The request failed because the specified quota {code} does not exist."
        raise AwsError("NoSuchResourceException", message, 400)
    name, default = _QUOTAS[service, code]
    return {
        "ServiceCode": service,
        "ServiceName": _SERVICES[service],
        "QuotaArn": region.arn("servicequotas", f"{service}/{code}"),
        "QuotaCode": code,
        "QuotaName": name,
        "Value": granted.get((service, code), default),
        "Unit": "None",
        "Adjustable": True,
        "GlobalQuota": False,
        "QuotaAppliedAtLevel": "ACCOUNT",
    }


def _require_service(service: str) -> None:
    if service not in _SERVICES:
        message = f"The request failed because the specified service {service} does not exist."
        raise AwsError("NoSuchResourceException", message, 400)
