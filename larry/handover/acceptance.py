"""The acceptance: the small file that goes back from the owner to the installer.

While lines are still to be ticked it is a note with a check sum; when the owner has accepted, all of it is
signed with the key that counter-signed the report. It is written in one way only, so that any changed byte
is found by writing it again.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from larry.errors import AnswerIsNoError, InputError
from larry.handover.pack_manifest import json_bytes, sha256_of
from larry.handover.signing_key import SigningKey

FORMAT = "larry-acceptance"
VERSION = 1
SUFFIX = ".larryacceptance"
MAX_BYTES = 4 << 20


class AcceptanceChangedError(AnswerIsNoError):
    """An acceptance whose bytes are not those the owner's Larry wrote."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How far an owner is with a pack.

    Attributes:
        pack_sha256: of the pack as it was given to the owner.
        project_uuid: whose pack it is.
        site: name of the site.
        lines: keys of the lines there are to tick, in their order.
        ticks: when which line was ticked (ISO 8601 UTC).
        remarks: what the owner remarked on a line.
        by: who accepted, "" while nobody has.
        at: when, by the owner's clock (ISO 8601 UTC).
        revision: what the counter-signature appended to the report.
        certificate: the owner's, self-made (DER).
        signature: over all of this; empty while nobody has accepted.
    """

    pack_sha256: str
    project_uuid: str
    site: str
    lines: tuple[str, ...]
    ticks: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    at: str = ""
    revision: bytes = field(default=b"", repr=False)
    certificate: bytes = field(default=b"", repr=False)
    signature: bytes = field(default=b"", repr=False)

    @property
    def accepted(self) -> bool:
        """True when the owner has signed."""
        return bool(self.signature)

    @property
    def missing(self) -> tuple[str, ...]:
        """The lines that are not ticked."""
        return tuple(key for key in self.lines if key not in self.ticks)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the owner's certificate in hex, "" while nobody has accepted."""
        return sha256_of(self.certificate) if self.certificate else ""

    def signed(self, key: SigningKey) -> Acceptance:
        """Return the acceptance signed; `by`, `at` and `revision` must be set."""
        ready = replace(self, certificate=key.certificate.public_bytes(Encoding.DER))
        signature = key.private_key.sign(ready.content(), padding.PKCS1v15(), hashes.SHA256())
        return replace(ready, signature=signature)

    def to_bytes(self) -> bytes:
        """Return the file."""
        return json_bytes(
            {**self._values(), "sha256": sha256_of(self.content()), "signature": _text(self.signature)}
        )

    def content(self) -> bytes:
        """What is signed: every value, in one way of writing."""
        return json.dumps(self._values(), sort_keys=True, separators=(",", ":")).encode()

    def _values(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": VERSION,
            "state": "accepted" if self.by else "open",
            "site": self.site,
            "project_uuid": self.project_uuid,
            "pack_sha256": self.pack_sha256,
            "lines": list(self.lines),
            "ticks": dict(self.ticks),
            "remarks": dict(self.remarks),
            "by": self.by,
            "at": self.at,
            "report_revision": _text(self.revision),
            "certificate": _text(self.certificate),
        }


def read_acceptance(data: bytes) -> Acceptance:
    """Return the acceptance of a file after all checks that need nothing else.

    Raises:
        InputError: it is no acceptance, or one of a newer format.
        AcceptanceChangedError: bytes of it changed, or its signature does not fit.
    """
    if FORMAT.encode() not in data[:200] and b'"pack_sha256"' not in data:
        raise InputError(
            "The file is no acceptance.", remedy=f"Choose the file that ends in {SUFFIX}, from the owner."
        )
    try:
        acceptance = _parse(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        raise _changed("It cannot be read") from None
    if acceptance.to_bytes() != data:
        raise _changed("Its check sum does not fit")
    if bool(acceptance.by) != acceptance.accepted or (acceptance.accepted and not _fits(acceptance)):
        raise _changed("Its signature does not fit")
    return acceptance


def _parse(values: dict[str, Any]) -> Acceptance:
    return Acceptance(
        str(values["pack_sha256"]),
        str(values["project_uuid"]),
        str(values["site"]),
        tuple(str(each) for each in values["lines"]),
        {str(key): str(at) for key, at in values["ticks"].items()},
        {str(key): str(text) for key, text in values["remarks"].items()},
        str(values["by"]),
        str(values["at"]),
        base64.b64decode(values["report_revision"], validate=True),
        base64.b64decode(values["certificate"], validate=True),
        base64.b64decode(values["signature"], validate=True),
    )


def _fits(acceptance: Acceptance) -> bool:
    try:
        key = x509.load_der_x509_certificate(acceptance.certificate).public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            return False
        key.verify(acceptance.signature, acceptance.content(), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _changed(why: str) -> AcceptanceChangedError:
    return AcceptanceChangedError(
        "The acceptance was changed on its way.", why=f"{why}.", remedy="Ask the owner to send it again."
    )
