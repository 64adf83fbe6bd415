"""`larry commission`: the plan carried out on the devices, step by step, resumable."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from typing import Any

import click

from larry.bootstrap import cloud_client, open_project
from larry.cli.activation_code_list import read_activation_codes
from larry.cli.device_actions import WIFI_VARIABLE
from larry.cli.job_asker import JobAsker
from larry.cli.job_progress import show_progress
from larry.cli.options import file_argument, json_option
from larry.cli.output import answer, say
from larry.cli.passphrase import ask_passphrase
from larry.cli.radio_options import chosen_devices, radio_options
from larry.domain.rule_context import display_name
from larry.services.commission.job_clock import JobClock, SystemJobClock
from larry.services.commissioning import Commissioning, RunResult
from larry.services.project import Project


@click.command()
@file_argument
@radio_options
@click.option("--cloud", metavar="URL", help="Address of the cloud; without it the cloud steps stay open.")
@click.option("--only", multiple=True, metavar="ID", help="Only these devices (id, Device ID or name).")
@click.option(
    "--codes",
    type=click.Path(path_type=Path),
    help="CSV of IQ names and activation codes; they are sealed in the project.",
)
@click.option(
    "--wifi",
    metavar="SSID",
    help=f"For IQs without a network in the plan. Password: asked, or {WIFI_VARIABLE}.",
)
@click.option(
    "--prefer", type=click.Choice(["serial", "ble"]), default="serial", help="Way to a device that has both."
)
@click.option(
    "--speed", type=click.FloatRange(1, 50), default=1.0, hidden=True, help="Of a practice site's time."
)
@json_option
@click.pass_context
def command(
    context: click.Context,
    file: Path,
    radio: str,
    serial: tuple[str, ...],
    cloud: str | None,
    only: tuple[str, ...],
    codes: Path | None,
    wifi: str | None,
    prefer: str,
    speed: float,
) -> None:
    """Carry the plan of FILE out on the devices. Interrupt it at any time; started again, it goes on.

    Exit code 1 when steps are left open, 3 when nothing could be reached.
    """
    with open_project(file, passphrase=ask_passphrase) as project:
        if codes is not None:
            found = read_activation_codes(codes, project.site)
            project.secrets.set_many({(node, "activation_code"): code for node, code in found.items()})
        job = _Job(project, radio, serial, cloud, prefer, SystemJobClock(speed))
        result = asyncio.run(job.run([_node_id(project, name) for name in only] or None, wifi))
        answer(_json(project, job.steps(), result), _words(result))
    if result.open_steps or result.done < result.total:
        context.exit(1 if result.reached else 3)


class _Job:
    def __init__(
        self,
        project: Project,
        radio: str,
        serial: tuple[str, ...],
        cloud: str | None,
        prefer: str,
        clock: JobClock,
    ) -> None:
        self._clock = clock
        self._project = project
        self._radio, self._serial, self._cloud, self._prefer = radio, serial, cloud, prefer
        self._job: Commissioning | None = None

    def steps(self) -> Commissioning:
        assert self._job is not None
        return self._job

    async def run(self, only: list[str] | None, wifi: str | None) -> RunResult:
        async with contextlib.AsyncExitStack() as stack:
            client = (
                await stack.enter_async_context(cloud_client(self._cloud))
                if self._cloud is not None
                else None
            )
            devices = await stack.enter_async_context(chosen_devices(self._radio, self._serial))
            prefer: Any = self._prefer
            self._job = job = Commissioning(self._project, devices, client, self._clock, prefer=prefer)
            _set_wifi(job, self._project, wifi)
            stack.callback(show_progress(job, self._project.site))
            stack.callback(JobAsker(job).watch())
            return await job.run(only)


def _set_wifi(job: Commissioning, project: Project, ssid: str | None) -> None:
    password = os.environ.get(WIFI_VARIABLE)
    planned = {node.wifi_ssid for node in project.site.nodes.values() if node.wifi_ssid}
    if ssid is not None:
        job.set_wifi(ssid, password, for_all=True)
    elif password is not None and len(planned) == 1:
        job.set_wifi(planned.pop(), password)


def _node_id(project: Project, name: str) -> str:
    for node in project.site.nodes.values():
        if name in (node.id, node.device_id, node.name):
            return node.id
    return name  # the job says that it does not know it


def _json(project: Project, job: Commissioning, result: RunResult) -> dict[str, Any]:
    nodes = project.site.nodes
    return {
        "done": result.done,
        "total": result.total,
        "reached": result.reached,
        "open": [
            {
                "node": state.node_id,
                "name": display_name(nodes[state.node_id]),
                "step": state.step,
                "code": state.code,
                "headline": state.headline,
                "cause": state.cause,
                "next": state.next_step.label if state.next_step else None,
            }
            for state in result.open_steps
        ],
        "devices": [
            {
                "node": row.node_id,
                "name": row.name,
                "state": row.state.value,
                "steps": {step.step: step.state.value for step in job.steps(row.node_id)},
            }
            for row in job.board().queue
        ],
    }


def _words(result: RunResult) -> str:
    lines = [f"{result.done} of {result.total} devices are done."]
    if result.open_steps:
        lines.append(f"{len(result.open_steps)} steps are open:")
    for state in result.open_steps:
        button = f" Next: {state.next_step.label}." if state.next_step else ""
        lines.append(f"  {state.headline} {state.cause}{button}")
    if result.open_steps:
        say("Start the same command again to go on with what is open.")
    return "\n".join(lines)
