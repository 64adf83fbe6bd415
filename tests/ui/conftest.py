"""Fixtures of the window's tests: a dressed application and a small site."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from small_site import small_site

from larry.domain.site import Site
from larry.storage.catalogue_files import load_catalogue
from ui.style.theme import theme


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with fonts, palette and style sheet."""
    theme().install(qapp, "light")
    return qapp


@pytest.fixture
def site() -> Site:
    """The small site."""
    return small_site()


@pytest.fixture
def catalogue():
    """The default rules."""
    return load_catalogue()
