"""Making the close-out pack of a project."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from larry import __version__
from larry.domain.records import DeviceRecord
from larry.errors import AnswerIsNoError, FileUnreachableError
from larry.handover.build_checklist import build_checklist
from larry.handover.checklist import Checklist
from larry.handover.pack import SUFFIX, Pack, build_pack
from larry.handover.pack_cipher import AGE_SUFFIX, encrypt_to_passphrase, encrypt_to_recipients
from larry.handover.redact import redact_checklist, redact_facts
from larry.handover.redaction import OWNER, redaction_for
from larry.handover.signing_key import SigningKey
from larry.handover.site_facts import SiteFacts
from larry.handover.verify_text import open_text
from larry.services.project import Project
from larry.services.site_snapshot import snapshot_site
from larry.storage.exchange_json import exchange_document
from larry.storage.whole_write import write_whole

_log = logging.getLogger(__name__)


class HandoverBlockedError(AnswerIsNoError):
    """Lines of the checklist block the handover; `checklist` tells which."""

    def __init__(self, checklist: Checklist, what: str, remedy: str) -> None:
        first = checklist.errors[0]
        count = len(checklist.errors)
        more = f" and {count - 1} more" if count > 1 else ""
        super().__init__(what, why=f"{first.title}{more}.", remedy=remedy)
        self.checklist = checklist


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A pack on the disk and the checklist it was made with."""

    path: Path
    pack: Pack
    checklist: Checklist


@dataclass(frozen=True, slots=True)
class PackSeal:
    """To whom a pack is encrypted: a passphrase, or age public keys."""

    passphrase: str | None = field(default=None, repr=False)
    recipients: tuple[str, ...] = ()

    def close(self, pack: bytes) -> bytes:
        """Return the pack encrypted; `InputError` when passphrase or key cannot be used."""
        if self.passphrase is not None:
            return encrypt_to_passphrase(pack, self.passphrase)
        return encrypt_to_recipients(pack, self.recipients)


def site_facts(
    project: Project, *, made_by: str = "", now: Callable[[], datetime] | None = None
) -> SiteFacts:
    """Return what checklist, report and pack are made from, as of now."""
    moment = (now or _now)().astimezone(UTC)
    return SiteFacts(
        project.site,
        project.catalogue,
        tuple(project.findings()),
        project.records,
        made_at=moment.isoformat(timespec="seconds").replace("+00:00", "Z"),
        made_by=made_by,
        project_uuid=project.project_id,
        larry_version=__version__,
        owner_confirmed=str((project.jobs.load_job("handover") or {}).get("owner_confirmed", "")),
    )


def hand_over(
    project: Project,
    folder: Path,
    *,
    draft: bool = False,
    made_by: str = "",
    now: Callable[[], datetime] | None = None,
    signer: SigningKey | None = None,
    seal: PackSeal | None = None,
    audience: str = OWNER,
) -> HandedOver:
    """Make the pack of a project: one new file in `folder`, whole or not at all, and a line in the history.

    Args:
        folder: made when it does not exist; an older pack in it is never overwritten.
        draft: make it although lines block, and mark every page.
        made_by: the installer's name, for the report.
        signer: signs the report; None: it is not signed.
        seal: encrypts the pack to its owner; None: it is not encrypted.
        audience: whose variant (`redaction.audiences()`); only the owner's is a handover, the others are
            information and are made although lines block.

    Raises:
        HandoverBlockedError: lines of the checklist block it.
        FileUnreachableError: the folder cannot be written.
        InputError: the report cannot be made.
    """
    order = prepare_pack(
        project, draft=draft, made_by=made_by, now=now, signer=signer, seal=seal, audience=audience
    )
    made = order.make(folder)
    note_pack(project, made, draft=draft)
    return made


@dataclass(frozen=True, slots=True)
class PackOrder:
    """Everything a pack is made from, taken at one moment: `make` may run in any thread."""

    facts: SiteFacts
    checklist: Checklist
    site_document: Any
    draft: bool
    signer: SigningKey | None = None
    seal: PackSeal | None = None
    audience: str = OWNER

    def make(self, folder: Path) -> HandedOver:
        """Build the pack and write it; the errors of `hand_over`."""
        pack = build_pack(
            self.facts,
            self.checklist,
            self.site_document,
            draft=self.draft,
            signer=self.signer,
            audience=self.audience,
            travels_as=AGE_SUFFIX if self.seal else "",
        )
        if self.seal is not None:
            return self._sealed(folder, pack, self.seal)
        return HandedOver(_write(folder, pack), pack, self.checklist)

    def _sealed(self, folder: Path, pack: Pack, seal: PackSeal) -> HandedOver:
        given = Pack(f"{pack.name}{AGE_SUFFIX}", seal.close(pack.data), pack.manifest)
        path = _write(folder, given, f"{SUFFIX}{AGE_SUFFIX}")
        text = open_text(pack.name, path.name, passphrase=seal.passphrase is not None)
        write_whole(path.with_name(f"{path.name}.txt"), text.encode())
        return HandedOver(path, given, self.checklist)


def prepare_pack(
    project: Project,
    *,
    draft: bool = False,
    made_by: str = "",
    now: Callable[[], datetime] | None = None,
    signer: SigningKey | None = None,
    seal: PackSeal | None = None,
    audience: str = OWNER,
) -> PackOrder:
    """Take what the pack is made from, in the project's thread; the plan may change afterwards.

    Raises:
        HandoverBlockedError: lines of the checklist block it.
    """
    table = redaction_for(audience)
    facts = site_facts(project, made_by=made_by, now=now)
    checklist = build_checklist(facts)
    if checklist.errors and not draft and audience == OWNER:
        raise HandoverBlockedError(
            checklist,
            f"{project.site.info.name or 'The site'} cannot be handed over yet.",
            "Mend what blocks, or make a draft.",
        )
    records = {
        node_id: DeviceRecord(dict(record.written), dict(record.observed))
        for node_id, record in facts.records.items()
    }
    still = redact_facts(replace(facts, site=snapshot_site(facts.site), records=records), table)
    document = exchange_document(still.site)
    return PackOrder(still, redact_checklist(checklist, table), document, draft, signer, seal, audience)


def note_pack(project: Project, made: HandedOver, *, draft: bool = False) -> None:
    """Write a pack that was made into the history, in the project's thread."""
    _remember(project, made.path.name, made.pack, draft)


def _now() -> datetime:
    return datetime.now(UTC)


def _write(folder: Path, pack: Pack, suffix: str = SUFFIX) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileUnreachableError(
            f"The folder {folder.name} cannot be used.", why=f"{error.strerror}.", remedy="Choose another."
        ) from error
    path = folder / pack.name
    number = 2
    while path.exists():
        path = folder / f"{pack.name.removesuffix(suffix)}-{number}{suffix}"
        number += 1
    write_whole(path, pack.data)
    return path


def _remember(project: Project, name: str, pack: Pack, draft: bool) -> None:
    what = "Draft of the close-out pack" if draft else "Close-out pack"
    audience = pack.manifest.get("audience", OWNER)
    if audience != OWNER:
        what += f" {redaction_for(audience).title}"
    try:
        project.note(f"{what} made: {name}, SHA-256 {pack.sha256}", "hand")
    except FileUnreachableError as error:
        # The pack stands; only its line in the history of a read-only project is missing.
        _log.warning("Not noted in the history: %s", error)
