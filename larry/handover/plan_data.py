"""The drawing of one floor: walls, devices and links in millimetres of paper."""

from __future__ import annotations

from typing import Any

from larry.domain.hardware import Floor, Node
from larry.domain.rule_context import display_name
from larry.handover.checklist import counted
from larry.handover.device_row import margin_db
from larry.handover.site_facts import SiteFacts

WIDTH_MM = 245.0
HEIGHT_MM = 128.0
_BORDER_MM = 9.0  # room for the shapes and labels at the rim
_MAX_SCALE_MM_PER_M = 25.0
_NAMES_UP_TO = 36  # devices on a floor; above, numbers of the device table stand beside the shapes
_NAMES_IN_ALT = 60  # a PDF string ends at 32 KiB, and nobody listens to more


def plan_data(facts: SiteFacts, floor: Floor, numbers: dict[str, int]) -> dict[str, Any]:
    """Return the drawing of a floor; without positions it has no devices and says so in `note`."""
    placed = [(node, node.x_m, node.y_m) for node in facts.order if node.floor == floor.id]
    points = {node.id: (x, y) for node, x, y in placed if x is not None and y is not None}
    nodes = [node for node, _, _ in placed if node.id in points]
    corners = [(wall.x1_m, wall.y1_m) for wall in floor.walls] + [(w.x2_m, w.y2_m) for w in floor.walls]
    paper = _Paper([*points.values(), *corners])
    links = [_link(facts, node, points, paper) for node in nodes]
    missing = len(placed) - len(nodes)
    return {
        "name": floor.name or floor.id,
        "level": floor.level,
        "height": paper.height_mm,
        "width": paper.width_mm,
        "alt": _alt(floor, nodes),
        "note": f"{counted(missing, 'device')} without a position." if missing else "",
        "empty": not nodes,
        "metre": paper.scale,
        "walls": [[*paper.at(w.x1_m, w.y1_m), *paper.at(w.x2_m, w.y2_m)] for w in floor.walls],
        "links": [link for link in links if link],
        "devices": [
            {
                "kind": node.kind.value,
                "at": paper.at(*points[node.id]),
                "label": display_name(node) if len(nodes) <= _NAMES_UP_TO else str(numbers[node.id]),
                "away": _goes_away(facts, node),
            }
            for node in nodes
        ],
    }


class _Paper:
    """Fits a floor into the drawing: one scale for both directions, y downwards as in the window."""

    def __init__(self, points: list[tuple[float, float]]) -> None:
        xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
        self._left, self._top = min(xs), min(ys)
        width_m, height_m = max(xs) - self._left, max(ys) - self._top
        room = (WIDTH_MM - 2 * _BORDER_MM, HEIGHT_MM - 2 * _BORDER_MM)
        self.scale = min(
            room[0] / width_m if width_m else _MAX_SCALE_MM_PER_M,
            room[1] / height_m if height_m else _MAX_SCALE_MM_PER_M,
            _MAX_SCALE_MM_PER_M,
        )
        self.width_mm = WIDTH_MM
        self.height_mm = height_m * self.scale + 2 * _BORDER_MM
        self._indent = (WIDTH_MM - width_m * self.scale) / 2

    def at(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return a point in millimetres from the drawing's upper left corner."""
        x_mm = (x_m - self._left) * self.scale + self._indent
        return round(x_mm, 2), round((y_m - self._top) * self.scale + _BORDER_MM, 2)


def _link(
    facts: SiteFacts, node: Node, points: dict[str, tuple[float, float]], paper: _Paper
) -> dict[str, Any] | None:
    if node.parent is None or node.parent not in points:
        return None
    margin = margin_db(facts, node)
    rule = facts.catalogue.rule("link-weak")
    quality = "unmeasured"
    if margin is not None:
        quality = "good" if margin >= rule.limit("good_db") else "marginal"
        quality = "weak" if margin < rule.limit("limit_db") else quality
    return {"line": [*paper.at(*points[node.parent]), *paper.at(*points[node.id])], "quality": quality}


def _goes_away(facts: SiteFacts, node: Node) -> bool:
    """Tell whether a device's parent stands on another floor."""
    return node.parent is not None and facts.site.nodes[node.parent].floor != node.floor


def _alt(floor: Floor, nodes: list[Node]) -> str:
    words = {"iq": "IQ", "repeater": "repeater", "lock": "lock"}
    counts = {kind: sum(node.kind.value == kind for node in nodes) for kind in words}
    parts = [counted(count, words[kind]) for kind, count in counts.items() if count]
    names = ", ".join(display_name(node)[:40] for node in nodes[:_NAMES_IN_ALT])
    more = "; the device table has them all" if len(nodes) > _NAMES_IN_ALT else ""
    what = " and ".join(parts) or "no devices"
    return f"Plan of floor {floor.name or floor.id} with {what}" + (f": {names}{more}." if names else ".")
