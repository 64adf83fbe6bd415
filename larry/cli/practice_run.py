"""The whole job in the terminal, on the practice site: find, lay out, commission, hand over, release."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from pathlib import Path

from larry.bootstrap import cloud_client, device_service
from larry.cli.job_progress import show_progress
from larry.cli.output import say
from larry.devices.service import DeviceService
from larry.domain.finding import Severity
from larry.domain.site import Site
from larry.errors import AnswerIsNoError, FileUnreachableError
from larry.handover.pack_manifest import REPORT
from larry.handover.read_zip import read_zip
from larry.handover.verify_pack import verify_pack
from larry.services.commission.job_clock import SystemJobClock
from larry.services.commissioning import Commissioning, RunResult
from larry.services.hand_over import hand_over
from larry.services.nearby import nearby
from larry.services.practice import PracticeAddresses, PracticeProcess
from larry.services.practice_control import PracticeControl
from larry.services.practice_hands import PracticeHands
from larry.services.practice_project import create_practice_project, read_stickers, read_wifi_note
from larry.services.project import Project
from larry.services.release_site import release_site
from larry.storage.whole_write import write_whole

PASSPHRASE = "practice"  # noqa: S105 - protects codes that open nothing but the practice site
SSID = "Adler-Staff"
LISTEN_S = 6.0
STEPS = 6


@dataclass(frozen=True, slots=True)
class PracticeResult:
    """What a practice run left behind."""

    project: Path
    pack: Path
    report: Path
    done: int
    total: int
    released_to: str


async def practice_run(folder: Path, *, speed: float = 20.0, seed: int = 0) -> PracticeResult:
    """Do the whole job; the results stand in `folder`, older ones are never overwritten.

    Args:
        folder: made when it does not exist.
        speed: practice seconds per real second.
        seed: of the practice site's chance.

    Raises:
        AnswerIsNoError: a step stayed open or the pack does not verify.
        UnreachableError: the practice site did not start.
        FileUnreachableError: the folder cannot be written.
    """
    _make(folder)
    async with contextlib.AsyncExitStack() as stack:
        _title(1, "The practice site starts: Hotel Adler, 3 floors, its own radio, cables and cloud")
        addresses = await stack.enter_async_context(PracticeProcess(seed=seed))
        control = await stack.enter_async_context(PracticeControl(addresses.control))
        await control.set_speed(speed)
        project = create_practice_project(_free_name(folder, "hotel-adler", ".larry"), _create)
        stack.callback(project.close)
        return await _Run(project, addresses, control, speed).all(folder)


class _Run:
    def __init__(
        self, project: Project, addresses: PracticeAddresses, control: PracticeControl, speed: float
    ) -> None:
        self._project = project
        self._addresses = addresses
        self._control = control
        self._speed = speed

    async def all(self, folder: Path) -> PracticeResult:
        async with device_service(self._addresses.radio, self._addresses.ports) as devices:
            await self._find(devices)
            await self._lay_out()
            result = await self._commission(devices)
        pack, report = self._hand_over(folder)
        owner = await self._release()
        return PracticeResult(self._project.path, pack, report, result.done, result.total, owner)

    async def _find(self, devices: DeviceService) -> None:
        _title(2, "Finding devices, by radio and by cable")
        await asyncio.sleep(LISTEN_S)
        snapshot = devices.snapshot()
        rows = nearby(snapshot, self._project.site)
        both = sum(len(device.transports) > 1 for device in snapshot.devices)
        say(f"  {len(rows)} devices heard from where the laptop stands, {both} of them also by cable")

    async def _lay_out(self) -> None:
        _title(3, "Laying out: the plan of the hotel, Device IDs from the stickers")
        assigned = read_stickers(self._project, await self._control.world())
        findings = self._project.findings()
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        say(f"  {assigned} Device IDs read; {len(findings)} findings, {len(errors)} of them errors")
        if errors:
            raise AnswerIsNoError(errors[0].message, remedy=errors[0].fix)

    async def _commission(self, devices: DeviceService) -> RunResult:
        _title(4, "Commissioning; the practice hands hold buttons and cards when Larry asks for it")
        hands = PracticeHands(self._control, self._project.site)
        password = read_wifi_note(await self._control.world(), SSID)
        async with cloud_client(self._addresses.cloud) as cloud:
            # By radio where both are there: so the button, the window and the light are practised too.
            job = Commissioning(self._project, devices, cloud, SystemJobClock(self._speed), prefer="ble")
            job.set_wifi(SSID, password, for_all=True)
            with contextlib.ExitStack() as watched:
                watched.callback(show_progress(job, self._project.site))
                watched.callback(hands.help(job))
                result = await job.run()
            await hands.rest()
        if result.open_steps:
            first = result.open_steps[0]
            raise AnswerIsNoError(
                first.headline, why=first.cause, remedy=f"The project is {self._project.path}."
            )
        return result

    def _hand_over(self, folder: Path) -> tuple[Path, Path]:
        _title(5, "Handing over: checklist, report, pack")
        handed = hand_over(self._project, folder, made_by="Practice")
        say(f"  {handed.checklist.summary()}")
        verification = verify_pack(handed.path)
        if not verification.ok:
            raise AnswerIsNoError(f"{handed.path.name} does not verify.", why=str(verification.problems[0]))
        say(f"  {handed.path.name} verifies, SHA-256 {verification.sha256[:16]}…")
        report = _free_name(folder, "hotel-adler-report", ".pdf")
        write_whole(report, read_zip(handed.path.read_bytes()).files[REPORT])
        return handed.path, report

    async def _release(self) -> str:
        _title(6, "Releasing the site to its owner in the practice cloud")
        async with cloud_client(self._addresses.cloud) as cloud:
            released = await release_site(self._project, cloud, say=lambda text: say(f"  {text}"))
        return released.owner_email


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileUnreachableError(
            f"The folder {folder} cannot be made.", why=f"{error.strerror}."
        ) from error


def _create(path: Path, site: Site) -> Project:
    # Without the keyring: a practice project must leave no key on this computer.
    return Project.create(path, site, passphrase=lambda: PASSPHRASE)


def _free_name(folder: Path, stem: str, suffix: str) -> Path:
    path, number = folder / f"{stem}{suffix}", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}{suffix}", number + 1
    return path


def _title(number: int, text: str) -> None:
    say(f"{number} of {STEPS}  {text}")
