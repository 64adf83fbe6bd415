"""Checking a pack: every difference is named; the checks need nothing but the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from larry.errors import InputError
from larry.handover.open_pack import OpenedPack, open_pack
from larry.handover.pack_differences import PackDifferences, read_manifest
from larry.handover.pack_manifest import FORMAT, MANIFEST, REPORT, SUMS, VERSION, sha256_of
from larry.handover.read_signatures import ReportSignature, read_signatures
from larry.handover.read_zip import ZipContents, read_zip
from larry.handover.signature_problems import signature_problems
from larry.handover.stored_zip import regions_of, write_stored_zip
from larry.handover.verification import PackProblem, Verification


def verify_pack(path: Path, *, passphrase: str | None = None, identities: str | None = None) -> Verification:
    """Check a pack file, encrypted or not; passphrase and identities as for `open_pack`.

    Raises:
        FileUnreachableError: the file cannot be read.
        InputError: it is no pack at all, or one of a newer format, or what opens it was not given.
        PackClosedError: it is encrypted and does not open.
    """
    opened = open_pack(path, passphrase=passphrase, identities=identities)
    return verify_opened(opened, path.name)


def verify_opened(opened: OpenedPack, name: str) -> Verification:
    """Check a pack that was read already; the errors of `verify_pack_bytes`."""
    result = verify_pack_bytes(opened.data, name)
    return replace(result, sha256=opened.sha256, size=opened.size, encrypted=opened.encrypted)


def verify_pack_bytes(data: bytes, name: str = "The file") -> Verification:
    """Check the bytes of a pack; `name` is what messages call it.

    Raises:
        InputError: it is no pack at all, or one of a newer format.
    """
    contents = read_zip(data)
    if not _looks_like_pack(data, contents):
        raise InputError(
            f"{name} is no close-out pack.",
            why="It does not hold a Larry manifest.",
            remedy="Choose the file that ends in .larrypack.",
        )
    problems = [PackProblem(file, what) for file, what in contents.problems]
    manifest = read_manifest(contents.files.get(MANIFEST))
    differences = PackDifferences(contents.files, manifest).all()
    # A newer version is only believed when all sums confirm it; else it is a damaged digit.
    if manifest is not None and manifest["version"] > VERSION and not differences:
        raise InputError(f"{name} was made by a newer Larry.", remedy="Update Larry, or use sha256sum.")
    problems += differences
    if manifest is not None and not problems:
        order = [MANIFEST, *(row["name"] for row in manifest["files"]), SUMS]
        problems += _against_rewritten(data, {each: contents.files[each] for each in order})
    signatures: tuple[ReportSignature, ...] = ()
    if manifest is not None and not problems:
        signatures = read_signatures(contents.files.get(REPORT, b""))
        problems += signature_problems(signatures, manifest.get("signed_by"))
    return Verification(sha256_of(data), len(data), tuple(problems), manifest, signatures)


def _looks_like_pack(data: bytes, contents: ZipContents) -> bool:
    """Independent marks, so that no single damage makes a pack look like something else."""
    return (
        FORMAT.encode() in contents.files.get(MANIFEST, b"")
        or MANIFEST.encode() in contents.files.get(SUMS, b"")
        or MANIFEST.encode() in data[:64]
        or (data[:4] == b"PK\x03\x04" and FORMAT.encode() in data[:2048])
    )


def _against_rewritten(data: bytes, files: dict[str, bytes]) -> list[PackProblem]:
    """Every byte of a pack follows from its files: write it again and compare."""
    expected = write_stored_zip(files)
    if data == expected:
        return []
    if data.startswith(expected):
        return [PackProblem("", f"{len(data) - len(expected)} bytes stand behind the end of the pack.")]
    length = min(len(data), len(expected))
    offset = next((i for i in range(length) if data[i] != expected[i]), length)
    what = [region.what for region in regions_of(files) if region.start <= offset][-1]
    return [PackProblem("", f"Byte {offset} differs: {what} changed.")]
