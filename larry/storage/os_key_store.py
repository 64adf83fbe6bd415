"""The keyring of the operating system, used only when it is a real one."""

from __future__ import annotations

import base64
import logging
from typing import Any

import keyring
from keyring.errors import KeyringError

_log = logging.getLogger(__name__)
_SERVICE = "Larry project key"
# Backends that keep nothing, or keep it in the open.
_NOT_REAL = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")


class OsKeyStore:
    """Keeps one key per project in the user's keyring."""

    def get(self, project_id: str) -> bytes | None:
        """Return the key kept for a project, or None."""
        try:
            text = keyring.get_password(_SERVICE, project_id)
            return base64.b64decode(text) if text else None
        except (KeyringError, ValueError, RuntimeError) as error:
            _log.info("The keyring did not answer: %s", type(error).__name__)
            return None

    def put(self, project_id: str, key: bytes) -> bool:
        """Keep a key; False when the keyring refused."""
        try:
            keyring.set_password(_SERVICE, project_id, base64.b64encode(key).decode())
        except (KeyringError, RuntimeError) as error:
            _log.info("The keyring refused a key: %s", type(error).__name__)
            return False
        return self.get(project_id) == key


def os_key_store() -> OsKeyStore | None:
    """Return the user's keyring, or None when this computer has no real one."""
    backend = keyring.get_keyring()
    members = list(getattr(backend, "backends", [])) or [backend]
    return OsKeyStore() if members and all(_is_real(each) for each in members) else None


def _is_real(backend: Any) -> bool:
    return not type(backend).__module__.startswith(_NOT_REAL)
