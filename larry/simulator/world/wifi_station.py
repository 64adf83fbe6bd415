"""The Wi-Fi side of a device: joins, fails with a cause, remembers its settings."""

from __future__ import annotations

from collections.abc import Callable

from larry.simulator.world.building_network import WifiNetwork
from larry.simulator.world.device import Site
from larry.simulator.world.timer_queue import Timer


class WifiStation:
    """States: `unconfigured`, `joining`, `joined`, `failed`.

    A failed attempt with new settings leaves the device without settings when it had none, and returns to
    the old network when it had one: settings are kept only once they worked.
    """

    def __init__(self, site: Site, dual_band: bool, changed: Callable[[str, str], None]) -> None:
        self._site = site
        self._changed = changed
        self._timer: Timer | None = None
        self._saved: tuple[str, str] | None = None
        self._trying: tuple[str, str] | None = None
        self.dual_band = dual_band
        self.state = "unconfigured"
        self.problem: str | None = None

    @property
    def ssid(self) -> str | None:
        """The network it is in or tries to join."""
        settings = self._trying or self._saved
        return settings[0] if settings else None

    @property
    def joined(self) -> bool:
        """True with an address on the network."""
        return self.state == "joined"

    def networks(self) -> list[WifiNetwork]:
        """Return what it hears."""
        return self._site.network.audible(self.dual_band)

    def provision(self, ssid: str, password: str) -> None:
        """Try new settings; the outcome comes through the `changed` callback."""
        self._trying = (ssid, password)
        self._begin()

    def restore(self, ssid: str, password: str) -> None:
        """Take settings as already proved (from a scenario) and be in the network at once."""
        self._saved = (ssid, password)
        self.state = "joined"

    def power_lost(self) -> None:
        """Forget what is not kept without power."""
        self._stop_timer()
        self._trying = None
        self.state = "unconfigured" if self._saved is None else "joining"

    def start(self) -> None:
        """After power-on: go back to the network that is kept."""
        if self._saved is not None:
            self._begin()

    def _begin(self) -> None:
        self._stop_timer()
        self.state, self.problem = "joining", None
        settings = self._trying or self._saved
        if settings is None:
            return
        problem = self._site.network.join_problem(*settings, self.dual_band)
        timings = self._site.timings
        delay_s = timings.wifi_join_s if problem is None else timings.wifi_fail_s
        self._timer = self._site.timers.after(delay_s, lambda: self._finish(problem))
        self._changed("wifi-joining", f'joins "{settings[0]}"')

    def _finish(self, problem: str | None) -> None:
        self._timer = None
        settings = self._trying or self._saved
        ssid = settings[0] if settings else ""
        if problem is None:
            self._saved, self._trying = settings, None
            self.state = "joined"
            self._changed("wifi-joined", f'is in the network "{ssid}"')
            return
        self._trying = None
        self.state, self.problem = "failed", problem
        self._changed(f"wifi-{problem}", f'did not join "{ssid}": {_WORDS[problem]}')
        if self._saved is not None:
            self._timer = self._site.timers.after(10.0, self._begin)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


_WORDS = {
    "not-found": "no such network is heard",
    "wrong-password": "the password was refused",
    "802.1x": "the network asks for 802.1X",
    "no-dhcp": "no address was given",
}
