"""What a week's message holds, as far as its reader knows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from bot.domain.cadence import local_date
from bot.domain.checkins import CheckInState, Met, meetings
from bot.domain.notices import CheckInQuestion, LessonOffer, Weekly
from bot.domain.people import first_name
from bot.services import weekly
from storage import pairs, programs
from storage.questions import Partner
from storage.tables import CheckIn, Nudge, Person, Program


@dataclass(frozen=True)
class Tellings:
    """What messages tell of: the programs, the people and the answers so far of pairs."""

    programs: Mapping[int, Program]
    people: Mapping[int, list[tuple[Person, bool]]]
    answers: Mapping[int, list[CheckIn]]


def read(
    session: Session,
    asked: Sequence[Partner],
    written_to: Sequence[Partner],
    known: Mapping[int, list[tuple[Person, bool]]],
) -> Tellings:
    """All that the messages of a tick need, of many people at once; `known`: pair id -> its people."""
    ids = {partner.pair.program_id for partner in (*asked, *written_to)}
    answers = pairs.answers_in(session, list({partner.pair.id for partner in asked})) if asked else {}
    return Tellings(programs.named(session, ids), known, answers)


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
    answers = told.answers[pair.id]
    met = [Met(a.on_date, a.minutes) for a in answers if a.state is CheckInState.MET and a.on_date]
    last = meetings(met)[-1].on if met else None
    days = (local_date(nudge.asked_at, person.timezone) - last).days if last else None
    return CheckInQuestion(
        program=told.programs[pair.program_id].name,
        nudge_id=nudge.id,
        first_name=first_name(person.name),
        partners=tuple(other.name for other, _ in told.people[pair.id] if other.user_id != person.user_id),
        step=nudge.step,
        weeks=max(1, round(days / 7)) if days is not None else None,
        diary=_diary(answers, person.user_id, last),
    )


def _diary(answers: Sequence[CheckIn], user_id: str, met_on: date | None) -> date | None:
    """The day the person asked had in the diary, when that was their last word and no meeting has come since."""
    mine = [answer for answer in answers if answer.user_id == user_id]
    last = mine[-1] if mine else None
    if last is None or last.state is not CheckInState.SCHEDULED or last.on_date is None:
        return None
    return last.on_date if met_on is None or met_on < last.on_date else None
