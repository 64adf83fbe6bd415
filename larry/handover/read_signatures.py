"""Reading the signatures of a report: who, and whether something changed since."""

from __future__ import annotations

import io
import logging
from dataclasses import asdict, dataclass
from typing import Any

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReportSignature:
    """One signature of a report.

    Attributes:
        field: `Installer` or `Owner`.
        name: what the signer's certificate says of itself; self-made, so nobody else vouches for it.
        fingerprint: SHA-256 of the certificate in hex.
        intact: what it covers has not changed, and what came after it only added another signature.
        whole: it covers the whole file, nothing stands behind it.
        at: when, by the signer's own clock (ISO 8601), "" when it does not say.
    """

    field: str
    name: str
    fingerprint: str
    intact: bool
    whole: bool
    at: str

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)


def read_signatures(pdf: bytes) -> tuple[ReportSignature, ...]:
    """Return the signatures in their order; one that cannot be read is not intact, never an error."""
    if b"/ByteRange" not in pdf:
        return ()
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader

        reader = PdfFileReader(io.BytesIO(pdf))
        return tuple(_read(each) for each in reader.embedded_signatures)
    except Exception as error:  # a hostile PDF may make the reader fail in any way
        _log.info("Signatures cannot be read: %s", type(error).__name__)
        return (ReportSignature("", "", "", False, False, ""),)


def _read(embedded: Any) -> ReportSignature:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    certificate = embedded.signer_cert
    at = embedded.self_reported_timestamp
    try:
        # The certificate is self-made: it is its own root, its name is not vouched for by this.
        context = ValidationContext(trust_roots=[certificate], allow_fetching=False, moment=at)
        status = validate_pdf_signature(embedded, context)
        intact = bool(status.intact and status.valid and status.docmdp_ok)
        covered = status.coverage
        intact = intact and covered >= SignatureCoverageLevel.ENTIRE_REVISION
        whole = covered is SignatureCoverageLevel.ENTIRE_FILE
        # A signature that was not followed by anything suspicious: the difference must be understood.
        intact = intact and (whole or status.bottom_line)
    except Exception as error:  # see above
        _log.info("A signature does not check: %s", type(error).__name__)
        intact = whole = False
    return ReportSignature(
        str(embedded.field_name or ""),
        str(certificate.subject.native.get("common_name", "")),
        certificate.sha256.hex(),
        intact,
        whole,
        at.isoformat(timespec="seconds") if at else "",
    )
