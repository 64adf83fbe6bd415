"""Devices are commissioned in the order of what they depend on, siblings as planned."""

from __future__ import annotations

from larry.domain.hardware import Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.services.commission.job_order import job_order


def test_iq_then_repeaters_by_depth_then_locks_in_tree_order() -> None:
    site = Site(SiteInfo("Hotel"))
    for node_id, kind, parent in [
        ("loose", Kind.LOCK, None),
        ("iq2", Kind.IQ, None),
        ("z", Kind.REPEATER, "iq2"),
        ("deep", Kind.REPEATER, "z"),
        ("l9", Kind.LOCK, "deep"),
        ("a", Kind.REPEATER, "iq2"),
        ("l1", Kind.LOCK, "a"),
        ("l0", Kind.LOCK, "a"),
        ("iq1", Kind.IQ, None),
    ]:
        site.insert_node(Node(node_id, kind, parent=parent))
    assert job_order(site) == ["iq2", "z", "a", "deep", "l9", "l1", "l0", "iq1", "loose"]
