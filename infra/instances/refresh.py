"""Writes the catalogue anew: ``python -m rayform.infra.instances.refresh``.

Asks ``DescribeInstanceTypes`` of EC2 and the Price List API with the credentials that boto3 finds. boto3 is asked for
here alone; rayform does not depend on it.
"""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from . import price_list, rows
from .catalogue import FILE
from .described import described
from .shape import InstanceType

__all__ = ["content", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the catalogue file from what EC2 and the price list say now; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        boto3 = import_module("boto3")
    except ModuleNotFoundError:
        sys.stderr.write("boto3: needed to ask EC2, not installed; run `pip install boto3`\n")
        return 1
    ec2 = boto3.client("ec2", region_name=options.region, endpoint_url=options.endpoint_url)
    types = tuple(_types(ec2))
    if options.prices:
        prices = price_list.read(options.prices)
    else:
        # The Price List API answers in few regions, for all of them.
        prices = price_list.asked(boto3.client("pricing", region_name="us-east-1"), options.region)
    source = options.source or f"EC2 DescribeInstanceTypes in {options.region}"
    options.output.write_text(content(types, prices, source), encoding="utf-8")
    priced = sum(kind.name in prices.by_type for kind in types)
    sys.stdout.write(f"{options.output}: {len(types)} instance types, {priced} with a price\n")
    return 0


def content(types: Sequence[InstanceType], prices: price_list.Prices, source: str) -> str:
    """The catalogue file's text: JSON, a line for each type, so that a refresh is a readable difference."""
    head = {
        "source": source,
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "prices": asdict(prices.origin),
        "columns": rows.COLUMNS,
    }
    priced = [replace(kind, price_per_hour=prices.by_type.get(kind.name)) for kind in types]
    lines = [
        f"{json.dumps(kind.name)}: {json.dumps(rows.written(kind), separators=(',', ':'))}"
        for kind in sorted(priced, key=lambda kind: kind.name)
    ]
    body = ",\n".join(lines)
    return f'{json.dumps(head, indent=1)[:-2]},\n "types": {{\n{body}\n}}}}\n'


def _types(ec2: Any) -> Iterator[InstanceType]:
    for page in ec2.get_paginator("describe_instance_types").paginate():
        for answer in page["InstanceTypes"]:
            if (kind := described(answer)) is not None:
                yield kind


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rayform.infra.instances.refresh", description=__doc__)
    parser.add_argument("--region", default="us-east-1", help="region to ask and to take prices of")
    parser.add_argument("--endpoint-url", help="another EC2 endpoint, such as a simulated one")
    parser.add_argument("--prices", type=Path, help="prices from this JSON file instead of the Price List API")
    parser.add_argument("--source", help="what the file says its types come from")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name(FILE), help="file to write")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
