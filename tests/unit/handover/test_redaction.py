"""The variants hold exactly what redaction.toml says: a marker is planted in every field."""

from __future__ import annotations

import json
import subprocess
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from finished_site import facts_of, finished_records, finished_site

from larry.domain.hardware import Floor, Link, Node, SiteInfo, Wall
from larry.domain.kind import Kind
from larry.domain.records import Reading
from larry.domain.site import Site
from larry.errors import InputError
from larry.handover.build_checklist import build_checklist
from larry.handover.handover_notes import EXTRA_KEY
from larry.handover.pack import Pack, build_pack
from larry.handover.read_zip import read_zip
from larry.handover.redact import redact_checklist, redact_facts
from larry.handover.redaction import audiences, redaction_for
from larry.handover.site_facts import SiteFacts
from larry.handover.verify_pack import verify_pack_bytes
from larry.services.hand_over import HandoverBlockedError, hand_over
from larry.services.project import Project
from larry.storage.exchange_json import exchange_document

ALL = ["owner", "it", "electrician", "support"]
STRUCTURE = {"id", "kind", "parent", "floor", "level", "a", "b", "extra", "profile", "walls"}
READ = ["mac", "adapter_macs", "wifi_ssid", "firmware", "device_id", "odd_key"]
KIND_OF = {"iq1": Kind.IQ, "r1": Kind.REPEATER, "l10": Kind.LOCK}


def marker(place: str, name: str) -> str:
    return f"MK-{place}-{name}-END".replace("_", "")


def planted_value(place: str, name: str, old: Any, number: int) -> Any:
    """Return a value nobody else writes, of the type the field has."""
    if isinstance(old, bool) or name in {"x_m", "y_m", "z_m", "x1_m", "y1_m", "x2_m", "y2_m"}:
        return old
    if name in {
        "px_per_m",
        "wifi_band_ghz",
        "supply_v",
        "elevation_m",
        "loss_db",
        "rssi_ab_dbm",
        "rssi_ba_dbm",
    }:
        return -58.0 - number / 9973
    if name in {"open_time_s", "offline_access_days", "count"}:
        return 77000 + number
    return marker(place, name)


def planted(place: str, thing: Any) -> Any:
    names = [field.name for field in fields(thing) if field.name not in STRUCTURE]
    start = len(place) * 100
    values = {
        name: planted_value(place, name, getattr(thing, name), start + number)
        for number, name in enumerate(names)
    }
    return replace(thing, **values, extra={"odd": marker(place, "extra")})


def planted_facts() -> SiteFacts:
    plain = finished_site()
    note = {"key": "photos", "reason": "MK-REASON-END", "who": "MK-WAIVER-END", "at": "2026-11-20T12:00:00Z"}
    note |= {"title": "Photos are not part of this pack", "state": "open"}
    info: SiteInfo = planted("site", plain.info)
    info.owner_email = "mk-email-end@example.com"
    info.extra[EXTRA_KEY] = {"waivers": [note]}
    site = Site(info)
    site.extra = {"top": marker("top", "extra")}
    wall: Wall = planted("wall", Wall(0, 0, 12, 0, 6.0, "brick"))
    site.set_floors(
        [replace(planted(f"floor{floor.id}", floor), walls=(wall,)) for floor in plain.floors.values()]
    )
    for node in plain.walk():
        site.insert_node(planted(node.id, node) if node.id in KIND_OF else node.copy())
    for (a, b), link in plain.links.items():
        site.set_link(a, b, planted("link", link) if (a, b) == ("r1", "l10") else link)
    records = finished_records(site)
    for node_id in KIND_OF:
        for key in READ:
            value: Any = marker(f"read{node_id}", key)
            records[node_id].observed[key] = Reading(
                [value] if key == "adapter_macs" else value, "2026-11-20T14:02:11Z"
            )
            records[node_id].written[key] = Reading(marker(f"written{node_id}", key), "2026-11-20T14:02:11Z")
    return facts_of(site, records)


def pack_for(audience: str, facts: SiteFacts) -> Pack:
    table = redaction_for(audience)
    checklist = redact_checklist(build_checklist(facts), table)
    kept = redact_facts(facts, table)
    return build_pack(kept, checklist, exchange_document(kept.site), draft=False, audience=audience)


@pytest.fixture(scope="module")
def facts() -> SiteFacts:
    return planted_facts()


@pytest.fixture(scope="module", params=ALL)
def variant(request: pytest.FixtureRequest, facts: SiteFacts) -> tuple[str, Pack]:
    return request.param, pack_for(request.param, facts)


def everything_in(pack: Pack, folder: Path) -> str:
    """Return all text of a pack: its files, and the report as a reader shows it, without line breaks."""
    files = read_zip(pack.data).files
    (folder / "report.pdf").write_bytes(files["report.pdf"])
    command = ["pdftotext", "-raw", "report.pdf", "-"]
    report = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
    text = "".join(content.decode() for name, content in files.items() if name != "report.pdf")
    info = subprocess.run(["pdfinfo", "report.pdf"], cwd=folder, capture_output=True, text=True, check=True)
    return "".join((text + report + info.stdout).split())


def site_of(pack: Pack) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(read_zip(pack.data).files["site.json"])
    return document


def test_the_table_knows_four_readers() -> None:
    assert list(audiences()) == ALL
    with pytest.raises(InputError):
        redaction_for("neighbour")


def test_the_plan_holds_exactly_the_given_fields(variant: tuple[str, Pack], facts: SiteFacts) -> None:
    audience, pack = variant
    table, document = redaction_for(audience), site_of(pack)
    nodes = {node["id"]: node for node in document["nodes"]}
    full = exchange_document(facts.site)
    assert {node["kind"] for node in document["nodes"]} == {kind.value for kind in table.kinds}
    for node in full["nodes"]:
        if node["id"] in KIND_OF and node["id"] in nodes:
            for name in set(node) - STRUCTURE:
                given = name in table.node or (name == "odd" and table.extra)
                assert (nodes[node["id"]].get(name) == node[name]) is given, (audience, node["id"], name)
    for place, allowed in (("site", table.site), ("floors", table.floor), ("links", table.link)):
        before = full[place] if place == "site" else full[place][0]
        if place == "links":
            before = next(each for each in full["links"] if each["b"] == "l10")
        after = document[place] if place == "site" else next(iter(document[place]), {})
        if place == "links":
            after = next((each for each in document["links"] if each["b"] == "l10"), {})
        for name in set(before) - STRUCTURE - {EXTRA_KEY}:
            given = name in allowed or (name == "odd" and table.extra)
            assert (after.get(name) == before[name]) is given, (audience, place, name)


def test_no_part_of_the_pack_holds_more(variant: tuple[str, Pack], tmp_path: Path) -> None:
    audience, pack = variant
    table, text = redaction_for(audience), everything_in(pack, tmp_path)
    withheld = [marker("site", name) for name in _names(SiteInfo) - table.site]
    for node_id, kind in KIND_OF.items():
        given = table.node if kind in table.kinds else frozenset()
        withheld += [marker(node_id, name) for name in _names(Node) - given]
        read = table.read if kind in table.kinds else frozenset()
        withheld += [marker(f"read{node_id}", key) for key in READ if key not in read]
        withheld += [marker(f"written{node_id}", key) for key in READ]
    withheld += [marker("floorf0", name) for name in _names(Floor) - table.floor]
    withheld += [marker("link", name) for name in _names(Link) - table.link]
    if "walls" not in table.floor:
        withheld.append(marker("wall", "material"))
    if not table.extra:
        withheld += [marker(place, "extra") for place in ("site", "top", "wall", "link", *KIND_OF)]
    if not table.waivers:
        withheld += ["MK-REASON-END", "MK-WAIVER-END"]
    if "owner_email" not in table.site:
        withheld.append("mk-email-end")
    assert [each for each in withheld if each in text] == [], audience


def test_what_was_read_is_there_for_whom_it_is_meant(variant: tuple[str, Pack], tmp_path: Path) -> None:
    audience, pack = variant
    table, text = redaction_for(audience), everything_in(pack, tmp_path)
    shown = {"firmware": "l10", "adapter_macs": "iq1"}  # the plan's own value stands before the other ones
    for key, node_id in shown.items():
        section = key != "adapter_macs" or "network" in table.report
        expected = key in table.read and KIND_OF[node_id] in table.kinds and section
        assert (marker(f"read{node_id}", key) in text) is expected, (audience, key)
    assert ("MK-REASON-END" in text) is table.waivers


def test_a_variant_is_a_pack_that_verifies_and_says_what_it_is(variant: tuple[str, Pack]) -> None:
    audience, pack = variant
    result = verify_pack_bytes(pack.data)
    assert result.ok, [str(each) for each in result.problems]
    assert result.manifest is not None
    assert result.manifest["audience"] == audience
    names = [row["name"] for row in result.manifest["files"]]
    assert names == ["VERIFY.txt", *redaction_for(audience).files]
    assert (f"-{audience}" in pack.name) is (audience != "owner")


def test_a_variant_is_made_although_lines_block(tmp_path: Path) -> None:
    with Project.create(tmp_path / "hotel.larry", finished_site()) as project:
        with pytest.raises(HandoverBlockedError):
            hand_over(project, tmp_path)
        made = hand_over(project, tmp_path, audience="support")
        assert "for the maker's support" in project.history()[0].label
    assert verify_pack_bytes(made.path.read_bytes()).ok


def _names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)} - STRUCTURE - {"x_m", "y_m", "z_m"}
