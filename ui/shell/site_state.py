"""What the start page will say about a site: read from the open project when something changed."""

from __future__ import annotations

from larry.domain.finding import Severity
from larry.domain.rule_context import display_name
from ui.shell.memory import RecentSite
from ui.workspace import Workspace

JOB = "commission"
_WAITING = {"open", "waiting"}


def recent_site(workspace: Workspace) -> RecentSite:
    """Return the line of an open site for the list of recent ones."""
    project = workspace.project
    records = project.records.values()
    waiting = _waiting(workspace)
    state = "planning"
    if project.released:
        state = "released"
    elif any(record.written for record in records):
        state = "commissioning"
    return RecentSite(
        path=str(project.path),
        name=project.site.info.name,
        at="",
        devices=len(project.site.nodes),
        online=sum(record.seen("online") is True for record in records),
        errors=sum(finding.severity is Severity.ERROR for finding in workspace.findings),
        open_acts=len(waiting),
        open_act_names=waiting,
        state=state,
        practice=workspace.practice is not None,
    )


def _waiting(workspace: Workspace) -> list[str]:
    """Return the names of devices whose commissioning waits for a person."""
    nodes = workspace.project.site.nodes
    names = []
    for node_id, row in workspace.project.jobs.load_steps(JOB).items():
        states = {step.get("state") for step in row.get("steps", ()) if isinstance(step, dict)}
        if node_id in nodes and states & _WAITING:
            names.append(display_name(nodes[node_id]))
    return names
