"""Who calls: the installer, or an owner who accepted."""

from __future__ import annotations

import hashlib
import hmac
import os
import uuid
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request

from larry.simulator.practice_cloud.api_error import ApiError

_PREFIX = "practice-"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with a token; `email` is "" for the installer."""

    role: Literal["installer", "owner"]
    email: str = ""


class Accounts:
    """Tokens and the owners' passwords (kept as salted scrypt hashes, in memory only)."""

    def __init__(self) -> None:
        self._by_token: dict[str, Account] = {}
        self._passwords: dict[str, tuple[bytes, bytes]] = {}

    def installer_token(self) -> str:
        """Return a token for the installer."""
        return self._issue(Account("installer"))

    def set_password(self, email: str, password: str) -> None:
        """Create the owner's account, or give it another password."""
        salt = os.urandom(16)
        self._passwords[email.lower()] = (salt, _hash(password, salt))

    def owner_token(self, email: str, password: str) -> str:
        """Return a token for an owner.

        Raises:
            ApiError: 1500 for another password or address.
        """
        salt, expected = self._passwords.get(email.lower(), (b"", b""))
        if not hmac.compare_digest(_hash(password, salt), expected):
            raise ApiError(1500)
        return self._issue(Account("owner", email.lower()))

    def of(self, request: Request) -> Account:
        """Return who sends a request; any other practice token is the installer's, also after a restart.

        Raises:
            ApiError: 1500 without a practice token, or with an owner's from before a restart.
        """
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.startswith(_PREFIX):
            raise ApiError(1500)
        if token not in self._by_token and token.startswith(f"{_PREFIX}owner-"):
            raise ApiError(1500)
        return self._by_token.get(token, Account("installer"))

    def _issue(self, account: Account) -> str:
        token = f"{_PREFIX}{account.role}-{uuid.uuid4().hex}"
        self._by_token[token] = account
        return token


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=2**12, r=8, p=1)
