"""The plan of the practice hotel obeys every rule."""

from __future__ import annotations

import pytest

from larry.domain.validation import validate
from larry.resource_paths import resource_path
from larry.storage.catalogue_files import load_catalogue
from larry.storage.exchange_json import read_exchange_json


@pytest.mark.parametrize("profile", ["default", "strict"])
def test_no_finding_at_all(profile: str) -> None:
    imported = read_exchange_json(resource_path("practice/hotel-adler.json"))
    findings = validate(imported.site, load_catalogue(profile))
    assert [(finding.code, finding.node, finding.message) for finding in findings] == []


def test_iq_upper_is_full_and_iq_lobby_is_half_full() -> None:
    site = read_exchange_json(resource_path("practice/hotel-adler.json")).site
    locks = {node.id: 0 for node in site.walk() if node.kind == "iq"}
    for node in site.walk():
        iq = site.iq_of(node.id)
        if node.kind == "lock" and iq is not None:
            locks[iq.id] += 1
    assert list(locks.values()) == [8, 16]
