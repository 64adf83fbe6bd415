"""Thousands of site files: what Larry finds is what an independent judge finds, no more and no less."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from judges.random_site_files import random_document, unreadable_document
from judges.rules_judge import CODES, Said, UnreadableError, judge, tree_order

from larry.domain.validation import validate
from larry.errors import InputError
from larry.services.project import Project
from larry.services.project_import import import_as_new
from larry.storage.catalogue_files import load_catalogue
from larry.storage.exchange_json import exchange_from_bytes

SEED = 20261120
IN_MEMORY, AS_PROJECTS, AS_PROGRAM, UNREADABLE = 3000, 150, 24, 400
NUMBERS = {
    **dict.fromkeys(
        ["locks-per-iq", "repeaters-per-iq", "repeater-depth", "repeater-branching"], ("count", "limit")
    ),
    **dict.fromkeys(["range-exceeded", "range-marginal"], ("distance_m", "limit_m")),
}


def comparable(findings: list[dict[str, Any]]) -> Counter[Said]:
    """Reduce findings to what contract.md fixes."""
    said = (
        Said(
            finding["code"],
            finding["severity"],
            finding["node"],
            tuple((name, finding["numbers"][name]) for name in NUMBERS.get(finding["code"], ())),
        )
        for finding in findings
        if finding["code"] in CODES
    )
    return Counter(said)


def assert_same(document: dict[str, Any], findings: list[dict[str, Any]], profile: str, number: int) -> None:
    expected, found = judge(document, profile), comparable(findings)
    difference = f"only Larry {found - expected}, only the judge {expected - found}"
    assert found == expected, f"file {number} of seed {SEED}: {difference}\n{json.dumps(document)}"
    assert_sorted(document, findings)


def assert_sorted(document: dict[str, Any], findings: list[dict[str, Any]]) -> None:
    rank = {severity: place for place, severity in enumerate(("error", "warning", "info"))}
    place = {node: index for index, node in enumerate(tree_order(document))}
    keys = [(rank[f["severity"]], place[f["node"]]) for f in findings if f["node"] is not None]
    assert keys == sorted(keys)
    severities = [rank[f["severity"]] for f in findings]
    assert severities == sorted(severities)


def raw(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


@pytest.mark.parametrize("profile", ["default", "strict"])
def test_in_memory(profile: str) -> None:
    rng = random.Random(f"{SEED} {profile}")
    catalogue = load_catalogue(profile)
    met: Counter[str] = Counter()
    for number in range(IN_MEMORY // 2):
        document = random_document(rng)
        site = exchange_from_bytes(raw(document)).site
        findings = [finding.to_json() for finding in validate(site, catalogue)]
        assert_same(document, findings, profile, number)
        met.update(finding["code"] for finding in findings)
    # A test that never meets a rule proves nothing about it.
    assert CODES - set(met) == set(), met


def test_through_project_files(tmp_path: Path) -> None:
    rng = random.Random(f"{SEED} projects")
    for number in range(AS_PROJECTS):
        document = random_document(rng)
        source = tmp_path / f"{number}.json"
        source.write_bytes(raw(document))
        path = tmp_path / f"{number}.larry"
        project, _ = import_as_new(path, source, Project.create)
        project.close()
        with Project.open(path, read_only=True) as again:
            assert_same(document, [finding.to_json() for finding in again.findings()], "default", number)
        path.unlink()


def larry(*arguments: object) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "larry", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_through_the_program(tmp_path: Path) -> None:
    rng = random.Random(f"{SEED} program")
    for number in range(AS_PROGRAM):
        document = random_document(rng)
        source, path = tmp_path / f"{number}.json", tmp_path / f"{number}.larry"
        source.write_bytes(raw(document))
        code, _, told = larry("import", path, source)
        assert code == 0, told
        profile = rng.choice(("default", "strict"))
        code, out, _ = larry("validate", path, "--profile", profile, "--json")
        findings = json.loads(out)
        assert_same(document, findings, profile, number)
        assert code == int(any(finding["severity"] == "error" for finding in findings))


def test_unreadable_files_are_refused_with_the_ids() -> None:
    rng = random.Random(f"{SEED} unreadable")
    for number in range(UNREADABLE):
        document = unreadable_document(rng)
        with pytest.raises(UnreadableError) as expected:
            judge(document)
        with pytest.raises(InputError) as told:
            exchange_from_bytes(raw(document))
        assert told.value.exit_code == 2
        missing = [node_id for node_id in expected.value.ids if node_id not in str(told.value)]
        assert missing == [], f"file {number}: {missing} not named in {told.value}"


def test_an_unreadable_file_through_the_program(tmp_path: Path) -> None:
    rng = random.Random(f"{SEED} refused")
    for number in range(6):
        source, path = tmp_path / f"{number}.json", tmp_path / f"{number}.larry"
        document = unreadable_document(rng)
        source.write_bytes(raw(document))
        with pytest.raises(UnreadableError) as expected:
            judge(document)
        code, _, told = larry("import", path, source)
        assert code == 2
        assert all(node_id in told for node_id in expected.value.ids)
        assert not path.exists()


def test_spoilt_bytes_are_refused_or_read_but_never_break() -> None:
    rng = random.Random(f"{SEED} spoilt")
    refused = 0
    for _ in range(600):
        data = bytearray(raw(random_document(rng)))
        for _ in range(rng.randrange(1, 4)):
            start = rng.randrange(len(data))
            data[start : start + rng.randrange(0, 4)] = rng.choice(
                (b"", b"null", b'"', b"{", b"-1e999", b"\xff", b"[]")
            )
        try:
            site = exchange_from_bytes(bytes(data)).site
        except InputError:
            refused += 1
        else:
            validate(site, load_catalogue())
    assert 100 < refused < 600


def test_the_judge_can_say_no() -> None:
    """The judge itself: a small file whose findings were written down by hand."""
    document = {
        "site": {"name": "x", "owner_email": "o@example.com", "time_zone": "Europe/Vienna"},
        "floors": [{"id": "f0", "level": 0}, {"id": "f1", "level": 1}],
        "nodes": [
            {"id": "iq", "kind": "iq", "name": "A", "floor": "f0", "x_m": 0, "y_m": 0},
            {"id": "r", "kind": "repeater", "name": "B", "floor": "f1", "x_m": 4, "y_m": 0, "parent": "iq"},
            {"id": "l", "kind": "lock", "name": "C", "floor": "f0", "x_m": 0, "y_m": 10.5, "parent": "iq"},
        ],
    }
    assert judge(document) == Counter(
        [
            Said("direct-lock-beside-repeater", "warning", "l"),
            Said("range-exceeded", "error", "l", (("distance_m", 10.5), ("limit_m", 10))),
        ]
    )
    assert ("direct-lock-beside-repeater", "error") in {
        (s.code, s.severity) for s in judge(document, "strict")
    }
