"""What every test run has in common: no display, no user's folders, the same random numbers each time."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SEED = int(os.environ.get("LARRY_SEED", "20261120"))
"""Seed of the fixture `rng`; printed at the start of each run, chosen anew with LARRY_SEED."""

_SLOW_MACHINE = {
    "deadline": None,
    "database": None,
    "print_blob": True,
    "suppress_health_check": [HealthCheck.too_slow],
}
settings.register_profile("ci", derandomize=True, **_SLOW_MACHINE)
settings.register_profile("fuzz", max_examples=2000, **_SLOW_MACHINE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")


def _wants_a_pointer(config: pytest.Config) -> bool:
    return config.getoption("markexpr", "") == "mouse"


@pytest.hookimpl(optionalhook=True)
def pytest_xvfb_disable(config: pytest.Config) -> bool:
    """Start a virtual display only for the tests with a real pointer (`-m mouse`)."""
    return not _wants_a_pointer(config)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose Qt's platform before Qt is loaded, and keep the run away from the user's settings and keys."""
    if _wants_a_pointer(config):
        os.environ["QT_QPA_PLATFORM"] = "xcb"
    else:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    home = Path(tempfile.mkdtemp(prefix="larry-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    for name in _FOLDERS:
        folder = home / name.lower()
        folder.mkdir(mode=0o700)
        os.environ[name] = str(folder)


def pytest_report_header() -> str:
    """Name the seeds, so that a failure can be repeated."""
    return f"larry: LARRY_SEED={SEED} hypothesis={settings.get_current_profile_name()}"


@pytest.fixture
def rng() -> random.Random:
    """A generator that starts at the run's seed in every test."""
    return random.Random(SEED)
