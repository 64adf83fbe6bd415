"""Two people with a key each; made once, because making one takes a while."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from larry.handover.signing_key import SigningKey, make_signing_key


@pytest.fixture(scope="session")
def installer_key() -> SigningKey:
    """The installer's key."""
    return make_signing_key("Installer A", datetime.now(UTC))


@pytest.fixture(scope="session")
def owner_key() -> SigningKey:
    """The owner's key."""
    return make_signing_key("Owner B", datetime.now(UTC))
