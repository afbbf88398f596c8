"""Before a match: asking whom people would rather not meet this time, and whom they would like to.

What someone says is theirs: it is shown to them alone, feeds the match of this round, and an organizer sees only how
many answered. Who stays silent loses nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.content import considering as words
from bot.content import refusals
from bot.domain.considering import Possible, closes_at, mutual
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.lifecycle import MATCH, MatchAct
from bot.domain.matching.sentences import reason, segments_from_json, segments_to_json
from bot.domain.notices import AnswersIn, ConsideringAsked, ConsideringClosed, PossibleLine
from bot.domain.people import Actor, first_name
from bot.domain.programs import Rounds
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import moving
from bot.services.administering import check_organizer
from bot.services.placing import say
from bot.services.reaching import hours_of_program, working_moment_for
from storage import considerations, outbox, people, programs
from storage.tables import Consideration, Considered, Person, PossiblePartner, Program, Suggestion


class NobodyToSuggest(NotPossibleNow):
    """Oneself, or someone who cannot take part."""


MOST_SUGGESTED = 3


@dataclass(frozen=True)
class Asking:
    """How far a program's asking is, in counts."""

    until: datetime
    asked: int
    answered: int


@dataclass(frozen=True)
class Wishes:
    """What people said before a round, for the match alone."""

    rather_not: frozenset[frozenset[str]] = frozenset()
    together: tuple[tuple[str, str], ...] = ()


def wants_asking(session: Session, program: Program) -> bool:
    """Whether people are to be asked before this program's next match, and were not yet."""
    if not program.asks_first or program.rounds is not Rounds.RELEASE:
        return False
    return considerations.of_round(session, program.id, _coming_round(session, program.id)) is None


def asking_now(session: Session, program: Program) -> Asking | None:
    """The asking that runs, in counts; None where none does."""
    running = considerations.running_in(session, program.id)
    if running is None:
        return None
    everyone = considerations.everyone_asked(session, running.id)
    return Asking(running.closes_at, len(everyone), sum(one.answered_at is not None for one in everyone))


def wishes(session: Session, program_id: int) -> Wishes:
    """What was said before the round to come, once all have said it: while people answer, nothing that an organizer
    can look at changes, so that no answer can be read off its moment."""
    asking = considerations.of_round(session, program_id, _coming_round(session, program_id))
    if asking is None or not asking.is_over:
        return Wishes()
    together = mutual(considerations.suggestions(session, asking.id))
    return Wishes(considerations.rather_nots(session, asking.id), together)


def _coming_round(session: Session, program_id: int) -> int:
    return programs.rounds_so_far(session, program_id) + 1


def ask(
    session: Session, actor: Actor, program_id: int, possible: Mapping[str, Sequence[Possible]], *, now: datetime
) -> Asking:
    """Ask everyone in `possible` once for the round to come, each in their own hours."""
    program = check_organizer(session, actor, program_id)
    programs.hold(session, program_id)
    number = _coming_round(session, program_id)
    if considerations.of_round(session, program_id, number) is not None:
        raise NotPossibleNow(refusals.ASKED_ALREADY)
    asking = Consideration(
        workspace_id=program.workspace_id,
        program_id=program_id,
        round=number,
        asked_at=now,
        closes_at=closes_at(now, hours_of_program(session, program)),
    )
    session.add(asking)
    session.flush()
    for preview in programs.previews_of(session, program_id):
        moving.move(MATCH, preview, MatchAct.REPLACE)  # it knows no answers
    asked = _still_there(session, program_id, possible)
    sheets = _sheets(session, asking, {user_id: possible[user_id] for user_id in asked})
    known = people.everyone_known(session, program.workspace_id)
    for sheet, lines in sheets:
        _ask_person(session, asking, _drawn(program, asking, sheet, lines, (), known), sheet, now=now)
    return Asking(asking.closes_at, len(asked), 0)


def _still_there(session: Session, program_id: int, user_ids: Iterable[str]) -> list[str]:
    """Those of `user_ids` who have not left or paused meanwhile, in a steady order."""
    enrolled = programs.enrolled(session, program_id)
    active = {enrollment.user_id for enrollment in enrolled if enrollment.status is EnrollmentStatus.ACTIVE}
    return sorted(active & set(user_ids))


def _sheets(
    session: Session, asking: Consideration, possible: Mapping[str, Sequence[Possible]]
) -> list[tuple[Considered, list[PossiblePartner]]]:
    """A sheet with its lines for each person, written all at once: others wait for this transaction."""
    place = asking.workspace_id
    sheets = [Considered(workspace_id=place, consideration_id=asking.id, user_id=user_id) for user_id in possible]
    session.add_all(sheets)
    session.flush()
    known = people.everyone_known(session, place)
    names = {user_id: person.name for user_id, person in known.items()}
    made = []
    for sheet in sheets:
        shown = possible[sheet.user_id]
        called = {**names, sheet.user_id: words.YOU}
        whys = [segments_to_json(reason(one.why, (sheet.user_id, one.id), called)) for one in shown]
        lines = [
            PossiblePartner(workspace_id=place, considered_id=sheet.id, partner_id=one.id, why=why)
            for one, why in zip(shown, whys, strict=True)
        ]
        session.add_all(lines)
        made.append((sheet, lines))
    session.flush()
    return made


def _ask_person(
    session: Session, asking: Consideration, notice: ConsideringAsked, sheet: Considered, *, now: datetime
) -> None:
    say(session, asking.workspace_id, sheet.user_id, notice, key=_key(sheet), expires_at=asking.closes_at, now=now)


def say_rather_not(session: Session, actor: Actor, possible_id: int | None, *, rather_not: bool, now: datetime) -> None:
    """Someone would rather not be matched with a person they were shown, or takes that back."""
    line = considerations.possible_partner(session, actor.workspace_id, possible_id) if possible_id else None
    sheet = _my_sheet(session, actor, line.considered_id if line else None)
    assert line is not None
    line.rather_not = rather_not
    _answered(session, sheet, now=now)


def say_fine(session: Session, actor: Actor, considered_id: int | None, *, now: datetime) -> None:
    """Someone has nothing to say, or has said it."""
    _answered(session, _my_sheet(session, actor, considered_id), now=now)


def suggested(session: Session, actor: Actor, considered_id: int | None) -> list[str]:
    """Whom the actor suggested so far."""
    return considerations.suggested_by(session, _my_sheet(session, actor, considered_id).id)


def suggest(
    session: Session, actor: Actor, considered_id: int | None, suggested_ids: Sequence[str], *, now: datetime
) -> None:
    """Whom someone would like to be matched with, or to see in the program; replaces what they suggested before."""
    sheet = _my_sheet(session, actor, considered_id)
    wanted = list(dict.fromkeys(suggested_ids))[:MOST_SUGGESTED]
    if actor.user_id in wanted:
        raise NobodyToSuggest(refusals.SUGGESTED_SELF)
    known = people.people_named(session, actor.workspace_id, wanted)
    if any(known[user_id].is_gone or not known[user_id].may_join for user_id in wanted):
        raise NobodyToSuggest(refusals.SUGGESTED_NOBODY)
    for before in considerations.suggestion_rows(session, sheet.id):
        session.delete(before)
    session.flush()
    session.add_all(
        Suggestion(considered_id=sheet.id, suggested_id=user_id, workspace_id=actor.workspace_id) for user_id in wanted
    )
    session.flush()
    _answered(session, sheet, now=now)


def _my_sheet(session: Session, actor: Actor, considered_id: int | None) -> Considered:
    """The actor's own sheet, while it can be answered."""
    sheet = considerations.considered(session, actor.workspace_id, considered_id) if considered_id else None
    if sheet is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    if sheet.user_id != actor.user_id:
        raise NotAllowed(refusals.NOT_YOUR_QUESTION)
    if considerations.its_consideration(session, sheet).is_over:
        raise NotPossibleNow(refusals.ANSWERS_ARE_IN)
    return sheet


def _answered(session: Session, sheet: Considered, *, now: datetime) -> None:
    """Keep that they answered, and redraw their message in place."""
    sheet.answered_at = sheet.answered_at or now
    sheet.changes += 1
    session.flush()
    asking = considerations.its_consideration(session, sheet)
    program = programs.its_program(session, asking.workspace_id, asking.program_id)
    lines, wanted = considerations.shown_to(session, sheet.id), considerations.suggested_by(session, sheet.id)
    them = [sheet.user_id, *wanted, *(line.partner_id for line in lines)]
    known = people.people_named(session, asking.workspace_id, them)
    outbox.enqueue(
        session,
        sheet.workspace_id,
        _drawn(program, asking, sheet, lines, wanted, known),
        key=f"{_key(sheet)}:change-{sheet.changes}",
        to=f"user:{sheet.user_id}",
        due_at=now,
        replaces=_key(sheet),
    )


def _key(sheet: Considered) -> str:
    return f"considering:{sheet.id}"


def _drawn(
    program: Program,
    asking: Consideration,
    sheet: Considered,
    lines: Sequence[PossiblePartner],
    wanted: Sequence[str],
    known: Mapping[str, Person],
) -> ConsideringAsked:
    """The message as things stand, its lines in the order of names: the order tells nothing."""
    person = known[sheet.user_id]
    by_name = sorted(lines, key=lambda line: (known[line.partner_id].name.casefold(), line.partner_id))
    return ConsideringAsked(
        program=program.name,
        considered_id=sheet.id,
        first_name=first_name(person.name),
        possible=tuple(
            PossibleLine(line.id, known[line.partner_id].name, segments_from_json(line.why), line.rather_not)
            for line in by_name
        ),
        suggested=tuple(sorted(known[user_id].name for user_id in wanted)),
        until=asking.closes_at,
        timezone=person.timezone,
        answered=sheet.answered_at is not None,
    )


def close_due(session: Session, *, now: datetime) -> None:
    """Askings whose time has come end, and their organizers hear that the answers are in."""
    for asking in considerations.running(session):
        if asking.closes_at <= now:
            close(session, asking, now=now)
            _tell_organizers(session, asking, now=now)


def ask_no_more(session: Session, actor: Actor, program_id: int | None, *, now: datetime) -> Program:
    """An organizer matches now: an asking that still runs ends, so that no answer comes after the preview."""
    program = check_organizer(session, actor, program_id or 0)
    if asking := considerations.running_in(session, program.id):
        close(session, asking, now=now)
        if _to_invite(session, asking):
            _tell_organizers(session, asking, now=now)
    return program


def close(session: Session, asking: Consideration, *, now: datetime) -> None:
    """Messages lose their buttons; what was not sent yet is not sent any more."""
    asking.is_over = True
    program = programs.its_program(session, asking.workspace_id, asking.program_id)
    for sheet in considerations.everyone_asked(session, asking.id):
        if outbox.withdraw(session, asking.workspace_id, _key(sheet)):
            continue
        outbox.enqueue(
            session,
            asking.workspace_id,
            ConsideringClosed(program.name),
            key=f"{_key(sheet)}:closed",
            to=f"user:{sheet.user_id}",
            due_at=now,
            replaces=_key(sheet),
        )


def _tell_organizers(session: Session, asking: Consideration, *, now: datetime) -> None:
    program = programs.its_program(session, asking.workspace_id, asking.program_id)
    everyone = considerations.everyone_asked(session, asking.id)
    notice = AnswersIn(
        program=program.name,
        program_id=program.id,
        asked=len(everyone),
        answered=sum(one.answered_at is not None for one in everyone),
        to_invite=_to_invite(session, asking),
    )
    for organizer in programs.organizers_of(session, program.id):
        outbox.enqueue(
            session,
            asking.workspace_id,
            notice,
            key=f"answers-in:{asking.id}:{organizer}",
            to=f"user:{organizer}",
            due_at=working_moment_for(session, asking.workspace_id, organizer, now=now),
        )


def _to_invite(session: Session, asking: Consideration) -> tuple[str, ...]:
    """The names of those who were suggested and are not in the program; not by whom, nor how often."""
    inside = {enrollment.user_id for enrollment in programs.enrolled(session, asking.program_id)}
    wanted = {user_id for _, user_id in considerations.suggestions(session, asking.id)} - inside
    known = people.people_named(session, asking.workspace_id, wanted)
    return tuple(sorted(person.name for person in known.values() if not person.is_gone))
