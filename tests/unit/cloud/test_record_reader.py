"""Records are read from what older and newer servers send."""

from __future__ import annotations

import pytest

from larry.cloud.cloud_iq import CloudIq
from larry.cloud.cloud_lock import CloudLock
from larry.cloud.cloud_site import CloudSite
from larry.cloud.record_reader import read_record


def test_defaults_and_extra() -> None:
    iq = read_record(CloudIq, {"id": "a", "mac": None, "customer_reference": 7, "revision": 3, "new": [1]})
    assert iq == CloudIq("a", revision=3, extra={"new": [1]})


@pytest.mark.parametrize("data", [None, [], "x", {}, {"id": None}, {"id": 5}])
def test_without_id_it_is_no_record(data: object) -> None:
    with pytest.raises(ValueError, match="CloudIq"):
        read_record(CloudIq, data)


@pytest.mark.parametrize(
    ("owner", "email"),
    [
        ({"email": "owner@example.com"}, "owner@example.com"),
        ({"email": 5}, ""),
        ({}, ""),
        ("x", ""),
        (None, ""),
    ],
)
def test_owner(owner: object, email: str) -> None:
    assert read_record(CloudSite, {"id": "a", "owner": owner}).owner_email == email


@pytest.mark.parametrize(("iq", "iq_id"), [({"id": "i"}, "i"), ("i", "i"), ({"id": 5}, ""), (None, "")])
def test_lock_knows_its_iq_in_both_forms(iq: object, iq_id: str) -> None:
    assert read_record(CloudLock, {"id": "a", "iq": iq}).iq_id == iq_id
