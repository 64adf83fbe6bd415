"""A scripted transport: what a device would answer, without any link."""

from __future__ import annotations

import pytest
from scripted_transport import ScriptedTransport


@pytest.fixture
def scripted():
    """Return a function that makes a scripted transport."""
    return ScriptedTransport
