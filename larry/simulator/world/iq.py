"""An IQ: button, LED, Bluetooth window, Wi-Fi, cloud connection, tree (domain.md 2, 4 and 5).

The Bluetooth window opens for two minutes when reset is held for 2 s. It is needed to give Wi-Fi settings by
Improv and to begin a session by Bluetooth; a session that has begun keeps it open until the app disconnects.
Over the cable no window is needed: who holds the cable stands in front of the device.
"""

from __future__ import annotations

from larry.devices.protocol.back_off import BackOff
from larry.simulator.world.device import Identity, SimulatedDevice, Site
from larry.simulator.world.iq_led import iq_led
from larry.simulator.world.iq_network import IqNetwork
from larry.simulator.world.iq_phase import IqPhase
from larry.simulator.world.iq_tree import IqTree
from larry.simulator.world.led import Led
from larry.simulator.world.links import IqLinks
from larry.simulator.world.position import Position
from larry.simulator.world.refusal import RefusalError
from larry.simulator.world.timer_queue import Timer


class SimulatedIq(SimulatedDevice):
    """One IQ.

    Attributes:
        activation_code: from the sticker behind the cover; secret.
        adapter_macs: Ethernet and Wi-Fi MACs for IT; not the KS MAC.
        radio_fault: fault: a node of its radio network reports an error.
        suspended: fault: the subscription of its site has expired.
        restore_required: it was reset while in a site; the cloud has to restore it.
        green_heartbeat: the setting that lets the LED blink green when all is OK.
        wifi: the network it was given and its way to the cloud.
        tree: what hangs below it.
        links: cards, detaches and heartbeats of what hangs below it.
        sessions: sealed sessions over Bluetooth that are open at this moment.
        back_off: counts wrong activation codes.
    """

    def __init__(
        self,
        site: Site,
        identity: Identity,
        position: Position,
        *,
        activation_code: str,
        adapter_macs: tuple[str, ...] = (),
        dual_band: bool = False,
    ) -> None:
        super().__init__(site, identity, position)
        self.activation_code = activation_code
        self.adapter_macs = adapter_macs
        self.window_open_until_s = 0.0
        self.sessions = 0
        self.back_off = BackOff()
        self.radio_fault = False
        self.suspended = False
        self.restore_required = False
        self.green_heartbeat = True
        self.time_zone = ""
        self.site_name: str | None = None
        self.tree = IqTree()
        self.wifi = IqNetwork(self, dual_band)
        self.links = IqLinks(self)
        self._phase = IqPhase(site.timers, self._phase_ended)
        self._window_timer: Timer | None = None

    # --- what can be seen ------------------------------------------------------------

    @property
    def phase(self) -> str:
        """`off`, `starting`, `running`, `rebooting`, `resetting` or `updating`."""
        return self._phase.name

    @property
    def running(self) -> bool:
        """True when it has power and its program runs."""
        return self.powered and self._phase.is_running

    @property
    def online(self) -> bool:
        """True when the cloud hears it."""
        return self.running and self.wifi.cloud_connected

    @property
    def window_open(self) -> bool:
        """True in the two minutes after the button, and as long as a session is open."""
        return self.running and (self.now_s < self.window_open_until_s or self.sessions > 0)

    @property
    def in_site(self) -> bool:
        """True when the cloud has put it into a site."""
        return self.site_name is not None

    @property
    def factory(self) -> bool:
        """True when it belongs to no site and has no network."""
        return not self.in_site and self.wifi.station.ssid is None

    @property
    def fault(self) -> bool:
        """True in a reboot loop, and when its radio network reports an error."""
        return self.tree.order_broken or self.radio_fault

    @property
    def state(self) -> str:
        """One word: `off`, a phase, or the first of the list below that is so, else `ok`."""
        if not self.powered:
            return "off"
        if self.phase != "running":
            return self.phase
        for word, is_so in (
            ("window-open", self.window_open),
            ("no-network", not self.wifi.has_network),
            ("connecting", not self.wifi.cloud_connected),
            ("radio-fault", self.radio_fault),
            ("suspended", self.suspended and self.in_site),
            ("restore-required", self.restore_required),
            ("no-site", not self.in_site),
        ):
            if is_so:
                return word
        return "ok"

    @property
    def led(self) -> Led:
        """What the eye sees."""
        return iq_led(
            self.state,
            identifying=self.identifying,
            app_connected=self.clients > 0,
            green_heartbeat=self.green_heartbeat,
        )

    # --- the button and the plug --------------------------------------------------------

    def hold_reset(self, seconds: float) -> None:
        """Hold the reset button: 2 s opens the window, 8 to 15 s resets the IQ; other times do nothing."""
        if not self.running:
            self.log("you", "button-dead", f"reset button of {self.name}: no reaction")
        elif 1.5 <= seconds < 8:
            self._open_window()
        elif 8 <= seconds <= 15:
            self._reset()
        else:
            self.log("you", "button-ignored", f"reset button of {self.name}, {seconds:g} s: no reaction")

    def _open_window(self) -> None:
        window_s = self.site.timings.window_s
        self.window_open_until_s = self.now_s + window_s
        self.wifi.provisioned_in_window = False
        if self._window_timer is not None:
            self._window_timer.cancel()
        self._window_timer = self.site.timers.after(window_s, self._window_ended)
        self.log("you", "button-2s", f"reset button of {self.name}, 2 s")
        self.log("device", "window-open", f"{self.name}: green every second, window open")

    def _window_ended(self) -> None:
        self._window_timer = None
        self.log("device", "window-closed", f"{self.name}: the two minutes are over")

    def _close_window(self) -> None:
        self.window_open_until_s = 0.0
        if self._window_timer is not None:
            self._window_timer.cancel()
            self._window_timer = None

    def _reset(self) -> None:
        self._close_window()
        self.restore_required = self.in_site
        self.tree.order_broken = False
        self.log("you", "button-8s", f"reset button of {self.name}, 8 s: red, green, blue")
        self.boot()
        self._enter("resetting", self.site.timings.resetting_s)

    def set_power(self, on: bool) -> None:
        """Plug in or pull; Wi-Fi settings, site and tree survive."""
        super().set_power(on)
        if on:
            self._enter("starting", self.site.timings.start_s)
            return
        self._close_window()
        self._phase.enter("off")
        self._stopped()

    def reboot(self) -> None:
        """Start again by command."""
        if not self.running:
            raise RefusalError("busy", f"{self.name} is busy.")
        self.log("larry", "reboot", f"{self.name} starts again")
        self.boot()
        self._enter("rebooting", self.site.timings.reboot_s)

    def set_updating(self, on: bool) -> None:
        """A firmware update of the IQ or of locks begins or ends; it goes on working meanwhile."""
        if self.running:
            self._phase.enter("updating" if on else "running")
            self.log("device", "updating" if on else "updated", f"{self.name}: firmware update")

    def tree_written(self) -> None:
        """After a write of the tree: a broken order leaves it in a reboot loop until it is reset."""
        if self.tree.order_broken and self.phase == "running":
            self.log(
                "device", "reboot-loop", f"{self.name}: linked locks have other tree ids, it starts again"
            )
            self._enter("rebooting", self.site.timings.reboot_s)

    def _enter(self, phase: str, duration_s: float) -> None:
        self._phase.enter(phase, duration_s)
        self.started_at_s = self.now_s
        self._stopped()

    def _phase_ended(self) -> None:
        if self.tree.order_broken:
            self._enter("rebooting", self.site.timings.reboot_s)
            return
        self._phase.enter("running")
        self.log("device", "running", f"{self.name} is ready")
        self.wifi.start()
        self.links.start()

    def _stopped(self) -> None:
        """Its program stops: connections, sessions and network go."""
        self.clients = 0
        self.sessions = 0
        self.wifi.stop()
        self.links.stop()
        self.site.changed(self)

    # --- sessions and site ----------------------------------------------------------------

    def session_opened(self) -> None:
        """A sealed session over Bluetooth began: it holds the window open."""
        self.sessions += 1
        self.site.changed(self)

    def session_closed(self) -> None:
        """A sealed session ended with its link."""
        self.sessions = max(0, self.sessions - 1)
        self.site.changed(self)

    def join_site(self, site_name: str, time_zone: str) -> None:
        """The cloud puts it into a site; the purple LED goes off."""
        self.site_name, self.time_zone = site_name, time_zone
        self.restore_required = False
        self.log("cloud", "joined-site", f"{self.name} is in the site {site_name}")

    def leave_site(self) -> None:
        """The cloud takes it out of its site."""
        self.site_name = None
        self.restore_required = False
        self.log("cloud", "left-site", f"{self.name} is in no site any more")

    def restored(self) -> None:
        """The cloud has restored it after a reset."""
        self.restore_required = False
        self.log("cloud", "restored", f"{self.name} was restored")
