"""One site in one file: open, change in transactions, close (design.md 5)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from larry import __version__
from larry.domain.edits import Edit
from larry.domain.hardware import Json
from larry.domain.records import DeviceRecord
from larry.domain.site import Site, SiteStructureError
from larry.errors import InputError, LarryError, ProjectFileError
from larry.storage.change_tracker import ChangeTracker
from larry.storage.data_key import DataKey, KeyStore, Passphrase
from larry.storage.database import Database
from larry.storage.file_check import check_content, check_exists, check_header
from larry.storage.file_place import copied_while_open, require_in_place
from larry.storage.job_store import JobStore
from larry.storage.joined_file import read_conflicts
from larry.storage.medium import is_unwritable
from larry.storage.meta_rows import PROJECT_ID, MetaRows
from larry.storage.op_chain import TAIL, OpChain
from larry.storage.op_log import OpLog, OpStamp
from larry.storage.open_files import FileIdentity, claim, give_back
from larry.storage.record_rows import RecordRows
from larry.storage.secret_store import SecretStore
from larry.storage.side_rows import SideRows, read_side_rows
from larry.storage.site_rows import SiteRows
from larry.storage.sqlite_problems import in_plain_words
from larry.storage.whole_copy import write_whole_copy
from larry.storage.whole_write import sync_folder

Clock = Callable[[], datetime]
Step = Literal["edit", "undo", "redo"]


def system_clock() -> datetime:
    """Return the time of this computer."""
    return datetime.now(UTC)


def time_text(moment: datetime) -> str:
    """Return a moment as ISO 8601 in UTC with milliseconds, as all times in the file are."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class KeyWays:
    """How the secrets may be opened: a keyring of the system, and somebody who can be asked."""

    key_store: KeyStore | None = None
    passphrase: Passphrase | None = None


class ProjectFile:
    """An open project file: the site in memory equals the rows on the disk after every call.

    Belongs to one thread. Close it: only then is it one single file again.
    """

    def __init__(self, database: Database, site_rows: SiteRows, site: Site, keys: KeyWays) -> None:
        self.site = site
        self.path = database.path
        self._database = database
        self._site_rows = site_rows
        self._tracker = ChangeTracker()
        self.record_rows = RecordRows(database)
        self.records: dict[str, DeviceRecord] = self.record_rows.load()
        self.jobs = JobStore(database)
        self.meta = MetaRows(database)
        self.project_id = self.meta.get(PROJECT_ID) or ""
        self.chain = OpChain(database, self.project_id)
        self.ops = OpLog(database, self.chain)
        key = DataKey(database, self.project_id, keys.key_store, keys.passphrase)
        self.secrets = SecretStore(database, self.project_id, key)
        site.add_listener(self._tracker)
        self._equal = True  # the site in memory equals the rows
        self._identity: FileIdentity | None = None
        self._copied_while_open = False

    @property
    def read_only(self) -> bool:
        """True when the file was opened for reading, or cannot be written."""
        return self._database.read_only

    def history_changed_at(self, *, all_rows: bool = False) -> int | None:
        """Return the number of the first log row that was changed by another program, or None.

        Args:
            all_rows: check the whole log; otherwise only its end, in a time that does not grow.

        Raises:
            DamagedFileError: the log cannot be read.
        """
        return self.chain.changed_at(self.ops.last, None if all_rows else TAIL)

    def notices(self) -> list[str]:
        """Return what a person should know about this file though it opens: sentences, usually none."""
        sentences = []
        if self._copied_while_open:
            sentences.append(
                f"{self.path.name} was copied while another Larry worked with it: the last changes made there"
                " may be missing. Ask for a copy made with “Send a copy”."
            )
        changed = self.history_changed_at()
        if changed is not None:
            sentences.append(
                f"The history of {self.path.name} was changed by another program: from entry {changed} on it"
                " is no proof of who did what. The plan itself checks."
            )
        return sentences

    def positions(self) -> tuple[dict[str, int], dict[str, int]]:
        """Return the stored positions of nodes and of floors, by id."""
        nodes = self._database.rows("SELECT id, position FROM node")
        return dict(nodes), dict(self._database.rows("SELECT id, position FROM floor"))

    def side_rows(self) -> SideRows:
        """Return what stands beside plan and history, for a join."""
        return read_side_rows(self._database)

    def conflicts(self) -> dict[str, Json]:
        """Return what joined copies decided differently and nobody settled, by key."""
        return read_conflicts(self._database)

    def drop_conflict(self, key: str) -> None:
        """Forget an open question: it was settled."""
        self.require_in_place()
        with self._database.transaction():
            self._database.write("DELETE FROM conflict WHERE key = ?", (key,))

    def require_in_place(self) -> None:
        """Refuse to change a file opened for reading, or one that is no longer under its name.

        Raises:
            FileUnreachableError: with the remedy.
        """
        self._database.require_writable()
        require_in_place(self.path, self._identity)

    def copy_to(self, target: Path) -> None:
        """Write everything into one whole new file; see `write_whole_copy` for the errors."""
        write_whole_copy(self._database, target)

    # --- opening ----------------------------------------------------------------------

    @classmethod
    def create(
        cls, path: Path, site: Site, *, now: Clock = system_clock, keys: KeyWays | None = None
    ) -> ProjectFile:
        """Make a new file holding a site, and open it. It appears whole or not at all.

        Raises:
            InputError: a file of that name exists.
            FileUnreachableError: the folder is missing, full or read-only.
        """
        if path.exists():
            raise InputError(
                f"{path.name} exists already.", remedy="Choose another name, or open it and import into it."
            )
        draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.new")
        try:
            with in_plain_words(path):
                draft.touch(exist_ok=False)
            _fill(draft, site, time_text(now()))
            with in_plain_words(path):
                draft.rename(path)
                sync_folder(path.parent)
        except BaseException:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
        return cls.open(path, keys=keys)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, keys: KeyWays | None = None) -> ProjectFile:
        """Open a file after the full check; on a read-only medium it opens for reading.

        Args:
            read_only: only look at it; several may do so at once, but none while another one edits.

        Raises:
            ForeignFileError, NewerFileError, DamagedFileError: see `check_header`, `check_content`.
            FileUnreachableError: missing, not readable, or open in another Larry.
        """
        check_exists(path)
        identity = claim(path)
        try:
            check_header(path)
            with in_plain_words(path):
                copied = copied_while_open(path)  # before SQLite makes a log of its own
            immutable = is_unwritable(path)
            database = Database(path, immutable=immutable)
            database.read_only = read_only or immutable
            try:
                check_content(database)
                site_rows = SiteRows(database)
                file = cls(database, site_rows, site_rows.load(), keys or KeyWays())
                if not database.read_only:
                    database.start_editing()  # the first change of the file: only now it is known to be whole
            except BaseException:
                database.abandon()
                raise
        except BaseException:
            give_back(identity)
            raise
        file._identity = identity
        file._copied_while_open = copied
        return file

    # --- changing ---------------------------------------------------------------------

    def apply(self, edit: Edit, stamp: OpStamp) -> int:
        """Carry out an edit and log it, in one transaction; return its number.

        Raises:
            InputError: the edit does not fit the site; nothing was changed.
            FileUnreachableError: it could not be saved; nothing was changed.
        """
        return self._commit("edit", edit, stamp)

    def undo(self, stamp: OpStamp) -> int:
        """Take back the edit `ops.undoable()` would; the caller made sure that there is one."""
        edit = self.ops.undoable()
        assert edit is not None
        return self._commit("undo", edit, stamp)

    def redo(self, stamp: OpStamp) -> int:
        """Do again what was undone last; the caller made sure that there is something."""
        edit = self.ops.redoable()
        assert edit is not None
        return self._commit("redo", edit, stamp)

    def note(self, stamp: OpStamp, touched: frozenset[str], meta: dict[str, str] | None = None) -> int:
        """Log something that happened, with facts about the file, in one transaction."""
        self.require_in_place()
        with self._database.transaction():
            for key, value in (meta or {}).items():
                self.meta.set(key, value)
            number = self.ops.append_note(stamp, touched)
        self.ops.committed()
        return number

    def _commit(self, step: Step, edit: Edit, stamp: OpStamp) -> int:
        self.require_in_place()
        self._tracker.clear()
        self._require_equal()
        self._equal = False  # whatever stops the work half-way leaves it so
        try:
            inverse = edit.apply(self.site)
        except SiteStructureError as error:
            self._equal = True
            raise InputError(f"“{stamp.label}” is not possible.", why=str(error)) from error
        try:
            with self._database.transaction():
                saved = self._site_rows.write(self.site, self._tracker)
                number = self._log(step, (edit, inverse), stamp, saved.places)
        except LarryError:
            inverse.apply(self.site)
            self._equal = True
            raise
        saved.committed()
        self.ops.committed()
        self._equal = True
        return number

    def _require_equal(self) -> None:
        if not self._equal:
            raise ProjectFileError(
                f"{self.path.name} has to be opened again.",
                why="A change stopped half-way: the file is whole, but what is shown may differ from it.",
                remedy="Close the project and open it.",
            )

    def _log(self, step: Step, edits: tuple[Edit, Edit], stamp: OpStamp, places: str | None) -> int:
        if step == "edit":
            return self.ops.append_edit(stamp, *edits, places)
        if step == "undo":
            return self.ops.append_undo(stamp, edits[0].touched(), places)
        return self.ops.append_redo(stamp, edits[0].touched(), places)

    # --- resting ----------------------------------------------------------------------

    def checkpoint(self) -> None:
        """Make the main file whole by itself; call it about a second after the last change."""
        self._database.checkpoint()

    def close(self) -> None:
        """Leave one single file; may be called twice."""
        with suppress(ValueError):
            self.site.remove_listener(self._tracker)
        self._database.close()
        if self._identity is not None:
            give_back(self._identity)
            self._identity = None


def _fill(path: Path, site: Site, at: str) -> None:
    from larry.storage.migrations import migrate  # sqlite-utils costs 0.1 s: only where it is needed

    database = Database(path)
    try:
        with in_plain_words(path):
            migrate(database.connection)
        with database.transaction():
            SiteRows(database).write_all(site)
            meta = MetaRows(database)
            for key, value in (
                (PROJECT_ID, str(uuid.uuid4())),
                ("created_at", at),
                ("app_version", __version__),
            ):
                meta.set(key, value)
    finally:
        database.close()


__all__ = ["Clock", "KeyWays", "ProjectFile", "system_clock", "time_text"]
