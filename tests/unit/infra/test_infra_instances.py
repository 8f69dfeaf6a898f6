"""The instance catalogue: what it says, how it refuses, and how it is made anew."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import moto
import pytest
from rayform.infra.instances import UnknownInstanceTypeError, instance_type, names, price_list, prices, refresh, source
from rayform.infra.instances.catalogue import FILE
from rayform.infra.instances.described import described

SHIPPED = Path(refresh.__file__).with_name(FILE)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(key, "simulated")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with moto.mock_aws():
        yield


def test_a_type_with_gpus_is_told_whole() -> None:
    kind = instance_type("g5.12xlarge")

    assert (kind.family, kind.architecture, kind.vcpus, kind.memory_mib) == ("g5", "x86_64", 48, 196_608)
    assert kind.gpu is not None
    assert (kind.gpu.model, kind.gpu.count, kind.gpu.memory_mib, kind.gpu.fraction) == ("A10G", 4, 22_888, 1.0)
    assert (kind.efa_interfaces, kind.nvme_disks, kind.nvme_gb, kind.network_gbits) == (1, 1, 3800, 40.0)
    assert (kind.enis, kind.ips_per_eni, kind.spot, kind.capacity_blocks) == (15, 50, True, False)


def test_a_share_of_a_gpu_is_one_that_the_system_sees() -> None:
    gpu = instance_type("g6f.large").gpu

    assert gpu is not None
    assert (gpu.model, gpu.count, gpu.memory_mib, gpu.fraction) == ("L4", 1, 2861, 0.125)


def test_neuron_devices_are_no_gpus() -> None:
    kind = instance_type("trn2.48xlarge")

    assert kind.gpu is None
    assert kind.neuron is not None
    assert (kind.neuron.model, kind.neuron.count, kind.neuron.cores) == ("Trainium2", 16, 8)


def test_efa_begins_at_the_card_that_takes_it() -> None:
    first = {name: instance_type(name).first_efa_card for name in ("p5.48xlarge", "p6-b300.48xlarge")}

    assert first == {"p5.48xlarge": 0, "p6-b300.48xlarge": 1}


def test_only_the_default_card_gives_addresses_to_pods() -> None:
    assert instance_type("p5.48xlarge").enis == 2


def test_an_unknown_type_is_refused_with_its_neighbours() -> None:
    with pytest.raises(UnknownInstanceTypeError) as refused:
        instance_type("g5.13xlarge")

    assert str(refused.value) == (
        "g5.13xlarge: no such instance type, near it are g5.16xlarge, g5.12xlarge, g5.xlarge; "
        "choose one that is known, or run `python -m rayform.infra.instances.refresh`"
    )
    assert refused.value.near == ("g5.16xlarge", "g5.12xlarge", "g5.xlarge")


def test_a_type_like_no_other_is_refused_alike() -> None:
    with pytest.raises(UnknownInstanceTypeError, match="the catalogue has none like it"):
        instance_type("%")


def test_prices_say_where_and_when() -> None:
    assert (prices().region, prices().date) == ("us-east-1", "2026-07-20")
    assert "AWS Price List API" in prices().source
    assert instance_type("g5.12xlarge").price_per_hour == 5.672


def test_a_price_that_nobody_told_is_none() -> None:
    assert instance_type("trn2.48xlarge").price_per_hour is None


def test_the_catalogue_says_where_it_comes_from() -> None:
    assert source()[0] == "EC2 DescribeInstanceTypes, as recorded in moto 5.2.5"


def test_the_catalogue_is_small() -> None:
    assert SHIPPED.stat().st_size < 300_000
    assert len(names()) == 1386


@pytest.mark.usefixtures("aws")
def test_the_shipped_catalogue_is_what_a_refresh_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = {name: price for name in names() if (price := instance_type(name).price_per_hour) is not None}
    given = tmp_path / "prices.json"
    given.write_text(json.dumps({"source": "a list", "date": "2026-01-01", "region": "us-east-1", "prices": known}))
    written = tmp_path / "catalogue.json"

    code = refresh.main(["--prices", str(given), "--output", str(written)])

    assert code == 0
    assert capsys.readouterr().out == f"{written}: 1386 instance types, {len(known)} with a price\n"
    assert json.loads(written.read_text())["types"] == json.loads(SHIPPED.read_text())["types"]


@pytest.mark.usefixtures("aws")
def test_machines_of_macos_are_left_out() -> None:
    answer: Any = boto3.client("ec2").describe_instance_types(InstanceTypes=["mac2.metal"])["InstanceTypes"][0]

    assert described(answer) is None


def test_a_refresh_without_boto3_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(refresh, "import_module", missing)

    assert refresh.main([]) == 1
    assert capsys.readouterr().err == "boto3: needed to ask EC2, not installed; run `pip install boto3`\n"


class PriceListApi:
    """A client of the Price List API that answers with two products."""

    def get_paginator(self, operation: str) -> "PriceListApi":
        assert operation == "get_products"
        return self

    def paginate(self, **asked: Any) -> list[dict[str, list[str]]]:
        self.asked = asked
        return [{"PriceList": [self.product("g5.xlarge", "1.006"), self.product("free", "0.0")]}]

    def product(self, name: str, price: str) -> str:
        term = {"priceDimensions": {"x": {"pricePerUnit": {"USD": price}}}}
        return json.dumps({"product": {"attributes": {"instanceType": name}}, "terms": {"OnDemand": {"y": term}}})


def test_prices_are_asked_of_the_price_list() -> None:
    api = PriceListApi()

    asked = price_list.asked(api, "eu-central-1")

    assert dict(asked.by_type) == {"g5.xlarge": 1.006}
    assert (asked.origin.source, asked.origin.region) == ("AWS Price List API", "eu-central-1")
    assert {"Type": "TERM_MATCH", "Field": "regionCode", "Value": "eu-central-1"} in api.asked["Filters"]
