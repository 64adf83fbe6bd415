"""Activation codes, Wi-Fi passwords and keys: only ever stored sealed (ChaCha20-Poly1305)."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from larry.errors import DamagedFileError, InputError
from larry.storage.data_key import DataKey
from larry.storage.database import Database

SITE_OWNER = "site"
NEVER_STORED = frozenset({"pin", "code", "otp"})
_NONCE_BYTES = 12


class SecretStore:
    """Secrets by owner (a node id, or "site") and name (`activation_code`, `wifi_password`, …).

    PIN and Code are refused: they are the user's own, and a Code lives three minutes (domain.md 3).
    """

    def __init__(self, database: Database, project_id: str, key: DataKey) -> None:
        self._database = database
        self._project_id = project_id
        self._key = key

    def __repr__(self) -> str:
        return "<SecretStore>"

    @property
    def locked(self) -> bool:
        """True when there are secrets and the key to them was not found yet in this session."""
        return not self._key.is_open and self._key.exists()

    def unlock(self) -> None:
        """Find the key now, asking for the passphrase when it is needed.

        Raises:
            SecretsLockedError: neither keyring nor passphrase opened the store.
        """
        self._key.get()

    def protect(self, passphrase: str) -> None:
        """Let a passphrase open the secrets as well, for instance on a colleague's laptop."""
        self._key.protect(passphrase)

    def names(self) -> list[tuple[str, str]]:
        """Return (owner, name) of all secrets; needs no key."""
        rows = self._database.rows("SELECT owner, name FROM secret ORDER BY owner, name")
        return [(row[0], row[1]) for row in rows]

    def has(self, owner: str, name: str) -> bool:
        """Tell whether a secret is stored; needs no key."""
        return self._database.row(_FIND, (owner, name)) is not None

    def get(self, owner: str, name: str) -> str | None:
        """Return a secret, or None when there is none.

        Raises:
            SecretsLockedError: the key was not found.
            DamagedFileError: the sealed text was changed.
        """
        row = self._database.row(_FIND, (owner, name))
        if row is None:
            return None
        try:
            sealed = ChaCha20Poly1305(self._key.get())
            return sealed.decrypt(row[0], row[1], self._bound_to(owner, name)).decode()
        except (InvalidTag, ValueError):
            raise DamagedFileError(
                f"A secret in {self._database.path.name} was changed by another program.",
                remedy="Enter it again.",
            ) from None

    def set(self, owner: str, name: str, value: str) -> None:
        """Seal and store a secret in a transaction of its own.

        Raises:
            InputError: the name is a PIN or Code.
            SecretsLockedError: the key was not found.
        """
        self.set_many({(owner, name): value})

    def set_many(self, values: dict[tuple[str, str], str]) -> None:
        """Seal and store several secrets in one transaction; the same errors as `set`."""
        if not values:
            return
        for _, name in values:
            _refuse_never_stored(name)
        self._database.require_writable()
        cipher = ChaCha20Poly1305(self._key.get())
        rows = []
        for (owner, name), value in values.items():
            nonce = secrets.token_bytes(_NONCE_BYTES)
            sealed = cipher.encrypt(nonce, value.encode(), self._bound_to(owner, name))
            rows.append((owner, name, nonce, sealed))
        with self._database.transaction():
            self._database.write_many(_STORE, rows)

    def delete(self, owner: str, name: str) -> None:
        """Forget a secret."""
        with self._database.transaction():
            self._database.write("DELETE FROM secret WHERE owner = ? AND name = ?", (owner, name))

    def _bound_to(self, owner: str, name: str) -> bytes:
        # A sealed text moved to another device, name or project does not open there.
        return "\0".join((self._project_id, owner, name)).encode()


_FIND = "SELECT nonce, sealed FROM secret WHERE owner = ? AND name = ?"
_STORE = "INSERT OR REPLACE INTO secret (owner, name, nonce, sealed) VALUES (?, ?, ?, ?)"


def _refuse_never_stored(name: str) -> None:
    if name.strip().lower() in NEVER_STORED:
        raise InputError(
            "A PIN or Code is never stored.",
            why="It belongs to its user alone.",
            remedy="Type it when a step asks for it.",
        )
