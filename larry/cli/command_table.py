"""All commands of `larry`: the name, the module behind it, and the line `larry --help` shows.

Adding a command is adding a file in `larry/cli/commands` and a line here. Modules are imported only
when their command is used, so that start-up stays fast and one broken part does not stop the others.
"""

from __future__ import annotations

COMMANDS: dict[str, tuple[str, str]] = {
    "new": ("new", "Make an empty project."),
    "import": ("import_", "Bring a site or a door list into a project."),
    "export": ("export", "Write a project as JSON or CSV."),
    "show": ("show", "Show the tree, states and counts."),
    "validate": ("validate", "Check a project against the rules."),
    "plan": ("plan", "Place IQs and repeaters for the doors, with a proven bound."),
    "radio": ("radio", "Predict what devices hear of each other."),
    "simulate": ("simulate", "Run a practice site with its own cloud."),
    "scan": ("scan", "List the devices around, by radio and cable."),
    "device": ("device", "Talk to one device."),
    "commission": ("commission", "Carry a project out on the devices."),
    "checklist": ("checklist", "Show what is left before the handover; waive, note open points."),
    "handover": ("handover", "Make the close-out pack for the owner."),
    "verify": ("verify", "Check a close-out pack."),
    "accept": ("accept", "Read, tick and accept a pack, as its owner."),
    "close": ("close", "Take the owner's acceptance into the project."),
    "release": ("release", "Release the site to its owner."),
    "merge": ("merge", "Join two copies of a project."),
    "history": ("history", "Show what was changed, when and by whom."),
    "salvage": ("salvage", "Bring back what a damaged project file still holds."),
    "doctor": ("doctor", "Say what this laptop can do and what it lacks."),
    "practice": ("practice", "Run the whole job on the practice site."),
}
