"""Making a pack of a project: blocked, made, never overwritten, and nothing half written."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from finished_site import finished_site, observed_by

from larry.domain.edits import SetSite
from larry.errors import FileUnreachableError
from larry.handover.verify_pack import verify_pack
from larry.services.hand_over import HandoverBlockedError, hand_over
from larry.services.project import Project
from larry.storage.whole_write import write_whole

SECRET_CODE, SECRET_PASSWORD = "PLANTED-ACTIVATION-4711", "planted wifi password 0815"


def now() -> datetime:
    return datetime(2026, 11, 20, 14, 30, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path):
    """The finished hotel as a project, with secrets in it."""
    site = finished_site()
    with Project.create(tmp_path / "hotel.larry", site, now=now, passphrase=lambda: "correct horse") as made:
        for node in list(site.walk()):
            made.record_observed(node.id, observed_by(node))
        made.secrets.set("iq1", "activation_code", SECRET_CODE)
        made.secrets.set("site", "wifi_password", SECRET_PASSWORD)
        yield made


def test_a_finished_project_is_handed_over(project: Project, tmp_path: Path) -> None:
    result = hand_over(project, tmp_path / "new" / "folder", made_by="Installer A", now=now)
    assert result.path.name == "Hotel-Adler-20261120.larrypack"
    assert [each.name for each in result.path.parent.iterdir()] == [result.path.name]
    checked = verify_pack(result.path)
    assert checked.ok
    assert checked.manifest is not None
    assert checked.manifest["project_uuid"] == project.project_id
    assert project.history()[0].label.endswith(f"SHA-256 {result.pack.sha256}")


def test_errors_block_and_leave_nothing(project: Project, tmp_path: Path) -> None:
    project.record_observed("l10", {"online": False})
    out = tmp_path / "out"
    with pytest.raises(HandoverBlockedError) as told:
        hand_over(project, out, now=now)
    assert told.value.exit_code == 1
    assert "Room 101" in told.value.why
    assert [line.key for line in told.value.checklist.errors] == ["locks-online"]
    assert not out.exists()


def test_a_draft_is_made_in_spite_of_errors(project: Project, tmp_path: Path) -> None:
    project.record_observed("l10", {"online": False})
    result = hand_over(project, tmp_path, draft=True, now=now)
    assert "draft" in result.path.name
    checked = verify_pack(result.path)
    assert checked.ok
    assert checked.manifest is not None
    assert checked.manifest["checklist"]["blocks"] == ["locks-online"]


def test_an_older_pack_is_never_overwritten(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = hand_over(project, out, now=now)
    before = first.path.read_bytes()
    project.do(SetSite("address", "Elsewhere 1"), "Set address")
    second = hand_over(project, out, now=now)
    assert second.path.name == "Hotel-Adler-20261120-2.larrypack"
    assert first.path.read_bytes() == before
    assert second.path.read_bytes() != before


def test_the_same_project_gives_the_same_pack(project: Project, tmp_path: Path) -> None:
    one = hand_over(project, tmp_path / "a", now=now)
    two = hand_over(project, tmp_path / "b", now=now)
    assert one.path.read_bytes() == two.path.read_bytes()


def test_no_secret_is_in_the_pack(project: Project, tmp_path: Path) -> None:
    result = hand_over(project, tmp_path / "out", now=now)
    with zipfile.ZipFile(result.path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert SECRET_CODE.encode() not in content
            assert SECRET_PASSWORD.encode() not in content


def test_a_write_that_fails_leaves_no_file(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"

    def full_disk(path: Path, data: bytes) -> None:
        monkeypatch.setattr("os.fsync", _no_space)
        write_whole(path, data)

    monkeypatch.setattr("larry.services.hand_over.write_whole", full_disk)
    with pytest.raises(FileUnreachableError):
        hand_over(project, out, now=now)
    assert list(out.iterdir()) == []


def _no_space(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_folder_that_is_a_file_is_told(project: Project, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(FileUnreachableError):
        hand_over(project, tmp_path / "taken", now=now)


def test_after_the_release_a_pack_can_still_be_made(project: Project, tmp_path: Path) -> None:
    project.mark_released()
    assert verify_pack(hand_over(project, tmp_path / "out", now=now).path).ok
