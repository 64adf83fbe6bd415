"""Signing the report: a PAdES signature, level B-B, appended as a revision of its own."""

from __future__ import annotations

import io
import secrets

from larry.errors import InputError
from larry.handover.signing_key import SigningKey

INSTALLER_FIELD = "Installer"
OWNER_FIELD = "Owner"
LEVEL = "PAdES B-B, self-made certificate, no third party's time stamp"


def sign_report(pdf: bytes, key: SigningKey, *, field: str, reason: str) -> bytes:
    """Return the PDF with one more signature; every byte of `pdf` stays as it is.

    Args:
        field: name of the signature field, `INSTALLER_FIELD` or `OWNER_FIELD`; must not be signed yet.
        reason: stands in the signature.

    Raises:
        InputError: the PDF cannot be signed.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko.sign.general import SigningError

    seal = secrets.token_urlsafe(16)  # only for the way into pyHanko, never kept
    signer = signers.SimpleSigner.load_pkcs12_data(key.sealed(seal), other_certs=[], passphrase=seal.encode())
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        reason=reason,
        name=key.name,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    out = io.BytesIO()
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        signers.PdfSigner(meta, signer).sign_pdf(writer, output=out)
    except (PdfError, SigningError, ValueError) as error:
        raise InputError("The report cannot be signed.", why=f"{error}.") from error
    return out.getvalue()
