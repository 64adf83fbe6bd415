"""Secrets are sealed: not in the file, its log, the history or any text of Larry."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest

from larry.domain.site import Site
from larry.errors import DamagedFileError, InputError, SecretsLockedError
from larry.storage.os_key_store import OsKeyStore, os_key_store
from larry.storage.project_file import KeyWays, ProjectFile

PLANTED = "PLANTED-7Q4X-SECRET"


class MemoryKeyStore:
    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}

    def get(self, project_id: str) -> bytes | None:
        return self.keys.get(project_id)

    def put(self, project_id: str, key: bytes) -> bool:
        self.keys[project_id] = key
        return True


class Asked:
    """Answers with a passphrase and counts how often it was asked."""

    def __init__(self, answer: str | None) -> None:
        self.answer = answer
        self.times = 0

    def __call__(self) -> str | None:
        self.times += 1
        return self.answer


@pytest.fixture
def make(path: Path, site: Site):
    files: list[ProjectFile] = []

    def make(
        passphrase: Callable[[], str | None] | None = None, store: MemoryKeyStore | None = None
    ) -> ProjectFile:
        for file in files:
            file.close()
        keys = KeyWays(store, passphrase)
        files.append(
            ProjectFile.open(path, keys=keys) if path.exists() else ProjectFile.create(path, site, keys=keys)
        )
        return files[-1]

    yield make
    for file in files:
        file.close()


def test_a_passphrase_opens_them_after_reopening_and_is_asked_once(make) -> None:
    first = Asked("correct horse")
    file = make(first)
    assert not file.secrets.locked
    file.secrets.set("iq1", "activation_code", PLANTED)
    file.secrets.set("site", "wifi_password", "x")
    again = Asked("correct horse")
    file = make(again)
    assert file.secrets.locked
    assert file.secrets.has("iq1", "activation_code")
    assert again.times == 0, "asking waits until a secret is needed"
    assert file.secrets.get("iq1", "activation_code") == PLANTED
    assert file.secrets.get("iq1", "wifi_password") is None
    assert file.secrets.get("site", "wifi_password") == "x"
    assert (first.times, again.times) == (1, 1)


def test_a_wrong_passphrase_says_so_and_may_be_typed_again(make) -> None:
    make(Asked("right")).secrets.set("iq1", "activation_code", PLANTED)
    asked = Asked("wrong")
    file = make(asked)
    with pytest.raises(SecretsLockedError, match="not the one"):
        file.secrets.get("iq1", "activation_code")
    asked.answer = "right"
    assert file.secrets.get("iq1", "activation_code") == PLANTED


@pytest.mark.parametrize("passphrase", [None, Asked(None), Asked("")])
def test_without_any_way_nothing_is_stored(make, passphrase) -> None:
    file = make(passphrase)
    with pytest.raises(SecretsLockedError, match="no passphrase was given"):
        file.secrets.set("iq1", "activation_code", PLANTED)
    assert file.secrets.names() == []


def test_the_keyring_opens_them_without_asking(make) -> None:
    store, asked = MemoryKeyStore(), Asked("never")
    make(asked, store).secrets.set("iq1", "activation_code", PLANTED)
    assert make(asked, store).secrets.get("iq1", "activation_code") == PLANTED
    assert asked.times == 0
    with pytest.raises(SecretsLockedError, match="another user or computer"):
        make(asked, MemoryKeyStore()).secrets.get("iq1", "activation_code")


def test_a_second_way_for_a_colleague(make) -> None:
    store = MemoryKeyStore()
    file = make(None, store)
    file.secrets.set("iq1", "activation_code", PLANTED)
    file.secrets.protect("for both")
    assert make(Asked("for both")).secrets.get("iq1", "activation_code") == PLANTED
    assert make(None, store).secrets.get("iq1", "activation_code") == PLANTED


@pytest.mark.parametrize("name", ["pin", "PIN", "code", " Code ", "otp"])
def test_pin_and_code_are_refused(make, name: str) -> None:
    with pytest.raises(InputError, match="never stored"):
        make(Asked("p")).secrets.set("iq1", name, "1234")


def test_a_sealed_text_opens_only_where_it_was_sealed(make) -> None:
    file = make(Asked("p"))
    file.secrets.set("iq1", "activation_code", PLANTED)
    connection = file._database.connection
    connection.execute("UPDATE secret SET owner = 'iq2'")
    with pytest.raises(DamagedFileError):
        file.secrets.get("iq2", "activation_code")
    connection.execute("UPDATE secret SET owner = 'iq1', sealed = zeroblob(40)")
    with pytest.raises(DamagedFileError):
        file.secrets.get("iq1", "activation_code")


def test_a_file_that_asks_for_endless_work_is_refused_at_once(make) -> None:
    make(Asked("p")).secrets.set("iq1", "activation_code", PLANTED)
    file = make(Asked("p"))
    file._database.connection.execute("UPDATE key_wrap SET memory_kib = 100000000")
    with pytest.raises(SecretsLockedError, match="more work"):
        file.secrets.get("iq1", "activation_code")
    file._database.connection.execute("UPDATE key_wrap SET memory_kib = 1, passes = 0")
    with pytest.raises(SecretsLockedError):
        file.secrets.get("iq1", "activation_code")


def test_deleted_is_gone(make) -> None:
    file = make(Asked("p"))
    file.secrets.set("iq1", "activation_code", PLANTED)
    file.secrets.delete("iq1", "activation_code")
    assert file.secrets.get("iq1", "activation_code") is None


def test_no_byte_on_the_disk_and_no_word_of_larry_holds_a_secret(
    make, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    passphrase = f"pass-{secrets.token_hex(8)}"
    file = make(Asked(passphrase))
    file.secrets.set("iq1", "activation_code", PLANTED)
    file.secrets.set("iq1", "activation_code", PLANTED + "2")
    assert _scan(path, PLANTED, passphrase) == []  # with the write-ahead log beside it
    assert (path.parent / f"{path.name}-wal").stat().st_size > 0
    file.secrets.delete("iq1", "activation_code")
    file.secrets.set("site", "wifi_password", PLANTED)
    words = [repr(file.secrets), repr(file.secrets._key), repr(vars(file)), caplog.text]
    with pytest.raises(InputError) as caught:
        file.secrets.set("site", "pin", PLANTED)
    words += ["".join(traceback.format_exception(caught.value)), repr(list(file.ops.history()))]
    file.close()
    assert _scan(path, PLANTED, passphrase) == []
    assert not [word for word in words if PLANTED in word or passphrase in word]


def _scan(path: Path, *planted: str) -> list[str]:
    found = []
    for each in path.parent.iterdir():
        data = (
            each.read_bytes()
            if each != path or not each.with_name(f"{path.name}-wal").exists()
            else _copy(each)
        )
        for text in planted:
            for encoded in (text.encode(), text.encode("utf-16-le"), text.encode().hex().encode()):
                if encoded in data:
                    found.append(f"{text} in {each.name}")
    return found


def _copy(path: Path) -> bytes:
    """Read a file that is open here without dropping its lock (see open_files.py): by another process."""
    import subprocess

    return subprocess.run(["cat", str(path)], capture_output=True, check=True).stdout


class _Backend(keyring.backend.KeyringBackend):
    priority = 1  # type: ignore[assignment]

    def __init__(self, broken: bool = False) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = broken

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise keyring.errors.PasswordSetError("locked")
        self.kept[service, username] = password


@pytest.fixture
def use_backend():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_a_real_keyring_is_used(use_backend) -> None:
    use_backend(_Backend())
    store = os_key_store()
    assert isinstance(store, OsKeyStore)
    assert store.get("p1") is None
    assert store.put("p1", b"\1" * 32)
    assert store.get("p1") == b"\1" * 32


def test_a_keyring_that_refuses_is_said(use_backend) -> None:
    use_backend(_Backend(broken=True))
    store = os_key_store()
    assert store is not None
    assert not store.put("p1", b"\1" * 32)


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring])
def test_no_keyring_and_a_null_keyring_are_none(use_backend, backend) -> None:
    use_backend(backend())
    assert os_key_store() is None


def test_plaintext_keyrings_are_none(use_backend, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = _Backend()
    monkeypatch.setattr(_Backend, "__module__", "keyrings.alt.file")
    use_backend(backend)
    assert os_key_store() is None
