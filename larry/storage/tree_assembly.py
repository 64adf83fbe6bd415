"""Building a site's trees from nodes in any order, keeping the order among siblings."""

from __future__ import annotations

from collections.abc import Iterable

from larry.domain.hardware import Node
from larry.domain.site import Site


def assemble(site: Site, nodes: Iterable[Node]) -> list[str]:
    """Insert nodes below their parents, children after parents; siblings keep the order given.

    Returns:
        The ids that cannot be reached from the top: their parents are missing or run in a circle.
        Empty when the whole tree was built.
    """
    below: dict[str | None, list[Node]] = {}
    for node in nodes:
        siblings = below.get(node.parent)
        if siblings is None:
            below[node.parent] = [node]
        else:
            siblings.append(node)
    stack = list(reversed(below.pop(None, [])))
    while stack:
        node = stack.pop()
        site.insert_node(node)
        children = below.pop(node.id, None)
        if children:
            stack.extend(reversed(children))
    return [node.id for nodes in below.values() for node in nodes]
