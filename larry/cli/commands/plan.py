"""`larry plan`: the fewest IQs and repeaters for the doors, with a proven bound."""

from __future__ import annotations

from pathlib import Path

import click

from larry.bootstrap import open_project
from larry.cli.options import file_argument, json_option
from larry.cli.output import answer, say
from larry.domain.catalogue import Catalogue
from larry.domain.finding import Severity
from larry.domain.site import Site
from larry.errors import AnswerIsNoError, InputError
from larry.planning.plan_limits import PlanLimits
from larry.services.apply_plan import edit_of_plan
from larry.services.plan_outcome import PlanOutcome
from larry.services.plan_site import PlanState, plan_site
from larry.services.read_site import read_site


@click.command()
@file_argument
@click.option(
    "--time-limit", type=click.FloatRange(min=1.0), default=30.0, show_default=True, help="Seconds to search."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same plan.")
@click.option("--iq-price", type=click.FloatRange(min=0.01), default=10.0, show_default=True)
@click.option("--repeater-price", type=click.FloatRange(min=0.01), default=3.0, show_default=True)
@click.option("--apply", is_flag=True, help="Carry the plan out as one undoable edit.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    file: Path,
    time_limit: float,
    seed: int,
    iq_price: float,
    repeater_price: float,
    apply: bool,
) -> None:
    """Plan IQs and repeaters for the doors of FILE that have no parent.

    What the project has already stays where it is. Exit code 1 when doors cannot be planned.
    """
    if apply and file.suffix.lower() == ".json":
        raise InputError(
            f"The plan cannot be carried out in {file.name}.",
            why="It is an exchange file, not a project.",
            remedy="Import it into a project first.",
        )

    def solve(site: Site, catalogue: Catalogue) -> PlanOutcome:
        limits = PlanLimits.of(catalogue, iq_price, repeater_price)
        return plan_site(site, catalogue, limits, time_limit, seed, _tell)

    applied = False
    if apply:
        with open_project(file) as project:
            outcome = solve(project.site, project.catalogue)
            edit = edit_of_plan(project.site, outcome)
            if edit.edits:
                project.do(edit, f"Plan {outcome.doors} doors", "plan")
                applied = True
                errors = [f for f in project.findings() if f.severity is Severity.ERROR]
                for finding in errors:
                    say(f"{finding.message} {finding.fix}")
    else:
        with read_site(file) as view:
            outcome = solve(view.site, view.catalogue)
    data = {**outcome.to_json(), "applied": applied}
    answer(data, _words(outcome, applied))
    if outcome.impossible:
        count = len(outcome.impossible)
        raise AnswerIsNoError(
            f"{count} {'door has' if count == 1 else 'doors have'} no position and could not be planned.",
            remedy=f"Place {', '.join(outcome.impossible[:5])}{' …' if count > 5 else ''} on the floor plan.",
        )


def _tell(state: PlanState) -> None:
    say(f"Cost {state.cost:g}, proven at least {state.bound:g}")


def _words(outcome: PlanOutcome, applied: bool) -> str:
    counts = outcome.to_json()["counts"]
    proven = "proven optimal" if outcome.gap < 1e-9 else f"at most {outcome.gap:.1%} above the optimum"
    done = " Carried out as one step; undo takes it back." if applied else ""
    return (
        f"{counts['iqs']} IQs and {counts['repeaters']} repeaters for {counts['locks']} locks: "
        f"cost {outcome.cost:g}, {proven} ({outcome.proof}). {outcome.why()['text']}{done}"
    )
