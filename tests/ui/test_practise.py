"""One click to the practice hotel: its devices are heard, one is assigned, all ends with the window."""

from __future__ import annotations

import asyncio
import os
import time

import qasync
from PySide6.QtWidgets import QApplication
from window_tools import design

from larry.services.nearby import NearbyRow
from ui.options import Options
from ui.shell.main_window import MainWindow
from ui.shell.memory import Memory

PATIENCE_S = 60.0


async def until(condition, what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, f"never: {what}"
        await asyncio.sleep(0.05)


def new_lock(stage) -> NearbyRow | None:
    """Return a lock of the list that said who it is and has a likely place."""
    for item in stage.nearby.model.items:
        if (
            isinstance(item, NearbyRow)
            and item.found.kind == "lock"
            and item.found.device_id
            and item.suggestions
        ):
            return item
    return None


def test_start_practising(dressed, tmp_path) -> None:
    loop = qasync.QEventLoop(QApplication.instance())
    asyncio.set_event_loop(loop)
    window = MainWindow(Memory(tmp_path / "settings"), Options(radio="none"))
    window.finished.connect(loop.stop)
    window.show()
    seen: dict[str, object] = {}

    async def practise() -> None:
        try:
            window.start.practice.start.click()
            await until(lambda: window.page is not None, "the practice site opened")
            await until(lambda: len(window.feed.snapshot.devices) >= 25, "the hotel was heard")
            stage, project = design(window), window.page.workspace.project
            await until(lambda: new_lock(stage) is not None, "a lock told its Device ID")
            row = new_lock(stage)
            stage.acts.assign_suggested(row)
            node_id = row.suggestions[0].node_id
            seen["assigned"] = project.site.nodes[node_id].device_id == row.found.device_id
            seen["practice"] = window.page.top.practice_chip.isVisible()
            seen["process"] = window.doors._practice._process.pid
            service = window.feed.service
            link = await service.open(row.found.identity)
            await link.identify(2)
            await link.close()
        finally:
            window.close()

    with loop:
        work = loop.create_task(practise())
        loop.run_forever()
    asyncio.set_event_loop(None)
    assert work.exception() is None
    assert seen["assigned"] is True
    assert seen["practice"] is True
    try:
        os.kill(int(seen["process"]), 0)
        ended = False
    except ProcessLookupError:
        ended = True
    assert ended, "the practice site outlived the window"
    recent = window.memory.recent()
    assert [site.practice for site in recent] == [True]
    window.deleteLater()
