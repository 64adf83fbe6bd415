"""handover, verify, release as a person types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from larry.services.project import Project


def test_the_whole_way_of_a_pack(larry, finished: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = larry("handover", finished, "--out", out, "--by", "Installer A", "--json")
    assert ran.code == 0
    pack = Path(ran.json["pack"])
    assert pack.parent == out
    assert ran.json["draft"] is False
    checked = larry("verify", pack, "--json")
    assert checked.code == 0
    assert checked.json["verifies"] is True
    assert checked.json["sha256"] == ran.json["sha256"]
    assert "verifies" in larry("verify", pack).out


def test_an_open_error_is_1_and_names_it(larry, finished: Path, tmp_path: Path) -> None:
    with Project.open(finished) as project:
        project.record_observed("l10", {"online": False})
    out = tmp_path / "out"
    ran = larry("handover", finished, "--out", out, "--json")
    assert ran.code == 1
    assert ran.json["pack"] is None
    assert ran.json["checklist"]["blocks"] == ["locks-online"]
    assert not out.exists()
    people = larry("handover", finished, "--out", out)
    assert "Room 101" in people.out
    draft = larry("handover", finished, "--out", out, "--draft")
    assert draft.code == 0
    assert "draft" in draft.err
    assert "draft" in larry("verify", next(out.iterdir())).out


def test_a_changed_pack_is_1_no_pack_is_2_a_missing_one_3(larry, finished: Path, tmp_path: Path) -> None:
    pack = Path(larry("handover", finished, "--out", tmp_path / "out", "--json").json["pack"])
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 1
    changed = tmp_path / "changed.larrypack"
    changed.write_bytes(data)
    ran = larry("verify", changed, "--json")
    assert ran.code == 1
    assert ran.json["verifies"] is False
    assert ran.json["problems"][0]["file"] == "report.pdf"
    assert "report.pdf" in larry("verify", changed).out
    assert larry("verify", finished).code == 2
    assert larry("verify", tmp_path / "none.larrypack").code == 3


def test_the_number_the_installer_told_is_compared(larry, finished: Path, tmp_path: Path) -> None:
    made = larry("handover", finished, "--out", tmp_path / "out", "--json").json
    told = made["sha256"].upper()
    assert larry("verify", made["pack"], "--sha256", f"{told[:32]} {told[32:]}").code == 0
    ran = larry("verify", made["pack"], "--sha256", "0" * 64)
    assert ran.code == 1
    assert "not the one you were told" in ran.out


def test_release_needs_a_cloud_that_answers(larry, finished: Path) -> None:
    ran = larry("release", finished, "--cloud", "http://127.0.0.1:9", "--json")
    assert ran.code == 3
    assert ran.json["error"]["what"]
    with Project.open(finished) as project:
        assert not project.released


def test_release_of_an_unfinished_site_is_1(larry, tmp_path: Path) -> None:
    path = tmp_path / "empty.larry"
    larry("new", path, "--name", "Empty", "--owner-email", "o@example.com")
    assert larry("release", path, "--mark-only").code == 1


@pytest.mark.parametrize("arguments", [[], ["--cloud", "http://127.0.0.1:9", "--mark-only"]])
def test_release_wants_one_way(larry, finished: Path, arguments: list[str]) -> None:
    assert larry("release", finished, *arguments).code == 2


def test_a_foreign_cloud_needs_a_sign_in(larry, finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LARRY_CLOUD_TOKEN", raising=False)
    ran = larry("release", finished, "--cloud", "https://cloud.example.com")
    assert ran.code == 2
    assert "LARRY_CLOUD_TOKEN" in ran.err


def test_after_the_release_the_plan_is_read_only(larry, finished: Path, tmp_path: Path) -> None:
    assert larry("release", finished, "--mark-only").code == 0
    assert larry("show", finished, "--json").json["released"] is True
    doors = tmp_path / "doors.csv"
    doors.write_text("name\nNew room\n")
    ran = larry("import", finished, doors)
    assert ran.code == 1
    assert "released" in ran.err
    assert larry("handover", finished, "--out", tmp_path / "out").code == 0


def test_a_waiver_with_a_reason_unblocks_the_handover(larry, finished: Path, tmp_path: Path) -> None:
    with Project.open(finished) as project:
        project.record_observed("l10", {"online": False})
    assert larry("checklist", finished, "--json").code == 1
    assert larry("checklist", finished, "--waive", "locks-online", "--by", "A").code == 2
    reason = ("--reason", "door not hung yet", "--by", "Installer A")
    ran = larry("checklist", finished, "--waive", "locks-online", *reason, "--json")
    assert ran.code == 0
    assert ran.json["waived"] == ["locks-online"]
    made = larry("handover", finished, "--out", tmp_path / "out", "--json")
    assert made.code == 0
    assert "door not hung yet" in larry("checklist", finished).out
    assert larry("checklist", finished, "--withdraw", "locks-online").code == 1
    given = ("--responsible", "B", "--due", "2999-01-01", "--by", "A")
    assert "Hang door" in larry("checklist", finished, "--point", "Hang door", *given).out


def test_a_pack_is_signed_and_encrypted(
    larry, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert larry("handover", finished, "--out", out, "--sign").code == 2
    assert not out.exists()
    monkeypatch.setenv("LARRY_SIGNING_PASSPHRASE", "one two three")
    assert larry("handover", finished, "--out", out, "--passphrase").code == 2
    monkeypatch.setenv("LARRY_PACK_PASSPHRASE", "correct horse battery")
    made = larry(
        "handover", finished, "--out", out, "--by", "Installer A", "--sign", "--passphrase", "--json"
    )
    assert made.code == 0
    assert made.json["manifest"]["signed_by"]["name"] == "Installer A"
    checked = larry("verify", made.json["pack"], "--sha256", made.json["sha256"], "--json")
    assert checked.code == 0
    assert checked.json["encrypted"] is True
    assert checked.json["signatures"][0]["name"] == "Installer A"
    assert "Signed (Installer) by Installer A" in larry("verify", made.json["pack"]).out
    monkeypatch.setenv("LARRY_PACK_PASSPHRASE", "not that passphrase")
    assert larry("verify", made.json["pack"]).code == 1
    assert b"correct horse" not in finished.read_bytes()


def test_no_sign_never_asks(larry, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LARRY_SIGNING_PASSPHRASE", "one two three")
    made = larry("handover", finished, "--out", tmp_path / "out", "--no-sign", "--json")
    assert made.json["manifest"]["signed_by"] is None
    assert "not signed" in larry("verify", made.json["pack"]).out
