"""Chooses the concrete classes: everything else gets what it needs as arguments."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from larry.cloud.client import CloudClient
from larry.cloud.host import CloudHost
from larry.cloud.practice_sign_in import PracticeSignIn
from larry.devices.service import DeviceService
from larry.domain.site import Site
from larry.errors import InputError
from larry.services.project import Project
from larry.services.signing_keys import SigningKeys
from larry.storage.data_key import Passphrase
from larry.storage.os_key_store import os_key_store

CLOUD_TOKEN_VARIABLE = "LARRY_CLOUD_TOKEN"  # noqa: S105 - the name of a variable, not a token


def open_project(path: Path, *, read_only: bool = False, passphrase: Passphrase | None = None) -> Project:
    """Open a project file with the keyring of this computer; see `Project.open`."""
    return Project.open(
        path,
        passphrase=passphrase,
        key_store=os_key_store(),
        read_only=read_only,
        backup_root=backup_root(),
    )


def create_project(path: Path, site: Site, *, passphrase: Passphrase | None = None) -> Project:
    """Make a project file and open it; see `Project.create`."""
    return Project.create(
        path, site, passphrase=passphrase, key_store=os_key_store(), backup_root=backup_root()
    )


def backup_root() -> Path:
    """Return where the dated backups of all projects go on this computer."""
    return Path(platformdirs.user_data_dir("larry")) / "backups"


def signing_keys(passphrase: Passphrase | None = None, *, keyring: bool = True) -> SigningKeys:
    """Return the signing keys of this computer's user; see `SigningKeys`.

    Args:
        keyring: False: only the passphrase opens them. Owners' keys have a folder of their own.
    """
    folder = Path(platformdirs.user_data_dir("larry")) / ("keys" if keyring else "owner-keys")
    return SigningKeys(folder, os_key_store() if keyring else None, passphrase)


def device_service(radio: str = "system", ports: Sequence[str] | None = None) -> DeviceService:
    """Return the devices' service, not started yet; see `DeviceService` for the arguments.

    Args:
        ports: only these paths or URLs; None: those of the system.
    """
    return DeviceService(radio, None if ports is None else list(ports))


def cloud_client(base_url: str) -> CloudClient:
    """Return a client of a cloud; the practice cloud of this computer needs no sign-in.

    Raises:
        InputError: `base_url` is no address, or no sign-in for that cloud is at hand.
    """
    host = CloudHost.from_url(base_url)
    if host.practice:
        return CloudClient(base_url, PracticeSignIn(base_url))
    token = os.environ.get(CLOUD_TOKEN_VARIABLE, "")
    if not token:
        raise InputError(
            f"No sign-in for {host.origin}.",
            remedy=f"Put your installer token into the variable {CLOUD_TOKEN_VARIABLE}.",
        )
    return CloudClient(base_url, lambda: token)
