"""Which procedure commissions which kind of device."""

from __future__ import annotations

from larry.domain.kind import Kind
from larry.services.commission.procedure import Procedure
from larry.services.commission.steps_iq import IQ_PROCEDURE
from larry.services.commission.steps_node import LOCK_PROCEDURE, REPEATER_PROCEDURE

PROCEDURES: dict[Kind, Procedure] = {
    Kind.IQ: IQ_PROCEDURE,
    Kind.REPEATER: REPEATER_PROCEDURE,
    Kind.LOCK: LOCK_PROCEDURE,
}
