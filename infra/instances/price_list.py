"""On-demand prices: from the AWS Price List API, or from a file that names its source and date."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .catalogue import PriceList

__all__ = ["Prices", "asked", "read"]

FILTERS: Final = {
    "operatingSystem": "Linux",
    "preInstalledSw": "NA",
    "tenancy": "Shared",
    "capacitystatus": "Used",
}
"""What makes a product of EC2 the plain on-demand instance."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of an hour by type, in US dollars, and where they come from."""

    origin: PriceList
    """Source, date and region."""
    by_type: Mapping[str, float]
    """The prices."""


def asked(client: Any, region: str) -> Prices:
    """Prices of ``region`` from the Price List API, through a boto3 client of ``pricing``."""
    filters = [{"Type": "TERM_MATCH", "Field": field, "Value": value} for field, value in FILTERS.items()]
    filters.append({"Type": "TERM_MATCH", "Field": "regionCode", "Value": region})
    pages = client.get_paginator("get_products").paginate(ServiceCode="AmazonEC2", Filters=filters)
    products = [json.loads(text) for page in pages for text in page["PriceList"]]
    by_type = {product["product"]["attributes"]["instanceType"]: _hour(product) for product in products}
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    origin = PriceList(source="AWS Price List API", date=today, region=region)
    return Prices(origin, {name: price for name, price in by_type.items() if price > 0})


def read(path: Path) -> Prices:
    """Prices from a JSON file with ``source``, ``date``, ``region`` and ``prices`` by type."""
    content = json.loads(path.read_text(encoding="utf-8"))
    origin = PriceList(source=content["source"], date=content["date"], region=content["region"])
    return Prices(origin, content["prices"])


def _hour(product: Mapping[str, Any]) -> float:
    """The price in US dollars; 0 where there is none, as in the regions of China."""
    terms = product["terms"].get("OnDemand", {}).values()
    dimensions = [dimension for term in terms for dimension in term["priceDimensions"].values()]
    return max((float(dimension["pricePerUnit"].get("USD", 0)) for dimension in dimensions), default=0.0)
