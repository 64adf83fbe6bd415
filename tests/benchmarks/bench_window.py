"""The window with 16,000 locks: opening, frames while dragging, search, one edit. Prints only.

Run: `QT_QPA_PLATFORM=offscreen .venv/bin/python tests/benchmarks/bench_window.py [IQS]`
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from PySide6.QtCore import QPoint, QPointF, Qt  # noqa: E402
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from window_tools import close_window, design, open_window  # noqa: E402

from larry.domain.edits import MoveNode  # noqa: E402
from larry.domain.hardware import Floor, Node, SiteInfo  # noqa: E402
from larry.domain.kind import Kind  # noqa: E402
from larry.domain.site import Site  # noqa: E402
from ui.app import make_application  # noqa: E402
from ui.models.payload import Payload, nodes_mime  # noqa: E402
from ui.style.theme import theme  # noqa: E402

FRAMES = 60


def big_site(iqs: int) -> Site:
    """Return a site of so many IQs with 6 repeaters and 16 locks each."""
    site = Site(SiteInfo("Big site", time_zone="Europe/Vienna", owner_email="owner@example.com"))
    site.set_floors([Floor("f0", "Ground", 0)])
    for number in range(iqs):
        x, y = (number % 40) * 30.0, (number // 40) * 30.0
        iq = Node(f"iq{number}", Kind.IQ, "iq2-bluenet", f"IQ {number}", None, "f0", x, y)
        site.insert_node(iq)
        for place in range(6):
            repeater = f"r{number}-{place}"
            site.insert_node(
                Node(
                    repeater,
                    Kind.REPEATER,
                    "repeater-bluenet",
                    f"Rep {number}.{place}",
                    iq.id,
                    "f0",
                    x + place,
                    y + 4,
                )
            )
        for place in range(15 if number == 0 else 16):
            parent = f"r{number}-{place % 6}"
            name = f"Room {number}.{place}"
            site.insert_node(
                Node(f"l{number}-{place}", Kind.LOCK, "escutcheon", name, parent, "f0", x + place % 6, y + 6)
            )
    return site


def timed(what: str, act) -> float:
    """Print and return how long something takes, in milliseconds."""
    start = time.perf_counter()
    act()
    taken_ms = (time.perf_counter() - start) * 1000
    sys.stdout.write(f"{what:<44}{taken_ms:9.1f} ms" + "\n")
    return taken_ms


def frames(window, stage) -> list[float]:
    """Drag a lock over the tree; return the time of each step with its repaint, in milliseconds."""
    viewport = stage.tree.tree.viewport()
    mime = nodes_mime(["l1-0"])
    stage._dragging(Payload(node_id="l1-0"))
    taken = []
    buttons, keys, move = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.MoveAction
    QApplication.sendEvent(viewport, QDragEnterEvent(QPoint(60, 10), move, mime, buttons, keys))
    for step in range(FRAMES):
        at = QPointF(60, 10 + (step * 13) % max(40, viewport.height() - 60))
        start = time.perf_counter()
        QApplication.sendEvent(viewport, QDragMoveEvent(at.toPoint(), move, mime, buttons, keys))
        viewport.repaint()
        taken.append((time.perf_counter() - start) * 1000)
    stage._dragging(None)
    return taken


def main() -> None:
    """Measure and print."""
    iqs = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    application = make_application()
    theme().install(application, "light")
    folder = Path(tempfile.mkdtemp())
    site = big_site(iqs)
    sys.stdout.write(f"{iqs} IQs, {len(site.nodes)} devices" + "\n")
    windows = []
    timed("make the file, open, first screen", lambda: windows.append(open_window(folder, site)))
    window = windows[0]
    timed("show and paint", lambda: (window.show(), application.processEvents()))
    stage, workspace = design(window), window.page.workspace
    for number in range(3):
        stage.tree.tree.expand(stage.tree.model.index_of(f"iq{number}"))
    application.processEvents()
    timed("select a device (inspector, findings)", lambda: workspace.select("l1-0"))
    timed("where can it go (key M)", stage.ask_places)
    timed("begin a drag (marks and list)", lambda: stage._dragging(Payload(node_id="l1-0")))
    stage._dragging(None)
    gc.collect()
    taken = frames(window, stage)
    print(
        f"{'frame while dragging, median / worst':<44}{statistics.median(taken):9.1f} / {max(taken):.1f} ms"
    )
    timed("search as typed", lambda: window.page.find.hits("room 999"))
    timed(
        "one edit, saved, all views",
        lambda: (workspace.do(MoveNode("l1-0", "r0-1"), "Move"), application.processEvents()),
    )
    timed("undo", lambda: (workspace.undo(), application.processEvents()))
    timed("repairs of a finding", lambda: stage.findings.model.rowCount() and stage.findings.model.repairs(0))
    close_window(window)


if __name__ == "__main__":
    main()
