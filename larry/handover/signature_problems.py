"""What is wrong with the signatures of a report, measured by what its manifest says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from larry.handover.pack_manifest import REPORT
from larry.handover.read_signatures import ReportSignature
from larry.handover.sign_report import INSTALLER_FIELD, OWNER_FIELD
from larry.handover.verification import PackProblem


def signature_problems(signatures: Sequence[ReportSignature], signed_by: Any) -> list[PackProblem]:
    """Return every difference.

    Args:
        signed_by: the manifest's entry of this name: name and fingerprint, or None for an unsigned report.
    """
    told = signed_by.get("fingerprint") if isinstance(signed_by, dict) else None
    if not signatures:
        words = "carries no signature, although the manifest names a signer."
        return [PackProblem(REPORT, words)] if signed_by is not None else []
    problems = [
        PackProblem(REPORT, f"the signature of {each.name or 'somebody'} is broken: something changed.")
        for each in signatures
        if not each.intact
    ]
    if not problems and not signatures[-1].whole:
        problems.append(PackProblem(REPORT, "something was added after the last signature."))
    first = signatures[0]
    if signed_by is None and all(each.field == OWNER_FIELD for each in signatures):
        return problems  # not signed by the installer, accepted by the owner
    if first.field != INSTALLER_FIELD or first.fingerprint != told:
        words = f"is signed by {first.name or 'somebody'}, not by whom the manifest names."
        problems.append(PackProblem(REPORT, words))
    return problems
