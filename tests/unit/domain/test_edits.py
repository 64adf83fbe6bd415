"""Edits: the inverse restores the site exactly, JSON carries them, a failed one changes nothing."""

from __future__ import annotations

import copy
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_strategies import random_edit, random_site

from larry.domain.edits import Composite, MoveNode, RemoveNode, SetNode, edit_from_json
from larry.domain.site import Site, SiteStructureError


def clone(site: Site) -> Site:
    """Copy the data of a site, not its listeners."""
    return copy.deepcopy(site)


@given(seed=st.integers(0, 2**32), size=st.integers(1, 30))
def test_every_edit_undoes_to_equality(seed: int, size: int) -> None:
    rng = random.Random(seed)
    site = random_site(rng, size)
    before = clone(site)
    inverses = [random_edit(rng, site).apply(site) for _ in range(8)]
    for inverse in reversed(inverses):
        inverse.apply(site)
    assert site == before


@given(seed=st.integers(0, 2**32))
def test_an_edit_and_its_inverse_survive_json(seed: int) -> None:
    rng = random.Random(seed)
    site = random_site(rng, 15)
    twin = clone(site)
    for _ in range(5):
        edit = random_edit(rng, site)
        inverse = edit.apply(site)
        again = edit_from_json(json.loads(json.dumps(edit.to_json())))
        assert edit_from_json(json.loads(json.dumps(inverse.to_json()))) == inverse
        again.apply(twin)
        assert twin == site


@given(seed=st.integers(0, 2**32))
def test_a_composite_that_fails_changes_nothing(seed: int) -> None:
    rng = random.Random(seed)
    site = random_site(rng, 12)
    before = clone(site)
    good = [SetNode(each, "name", "new") for each in list(site.nodes)[:3]]
    with pytest.raises(SiteStructureError):
        Composite((*good, RemoveNode("not there"))).apply(site)
    assert site == before


@given(seed=st.integers(0, 2**32))
def test_nothing_hangs_below_itself(seed: int) -> None:
    rng = random.Random(seed)
    site = random_site(rng, 15)
    before = clone(site)
    for node in list(site.nodes):
        for below in site.subtree(node):
            with pytest.raises(SiteStructureError):
                MoveNode(node, below).apply(site)
    assert site == before


def test_the_place_in_the_tree_is_not_a_field() -> None:
    site = random_site(random.Random(1), 5)
    for field in ("parent", "id", "kind", "no_such_field"):
        with pytest.raises(SiteStructureError):
            SetNode(next(iter(site.nodes)), field, None).apply(site)


def test_unreadable_history_is_told_as_such() -> None:
    for data in ({}, {"op": "explode"}, {"op": "move-node"}, {"op": "add-node", "node": {}, "index": None}):
        with pytest.raises(SiteStructureError):
            edit_from_json(data)
