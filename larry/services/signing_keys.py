"""Where the keys for signing are kept: sealed files in Larry's data folder, made at the first signature."""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from larry.errors import FileUnreachableError, SecretsLockedError
from larry.handover.signing_key import SigningKey, make_signing_key
from larry.storage.data_key import KeyStore, Passphrase
from larry.storage.whole_write import write_whole

_log = logging.getLogger(__name__)
_SEAL_BYTES = 32


class SigningKeys:
    """The signing keys of this computer's user, one for each name.

    A key is PKCS#12; what opens it is a random text in the keyring, or the person's own passphrase.
    """

    def __init__(
        self,
        folder: Path,
        key_store: KeyStore | None = None,
        passphrase: Passphrase | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._folder = folder
        self._key_store = key_store
        self._passphrase = passphrase
        self._now = now

    def get(self, name: str) -> SigningKey:
        """Return the key of a name; made at the first time, always the same afterwards.

        Raises:
            SecretsLockedError: there is no keyring and no passphrase, or it is the wrong one.
            FileUnreachableError: the key cannot be kept or read.
        """
        path = self._path(name)
        if path.exists():
            return self._read(path)
        seal = self._new_seal(path.stem)
        key = make_signing_key(name, self._now())
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise _unreachable(path, error) from error
        write_whole(path, key.sealed(seal))
        _log.info("A key for signing was made.")
        return key

    def _path(self, name: str) -> Path:
        # Names may hold anything; the file only has to be found again.
        return self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.p12"

    def _read(self, path: Path) -> SigningKey:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise _unreachable(path, error) from error
        kept = self._key_store.get(_slot(path.stem)) if self._key_store else None
        if kept is not None:
            return SigningKey.unsealed(data, _text(kept))
        return SigningKey.unsealed(data, self._ask())

    def _new_seal(self, stem: str) -> str:
        kept = secrets.token_bytes(_SEAL_BYTES)
        if self._key_store and self._key_store.put(_slot(stem), kept):
            return _text(kept)
        return self._ask()

    def _ask(self) -> str:
        passphrase = self._passphrase() if self._passphrase else None
        if not passphrase:
            raise SecretsLockedError(
                "There is no place for a key to sign with.",
                why="This computer has no keyring that can be used, and no passphrase was given.",
                remedy="Give a passphrase (in a terminal: the variable LARRY_SIGNING_PASSPHRASE).",
            )
        return passphrase


def _slot(stem: str) -> str:
    return f"signing-{stem}"


def _text(kept: bytes) -> str:
    return base64.b64encode(kept).decode()


def _unreachable(path: Path, error: OSError) -> FileUnreachableError:
    return FileUnreachableError(
        "The key for signing cannot be kept or read.",
        why=f"{path.name}: {error.strerror}.",
        remedy="Free the data folder of Larry, or hand over without a signature.",
    )
