"""The close-out pack: one file the owner can keep, read and check for years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from larry.domain.rule_context import display_site_name
from larry.handover.checklist import Checklist
from larry.handover.device_sheet import device_sheet
from larry.handover.pack_manifest import (
    CHECKLIST,
    DEVICES,
    FORMAT,
    MANIFEST,
    REPORT,
    SITE,
    SUMS,
    VERIFY_TEXT,
    VERSION,
    file_entries,
    json_bytes,
    sha256_of,
    sums_text,
)
from larry.handover.redaction import OWNER, redaction_for
from larry.handover.report import build_report
from larry.handover.report_data import local_time
from larry.handover.shareable_document import shareable
from larry.handover.sign_report import INSTALLER_FIELD, LEVEL, sign_report
from larry.handover.signing_key import SigningKey
from larry.handover.site_facts import SiteFacts
from larry.handover.stored_zip import write_stored_zip
from larry.handover.verify_text import verify_text

SUFFIX = ".larrypack"
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Pack:
    """A finished pack in memory: the name it should have, its bytes, what it says about itself."""

    name: str
    data: bytes
    manifest: Mapping[str, Any]

    @property
    def sha256(self) -> str:
        """SHA-256 of the whole pack in hex: what installer and owner compare."""
        return sha256_of(self.data)


def build_pack(
    facts: SiteFacts,
    checklist: Checklist,
    site_document: Any,
    *,
    draft: bool,
    signer: SigningKey | None = None,
    travels_as: str = "",
    audience: str = OWNER,
) -> Pack:
    """Return the pack of a site; the same facts give the same bytes as long as nobody signs.

    Args:
        site_document: the site in the exchange format; entries that sound secret are left out and named.
        draft: mark every page and the manifest as a draft.
        signer: signs the report.
        audience: whose pack it is; facts, checklist and site must be redacted for this reader already.
        travels_as: what is put behind the pack's name where it is given away encrypted, such as ".age".

    Raises:
        InputError: the report cannot be made.
    """
    table = redaction_for(audience)
    name = pack_name(facts, draft=draft, audience=audience)
    site, left_out = shareable(site_document)
    report = build_report(facts, checklist, draft=draft, audience=audience)
    if signer is not None:
        reason = f"{'Draft of the handover' if draft else 'Handover'} of {display_site_name(facts.site)}"
        report = sign_report(report, signer, field=INSTALLER_FIELD, reason=reason)
    given = f"{name}{travels_as}" if travels_as else ""
    possible = {
        REPORT: report,
        SITE: json_bytes(site),
        DEVICES: device_sheet(facts),
        CHECKLIST: json_bytes(checklist.to_json()),
    }
    contents = {file: possible[file] for file in table.files}
    text = verify_text(name, signed_by=signer, given=given, inside=table.files)
    files = {VERIFY_TEXT: text.encode(), **contents}
    manifest = {
        **_manifest(facts, checklist, draft),
        "audience": audience,
        "signed_by": _signed_by(signer),
        "left_out": left_out,
        "files": file_entries(files),
    }
    ordered = {MANIFEST: json_bytes(manifest), **files}
    ordered[SUMS] = sums_text(ordered)
    return Pack(name, write_stored_zip(ordered), manifest)


def pack_name(facts: SiteFacts, *, draft: bool, audience: str = OWNER) -> str:
    """Return `NAME-YYYYMMDD.larrypack`, the day being the site's; draft and variant say so in their names."""
    words = re.sub(r"[^\w]+", "-", display_site_name(facts.site)).strip("-_")[:_LONGEST_NAME] or "site"
    day = f"{local_time(facts, facts.made_at):%Y%m%d}"
    variant = "" if audience == OWNER else f"-{audience}"
    return f"{words}-{day}{variant}{'-draft' if draft else ''}{SUFFIX}"


def _manifest(facts: SiteFacts, checklist: Checklist, draft: bool) -> dict[str, Any]:
    info = facts.site.info
    return {
        "format": FORMAT,
        "version": VERSION,
        "draft": draft,
        "made_at": facts.made_at,
        "made_by": facts.made_by or None,
        "larry_version": facts.larry_version,
        "project_uuid": facts.project_uuid,
        "site": {"name": info.name, "site_uid": info.site_uid, "devices": len(facts.site.nodes)},
        "rules": {"profile": facts.catalogue.profile, "version": facts.catalogue.version},
        "checklist": {
            "done": checklist.done,
            "total": len(checklist.lines),
            "blocks": [line.key for line in checklist.errors],
        }
        if checklist.lines
        else None,
    }


def _signed_by(signer: SigningKey | None) -> dict[str, str] | None:
    if signer is None:
        return None
    return {"name": signer.name, "fingerprint": signer.fingerprint, "level": LEVEL}
