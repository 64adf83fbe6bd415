"""Two people, two folders, no network: handover, verify, accept, return, close."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

OWN = "Own-passphrase-42"
GIVEN = "given by the installer"


@pytest.fixture
def two_people(larry, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The installer's project with a signed pack, and the owner's folder with a copy of the pack."""
    return given_to_owner(larry, finished, tmp_path, monkeypatch)


@pytest.fixture
def two_people_and_a_passphrase(larry, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The same with an encrypted pack."""
    return given_to_owner(larry, finished, tmp_path, monkeypatch, "--passphrase")


def given_to_owner(larry, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *more: str):
    monkeypatch.setenv("LARRY_SIGNING_PASSPHRASE", "one two three")
    monkeypatch.setenv("LARRY_PACK_PASSPHRASE", GIVEN)
    monkeypatch.setenv("LARRY_OWNER_PASSPHRASE", OWN)
    how = ("--by", "Installer A", "--sign", "--json", *more)
    made = larry("handover", finished, "--out", tmp_path / "installer", *how)
    assert made.code == 0
    folder = tmp_path / "owner"
    folder.mkdir()
    return finished, Path(shutil.copy(made.json["pack"], folder)), made.json["sha256"]


def show(larry, project: Path) -> dict[str, object]:
    return larry("show", project, "--json").json["handover"]


def test_the_whole_way_between_two_people(
    larry, two_people_and_a_passphrase, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, pack, told = two_people_and_a_passphrase
    assert show(larry, project)["stage"] == "waiting"
    assert "the owner has not accepted" in larry("checklist", project).out
    assert larry("verify", pack, "--sha256", told).code == 0
    # The owner reads, and ticks a part: half done on both sides.
    looked = larry("accept", pack, "--json").json
    assert looked["state"] == "open"
    first = larry("accept", pack, "--tick", looked["missing"][0], "--tick", looked["missing"][1], "--json")
    assert (first.json["state"], len(first.json["ticked"])) == ("half-done", 2)
    early = larry("accept", pack, "--sign", "--by", "Owner B")
    assert early.code == 1
    assert "not ticked" in early.err
    half = Path(first.json["acceptance"])
    assert larry("close", project, half, "--json").json["stage"] == "half-done"
    assert show(larry, project)["ticked"] == 2
    assert "has ticked 2 of" in larry("show", project).out
    assert "Half done: the owner has ticked 2 of" in larry("checklist", project).out
    # The owner accepts, with a remark and a passphrase of their own.
    remark = ("--remark", "photos=please send them")
    done = larry("accept", pack, "--tick-all", *remark, "--sign", "--by", "Owner B", "--json")
    assert done.code == 0, done.err
    assert (done.json["state"], done.json["missing"]) == ("accepted", [])
    returned = Path(done.json["acceptance"])
    assert returned.stat().st_size < 60_000
    # The installer takes it in.
    closed = larry("close", project, returned, "--pack", pack, "--json")
    assert closed.code == 0, closed.err
    assert closed.json["stage"] == "closed"
    assert closed.json["report_checked"] is True
    assert closed.json["remarks"] == {"photos": "please send them"}
    assert show(larry, project)["accepted_by"] == "Owner B"
    assert "Owner B accepted the handover" in larry("checklist", project).out
    assert "Handover closed" in larry("show", project).out
    assert "accepted by Owner B" in larry("history", project).out
    # The owner's own copy opens with the owner's passphrase only, and holds both signatures.
    monkeypatch.setenv("LARRY_PACK_PASSPHRASE", OWN)
    copy = larry("verify", done.json["copy"], "--json")
    assert copy.code == 0, copy.out
    assert [each["name"] for each in copy.json["signatures"]] == ["Installer A", "Owner B"]
    assert copy.json["manifest"]["accepted_by"]["fingerprint"] == done.json["fingerprint"]
    monkeypatch.setenv("LARRY_PACK_PASSPHRASE", GIVEN)
    assert larry("verify", done.json["copy"]).code == 1


def accepted(larry, pack: Path) -> Path:
    done = larry("accept", pack, "--tick-all", "--sign", "--by", "Owner B", "--json")
    assert done.code == 0, done.err
    return Path(done.json["acceptance"])


def test_every_flipped_byte_of_an_acceptance_is_found(larry, two_people, tmp_path: Path) -> None:
    project, pack, _ = two_people
    data = accepted(larry, pack).read_bytes()
    changed = tmp_path / "changed.larryacceptance"
    places = random.Random(20261120).sample(range(len(data)), 150)
    for place in places:
        flipped = bytearray(data)
        flipped[place] ^= 1 << (place % 8)
        changed.write_bytes(flipped)
        assert larry("close", project, changed).code in (1, 2), place
    assert show(larry, project)["stage"] == "waiting"


@pytest.mark.parametrize("people", ["two_people", "two_people_and_a_passphrase"])
def test_flipped_bytes_of_the_pack_are_found_by_the_owner(
    larry, request: pytest.FixtureRequest, people: str
) -> None:
    _, pack, _ = request.getfixturevalue(people)
    data = pack.read_bytes()
    for place in (0, 30, 200, len(data) // 2, len(data) - 1):
        flipped = bytearray(data)
        flipped[place] ^= 1
        pack.write_bytes(flipped)
        ran = larry("accept", pack, "--tick-all")
        assert ran.code in (1, 2), place
        assert ran.err
    assert [path.name for path in pack.parent.iterdir()] == [pack.name]


def test_an_acceptance_of_another_pack_or_project_is_refused(
    larry, two_people, finished: Path, tmp_path: Path
) -> None:
    project, pack, _ = two_people
    returned = accepted(larry, pack)
    again = larry("handover", project, "--out", tmp_path / "again", "--no-sign", "--json")
    assert again.code == 0
    ran = larry("close", project, returned)
    assert ran.code == 1
    assert "another pack" in ran.err
    other = tmp_path / "other.larry"
    larry("new", other, "--name", "Other")
    assert larry("close", other, returned).code == 1
    assert larry("close", project, finished).code == 2
    assert larry("close", project, tmp_path / "none").code == 3


def test_a_forged_signature_is_refused(larry, two_people, tmp_path: Path) -> None:
    """Somebody ticks and signs nothing, but writes the file the way Larry does."""
    from dataclasses import replace

    from larry.handover.acceptance import read_acceptance

    project, pack, _ = two_people
    real = read_acceptance(accepted(larry, pack).read_bytes())
    forged = replace(real, remarks={"photos": "all is well"})
    path = tmp_path / "forged.larryacceptance"
    path.write_bytes(forged.to_bytes())
    ran = larry("close", project, path)
    assert ran.code == 1
    assert "signature does not fit" in ran.err


def test_a_counter_signature_that_does_not_fit_the_report_is_refused(
    larry, two_people, tmp_path: Path
) -> None:
    from dataclasses import replace
    from datetime import UTC, datetime

    from larry.handover.acceptance import read_acceptance
    from larry.handover.signing_key import make_signing_key

    project, pack, _ = two_people
    real = read_acceptance(accepted(larry, pack).read_bytes())
    other = replace(real, signature=b"").signed(make_signing_key("Owner B", datetime.now(UTC)))
    path = tmp_path / "other.larryacceptance"
    path.write_bytes(other.to_bytes())
    ran = larry("close", project, path, "--pack", pack)
    assert ran.code == 1
    assert "counter-signature" in ran.err


@pytest.mark.parametrize("weak", ["short-A1", "nouppercase-42", "NoDigitsAtAll-x", "NoSignAtAll4242"])
def test_a_weak_passphrase_of_the_owner_is_refused(
    larry, two_people, monkeypatch: pytest.MonkeyPatch, weak: str
) -> None:
    _, pack, _ = two_people
    monkeypatch.setenv("LARRY_OWNER_PASSPHRASE", weak)
    ran = larry("accept", pack, "--tick-all", "--sign", "--by", "Owner B")
    assert ran.code == 2
    assert "not strong enough" in ran.err


def test_an_accepted_pack_is_not_accepted_twice(larry, two_people) -> None:
    _, pack, _ = two_people
    accepted(larry, pack)
    assert larry("accept", pack, "--tick-all").code == 1
    assert larry("accept", pack, "--json").json["state"] == "accepted"
    assert larry("accept", pack, "--sign").code == 2


@pytest.mark.parametrize("how", [["--draft"], ["--variant", "it"]])
def test_a_draft_or_variant_cannot_be_accepted(larry, finished: Path, tmp_path: Path, how: list[str]) -> None:
    made = larry("handover", finished, "--out", tmp_path / "out", "--no-sign", *how, "--json")
    ran = larry("accept", made.json["pack"], "--tick-all")
    assert ran.code == 1


def test_pdfsig_sees_both_signatures_in_the_owners_copy(
    larry, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LARRY_SIGNING_PASSPHRASE", "one two three")
    monkeypatch.setenv("LARRY_OWNER_PASSPHRASE", OWN)
    made = larry("handover", finished, "--out", tmp_path, "--by", "Installer A", "--sign", "--json")
    done = larry("accept", made.json["pack"], "--tick-all", "--sign", "--by", "Owner B", "--json")
    folder = tmp_path / "copy"
    subprocess.run(["unzip", "-q", done.json["copy"], "-d", str(folder)], check=True)
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
    told = subprocess.run(["pdfsig", "report.pdf"], cwd=folder, capture_output=True, text=True, check=False)
    assert told.stdout.count("Signature is Valid") == 2
    assert re.findall(r"Certificate Common Name: (.+)", told.stdout) == ["Installer A", "Owner B"]
    document = json.loads(Path(done.json["acceptance"]).read_text())
    assert document["state"] == "accepted"
    assert OWN not in json.dumps(document)


@pytest.mark.parametrize("checklist", [b"{}", b"[]", b'{"lines": [7]}', b'{"lines": [{"key": "a"}]}', b"no"])
def test_a_hostile_pack_is_an_answer_not_a_crash(larry, two_people, checklist: bytes) -> None:
    from larry.handover.pack_manifest import file_entries, json_bytes, sums_text
    from larry.handover.read_zip import read_zip
    from larry.handover.stored_zip import write_stored_zip

    _, pack, _ = two_people
    files = {**read_zip(pack.read_bytes()).files, "checklist.json": checklist}
    manifest = {**json.loads(files.pop("manifest.json")), "site": 7}
    del files["SHA256SUMS"]
    ordered = {"manifest.json": json_bytes({**manifest, "files": file_entries(files)}), **files}
    pack.write_bytes(write_stored_zip({**ordered, "SHA256SUMS": sums_text(ordered)}))
    ran = larry("accept", pack, "--tick-all")
    assert ran.code == 2
    assert "no checklist" in ran.err
