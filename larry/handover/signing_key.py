"""The key with which somebody signs reports: made once, self-signed, sealed as PKCS#12 when it is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from larry.errors import SecretsLockedError

_KEY_BITS = 3072  # BSI TR-02102-1: enough beyond 2030; RSA, because every PDF reader knows it
_YEARS = 20
_LONGEST_NAME = 64  # ub-common-name of RFC 5280


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Somebody's key with its certificate.

    The certificate is self-made: it proves that two signatures come from the same key, and that nothing
    changed since; that the name is true, only the fingerprint told by another way proves.
    """

    name: str
    private_key: rsa.RSAPrivateKey = field(repr=False)
    certificate: x509.Certificate = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate in hex: what two people compare."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def sealed(self, passphrase: str) -> bytes:
        """Return key and certificate as PKCS#12, sealed with a passphrase."""
        return pkcs12.serialize_key_and_certificates(
            None, self.private_key, self.certificate, None, BestAvailableEncryption(passphrase.encode())
        )

    @classmethod
    def unsealed(cls, data: bytes, passphrase: str) -> SigningKey:
        """Open what `sealed` returned.

        Raises:
            SecretsLockedError: the passphrase is wrong, or the data is no such key.
        """
        try:
            key, certificate, _ = pkcs12.load_key_and_certificates(data, passphrase.encode())
        except ValueError:
            key = certificate = None
        if not isinstance(key, rsa.RSAPrivateKey) or certificate is None:
            raise SecretsLockedError(
                "The key for signing stays closed.",
                why="The passphrase is not its own, or its file was changed.",
                remedy="Type the passphrase again, or hand over without a signature.",
            )
        return cls(_common_name(certificate.subject), key, certificate)


def make_signing_key(name: str, now: dt.datetime) -> SigningKey:
    """Return a new key for a person or company."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:_LONGEST_NAME])])
    start = now.astimezone(dt.UTC) - dt.timedelta(hours=1)  # the other laptop's clock may be behind
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=365 * _YEARS))
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return SigningKey(name[:_LONGEST_NAME], key, certificate)


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""
