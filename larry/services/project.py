"""The open project: site, findings, undo, device records, jobs and secrets over one file."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from larry.domain.catalogue import Catalogue
from larry.domain.edits import Edit
from larry.domain.finding import Finding
from larry.domain.hardware import Json
from larry.domain.records import DeviceRecord, Reading
from larry.domain.site import Site
from larry.domain.validation import Validator
from larry.errors import InputError, ReadOnlySiteError
from larry.services.project_backups import ProjectBackups
from larry.services.project_change import Change
from larry.services.project_copy import write_copy
from larry.storage.catalogue_files import load_catalogue
from larry.storage.data_key import KeyStore, Passphrase
from larry.storage.job_store import JobStore
from larry.storage.meta_rows import RELEASED_AT
from larry.storage.op_log import HistoryEntry, OpStamp
from larry.storage.project_file import Clock, KeyWays, ProjectFile, system_clock, time_text
from larry.storage.record_rows import RecordState
from larry.storage.secret_store import SecretStore

_log = logging.getLogger(__name__)
INSTALLER = "Installer"  # no personal data unless the installer's own setting says a name
_SAME_READING = timedelta(seconds=60)  # an unchanged reading is written again only after this


class Project:
    """An open project; belongs to one thread. Every call that returns has saved its change.

    Use it as a context manager, or call `close()`.
    """

    def __init__(
        self,
        file: ProjectFile,
        *,
        who: str = INSTALLER,
        now: Clock = system_clock,
        backup_root: Path | None = None,
    ) -> None:
        self._file = file
        self._who = who
        self._now = now
        self._backups = ProjectBackups(file, backup_root, now) if backup_root else None
        self._subscribers: list[Callable[[Change], None]] = []
        self._profile = file.site.info.profile
        self._catalogue = _catalogue(self._profile)
        self._validator: Validator | None = None
        self._closed = False

    @classmethod
    def create(
        cls,
        path: Path,
        site: Site,
        *,
        who: str = INSTALLER,
        now: Clock = system_clock,
        passphrase: Passphrase | None = None,
        key_store: KeyStore | None = None,
        backup_root: Path | None = None,
    ) -> Project:
        """Make a new project file and open it.

        Args:
            path: a file that does not exist yet.
            who: the name written into the history.
            now: the clock of the history and of the readings.
            passphrase: asked at most once per session, when a secret is needed and no keyring helps.
            key_store: the keyring of the system, None when it has none.
            backup_root: where dated backups go, in a folder for each project; None: no backups.

        Raises:
            ProjectFileError, InputError: see `ProjectFile.create`.
        """
        keys = KeyWays(key_store, passphrase)
        file = ProjectFile.create(path, site, now=now, keys=keys)
        return cls(file, who=who, now=now, backup_root=backup_root)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        who: str = INSTALLER,
        now: Clock = system_clock,
        passphrase: Passphrase | None = None,
        key_store: KeyStore | None = None,
        read_only: bool = False,
        backup_root: Path | None = None,
    ) -> Project:
        """Open a project file after its full check; the arguments are those of `create`.

        Raises:
            ProjectFileError: see `ProjectFile.open`.
        """
        keys = KeyWays(key_store, passphrase)
        file = ProjectFile.open(path, read_only=read_only, keys=keys)
        return cls(file, who=who, now=now, backup_root=backup_root)

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- reading ----------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    @property
    def read_only(self) -> bool:
        """True when the file was opened for reading, or cannot be written."""
        return self._file.read_only

    @property
    def project_id(self) -> str:
        """The id of this project and all its copies (a UUID)."""
        return self._file.project_id

    @property
    def who(self) -> str:
        """The name that is written beside what is done; `INSTALLER` when nobody gave one."""
        return self._who

    @who.setter
    def who(self, name: str) -> None:
        self._who = name or INSTALLER

    @property
    def site(self) -> Site:
        """The site as planned; change it only by `do`."""
        return self._file.site

    @property
    def catalogue(self) -> Catalogue:
        """Rules and models of the site's profile."""
        return self._catalogue

    @property
    def records(self) -> Mapping[str, DeviceRecord]:
        """What was written to and read from the devices, by node id."""
        return self._file.records

    @property
    def secrets(self) -> SecretStore:
        """The sealed secrets."""
        return self._file.secrets

    @property
    def jobs(self) -> JobStore:
        """State of jobs and steps."""
        return self._file.jobs

    def findings(self) -> list[Finding]:
        """Return all findings, sorted by severity, then tree order; only what changed is checked again."""
        if self._validator is None:
            self._validator = Validator(self.site, self._catalogue, self._file.records)
        return self._validator.findings()

    # --- the plan ---------------------------------------------------------------------

    def do(self, edit: Edit, label: str, source: str = "hand") -> Change:
        """Carry out an edit as one undoable step; it is on the disk when this returns.

        Raises:
            InputError: the edit does not fit the site.
            ReadOnlySiteError: the site was released.
            FileUnreachableError: it could not be saved; nothing was changed.
        """
        self._require_not_released()
        number = self._file.apply(edit, self._stamp(label, source))
        return self._tell(Change(edit.touched(), label, source, "edit", edit, number))

    def undo(self) -> Change | None:
        """Take back the last edit, or return None when there is none; the errors of `do`."""
        self._require_not_released()
        edit, label = self._file.ops.undoable(), self.undo_label
        if edit is None or label is None:
            return None
        number = self._file.undo(self._stamp(label, "hand"))
        return self._tell(Change(edit.touched(), label, "hand", "undo", edit, number))

    def redo(self) -> Change | None:
        """Do again what was undone last, or return None; the errors of `do`."""
        self._require_not_released()
        edit, label = self._file.ops.redoable(), self.redo_label
        if edit is None or label is None:
            return None
        number = self._file.redo(self._stamp(label, "hand"))
        return self._tell(Change(edit.touched(), label, "hand", "redo", edit, number))

    @property
    def undo_label(self) -> str | None:
        """Name of the edit `undo` would take back, or None."""
        return self._file.ops.undo_label

    @property
    def redo_label(self) -> str | None:
        """Name of the edit `redo` would do again, or None."""
        return self._file.ops.redo_label

    def history(self, limit: int | None = None, search: str = "") -> list[HistoryEntry]:
        """Return what happened, newest first.

        Args:
            limit: at most so many entries.
            search: only entries whose label, person, source or device ids hold this text.
        """
        words = search.casefold()
        found = (entry for entry in self._file.ops.history() if words in _text(entry))
        return list(islice(found, limit))

    def iter_history(self) -> Iterator[HistoryEntry]:
        """Yield what happened, newest first, read as it is asked for; change nothing meanwhile."""
        return self._file.ops.history()

    def notices(self) -> list[str]:
        """Return what a person should know about this file though it opens: sentences, usually none."""
        return self._file.notices()

    def conflicts(self) -> list[Json]:
        """Return what joined copies decided differently and nobody settled; see `Conflict`."""
        return list(self._file.conflicts().values())

    def drop_conflict(self, key: str) -> None:
        """Forget an open question; `settle_conflict` is what a person uses."""
        self._file.drop_conflict(key)

    def history_changed_at(self, *, all_rows: bool = False) -> int | None:
        """Return the number of the first entry that another program changed, or None; see `ProjectFile`."""
        return self._file.history_changed_at(all_rows=all_rows)

    def note(self, label: str, source: str = "device", touched: frozenset[str] = frozenset()) -> Change:
        """Write into the history something that is no edit, such as a pack that was made."""
        number = self._file.note(self._stamp(label, source), touched)
        return self._tell(Change(touched, label, source, "note", None, number))

    # --- the devices ------------------------------------------------------------------

    def record_written(self, node_id: str, values: Mapping[str, Any]) -> None:
        """Remember what was sent to a device."""
        self._record(node_id, "written", values)

    def record_observed(self, node_id: str, values: Mapping[str, Any]) -> None:
        """Remember what was read from a device; an unchanged value is written once a minute at most."""
        self._record(node_id, "observed", values)

    def forget_record(self, node_id: str, *keys: str) -> None:
        """Forget readings of a device, for instance after it was exchanged."""
        self._file.record_rows.forget(node_id, keys)
        record = self._file.records.get(node_id, DeviceRecord())
        for key in keys:
            record.written.pop(key, None)
            record.observed.pop(key, None)
        self._tell_record(node_id)

    def cloud_id(self, owner: str) -> str | None:
        """Return the cloud's id of the site ("site") or of a node, or None."""
        return self._file.meta.cloud_id(owner)

    def set_cloud_id(self, owner: str, cloud_id: str | None) -> None:
        """Remember the cloud's id, or (None) forget it."""
        self._file.meta.set_cloud_id(owner, cloud_id)

    def _record(self, node_id: str, state: RecordState, values: Mapping[str, Any]) -> None:
        at = self._now()
        record = self._file.records.get(node_id, DeviceRecord())
        readings: dict[str, Reading] = getattr(record, state)
        news = {key: value for key, value in values.items() if _is_news(readings.get(key), value, at)}
        if not news:
            return
        self._file.record_rows.write(node_id, state, news, time_text(at))
        self._file.records[node_id] = record
        readings.update({key: Reading(value, time_text(at)) for key, value in news.items()})
        self._tell_record(node_id)

    def _tell_record(self, node_id: str) -> None:
        if self._validator is not None:
            self._validator.touch([node_id])
        self._tell(Change(frozenset({node_id}), "", "device", "record"))

    # --- release ----------------------------------------------------------------------

    @property
    def released(self) -> bool:
        """True when the site belongs to its owner: the plan can be read, not changed."""
        return self._file.meta.get(RELEASED_AT) is not None

    def mark_released(self) -> Change:
        """Remember that the site was released; from now on `do`, `undo` and `redo` refuse.

        Records, jobs and notes are still kept: they tell what happened, they plan nothing.
        """
        stamp = self._stamp("Site released to its owner", "hand")
        number = self._file.note(stamp, frozenset(), {RELEASED_AT: stamp.at})
        return self._tell(Change(frozenset(), stamp.label, "hand", "note", None, number))

    def _require_not_released(self) -> None:
        if self.released:
            raise ReadOnlySiteError(
                f"{self.site.info.name or 'The site'} was released to its owner.",
                why="Since then the installer may read the plan, not change it.",
                remedy="Ask the owner for installer access.",
            )

    # --- listening and closing --------------------------------------------------------

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call back after each saved change; the return value ends that."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def checkpoint(self) -> None:
        """Make the file whole by itself; call it about a second after the last change."""
        self._file.checkpoint()
        if self._backups is not None:
            self._backups.make_when_due()

    def send_copy(self, target: Path) -> list[str]:
        """Write one whole file to give away or to go on with elsewhere; see `write_copy`.

        Returns:
            What the copy lacks, as sentences; usually none.
        """
        return write_copy(self._file, target, self._now)

    def backups(self) -> list[Path]:
        """Return the dated backups of this project on this computer, newest first."""
        return self._backups.all() if self._backups else []

    def close(self) -> None:
        """Close the file; may be called twice."""
        if self._validator is not None:
            self._validator.close()
            self._validator = None
        if self._backups is not None and not self._closed:
            self._backups.make()
        self._closed = True
        self._file.close()

    def _tell(self, change: Change) -> Change:
        if self._backups is not None:
            self._backups.changed()
        if self.site.info.profile != self._profile:
            self._change_profile()
        for callback in list(self._subscribers):
            try:
                callback(change)
            except Exception:  # the change is saved: a view that fails must not make it look refused
                _log.exception("A listener failed after “%s”", change.label)
        return change

    def _change_profile(self) -> None:
        self._profile = self.site.info.profile
        self._catalogue = _catalogue(self._profile)
        if self._validator is not None:
            self._validator.close()
            self._validator = None

    def _stamp(self, label: str, source: str) -> OpStamp:
        return OpStamp(time_text(self._now()), self._who, source, label)


def _catalogue(profile: str) -> Catalogue:
    try:
        return load_catalogue(profile)
    except InputError:
        _log.warning("Rule profile %r is not known; the default rules apply.", profile)
        return load_catalogue()


def _is_news(known: Reading | None, value: Any, at: datetime) -> bool:
    if known is None or known.value != value:
        return True
    return not timedelta(0) <= at - datetime.fromisoformat(known.at) < _SAME_READING


def _text(entry: HistoryEntry) -> str:
    return " ".join((entry.label, entry.who, entry.source, *entry.touched)).casefold()
