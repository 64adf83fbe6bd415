"""Where the activation code of an IQ comes from: the environment, the project, or the person."""

from __future__ import annotations

import os
import sys

import click

from larry.devices.device_data import DeviceInfo
from larry.domain.hardware import Node
from larry.domain.ids import normalise_activation_code, normalise_device_id
from larry.domain.kind import Kind
from larry.errors import InputError
from larry.services.project import Project

CODE_VARIABLE = "LARRY_ACTIVATION_CODE"


def activation_code_of(info: DeviceInfo, project: Project | None) -> str:
    """Return the activation code of a device.

    Args:
        info: who it is.
        project: where its code may be sealed.

    Raises:
        InputError: it is nowhere, and nobody can be asked.
    """
    given = os.environ.get(CODE_VARIABLE)
    if given:
        return normalise_activation_code(given)
    node = planned_iq(info, project) if project is not None else None
    if project is not None and node is not None:
        kept = project.secrets.get(node.id, "activation_code")
        if kept:
            return kept
    if not sys.stdin.isatty():
        raise InputError(
            f"No activation code for {info.device_id or 'the device'}.",
            why="It is on the barcode sticker behind the front cover.",
            remedy=f"Put it into the variable {CODE_VARIABLE}, or name its project (--project).",
        )
    text: str = click.prompt(f"Activation code of {info.device_id}", hide_input=True, err=True)
    return normalise_activation_code(text)


def planned_iq(info: DeviceInfo, project: Project) -> Node | None:
    """Return the planned IQ that this device is, by its Device ID or KS MAC."""
    wanted = {normalise_device_id(text) for text in (info.device_id, info.mac) if text}
    for node in project.site.nodes.values():
        if node.kind is Kind.IQ and wanted & {
            normalise_device_id(text) for text in (node.device_id or "", node.mac or "") if text
        }:
            return node
    return None
