"""pytest plugin of the run without Qt: proves its absence before the first test and after the last."""

from __future__ import annotations

import importlib
import sys

import pytest
from sitecustomize import ABSENT


def _present() -> list[str]:
    return sorted(name for name in sys.modules if name.partition(".")[0] in ABSENT)


def pytest_configure() -> None:
    """Stop at once if one of the absent modules can be imported.

    Raises:
        pytest.UsageError: the run would not prove anything.
    """
    for name in sorted(ABSENT):
        try:
            importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        raise pytest.UsageError(f"{name} can be imported in the run without Qt")


def pytest_report_header() -> str:
    """Say in the first lines what is missing on purpose."""
    return f"absent: {', '.join(sorted(ABSENT))}"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run when one of the absent modules got in after all."""
    if found := _present():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        sys.stderr.write(f"loaded in the run without Qt: {', '.join(found)}\n")
