"""can_place gives the same answer as moving for real and validating."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from site_strategies import random_node, random_site

from larry.domain.edits import AddNode, MoveNode
from larry.domain.finding import Finding, Severity
from larry.domain.hardware import Floor, Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.placement import Verdict, can_place
from larry.domain.repairs import placements, repairs_for
from larry.domain.site import Site
from larry.domain.validation import validate
from larry.storage.catalogue_files import load_catalogue

_CAUSED_BY_PLACE = {
    "locks-per-iq", "repeaters-per-iq", "repeater-depth", "repeater-branching", "direct-lock-beside-repeater",
    "range-exceeded", "range-marginal", "link-weak", "unplaced", "wrong-parent-kind",
}  # fmt: skip


def _errors(findings: list[Finding]) -> dict[tuple[str, str | None], Finding]:
    return {
        (f.code, f.node): f for f in findings if f.code in _CAUSED_BY_PLACE and f.severity is Severity.ERROR
    }


@given(seed=st.integers(0, 2**32), size=st.integers(2, 45), profile=st.sampled_from(("default", "strict")))
def test_no_means_the_move_causes_an_error(seed: int, size: int, profile: str) -> None:
    rng = random.Random(seed)
    site = random_site(rng, size)
    catalogue = load_catalogue(profile)
    if not site.nodes:
        return
    node_id = rng.choice(list(site.nodes))
    below = set(site.subtree(node_id))
    now = site.nodes[node_id].parent
    others = [None, *(each for each in site.nodes if each not in below)]
    parent = rng.choice([each for each in others if each != now] or [now])
    if parent == now:
        return
    before = _errors(validate(site, catalogue))
    answer = can_place(site, catalogue, node_id, parent)
    MoveNode(node_id, parent).apply(site)
    after = _errors(validate(site, catalogue))
    worse = {
        key
        for key, finding in after.items()
        if key not in before or before[key].numbers.get("count", 0) < finding.numbers.get("count", 0)
    }
    # Still wrong at the new place is a no as well, though the site is not worse than before.
    moved = {key for key in after if key[1] in below}
    if answer.verdict is Verdict.NO:
        assert worse | moved
    else:
        # A branch may bring errors of its own along; the answer is about the move.
        assert not {key for key in worse if key[1] not in below - {node_id}}


@given(seed=st.integers(0, 2**32))
def test_a_new_device_is_judged_like_a_planned_one(seed: int) -> None:
    rng = random.Random(seed)
    site = random_site(rng, 25)
    catalogue = load_catalogue()
    node = random_node(rng, "new", None)
    for parent in [None, *site.nodes]:
        loose = can_place(site, catalogue, node, parent)
        planned = node.copy()
        inverse = AddNode(planned).apply(site)
        assert can_place(site, catalogue, "new", parent).verdict is loose.verdict
        inverse.apply(site)


def two_iqs(locks: int) -> Site:
    site = Site(SiteInfo("Two"))
    site.set_floors([Floor("f", "Ground")])
    for number, x_m in ((1, 0.0), (2, 8.0)):
        site.insert_node(Node(f"iq{number}", Kind.IQ, "iq2-bluenet", f"IQ {number}", None, "f", x_m, 0.0))
    for number in range(locks):
        lock = Node(f"l{number}", Kind.LOCK, "cylinder", f"Door {number}", "iq1", "f", number / 4, 1.0)
        site.insert_node(lock)
    return site


def test_full_is_not_wrong_and_the_seventeenth_is() -> None:
    site, catalogue = two_iqs(16), load_catalogue()
    new = Node("n", Kind.LOCK, "cylinder", "New", None, "f", 1.0, 1.0)
    answer = can_place(site, catalogue, new, "iq1")
    assert answer.verdict is Verdict.NO
    assert answer.findings[0].numbers == {"count": 17, "limit": 16}
    assert (answer.load, answer.limit) == (17, 16)
    inside = can_place(site, catalogue, "l3", "iq1")
    assert (inside.verdict, inside.load) == (Verdict.YES, 16)


def test_placements_offer_the_best_parent_first() -> None:
    site, catalogue = two_iqs(16), load_catalogue()
    site.insert_node(Node("n", Kind.LOCK, "cylinder", "New", None, "f", 2.0, 1.0))
    best, other = placements(site, catalogue, "n")
    assert (best.parent, best.verdict) == ("iq2", Verdict.YES)
    assert (other.parent, other.verdict) == ("iq1", Verdict.NO)


def test_a_repair_takes_its_finding_away() -> None:
    site, catalogue = two_iqs(17), load_catalogue()
    site.insert_node(Node("n", Kind.LOCK, "cylinder", "New", None, "f", 6.0, 1.0))
    for code in ("unplaced", "locks-per-iq"):
        finding = next(f for f in validate(site, catalogue) if f.code == code)
        repairs_for(site, catalogue, finding)[0].edit.apply(site)
        assert code not in {f.code for f in validate(site, catalogue)}
