"""The owner's side of a handover, without a network: read, tick, counter-sign."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from larry.cloud.owner_password import password_problems
from larry.errors import AnswerIsNoError, InputError
from larry.handover.acceptance import SUFFIX, Acceptance, read_acceptance
from larry.handover.open_pack import OpenedPack, open_pack
from larry.handover.pack import SUFFIX as PACK_SUFFIX
from larry.handover.pack_cipher import AGE_SUFFIX, SHORTEST_PASSPHRASE, encrypt_to_passphrase
from larry.handover.pack_manifest import (
    CHECKLIST,
    MANIFEST,
    REPORT,
    SUMS,
    file_entries,
    json_bytes,
    sums_text,
)
from larry.handover.read_zip import read_zip
from larry.handover.redaction import OWNER
from larry.handover.sign_report import LEVEL, OWNER_FIELD, sign_report
from larry.handover.signing_key import SigningKey
from larry.handover.stored_zip import write_stored_zip
from larry.handover.verification import Verification
from larry.handover.verify_pack import verify_opened
from larry.storage.bounded_read import read_bounded
from larry.storage.whole_write import write_whole


@dataclass(frozen=True, slots=True)
class PackToAccept:
    """A pack an owner has before them, and how far they are.

    Attributes:
        path: the pack as it was given.
        verification: what checking it found; it verifies.
        lines: the lines of its checklist, as JSON values.
        acceptance: what was ticked so far.
        file: where the acceptance is kept.
    """

    path: Path
    verification: Verification
    lines: tuple[Mapping[str, Any], ...]
    acceptance: Acceptance
    file: Path
    opened: OpenedPack = field(repr=False)


def look_at_pack(
    path: Path, folder: Path | None = None, *, passphrase: str | None = None, identities: str | None = None
) -> PackToAccept:
    """Check a pack and find what was ticked before.

    Args:
        folder: where the acceptance is kept; None: beside the pack.

    Raises:
        AnswerIsNoError: it does not verify, is a draft, or is meant for another reader.
        AcceptanceChangedError: what was ticked before was changed by another program.
        InputError, FileUnreachableError, PackClosedError: as `verify_pack`.
    """
    opened = open_pack(path, passphrase=passphrase, identities=identities)
    verification = verify_opened(opened, path.name)
    _require_for_owner(path.name, verification)
    lines = _lines(opened)
    manifest = verification.manifest or {}
    site = manifest.get("site")
    fresh = Acceptance(
        verification.sha256,
        str(manifest.get("project_uuid") or ""),
        str(site.get("name") or "") if isinstance(site, dict) else "",
        tuple(str(line["key"]) for line in lines),
    )
    file = (folder or path.parent) / f"{_stem(path)}{SUFFIX}"
    known = read_acceptance(read_bounded(file)) if file.exists() else fresh
    if known.pack_sha256 != fresh.pack_sha256:
        raise InputError(
            f"{file.name} belongs to another pack.",
            remedy="Choose another folder for the acceptance (--out).",
        )
    return PackToAccept(path, verification, lines, known, file, opened)


def tick_lines(
    pack: PackToAccept, keys: Iterable[str], remarks: Mapping[str, str], *, now: datetime | None = None
) -> PackToAccept:
    """Tick lines and keep that; what was ticked before stays.

    Raises:
        InputError: there is no such line.
        AnswerIsNoError: the pack was accepted already.
    """
    _require_open(pack)
    wanted = dict.fromkeys(keys)
    unknown = [key for key in [*wanted, *remarks] if key not in pack.acceptance.lines]
    if unknown:
        raise InputError(
            f"The checklist has no line {unknown[0]}.", remedy="`larry accept PACK` lists all lines."
        )
    ticks = {**{key: _at(now) for key in wanted}, **pack.acceptance.ticks}
    acceptance = replace(pack.acceptance, ticks=ticks, remarks={**pack.acceptance.remarks, **remarks})
    return _kept(pack, acceptance)


def accept_pack(
    pack: PackToAccept, key: SigningKey, passphrase: str, *, now: datetime | None = None
) -> tuple[PackToAccept, Path]:
    """Counter-sign the report and the acceptance; return both and the owner's own copy of the pack.

    Args:
        key: the owner's, sealed with the owner's own passphrase.
        passphrase: the owner's own, which the installer does not know; encrypts the copy of a pack that
            came encrypted.

    Raises:
        AnswerIsNoError: lines are not ticked, or it was accepted already.
        InputError: the passphrase does not keep the rules, or the report cannot be signed.
    """
    _require_open(pack)
    if pack.acceptance.missing:
        count = len(pack.acceptance.missing)
        raise AnswerIsNoError(
            "The handover is not accepted yet.",
            why=f"{count} of {len(pack.acceptance.lines)} lines are not ticked.",
            remedy="Read and tick them; remark on what is not right.",
        )
    require_good_passphrase(passphrase)
    files = dict(read_zip(pack.opened.data).files)
    report = sign_report(
        files[REPORT], key, field=OWNER_FIELD, reason=f"Acceptance of {pack.acceptance.site}"
    )
    revision = report[len(files[REPORT]) :]
    signed = replace(pack.acceptance, by=key.name, at=_at(now), revision=revision).signed(key)
    copy = _write_copy(pack, {**files, REPORT: report}, key, passphrase)
    return _kept(pack, signed), copy


def require_good_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that does not keep both published rules for an owner's password.

    Raises:
        InputError: it names what is missing.
    """
    missing = password_problems(passphrase)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        others = [each for each in missing if not each.endswith("characters")]
        missing = [f"at least {SHORTEST_PASSPHRASE} characters", *others]
    if missing:
        raise InputError(
            "The passphrase is not strong enough.", why=f"It needs {', '.join(missing)}.", remedy="Add it."
        )


def _require_for_owner(name: str, verification: Verification) -> None:
    manifest = verification.manifest or {}
    if not verification.ok:
        raise AnswerIsNoError(
            f"{name} does not verify.",
            why=" ".join(str(each) for each in verification.problems[:3]),
            remedy="Ask the installer for the pack again.",
        )
    if manifest.get("draft"):
        raise AnswerIsNoError(f"{name} is a draft, not a handover.", remedy="Ask for the finished pack.")
    if manifest.get("audience", OWNER) != OWNER:
        raise AnswerIsNoError(f"{name} is not meant for the owner.", remedy="Ask for the owner's pack.")


def _require_open(pack: PackToAccept) -> None:
    if pack.acceptance.accepted:
        raise AnswerIsNoError(
            f"{pack.path.name} was accepted already.",
            why=f"By {pack.acceptance.by}, {pack.acceptance.at}.",
            remedy=f"Send {pack.file.name} to the installer.",
        )


def _lines(opened: OpenedPack) -> tuple[Mapping[str, Any], ...]:
    # The sums of a hostile pack may fit as well as those of a good one.
    try:
        lines = json.loads(read_zip(opened.data).files[CHECKLIST])["lines"]
        return tuple({**line, "key": str(line["key"]), **_words(line)} for line in lines)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(
            "The pack holds no checklist that can be read.", remedy="Ask for it again."
        ) from None


def _words(line: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(line[name]) for name in ("title", "state")}


def _kept(pack: PackToAccept, acceptance: Acceptance) -> PackToAccept:
    write_whole(pack.file, acceptance.to_bytes())
    return replace(pack, acceptance=acceptance)


def _write_copy(pack: PackToAccept, files: dict[str, bytes], key: SigningKey, passphrase: str) -> Path:
    """Write the owner's own copy: the same pack with the counter-signed report."""
    inside = {name: content for name, content in files.items() if name not in (MANIFEST, SUMS)}
    accepted_by = {"name": key.name, "fingerprint": key.fingerprint, "level": LEVEL}
    manifest = {**(pack.verification.manifest or {}), "accepted_by": accepted_by}
    ordered = {MANIFEST: json_bytes({**manifest, "files": file_entries(inside)}), **inside}
    ordered[SUMS] = sums_text(ordered)
    data = write_stored_zip(ordered)
    name = f"{_stem(pack.path)}-accepted{PACK_SUFFIX}"
    if pack.opened.encrypted:
        name, data = f"{name}{AGE_SUFFIX}", encrypt_to_passphrase(data, passphrase)
    path = pack.file.with_name(name)
    write_whole(path, data)
    return path


def _stem(path: Path) -> str:
    return path.name.removesuffix(AGE_SUFFIX).removesuffix(PACK_SUFFIX)


def _at(now: datetime | None) -> str:
    moment = now or datetime.now(UTC)
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
