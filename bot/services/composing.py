"""What a week's message holds, as far as its reader knows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.domain.cadence import WEEK, local_date, offsets_differ
from bot.domain.checkins import CheckInState, Meeting, Met, Moment, in_the_diary, meetings
from bot.domain.meeting_turns import driver
from bot.domain.notices import AgreementDue, CheckInQuestion, Extra, GoalResting, LessonOffer, Preparation, Weekly
from bot.domain.nudges import RUNGS
from bot.domain.people import first_name
from bot.services import weekly
from storage import agreements, goals, pairs, programs
from storage.questions import Partner
from storage.tables import CheckIn, Nudge, PairGoal, Person, Program

RESTING_CADENCES = 2


@dataclass(frozen=True)
class Tellings:
    """What messages tell of: the programs, the people and the answers so far of pairs."""

    programs: Mapping[int, Program]
    people: Mapping[int, list[tuple[Person, bool]]]
    answers: Mapping[int, list[CheckIn]]
    resting: Mapping[int, PairGoal]
    reviews: Mapping[int, date]


def read(
    session: Session,
    asked: Sequence[Partner],
    written_to: Sequence[Partner],
    known: Mapping[int, list[tuple[Person, bool]]],
    *,
    now: datetime,
) -> Tellings:
    """All that the messages of a tick need, of many people at once; `known`: pair id -> its people."""
    ids = {partner.pair.program_id for partner in (*asked, *written_to)}
    answers = pairs.answers_in(session, list({partner.pair.id for partner in asked})) if asked else {}
    named = programs.named(session, ids)
    reviews = agreements.review_days(session, {partner.pair.id for partner in asked}) if asked else {}
    return Tellings(named, known, answers, _resting(session, asked, named, now), reviews)


def _resting(
    session: Session, asked: Sequence[Partner], named: Mapping[int, Program], now: datetime
) -> dict[int, PairGoal]:
    """The goal of each pair that has rested longest, two cadences at least."""
    by_rest: dict[timedelta, set[int]] = {}
    for partner in asked:
        by_rest.setdefault(_rest(named[partner.pair.program_id]), set()).add(partner.pair.id)
    found: dict[int, PairGoal] = {}
    for rest, ids in by_rest.items():
        still = goals.goals_without_movement(session, ids, now - rest)
        found |= {pair_id: of_pair[0] for pair_id, of_pair in still.items()}
    return found


def _rest(program: Program) -> timedelta:
    return RESTING_CADENCES * program.cadence_weeks * WEEK


def letter(
    to: Partner, questions: Sequence[CheckInQuestion], lesson: LessonOffer | None, told: Tellings
) -> CheckInQuestion | Weekly:
    """One message of all that is due; the lesson alone where no question is."""
    said = weekly.of_questions(questions, (lesson,) if lesson else ())
    if questions or not isinstance(said, Weekly):
        return said
    return replace(said, first_name=first_name(to.person.name), program=told.programs[to.pair.program_id].name)


def question(to: Partner, nudge: Nudge, told: Tellings) -> CheckInQuestion:
    """How does it stand? From what its reader last knew."""
    person, pair = to.person, to.pair
    answers, known = told.answers[pair.id], {other.user_id: other.name for other, _ in told.people[pair.id]}
    held = meetings_of(answers)
    last = held[-1].on if held else None
    days = (local_date(nudge.asked_at, person.timezone) - last).days if last else None
    planned = _diary(answers, person.user_id, last)
    return CheckInQuestion(
        program=told.programs[pair.program_id].name,
        nudge_id=nudge.id,
        first_name=first_name(person.name),
        partners=tuple(name for user_id, name in known.items() if user_id != person.user_id),
        step=nudge.step,
        weeks=max(1, round(days / 7)) if days is not None else None,
        diary=planned.on_date if planned else None,
        moment=_hour(planned, person, [other.timezone for other, _ in told.people[pair.id]]),
        tried=_to_try(answers, person.user_id, last) if nudge.step < RUNGS else "",
        purpose=told.programs[pair.program_id].purpose,
        extras=_extras(to, nudge, told, preparation(pair.id, person.user_id, known, len(held))),
    )


def _extras(to: Partner, nudge: Nudge, told: Tellings, preparing: Preparation) -> tuple[Extra, ...]:
    """One of three: an agreement that is due for a look, named once; a goal that rests, named once in two cadences;
    preparation. The last of the ladder has none."""
    if nudge.step == RUNGS:
        return ()
    review = told.reviews.get(to.pair.id)
    if review is not None and review <= nudge.asked_on and review != to.member.review_named:
        return (AgreementDue(to.pair.id),)
    goal, named_at = told.resting.get(to.pair.id), to.member.goal_named_at
    rest = _rest(told.programs[to.pair.program_id])
    if goal is not None and (named_at is None or named_at <= nudge.asked_at - rest):
        return (GoalResting(goal.id, goal.text),)
    return (preparing,)


def remember_named(to: Partner, said: CheckInQuestion, told: Tellings, *, now: datetime) -> None:
    """What a message of one question brought up is not brought up again."""
    for extra in said.extras:
        if isinstance(extra, GoalResting):
            to.member.goal_named_at = now
        if isinstance(extra, AgreementDue):
            to.member.review_named = told.reviews[to.pair.id]


def meetings_of(answers: Sequence[CheckIn]) -> list[Meeting]:
    """A pair's meetings, as its answers tell of them."""
    return meetings([Met(a.on_date, a.minutes) for a in answers if a.state is CheckInState.MET and a.on_date])


def preparation(pair_id: int, reader: str, members: Mapping[str, str], held: int) -> Preparation:
    """Who drives the next meeting of a pair that has `held` so many; `members`: user id -> name, in their order."""
    turn = driver(sorted(members), held)
    return Preparation(pair_id, members[turn], turn == reader)


def _to_try(answers: Sequence[CheckIn], user_id: str, met_on: date | None) -> str:
    """What someone wrote that they would try, when that was at the last meeting."""
    mine = [answer for answer in answers if answer.user_id == user_id and answer.state is CheckInState.MET]
    last = mine[-1] if mine else None
    is_last = last is not None and last.on_date is not None and met_on is not None and last.on_date >= met_on
    return last.next_try if last is not None and is_last else ""


def _diary(answers: Sequence[CheckIn], user_id: str, met_on: date | None) -> CheckIn | None:
    """What the person asked had in the diary, when no other word of theirs and no meeting has come since."""
    planned = in_the_diary([answer for answer in answers if answer.user_id == user_id])
    day = planned.on_date if planned else None
    return planned if day and (met_on is None or met_on < day) else None


def _hour(planned: CheckIn | None, reader: Person, zones: Sequence[str]) -> Moment | None:
    """The hour in the diary, on its reader's clock; `zones` of all in the pair."""
    start = planned.starts_at if planned else None
    return Moment(start, reader.timezone, offsets_differ(start, {reader.timezone, *zones})) if start else None
