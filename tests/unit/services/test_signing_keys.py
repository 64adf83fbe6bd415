"""Where signing keys are kept: made once, sealed, found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from larry.errors import SecretsLockedError
from larry.services.signing_keys import SigningKeys


class Keyring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, project_id: str) -> bytes | None:
        return self.kept.get(project_id)

    def put(self, project_id: str, key: bytes) -> bool:
        self.kept[project_id] = key
        return True


def test_a_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    keyring = Keyring()
    first = SigningKeys(tmp_path / "keys", keyring).get("Installer A")
    again = SigningKeys(tmp_path / "keys", keyring).get("Installer A")
    assert first.fingerprint == again.fingerprint
    assert again.name == "Installer A"
    assert "RSAPrivateKey" not in repr(again)


def test_without_a_keyring_the_passphrase_opens_it(tmp_path: Path) -> None:
    first = SigningKeys(tmp_path, passphrase=lambda: "one two three").get("A")
    assert SigningKeys(tmp_path, passphrase=lambda: "one two three").get("A").fingerprint == first.fingerprint
    with pytest.raises(SecretsLockedError):
        SigningKeys(tmp_path, passphrase=lambda: "four five six").get("A")
    (file,) = tmp_path.iterdir()
    assert b"PRIVATE KEY" not in file.read_bytes()


def test_without_either_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(SecretsLockedError):
        SigningKeys(tmp_path / "keys").get("A")
    assert not (tmp_path / "keys").exists()
