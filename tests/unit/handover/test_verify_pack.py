"""Verification: every change of a pack is found and named; hostile files do no harm."""

from __future__ import annotations

import contextlib
import io
import json
import random
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from finished_site import facts_of

from larry.errors import FileUnreachableError, InputError
from larry.handover.build_checklist import build_checklist
from larry.handover.pack import build_pack
from larry.handover.pack_manifest import json_bytes, sha256_of, sums_text
from larry.handover.stored_zip import write_stored_zip
from larry.handover.verification import Verification
from larry.handover.verify_pack import verify_pack, verify_pack_bytes
from larry.storage.exchange_json import exchange_document

FLIPS = 1500


@pytest.fixture(scope="module")
def good() -> bytes:
    facts = facts_of()
    return build_pack(facts, build_checklist(facts), exchange_document(facts.site), draft=False).data


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest_of(files: dict[str, bytes]) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(files["manifest.json"])
    return manifest


def resealed(files: dict[str, bytes]) -> bytes:
    """Write the pack again with sums that fit, as somebody would who wants to deceive."""
    files["SHA256SUMS"] = sums_text({name: files[name] for name in files if name != "SHA256SUMS"})
    return write_stored_zip(files)


def said(result: Verification) -> str:
    assert not result.ok
    return "\n".join(str(problem) for problem in result.problems)


def region_name(data: bytes, offset: int) -> str | None:
    """Return the file whose contents a byte belongs to, by the zip's own list."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            start = info.header_offset + 30 + len(info.filename)
            if start <= offset < start + info.file_size:
                return info.filename
    return None


def test_every_flipped_byte_is_found_and_its_place_said(good: bytes) -> None:
    """Sampled over the contents; every single byte of the zip's own structures."""
    rng = random.Random(20261120)
    places = {offset: region_name(good, offset) for offset in range(0, len(good), 97)}
    inside = [offset for offset, name in places.items() if name]
    spread = rng.sample(range(len(good)), FLIPS // 2) + rng.sample(inside, min(len(inside), FLIPS // 2))
    structure = [*range(200), *range(len(good) - 700, len(good))]
    silent: list[int] = []
    for offset in {*spread, *structure}:
        flipped = bytearray(good)
        flipped[offset] ^= 1 << rng.randrange(8)
        result = verify_pack_bytes(bytes(flipped))
        if result.ok:
            silent.append(offset)
            continue
        name = places.get(offset) or region_name(good, offset)
        if name and name not in ("manifest.json", "SHA256SUMS"):
            assert name in said(result), f"byte {offset} in {name}: {said(result)}"
    assert silent == []


@pytest.mark.parametrize("name", ["report.pdf", "site.json", "VERIFY.txt", "SHA256SUMS", "manifest.json"])
def test_a_changed_file_is_named(good: bytes, name: str) -> None:
    files = files_of(good)
    files[name] = files[name].replace(b"e", b"3", 1)
    assert name in said(verify_pack_bytes(write_stored_zip(files)))


def test_only_the_changed_file_is_blamed(good: bytes) -> None:
    files = files_of(good)
    files["site.json"] += b" "
    result = verify_pack_bytes(write_stored_zip(files))
    assert [problem.file for problem in result.problems] == ["site.json"]


@pytest.mark.parametrize("name", ["report.pdf", "manifest.json", "SHA256SUMS"])
def test_a_missing_file_is_named(good: bytes, name: str) -> None:
    files = files_of(good)
    del files[name]
    assert f"{name}: is missing." in said(verify_pack_bytes(write_stored_zip(files)))


def test_an_extra_file_is_named(good: bytes) -> None:
    files = {**files_of(good), "invoice.exe": b"MZ"}
    assert "invoice.exe" in said(verify_pack_bytes(write_stored_zip(files)))
    assert "invoice.exe" in said(verify_pack_bytes(resealed(files)))


def test_a_manifest_that_was_adapted_to_a_forgery_is_found_by_the_sums(good: bytes) -> None:
    files = files_of(good)
    manifest = manifest_of(files)
    files["devices.csv"] = b"forged"
    row = next(row for row in manifest["files"] if row["name"] == "devices.csv")
    row["size"], row["sha256"] = 6, sha256_of(b"forged")
    files["manifest.json"] = json_bytes(manifest)
    assert "SHA256SUMS" in said(verify_pack_bytes(write_stored_zip(files)))


def test_order_and_bytes_around_the_files_count(good: bytes) -> None:
    files = files_of(good)
    assert not verify_pack_bytes(write_stored_zip(dict(reversed(files.items())))).ok
    assert "behind the end" in said(verify_pack_bytes(good + b"\0"))
    assert not verify_pack_bytes(b"#!/bin/sh\n" + good).ok


def test_every_shortened_pack_is_damaged_and_never_breaks_verification(good: bytes) -> None:
    rng = random.Random(7)
    for length in [4000, len(good) - 1, len(good) - 22, *(rng.randrange(300, len(good)) for _ in range(40))]:
        assert not verify_pack_bytes(good[:length]).ok


NO_PACKS = [
    b"",
    b"PK",
    b"%PDF-1.7 something",
    b"\0" * 5000,
    b"SQLite format 3\0" + b"\0" * 100,
    write_stored_zip({"a": b"b"}),
]


@pytest.mark.parametrize("content", NO_PACKS)
def test_what_is_no_pack_is_told_apart(content: bytes) -> None:
    with pytest.raises(InputError) as told:
        verify_pack_bytes(content, "holiday.zip")
    assert told.value.exit_code == 2
    assert "holiday.zip is no close-out pack" in told.value.what


def test_a_missing_file_cannot_be_reached(tmp_path: Path) -> None:
    with pytest.raises(FileUnreachableError):
        verify_pack(tmp_path / "none.larrypack")
    with pytest.raises(FileUnreachableError):
        verify_pack(tmp_path)


def test_a_newer_format_is_refused_with_the_remedy(good: bytes) -> None:
    files = files_of(good)
    files["manifest.json"] = json_bytes({**manifest_of(files), "version": 2})
    with pytest.raises(InputError, match="newer Larry"):
        verify_pack_bytes(resealed(files))


@pytest.mark.parametrize(
    "name",
    ["../../evil.txt", "/etc/passwd", "a/../../b", "C:\\evil", "a\\..\\b", "sp ace", ".hidden", "nul\x01"],
)
def test_names_that_lead_out_are_refused(good: bytes, name: str) -> None:
    buffer = io.BytesIO(good)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"x")
    text = said(verify_pack_bytes(buffer.getvalue()))
    assert "leads out of the pack or is not plain" in text
    assert "\x01" not in text


def test_a_doubled_name_is_named(good: bytes) -> None:
    buffer = io.BytesIO(good)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("report.pdf", b"another")
    assert "twice" in said(verify_pack_bytes(buffer.getvalue()))


def test_a_zip_bomb_is_not_unpacked(good: bytes) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_of(good).items():
            archive.writestr(name, content if name != "report.pdf" else b"\0" * 50_000_000)
    data = buffer.getvalue()
    assert len(data) < 1_000_000
    result = verify_pack_bytes(data, "bomb")
    assert not result.ok


def test_claimed_sizes_are_not_believed(good: bytes) -> None:
    end = good.rfind(b"PK\x05\x06")
    start = struct.unpack_from("<I", good, end + 16)[0]
    forged = bytearray(good)
    struct.pack_into("<II", forged, start + 20, 0x7FFFFFFF, 0x7FFFFFFF)
    assert not verify_pack_bytes(bytes(forged)).ok


def test_noise_never_breaks_verification(good: bytes) -> None:
    rng = random.Random(3)
    for _ in range(60):
        noisy = bytearray(good)
        for _ in range(rng.randrange(1, 40)):
            start = rng.randrange(len(noisy))
            noisy[start : start + rng.randrange(1, 30)] = rng.randbytes(rng.randrange(0, 30))
        with contextlib.suppress(InputError):  # so noisy that it is no pack any more
            assert not verify_pack_bytes(bytes(noisy)).ok
