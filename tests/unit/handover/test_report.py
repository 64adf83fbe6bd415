"""The report: what it says, and that it is a tagged PDF/A that other tools accept."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from finished_site import facts_of, finished_site

from larry.handover.build_checklist import build_checklist
from larry.handover.report import build_report
from larry.handover.site_facts import SiteFacts


def report_of(facts: SiteFacts, folder: Path, *, draft: bool = False) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(build_report(facts, build_checklist(facts), draft=draft))
    return path


def text_of(path: Path, page: int | None = None) -> str:
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    done = subprocess.run(
        ["pdftotext", *pages, "-layout", str(path), "-"], check=True, capture_output=True, text=True
    )
    return done.stdout


def pages_of(path: Path) -> int:
    info = subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True, text=True).stdout
    found = re.search(r"^Pages:\s+(\d+)$", info, re.MULTILINE)
    assert found
    return int(found[1])


def test_it_says_what_matters(tmp_path: Path) -> None:
    facts = facts_of()
    text = text_of(report_of(facts, tmp_path))
    for node in facts.order:
        assert node.name in text
        if node.device_id:
            assert node.device_id in text
    for words in (
        "owner@example.com",
        "3 of 16 locks, 1 of 6 repeaters",
        "AA:BB:CC:00:11:22",
        "40000 and 40001",
        "DHCP",
        "14 dB",
        "Subscription: the owner enters the voucher",
        "Signature",
        "Ground",
        "First",
        "20 November 2026",
        "15:30 CET",
    ):
        assert words in text, words
    assert "DRAFT" not in text


def test_it_is_a_sound_tagged_pdf_a(tmp_path: Path) -> None:
    path = report_of(facts_of(), tmp_path)
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    info = subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True, text=True).stdout
    assert re.search(r"^Tagged:\s+yes$", info, re.MULTILINE)
    assert "Hotel Adler" in info
    bare = tmp_path / "bare.pdf"
    subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(path), str(bare)], check=True)
    data = bare.read_bytes()
    assert re.search(rb"pdfaid:part>2<", data)
    assert re.search(rb"pdfaid:conformance>B<", data)
    assert re.search(rb"pdfuaid:part>1<", data)
    assert data.count(b"/Alt ") >= len(facts_of().site.floors)
    for tag in (b"/S /Table", b"/S /TH", b"/S /H1", b"/S /Figure"):
        assert tag in data, tag
    assert b"/MarkInfo" in data


def test_fonts_are_bundled_and_embedded(tmp_path: Path) -> None:
    path = report_of(facts_of(), tmp_path)
    table = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout
    rows = [line for line in table.splitlines()[2:] if line.strip()]
    assert rows
    assert all("Inter" in row and " yes yes " in row for row in rows), table


def test_the_same_facts_give_the_same_bytes() -> None:
    facts = facts_of()
    checklist = build_checklist(facts)
    assert build_report(facts, checklist, draft=False) == build_report(facts, checklist, draft=False)


def test_a_draft_is_marked_on_every_page(tmp_path: Path) -> None:
    path = report_of(facts_of(records={}), tmp_path, draft=True)
    pages = pages_of(path)
    assert pages > 5
    for page in range(1, pages + 1):
        text = text_of(path, page)
        assert "DRAFT" in text
        assert f"Page {page} of {pages}" in text


def test_the_header_of_a_long_table_comes_again(tmp_path: Path) -> None:
    site = finished_site()
    for number in range(120):
        node = site.nodes["l10"].copy()
        node.id, node.name, node.device_id = f"x{number}", f"Extra {number}", f"{number:014X}"
        site.insert_node(node)
    path = report_of(facts_of(site), tmp_path)
    text = text_of(path)
    assert text.count("Device ID") >= 3
    assert all(f"Extra {number}" in text for number in range(120))


ODD_NAMES = [
    "Hôtel Ägypten Łódź",
    "Отель Αθήνα",
    "酒店",
    "😀 Inn",
    "*bold* #let x = 1 $y$ [a] <b> @c",
    "a\x00b\x1b[31mc",
    "x" * 300,
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_name_can_be_printed_and_stays_text(name: str, tmp_path: Path) -> None:
    site = finished_site()
    site.info.name = name
    site.nodes["l10"].name = name
    text = text_of(report_of(facts_of(site), tmp_path))
    assert "Sign-off" in text
    if name.startswith("*bold*"):
        assert "#let x = 1" in text


def test_an_empty_site_has_a_report(tmp_path: Path) -> None:
    from larry.domain.hardware import SiteInfo
    from larry.domain.site import Site

    text = text_of(report_of(facts_of(Site(SiteInfo("Empty")), {}), tmp_path, draft=True))
    assert "The site has no IQ" in text
