"""The lab's certificate authorities and whatever they have signed, as files under ``<state>/pki``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ..paths import write_private

_VALID = timedelta(days=365)
_AUTHORITY_VALID = timedelta(days=3650)
_RENEWED_BEFORE = timedelta(days=30)
_SKEW = timedelta(minutes=5)  # a pod's clock may be a little behind


@dataclass(frozen=True)
class Pair:
    """A certificate and its private key, both PEM files that only their owner can read.

    Attributes:
        certificate: the file of the certificate, or of a bare public key.
        key: the file of the private key.
    """

    certificate: Path
    key: Path


class Authority:
    """A certificate authority: made once, then read from its files; a half-made one is made anew."""

    def __init__(self, folder: Path, name: str = "ca") -> None:
        self.pair = Pair(folder / f"{name}.crt", folder / f"{name}.key")
        self._folder = folder
        self._certificate, self._key = self._read() or self._make(name)

    @property
    def fingerprint(self) -> str:
        """What tells this authority from any other of the same name."""
        return self._certificate.fingerprint(hashes.SHA256()).hex()

    def issue(
        self,
        name: str,
        *,
        common_name: str,
        organization: str = "",
        names: Sequence[str] = (),
        addresses: Sequence[str] = (),
    ) -> Pair:
        """The pair ``<name>.crt`` and ``<name>.key``, valid for a year; one that still fits is kept.

        It serves as a client's certificate, and with ``names`` (DNS) or ``addresses`` (IP) as a server's too.
        Kubernetes reads ``common_name`` as the user and ``organization`` as the group.
        """
        pair = Pair(self._folder / f"{name}.crt", self._folder / f"{name}.key")
        subject = _name(common_name, organization)
        alternatives: list[x509.GeneralName] = [
            *map(x509.DNSName, names),
            *(x509.IPAddress(ip_address(address)) for address in addresses),
        ]
        if not self._fits(pair, subject, alternatives):
            self._sign(pair, subject, alternatives)
        return pair

    def _fits(self, pair: Pair, subject: x509.Name, alternatives: list[x509.GeneralName]) -> bool:
        certificate = _load(pair.certificate)
        if certificate is None or _key(pair.key) is None or certificate.subject != subject:
            return False
        try:
            certificate.verify_directly_issued_by(self._certificate)
            known = list(certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value)
        except (InvalidSignature, ValueError):
            return False
        except x509.ExtensionNotFound:
            known = []
        return known == alternatives and certificate.not_valid_after_utc - datetime.now(UTC) > _RENEWED_BEFORE

    def _sign(self, pair: Pair, subject: x509.Name, alternatives: list[x509.GeneralName]) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        uses = [ExtendedKeyUsageOID.CLIENT_AUTH, *([ExtendedKeyUsageOID.SERVER_AUTH] if alternatives else [])]
        builder = (
            _builder(subject, self._certificate.subject, key.public_key(), _VALID)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage(uses), critical=False)
        )
        if alternatives:
            builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        _write(pair, builder.sign(self._key, hashes.SHA256()), key)

    def _read(self) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None:
        certificate, key = _load(self.pair.certificate), _key(self.pair.key)
        if certificate is None or key is None or certificate.public_key() != key.public_key():
            return None
        return certificate, key

    def _make(self, name: str) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(f"rayform lab {name}", "")
        certificate = (
            _builder(subject, subject, key.public_key(), _AUTHORITY_VALID)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        _write(self.pair, certificate, key)
        return certificate, key


def signing_pair(folder: Path) -> Pair:
    """The pair that signs and verifies ServiceAccount tokens; its ``certificate`` is a bare public key."""
    pair = Pair(folder / "service-account.pub", folder / "service-account.key")
    known = _key(pair.key)
    if known is None or not pair.certificate.exists():
        key = known or ec.generate_private_key(ec.SECP256R1())
        write_private(pair.key, _private_bytes(key))
        encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        write_private(pair.certificate, key.public_key().public_bytes(encoding, form))
    return pair


def _builder(
    subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey, valid: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now + valid)
    )


def _name(common_name: str, organization: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization)] if organization else []
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _load(path: Path) -> x509.Certificate | None:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None


def _key(path: Path) -> ec.EllipticCurvePrivateKey | None:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (FileNotFoundError, ValueError):
        return None
    return key if isinstance(key, ec.EllipticCurvePrivateKey) else None


def _write(pair: Pair, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
    write_private(pair.key, _private_bytes(key))
    write_private(pair.certificate, certificate.public_bytes(serialization.Encoding.PEM))


def _private_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(encoding, form, serialization.NoEncryption())
