"""The exchange file: equal after export and import, unknown keys kept, bad files refused at their place."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_strategies import random_site

from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.errors import FileUnreachableError, InputError, LarryError
from larry.storage.exchange_json import (
    exchange_document,
    exchange_from_bytes,
    read_exchange_json,
    write_exchange_json,
)

CONTRACT: dict[str, Any] = {
    "format": "larry-site",
    "version": 1,
    "site": {
        "name": "Hotel Adler",
        "site_uid": None,
        "country_code": "AT",
        "time_zone": "Europe/Vienna",
        "owner_email": "owner@example.com",
        "address": None,
        "profile": "default",
    },
    "floors": [
        {
            "id": "f0",
            "name": "Ground",
            "level": 0,
            "plan_image": None,
            "px_per_m": None,
            "walls": [{"x1_m": 0, "y1_m": 0, "x2_m": 8.5, "y2_m": 0, "loss_db": None, "material": None}],
        }
    ],
    "nodes": [
        {
            "id": "l1",
            "kind": "lock",
            "model": "escutcheon",
            "name": "Room 101",
            "parent": "r1",
            "floor": "f0",
        },
        {"id": "l0", "kind": "lock", "name": "Room 100", "parent": "r1", "z_m": 1, "mandatory": False},
        {"id": "r1", "kind": "repeater", "parent": "iq1", "x_m": 12, "device_id": "0011223344556A"},
        {"id": "iq1", "kind": "iq", "parent": None, "time_zone": "Europe/Vienna", "outdoor": False},
    ],
    "links": [{"a": "r1", "b": "l1", "rssi_ab_dbm": -71, "rssi_ba_dbm": -74, "count": 30}],
}


def document(**changes: Any) -> dict[str, Any]:
    """Return the contract's document with other values at dotted places."""
    data = json.loads(json.dumps(CONTRACT))
    for place, value in changes.items():
        *path, last = place.split("__")
        target = data
        for key in path:
            target = target[int(key) if key.isdigit() else key]
        target[int(last) if last.isdigit() else last] = value
    return data


def read(data: Any) -> Site:
    return exchange_from_bytes(data if isinstance(data, bytes) else json.dumps(data).encode()).site


def test_the_contract_document() -> None:
    site = read(CONTRACT)
    assert site.info.name == "Hotel Adler"
    assert site.children(None) == ["iq1"]
    assert site.children("r1") == ["l1", "l0"], "children before parents, their order kept"
    assert site.nodes["l0"].kind is Kind.LOCK
    assert (site.nodes["l0"].z_m, site.nodes["l0"].mandatory) == (1.0, False)
    assert site.floors["f0"].walls[0].loss_db is None
    assert site.link_between("l1", "r1").rssi_ba_dbm == -74


def test_unknown_keys_are_kept_at_every_level() -> None:
    data = document(
        colour={"deep": [1, {"x": None}]},
        site__colour="a",
        floors__0__colour=[1.5],
        floors__0__walls__0__colour=True,
        nodes__0__colour="red",
        links__0__colour=2**60,
    )
    again = json.loads(json.dumps(exchange_document(read(data))))
    assert again["colour"] == {"deep": [1, {"x": None}]}
    assert again["site"]["colour"] == "a"
    assert again["floors"][0]["colour"] == [1.5]
    assert again["floors"][0]["walls"][0]["colour"] is True
    assert next(node for node in again["nodes"] if node["id"] == "l1")["colour"] == "red"
    assert again["links"][0]["colour"] == 2**60
    assert read(again) == read(data)


@given(seed=st.integers(0, 2**32), size=st.integers(0, 40))
def test_export_then_import_is_equal(seed: int, size: int) -> None:
    site = random_site(random.Random(seed), size)
    assert read(exchange_document(site)) == site


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    name=texts,
    extra=st.dictionaries(texts.map(lambda t: f"x-{t}"), json_values, max_size=3),
    x_m=st.none() | st.floats(allow_nan=False, allow_infinity=False),
)
def test_any_text_number_and_unknown_key_survives(
    name: str, extra: dict[str, Any], x_m: float | None
) -> None:
    node = {"id": f"n{name}", "kind": "lock", "name": name, "x_m": x_m, **extra}
    site = read(document(nodes=[node], links=[]))
    kept = site.nodes[f"n{name}"]
    assert (kept.name, kept.x_m, kept.extra) == (name, x_m, extra)
    assert read(exchange_document(site)) == site


@given(st.binary(max_size=60) | json_values.map(lambda value: json.dumps(value).encode()))
def test_noise_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(InputError):
        exchange_from_bytes(data)


PLACES = (
    *(
        "site",
        "floors",
        "nodes",
        "links",
        "version",
        "format",
        "secrets",
        "floors__0",
        "nodes__1",
        "links__0",
    ),
    *(
        f"nodes__{n}__{key}"
        for n in (0, 3)
        for key in ("id", "kind", "parent", "x_m", "name", "outdoor", "extra")
    ),
    *(
        "floors__0__level",
        "floors__0__walls",
        "floors__0__walls__0",
        "links__0__a",
        "site__name",
        "site__profile",
    ),
)


@given(st.data())
def test_any_value_at_any_place_is_read_or_refused(data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(PLACES))
    odd = st.sampled_from(["iq1", "r1", "nobody", float("inf"), 10**400, -1, "\ud800", [[]] * 3])
    changed = document(**{place: data.draw(json_values | odd)})
    try:
        site = read(changed)
    except InputError:
        return
    assert read(exchange_document(site)) == site


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": "other"}, 'is not a Larry site'),
        ({"version": 2}, "newer Larry"),
        ({"version": True}, "version must be 1"),
        ({"version": "1"}, "version must be 1"),
        ({"site": []}, "site must be an object, not a list"),
        ({"nodes": {}}, "nodes must be a list, not an object"),
        ({"nodes__0": 7}, r"nodes\[0\] must be an object, not a number"),
        ({"nodes__0__kind": "door"}, r"nodes\[0\]\.kind must be one of iq, repeater, lock, not 'door'"),
        ({"nodes__0__x_m": "12"}, r"nodes\[0\]\.x_m must be a number, not text"),
        ({"nodes__0__x_m": True}, r"nodes\[0\]\.x_m must be a number, not true or false"),
        ({"nodes__0__outdoor": 1}, r"nodes\[0\]\.outdoor must be true or false, not a number"),
        ({"nodes__0__open_time_s": 7.5}, r"open_time_s must be a whole number"),
        ({"nodes__0__id": 5}, r"nodes\[0\]\.id must be text"),
        ({"nodes__0__id": ""}, r"nodes\[0\]\.id is empty"),
        ({"nodes__0__id": None}, r"nodes\[0\] has no id"),
        ({"nodes__0__kind": None}, r"nodes\[0\] has no kind"),
        ({"nodes__1__id": "iq1"}, r"nodes\[3\]\.id 'iq1' exists twice"),
        ({"nodes__0__parent": "ghost"}, r"parents that do not exist: ghost \(of l1\)"),
        ({"nodes__3__parent": "r1"}, r"in a circle: r1, iq1\."),
        ({"nodes__3__parent": "iq1"}, r"in a circle: iq1\."),
        ({"floors__0__walls__0": {"x1_m": 0}}, r"floors\[0\]\.walls\[0\] has no y1_m"),
        ({"floors": [{"id": "f"}, {"id": "f"}]}, r"floors\[1\]\.id 'f' exists twice"),
        ({"links__0__rssi_ab_dbm": "loud"}, r"links\[0\]\.rssi_ab_dbm must be a number"),
        ({"links__0": {"a": "r1"}}, r"links\[0\] has no b"),
    ],
)  # fmt: skip
def test_what_is_wrong_and_where(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read(document(**changes))
    assert caught.value.exit_code == 2
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "line 1, column 1 is not JSON"),
        (b'{"a": 1,\n "b": }', "line 2, column 7 is not JSON"),
        (b"\xff\xfe{\0}\0", "not UTF-8"),
        (b"[1]", "must be an object"),
        (b'{"format": NaN}', "holds NaN"),
        (b'{"x": -Infinity}', "holds -Infinity"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"x": ' + b"9" * 5000 + b"}", "too long"),
        (b'{"x": 1, "x": 2}', "gives the key 'x' twice"),
        (json.dumps(document(nodes__0__x_m=0)).replace('"x_m": 0', '"x_m": 1e999').encode(), "finite"),
        (json.dumps(document(nodes__0__odd=0)).replace('"odd": 0', '"odd": 1e999').encode(), "finite"),
        (
            json.dumps(document(odd=0)).replace('"odd": 0', '"odd": ' + "[" * 60 + "]" * 60).encode(),
            "nested deeper",
        ),
    ],
)
def test_bytes_that_are_no_site_file(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        exchange_from_bytes(data)


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert read(b"\xef\xbb\xbf" + json.dumps(CONTRACT).encode()) == read(CONTRACT)


def test_a_second_measurement_of_a_link_is_listed() -> None:
    link = CONTRACT["links"][0]
    imported = exchange_from_bytes(json.dumps(document(links=[link, {**link, "rssi_ab_dbm": -50}])).encode())
    assert imported.site.links["r1", "l1"].rssi_ab_dbm == -71
    assert imported.not_carried == ["Measurement 2, a second one of r1 to l1."]


def test_secrets_are_taken_out_and_put_in_only_when_asked() -> None:
    data = document(
        nodes__3__activation_code=" abcd-1234 ", nodes__0__pin="1234", site__wifi_password="pass word"
    )
    data["secrets"] = [
        {"owner": "net", "name": "key", "value": "k"},
        {"owner": "u", "name": "Code", "value": "C"},
    ]
    imported = exchange_from_bytes(json.dumps(data).encode())
    assert imported.secrets == {
        ("iq1", "activation_code"): "ABCD-1234",
        ("site", "wifi_password"): "pass word",
        ("net", "key"): "k",
    }
    assert [line.split(":")[0] for line in imported.not_carried] == ["pin of l1", "Code of u"]
    assert "ABCD" not in repr(imported)
    assert imported.site == read(CONTRACT), "no secret stays in the site"
    assert "ABCD" not in json.dumps(exchange_document(imported.site))
    again = exchange_from_bytes(json.dumps(exchange_document(imported.site, imported.secrets)).encode())
    assert again.secrets == imported.secrets
    assert again.site == imported.site


def test_a_secret_of_the_wrong_type_is_refused_without_showing_it() -> None:
    with pytest.raises(InputError, match="activation_code must be text") as caught:
        read(document(nodes__3__activation_code=424242))
    assert "424242" not in str(caught.value)


def test_files(tmp_path: Path) -> None:
    site = read(CONTRACT)
    path = tmp_path / "site.json"
    write_exchange_json(site, path)
    write_exchange_json(site, path)
    assert read_exchange_json(path).site == site
    assert list(tmp_path.iterdir()) == [path]
    for bad, family in ((tmp_path / "none.json", FileUnreachableError), (tmp_path, InputError)):
        with pytest.raises(family):
            read_exchange_json(bad)
    with pytest.raises(LarryError):
        write_exchange_json(site, tmp_path / "no" / "site.json")
