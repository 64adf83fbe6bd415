"""What a cloud is known to offer; what is missing becomes a printed step for the maker's own tool."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from larry.errors import CloudRefusedError


class Capability(StrEnum):
    """One thing a cloud can be asked for (domain.md 6)."""

    READ_SITES = "read_sites"
    READ_IQS = "read_iqs"
    ADD_IQ = "add_iq"
    READ_TREE = "read_tree"
    WRITE_TREE = "write_tree"
    READ_LOCKS = "read_locks"
    DETACH_LOCK = "detach_lock"
    CREATE_SITE = "create_site"
    REMOVE_IQ = "remove_iq"
    INVITE_OWNER = "invite_owner"
    RELEASE = "release"
    RELEASE_STATE = "release_state"
    REPLACE_IQ = "replace_iq"
    RESTORE_IQ = "restore_iq"
    INSTALLER_ACCESS = "installer_access"
    TRANSFER_OWNER = "transfer_owner"
    VOUCHER = "voucher"


PUBLIC_CAPABILITIES = frozenset(
    {
        Capability.READ_SITES,
        Capability.READ_IQS,
        Capability.ADD_IQ,
        Capability.READ_TREE,
        Capability.WRITE_TREE,
        Capability.READ_LOCKS,
        Capability.DETACH_LOCK,
    }
)
"""What every cloud has, because its routes are published."""

_PRINTED_STEPS = {
    Capability.CREATE_SITE: "Create the site in SALTO's own tool with name, country and zone as planned.",
    Capability.REMOVE_IQ: "Empty the IQ's tree, then delete the IQ in SALTO's own tool.",
    Capability.INVITE_OWNER: "Enter the owner's e-mail in SALTO's own tool, the same as in the plan.",
    Capability.RELEASE: "Release the site to the owner in SALTO's own tool, then mark it here as released.",
    Capability.RELEASE_STATE: "Look in SALTO's own tool whether the site is released.",
    Capability.REPLACE_IQ: "Replace the IQ in SALTO's own tool with the new activation code, "
    "then hold the maintenance card to every lock.",
    Capability.RESTORE_IQ: "Restore the IQ in SALTO's own tool.",
    Capability.INSTALLER_ACCESS: "The owner grants installer access in the owner's app, per IQ, for 24 h.",
    Capability.TRANSFER_OWNER: "The owner hands the site to a site admin in the owner's app.",
    Capability.VOUCHER: "Enter the voucher in SALTO's own tool.",
}


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What one host offers."""

    host: str
    known: frozenset[Capability]

    @classmethod
    def of(cls, host: str, names: Iterable[str]) -> Capabilities:
        """Build from names; names of a newer cloud that this client does not know are left out."""
        words = {capability.value for capability in Capability}
        return cls(host, frozenset(Capability(name) for name in names if name in words))

    def has(self, capability: Capability) -> bool:
        """Tell whether the host is known to offer it."""
        return capability in self.known

    def printed_step(self, capability: Capability) -> str:
        """Return what a person does instead when the host does not offer it, or "" when it does."""
        return "" if self.has(capability) else _PRINTED_STEPS.get(capability, "Do this in SALTO's own tool.")

    def require(self, capability: Capability, action: str) -> None:
        """Let it pass, or refuse with the printed step.

        Raises:
            CloudRefusedError: the host is not known to offer it; code "not-offered".
        """
        if not self.has(capability):
            raise CloudRefusedError(
                action,
                why=f"{self.host} is not known to offer this to Larry.",
                remedy=self.printed_step(capability),
                code="not-offered",
            )
