"""What is true in the building: devices, walls, network, batteries, cards. Pure and synchronous.

Nothing here knows Bluetooth, serial ports, HTTP or asyncio; time comes from a clock that is handed in,
chance from a seed. The rules are those of domain.md, sections 2, 4 and 5.
"""

from larry.simulator.world.world import World

__all__ = ["World"]
