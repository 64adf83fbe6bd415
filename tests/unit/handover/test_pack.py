"""The pack: what is in it, and that public tools can check it."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from finished_site import facts_of, finished_site

from larry.handover.build_checklist import build_checklist
from larry.handover.pack import Pack, build_pack, pack_name
from larry.handover.stored_zip import regions_of, write_stored_zip
from larry.handover.verify_pack import verify_pack, verify_pack_bytes
from larry.storage.exchange_json import exchange_document, exchange_from_bytes

FILES = [
    "manifest.json",
    "VERIFY.txt",
    "report.pdf",
    "site.json",
    "devices.csv",
    "checklist.json",
    "SHA256SUMS",
]


def pack_of(*, draft: bool = False) -> Pack:
    facts = facts_of()
    return build_pack(facts, build_checklist(facts), exchange_document(facts.site), draft=draft)


@pytest.fixture
def pack_path(tmp_path: Path) -> Path:
    pack = pack_of()
    path = tmp_path / pack.name
    path.write_bytes(pack.data)
    return path


def test_a_fresh_pack_verifies(pack_path: Path) -> None:
    result = verify_pack(pack_path)
    assert result.ok, [str(problem) for problem in result.problems]
    assert result.manifest is not None
    assert result.manifest["site"]["name"] == "Hotel Adler"
    assert result.manifest["draft"] is False
    assert result.to_json()["verifies"] is True


def test_it_holds_exactly_its_files(pack_path: Path) -> None:
    with zipfile.ZipFile(pack_path) as archive:
        assert archive.namelist() == FILES
        assert archive.testzip() is None
        assert archive.read("report.pdf").startswith(b"%PDF-1.7")
        site = exchange_from_bytes(archive.read("site.json")).site
        checklist = json.loads(archive.read("checklist.json"))
    assert site == finished_site()
    assert checklist["blocks"] == []


def test_sha256sum_and_unzip_are_enough(pack_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    subprocess.run(["unzip", "-q", str(pack_path), "-d", str(folder)], check=True)
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(": OK") == len(FILES) - 1
    text = (folder / "VERIFY.txt").read_text()
    assert f"sha256sum {pack_path.name}" in text
    (folder / "devices.csv").write_text("changed")
    again = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    assert again.returncode == 1
    assert "devices.csv: FAILED" in again.stdout


def test_the_same_facts_give_the_same_pack() -> None:
    assert pack_of().data == pack_of().data


def test_what_sounds_secret_is_left_out_and_named() -> None:
    site = finished_site()
    site.nodes["l10"].extra = {
        "wifi_psk": "PLANTED-1",
        "note": "stays-here",
        "deep": [{"API-Token": "PLANTED-2"}],
    }
    site.info.extra = {"owner pin": "PLANTED-3", "spinner": "stays-here"}
    site.extra = {"passwords": {"a": "PLANTED-4"}}
    facts = facts_of(site)
    pack = build_pack(facts, build_checklist(facts), exchange_document(site), draft=False)
    assert b"PLANTED" not in pack.data
    assert pack.data.count(b"stays-here") == 2
    assert len(pack.manifest["left_out"]) == 4
    assert verify_pack_bytes(pack.data).ok


def test_a_draft_says_so() -> None:
    pack = pack_of(draft=True)
    assert pack.name == "Hotel-Adler-20261120-draft.larrypack"
    result = verify_pack_bytes(pack.data)
    assert result.ok
    assert result.manifest is not None
    assert result.manifest["draft"] is True


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hotel Adler", "Hotel-Adler"),
        ("../../etc/passwd", "etc-passwd"),
        ("Hôtel / Zürich", "Hôtel-Zürich"),
        ("", "the-site"),
        ("???", "site"),
        ("x" * 200, "x" * 60),
    ],
)
def test_the_name_is_a_plain_file_name(name: str, expected: str) -> None:
    site = finished_site()
    site.info.name = name
    assert pack_name(facts_of(site), draft=False) == f"{expected}-20261120.larrypack"


def test_the_zip_is_written_in_one_way_only() -> None:
    files = {"a.txt": b"one", "b/c.txt": b"", "d.bin": bytes(range(256))}
    data = write_stored_zip(files)
    assert data == write_stored_zip(dict(files))
    assert [region.start for region in regions_of(files)] == sorted(r.start for r in regions_of(files))
