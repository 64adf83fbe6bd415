"""The whole practice site commissioned over real protocols: radio by HCI over TCP, cloud by HTTP."""

from __future__ import annotations

from pathlib import Path

from commission_bench import commission_bench

from larry.domain.kind import Kind
from larry.services.commission.step_state import StepStatus


async def test_the_whole_site_is_commissioned(tmp_path: Path) -> None:
    async with commission_bench(tmp_path) as bench:
        result = await bench.job.run()

        assert result.open_steps == ()
        assert (result.done, result.total) == (31, 31)
        for node in bench.project.site.walk():
            record = bench.project.records[node.id]
            device = bench.practice.world.find(node.device_id or "")
            assert record.seen("online") is True, node.name
            if node.kind is Kind.IQ:
                assert record.seen("cloud_id")
                assert record.seen("wifi_ssid") == "Adler-Staff"
                assert device.nameplate["device"] == node.name
            else:
                assert record.seen("link_state") == "attached"
                assert device.link_state == "attached"  # type: ignore[attr-defined]
        assert len(await bench.cloud.sites()) == 1
        assert bench.job.board().done == 31
        assert all(row.state is StepStatus.DONE for row in bench.job.board().queue)
