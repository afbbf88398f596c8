"""Setting a program up, changing it, and starting another one: from a template, or like one there is."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from bot.content import refusals
from bot.domain.cadence import local_date
from bot.domain.matching import Weights
from bot.domain.people import Actor
from bot.domain.program_dates import trouble_with
from bot.domain.programs import Rounds
from bot.domain.setups import Setup
from bot.domain.templates import TEMPLATES, Purpose
from bot.domain.weightings import WEIGHTS
from bot.errors import NotPossibleNow
from bot.services.administering import check_may_organize, check_organizer
from bot.services.remembering import known_person
from storage import people, programs
from storage.tables import Organizer, Program


class WrongSetup(NotPossibleNow):
    """What does not fit, as sentences by field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


def set_up(session: Session, actor: Actor, program_id: int, setup: Setup, *, now: datetime) -> Program:
    """Change a program. What already runs keeps its dates; weeks count from today on. A new purpose brings the weights
    of its template."""
    program = check_organizer(session, actor, program_id)
    check(session, actor, setup, program, now=now)
    if program.rounds is Rounds.RELEASE:
        program.weekly_on = local_date(now, program.timezone)
    if program.purpose is not setup.purpose:
        program.weights = _weights(setup.purpose)
    _write(program, setup)
    return program


def start(
    session: Session, actor: Actor, first: Sequence[str], setup: Setup, *, now: datetime, like: int | None = None
) -> Program:
    """Another program in the workspace, run by the actor, in their zone. `like`: a program of theirs that is copied:
    what the form does not show comes from it; its dates, its people and its channel stay its own."""
    check_may_organize(session, actor, first)
    model = check_organizer(session, actor, like) if like is not None else None
    check(session, actor, setup, None, now=now)
    zone = known_person(session, actor).timezone
    program = Program(workspace_id=actor.workspace_id, name=setup.name, timezone=zone, created_at=now)
    program.weekly_on = local_date(now, zone)
    program.weights = dict(model.weights) if model else _weights(setup.purpose)
    program.cooldown_weeks = model.cooldown_weeks if model else program.cooldown_weeks
    program.values = list(model.values) if model else []
    _write(program, setup)
    session.add(program)
    session.flush()
    session.add(Organizer(program_id=program.id, user_id=actor.user_id, workspace_id=actor.workspace_id, chosen_at=now))
    return program


def check(session: Session, actor: Actor, setup: Setup, program: Program | None, *, now: datetime) -> None:
    """WrongSetup where a program cannot be so; `program` is the one that is changed."""
    errors = {**_name_errors(session, actor, setup, program), **_date_errors(session, actor, setup, program, now=now)}
    if errors:
        raise WrongSetup(errors)


def setup_of(program: Program) -> Setup:
    """A program as it is."""
    return Setup(
        name=program.name,
        channel_id=program.channel_id or "",
        channel_name=program.channel_name,
        joined=program.channel_joined,
        length_weeks=program.length_weeks,
        cadence_weeks=program.cadence_weeks,
        asks_first=program.asks_first,
        rounds=program.rounds,
        purpose=program.purpose,
        lessons=tuple(program.lessons),
        lessons_first=program.lessons_first,
        join_by=program.join_by,
        starts_on=program.starts_on,
    )


def name_for(session: Session, workspace_id: str, name: str) -> str:
    """A name like this one that no program has: `Leadership 2`."""
    taken = {program.name.casefold() for program in programs.programs_of(session, workspace_id)}
    numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return name if name.casefold() not in taken else next(one for one in numbered if one.casefold() not in taken)


def _name_errors(session: Session, actor: Actor, setup: Setup, program: Program | None) -> dict[str, str]:
    if not setup.name:
        return {"name": refusals.NAME_NEEDED}
    others = [one for one in programs.programs_of(session, actor.workspace_id) if one is not program]
    if setup.name.casefold() in {one.name.casefold() for one in others}:
        return {"name": refusals.NAME_TAKEN}
    return {}


def _date_errors(
    session: Session, actor: Actor, setup: Setup, program: Program | None, *, now: datetime
) -> dict[str, str]:
    dates = {"starts_on": setup.starts_on, "join_by": setup.join_by}
    if setup.rounds is not Rounds.RELEASE:
        return {name: refusals.DATES_OF_ROLLING for name, day in dates.items() if day is not None}
    zone = program.timezone if program else people.its_person(session, actor.workspace_id, actor.user_id).timezone
    kept = (program.join_by, program.starts_on) if program else (None, None)
    trouble = trouble_with(setup.join_by, setup.starts_on, local_date(now, zone), kept)
    return {name: refusals.DATE_TROUBLES[why] for name, why in trouble.items()}


def _weights(purpose: Purpose) -> dict[str, int]:
    weights = WEIGHTS[TEMPLATES[purpose].weighting]
    return {} if weights == Weights() else {part: int(most) for part, most in asdict(weights).items()}


def _write(program: Program, setup: Setup) -> None:
    program.name = setup.name
    program.channel_id, program.channel_name = setup.channel_id, setup.channel_name
    program.channel_joined = setup.joined
    program.length_weeks, program.cadence_weeks = setup.length_weeks, setup.cadence_weeks
    program.asks_first, program.rounds, program.purpose = setup.asks_first, setup.rounds, setup.purpose
    program.lessons, program.lessons_first = list(setup.lessons), setup.lessons_first
    program.join_by, program.starts_on = setup.join_by, setup.starts_on
