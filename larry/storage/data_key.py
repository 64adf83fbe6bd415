"""The key that seals a project's secrets, and the two ways to get at it: the OS keyring, or a passphrase."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from larry.errors import SecretsLockedError
from larry.storage.database import Database

KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
# RFC 9106 section 4, second recommended option (64 MiB, 3 passes, 4 lanes): about 0.1 s on a laptop
_MEMORY_KIB, _PASSES, _LANES = 64 * 1024, 3, 4
_MOST_MEMORY_KIB, _MOST_PASSES, _MOST_LANES = 1024 * 1024, 16, 16  # a foreign file must not eat the laptop

Passphrase = Callable[[], str | None]


class KeyStore(Protocol):
    """A place of the operating system that keeps keys."""

    def get(self, project_id: str) -> bytes | None:
        """Return the key kept for a project, or None."""

    def put(self, project_id: str, key: bytes) -> bool:
        """Keep a key; False when the place refused."""


class DataKey:
    """Finds the data key once per session; makes it when the first secret is stored.

    The passphrase is asked for at most once per session; a wrong one may be asked for again.
    """

    def __init__(
        self, database: Database, project_id: str, key_store: KeyStore | None, passphrase: Passphrase | None
    ) -> None:
        self._database = database
        self._project_id = project_id
        self._key_store = key_store
        self._passphrase = passphrase
        self._key: bytes | None = None

    def __repr__(self) -> str:
        return f"<DataKey {'open' if self._key else 'closed'}>"

    @property
    def is_open(self) -> bool:
        """Tell whether the key was found already."""
        return self._key is not None

    def exists(self) -> bool:
        """Tell whether the project has a key at all."""
        return self._database.row("SELECT 1 FROM key_wrap") is not None

    def get(self) -> bytes:
        """Return the key, asking for the passphrase when the keyring cannot help.

        Raises:
            SecretsLockedError: neither way opened it.
        """
        if self._key is None:
            self._key = self._unwrap() if self.exists() else self._make()
        return self._key

    def protect(self, passphrase: str) -> None:
        """Let a passphrase open the secrets as well, for instance on a colleague's laptop."""
        key = self.get()
        with self._database.transaction():
            self._store("passphrase", _passphrase_wrap(key, passphrase, self._project_id))

    # --- finding ----------------------------------------------------------------------

    def _unwrap(self) -> bytes:
        kept = self._key_store.get(self._project_id) if self._key_store else None
        row = self._row("keyring")
        if kept is not None and row is not None:
            key = _open(kept, row[4], self._project_id)
            if key is not None:
                return key
        row = self._row("passphrase")
        if row is None:
            raise _locked(
                "They were sealed with the keyring of another user or computer.",
                "Open the project there and set a passphrase for it, or enter the secrets again.",
            )
        return self._unwrap_by_passphrase(*row)

    def _unwrap_by_passphrase(
        self, salt: bytes, memory_kib: int, passes: int, lanes: int, wrapped: bytes
    ) -> bytes:
        asked = self._ask()
        if memory_kib > _MOST_MEMORY_KIB or passes > _MOST_PASSES or lanes > _MOST_LANES:
            raise _locked("The file asks for more work than Larry ever does.", "Open the last copy of it.")
        key = _open(_derive(asked, salt, memory_kib, passes, lanes), wrapped, self._project_id)
        if key is None:
            raise _locked("The passphrase is not the one they were sealed with.", "Type it again.")
        return key

    def _ask(self) -> str:
        passphrase = self._passphrase() if self._passphrase else None
        if not passphrase:
            raise _locked(
                "This computer has no keyring that can be used, and no passphrase was given.",
                "Give the project's passphrase (in a terminal: the variable LARRY_PASSPHRASE).",
            )
        return passphrase

    # --- making -----------------------------------------------------------------------

    def _make(self) -> bytes:
        key = secrets.token_bytes(KEY_BYTES)
        kept = secrets.token_bytes(KEY_BYTES)
        if self._key_store and self._key_store.put(self._project_id, kept):
            nothing = (b"", 0, 0, 0)
            method, values = "keyring", (*nothing, _seal(kept, key, self._project_id))
        else:
            method, values = "passphrase", _passphrase_wrap(key, self._ask(), self._project_id)
        with self._database.transaction():
            self._store(method, values)
        return key

    def _store(self, method: str, values: tuple[bytes, int, int, int, bytes]) -> None:
        self._database.write(
            "INSERT OR REPLACE INTO key_wrap (method, salt, memory_kib, passes, lanes, wrapped)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (method, *values),
        )

    def _row(self, method: str) -> tuple[bytes, int, int, int, bytes] | None:
        row = self._database.row(
            "SELECT salt, memory_kib, passes, lanes, wrapped FROM key_wrap WHERE method = ?", (method,)
        )
        return (row[0], row[1], row[2], row[3], row[4]) if row else None


def _passphrase_wrap(key: bytes, passphrase: str, project_id: str) -> tuple[bytes, int, int, int, bytes]:
    salt = secrets.token_bytes(_SALT_BYTES)
    sealed = _seal(_derive(passphrase, salt, _MEMORY_KIB, _PASSES, _LANES), key, project_id)
    return salt, _MEMORY_KIB, _PASSES, _LANES, sealed


def _derive(passphrase: str, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    try:
        kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory_kib)
        return kdf.derive(passphrase.encode())
    except ValueError as error:
        raise _locked("The file's record of its passphrase was changed.", "Open the last copy.") from error


def _seal(by: bytes, key: bytes, project_id: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(by).encrypt(nonce, key, project_id.encode())


def _open(by: bytes, wrapped: bytes, project_id: str) -> bytes | None:
    try:
        return ChaCha20Poly1305(by).decrypt(
            wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], project_id.encode()
        )
    except (InvalidTag, ValueError):
        return None


def _locked(why: str, remedy: str) -> SecretsLockedError:
    return SecretsLockedError("The secrets of this project are locked.", why=why, remedy=remedy)
