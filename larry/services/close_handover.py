"""The installer's side of an acceptance: check it against the pack that was given, and close the handover."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

from larry.errors import AnswerIsNoError
from larry.handover.acceptance import MAX_BYTES, Acceptance, read_acceptance
from larry.handover.open_pack import open_pack
from larry.handover.pack_manifest import REPORT
from larry.handover.read_signatures import read_signatures
from larry.handover.read_zip import read_zip
from larry.handover.sign_report import OWNER_FIELD
from larry.services.handover_state import JOB_ID, HandoverState, load_handover
from larry.services.project import Project
from larry.storage.bounded_read import read_bounded


def close_handover(
    project: Project, file: Path, *, pack: Path | None = None, passphrase: str | None = None
) -> tuple[Acceptance, HandoverState]:
    """Take an acceptance into the project: a signed one closes the handover, an open one shows how far it is.

    Args:
        pack: the pack as it was given, to check the counter-signature of its report as well; None: only
            the acceptance's own signature, which covers the same.
        passphrase: opens the pack.

    Raises:
        AnswerIsNoError: it belongs to another project or pack, or its signatures do not check.
        AcceptanceChangedError, InputError, FileUnreachableError: it cannot be used or read.
    """
    acceptance = read_acceptance(read_bounded(file, MAX_BYTES))
    state = load_handover(project)
    _require_ours(project, state, acceptance)
    if pack is not None and acceptance.accepted:
        _require_counter_signed(acceptance, pack, passphrase)
    if state.closed_at and state.owner_fingerprint != acceptance.fingerprint:
        raise AnswerIsNoError(
            "This handover was closed already.", why=f"{state.accepted_by} accepted it, {state.accepted_at}."
        )
    state = replace(state, ticked=len(acceptance.ticks), lines=len(acceptance.lines))
    if acceptance.accepted:
        state = replace(
            state,
            accepted_by=acceptance.by,
            accepted_at=acceptance.at,
            owner_fingerprint=acceptance.fingerprint,
            closed_at=acceptance.at,
            remarks=dict(acceptance.remarks),
        )
    project.jobs.save_job(JOB_ID, asdict(state))
    project.note(_words(acceptance), "hand")
    return acceptance, state


def _require_ours(project: Project, state: HandoverState, acceptance: Acceptance) -> None:
    if acceptance.project_uuid != project.project_id:
        raise AnswerIsNoError(
            "The acceptance belongs to another project.",
            why=f"It is for {acceptance.site or 'another site'}.",
        )
    if acceptance.pack_sha256 != state.sha256:
        raise AnswerIsNoError(
            "The acceptance is for another pack.",
            why="Its SHA-256 is not that of the pack made last.",
            remedy="Give the owner the newest pack, and ask for its acceptance.",
        )


def _require_counter_signed(acceptance: Acceptance, path: Path, passphrase: str | None) -> None:
    opened = open_pack(path, passphrase=passphrase)
    report = read_zip(opened.data).files.get(REPORT, b"") + acceptance.revision
    signatures = read_signatures(report)
    owner = signatures[-1] if signatures else None
    if (
        opened.sha256 != acceptance.pack_sha256
        or owner is None
        or not all(each.intact for each in signatures)
        or (owner.field, owner.fingerprint, owner.whole) != (OWNER_FIELD, acceptance.fingerprint, True)
    ):
        raise AnswerIsNoError(
            "The counter-signature does not fit the report.", remedy="Ask the owner to accept the pack again."
        )


def _words(acceptance: Acceptance) -> str:
    if not acceptance.accepted:
        return f"The owner has ticked {len(acceptance.ticks)} of {len(acceptance.lines)} lines"
    remarks = f", with {len(acceptance.remarks)} remarks" if acceptance.remarks else ""
    return f"Handover accepted by {acceptance.by}{remarks}; certificate {acceptance.fingerprint}"
