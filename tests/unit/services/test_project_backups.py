"""Dated backups: when they are made, that they are whole, and which are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from larry.domain.edits import SetSite
from larry.domain.hardware import SiteInfo
from larry.domain.site import Site
from larry.services.project import Project
from larry.storage.backups import DAYS, MONTHS, NEWEST, BackupFolder


class SetClock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


def opened(tmp_path: Path, clock: SetClock) -> Project:
    path = tmp_path / "stick" / "a.larry"
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        return Project.open(path, now=clock, backup_root=tmp_path / "backups")
    return Project.create(path, Site(SiteInfo("Adler")), now=clock, backup_root=tmp_path / "backups")


def test_closing_after_a_change_makes_one_backup(tmp_path: Path, clock: SetClock) -> None:
    project = opened(tmp_path, clock)
    project.do(SetSite("name", "B"), "Rename")
    project.close()
    project.close()
    assert [path.name for path in project.backups()] == ["2026-11-20 120000.larry"]
    with Project.open(project.backups()[0]) as backup:
        assert backup.site.info.name == "B"
        assert backup.history_changed_at(all_rows=True) is None
    with opened(tmp_path, clock) as again:
        pass
    assert len(again.backups()) == 1, "nothing changed, nothing to back up"


def test_half_an_hour_of_work_makes_one(tmp_path: Path, clock: SetClock) -> None:
    with opened(tmp_path, clock) as project:
        project.do(SetSite("name", "B"), "Rename")
        project.checkpoint()
        assert project.backups() == []
        clock.at += timedelta(minutes=31)
        project.checkpoint()
        assert len(project.backups()) == 1
        project.checkpoint()
        assert len(project.backups()) == 1


def test_a_clock_set_back_does_not_stop_backups(tmp_path: Path, clock: SetClock) -> None:
    with opened(tmp_path, clock) as project:
        project.do(SetSite("name", "B"), "Rename")
        clock.at -= timedelta(days=400)
        project.checkpoint()
        assert len(project.backups()) == 1


def test_a_folder_that_cannot_be_made_does_not_stop_the_work(tmp_path: Path, clock: SetClock) -> None:
    (tmp_path / "backups").write_text("a file where the folder should be")
    project = opened(tmp_path, clock)
    project.do(SetSite("name", "B"), "Rename")
    project.close()
    with opened(tmp_path, clock) as again:
        assert again.site.info.name == "B"


def test_the_newest_and_the_last_of_days_and_months_are_kept(tmp_path: Path) -> None:
    folder = BackupFolder(tmp_path, "project")
    at = datetime(2026, 11, 20, 18, tzinfo=UTC)
    for hours in range(0, 24 * 900, 6):
        folder.next_name(at - timedelta(hours=hours)).touch()
    (folder.path / "mine.txt").touch()
    newest = folder.all()[:NEWEST]
    folder.prune()
    kept = folder.all()
    assert kept[:NEWEST] == newest
    assert len({path.name[:10] for path in kept[: NEWEST + DAYS]}) >= DAYS
    assert len({path.name[:7] for path in kept}) == MONTHS
    assert len(kept) <= NEWEST + DAYS + MONTHS
    assert (folder.path / "mine.txt").exists()


def test_two_in_one_second_get_two_names(tmp_path: Path, clock: SetClock) -> None:
    folder = BackupFolder(tmp_path, "../../outside")
    assert folder.path.parent == tmp_path
    folder.next_name(clock.at).touch()
    assert folder.next_name(clock.at).name == "2026-11-20 120000 2.larry"
