"""The lab's authorities."""

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from rayform.lab.controlplane import Authority, Pair, pki


def read(pair: Pair) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pair.certificate.read_bytes())


def issue(folder: Path, user: str = "system:node:a", group: str = "system:nodes") -> Pair:
    return Authority(folder).issue("node", common_name=user, organization=group)


def test_an_authority_is_made_once(tmp_path: Path) -> None:
    assert Authority(tmp_path).fingerprint == Authority(tmp_path).fingerprint


def test_two_authorities_of_a_lab_are_strangers(tmp_path: Path) -> None:
    assert Authority(tmp_path).fingerprint != Authority(tmp_path, "etcd-ca").fingerprint


@pytest.mark.parametrize("name", ["ca.crt", "ca.key"])
def test_half_an_authority_is_made_anew(tmp_path: Path, name: str) -> None:
    before = Authority(tmp_path).fingerprint
    (tmp_path / name).write_text("-----BEGIN")

    assert Authority(tmp_path).fingerprint != before


def test_a_certificate_carries_user_and_group(tmp_path: Path) -> None:
    subject = read(issue(tmp_path)).subject.rfc4514_string()

    assert subject == "CN=system:node:a,O=system:nodes"


def test_its_authority_has_signed_it(tmp_path: Path) -> None:
    certificate = read(issue(tmp_path))

    certificate.verify_directly_issued_by(read(Authority(tmp_path).pair))


def test_a_server_is_known_by_its_names_and_addresses(tmp_path: Path) -> None:
    pair = Authority(tmp_path).issue("a", common_name="a", names=("localhost",), addresses=("127.0.0.1",))
    known = read(pair).extensions.get_extension_for_class(x509.SubjectAlternativeName).value

    assert list(known) == [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]


def test_keys_are_their_owners_alone(tmp_path: Path) -> None:
    assert issue(tmp_path).key.stat().st_mode & 0o777 == 0o600


def test_one_that_fits_is_kept(tmp_path: Path) -> None:
    assert read(issue(tmp_path)) == read(issue(tmp_path))


def test_another_user_gets_another(tmp_path: Path) -> None:
    assert read(issue(tmp_path)) != read(issue(tmp_path, "system:node:b"))


def test_other_addresses_need_another(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    first = read(authority.issue("a", common_name="a", addresses=("127.0.0.1",)))

    assert read(authority.issue("a", common_name="a", addresses=("127.0.0.2",))) != first


def test_one_of_an_authority_that_is_gone_is_made_anew(tmp_path: Path) -> None:
    first = read(issue(tmp_path))
    (tmp_path / "ca.key").unlink()

    assert read(issue(tmp_path)) != first


def test_one_that_ends_soon_is_renewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pki, "_VALID", timedelta(days=29))
    first = read(issue(tmp_path))

    assert read(issue(tmp_path)) != first


def test_a_broken_one_is_made_anew(tmp_path: Path) -> None:
    issue(tmp_path).certificate.write_text("-----BEGIN")

    assert read(issue(tmp_path)).subject


def test_the_pair_for_tokens_is_made_once(tmp_path: Path) -> None:
    first = pki.signing_pair(tmp_path).key.read_bytes()

    assert pki.signing_pair(tmp_path).key.read_bytes() == first


def test_a_lost_public_key_is_derived_again(tmp_path: Path) -> None:
    public = pki.signing_pair(tmp_path).certificate
    before = public.read_bytes()
    public.unlink()

    assert pki.signing_pair(tmp_path).certificate.read_bytes() == before
