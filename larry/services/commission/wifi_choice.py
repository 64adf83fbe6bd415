"""Which network an IQ gets, and the password that is entered once for all IQs of a network."""

from __future__ import annotations

from larry.domain.hardware import Node
from larry.services.commission.ports import JobProject
from larry.services.commission.step_archive import StepArchive

PASSWORD = "wifi_password"  # noqa: S105 - the name of a secret, not one
SITE_OWNER = "site"
_SSID = "wifi_ssid"


class WifiChoice:
    """Network names and passwords of the job.

    The password of a network is kept under the owner `wifi:SSID`; one that was imported for a device or for
    the whole site serves as well.
    """

    def __init__(self, project: JobProject, archive: StepArchive) -> None:
        self._project = project
        self._archive = archive

    def ssid(self, node: Node) -> str | None:
        """Return the network of an IQ: its own in the plan, else the one chosen for the job."""
        chosen = self._archive.setting(f"{_SSID}:{node.id}") or self._archive.setting(_SSID)
        return node.wifi_ssid or chosen or None

    def choose(self, ssid: str, node_id: str | None = None) -> None:
        """Choose the network of one IQ, or of all that have none in the plan."""
        self._archive.set_setting(f"{_SSID}:{node_id}" if node_id else _SSID, ssid)

    def password(self, node: Node, ssid: str) -> str | None:
        """Return the password, None when nobody entered it yet; "" belongs to an open network."""
        for owner in (f"wifi:{ssid}", node.id, SITE_OWNER):
            found = self._project.secrets.get(owner, PASSWORD)
            if found is not None:
                return found
        return None

    def set_password(self, ssid: str, password: str) -> None:
        """Keep the password of a network."""
        self._project.secrets.set(f"wifi:{ssid}", PASSWORD, password)
