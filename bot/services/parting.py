"""How pairs end: well, with no fault, or because someone is gone. The partner always hears a neutral word."""

from datetime import datetime

from sqlmodel import Session

from bot.domain.lifecycle import ENROLLMENT, EnrollmentAct, QuestionAct
from bot.domain.notices import PairClosed, QuestionClosed
from bot.domain.nudges import Withheld
from bot.domain.pairs import ENDED_WELL, PairEnding
from bot.services import celebrating, concluding, introducing, moving, nudging, weekly
from bot.services.placing import say
from storage import outbox, pairs, people, programs
from storage.tables import Pair, Person


def end(session: Session, pair: Pair, by: str, ending: PairEnding, *, now: datetime) -> None:
    """End a pair; everyone but `by` is told once, in their own hours, and comes first in the next match.

    When one of three goes, the other two go on as a pair of their own. NotPossibleNow where someone ended it before.
    """
    pairs.hold(session, pair)
    nudging.account_for(session, pair, Withheld.ENDED_FIRST, now=now)
    moving.end(pair, ending, now=now)
    members = pairs.members_of(session, pair.id)
    known = people.people_named(session, pair.workspace_id, members)
    others = [user_id for user_id in members if user_id != by and not known[user_id].is_gone]
    close_questions(session, pair, known, now=now)
    going_on = others if len(others) > 1 else []
    losing = members if ending is PairEnding.NOT_A_FIT else others
    _first_in_line(session, pair, [user_id for user_id in losing if user_id not in going_on])
    if ending in ENDED_WELL and concluding.journey(session, pair, by).meetings:
        concluding.say_goodbye(session, pair, by, known, now=now)
    words = [_tell(session, pair, user_id, known[by], ending, now=now) for user_id in others if not going_on]
    if going_on:
        words = [introducing.key_of(introducing.carry_on(session, pair, going_on, now=now).id)]
    introducing.close(session, pair, at=outbox.last_of(session, pair.workspace_id, words) or now)
    if ending in ENDED_WELL and not going_on:
        concluding.celebrate(session, pair, now=now)


def everyone_loses(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> None:
    """Someone is gone from Slack: their pairs end, their enrollments with them."""
    for pair in pairs.active_pairs_of(session, workspace_id, user_id):
        end(session, pair, user_id, PairEnding.GONE, now=now)
    for enrollment in programs.enrollments_of(session, workspace_id, user_id):
        celebrating.drop_own_questions(session, enrollment.program_id, user_id, now=now)
        moving.move(ENROLLMENT, enrollment, EnrollmentAct.LEAVE)


def close_questions(session: Session, pair: Pair, known: dict[str, Person], *, now: datetime) -> None:
    """Open questions lose their buttons: there is nothing to answer any more, nor to celebrate together unless it ended
    well."""
    if pair.ending not in ENDED_WELL:
        celebrating.drop_questions(session, pair, now=now)
    for nudge in pairs.open_nudges(session, pair.id):
        moving.close(nudge, QuestionAct.PAIR_ENDS, now=now)
        partners = tuple(p.name for user_id, p in known.items() if user_id != nudge.user_id)
        weekly.change(session, nudge, QuestionClosed(partners), reason="closed", now=now)
    for user_id in known:
        if not pairs.active_pairs_of(session, pair.workspace_id, user_id):
            weekly.let_lesson_go(session, pair.workspace_id, user_id)


def _first_in_line(session: Session, pair: Pair, members: list[str]) -> None:
    for user_id in members:
        enrollment = programs.enrollment_of(session, pair.program_id, user_id)
        if enrollment is not None:
            enrollment.left_out += 1


def _tell(session: Session, pair: Pair, user_id: str, by: Person, ending: PairEnding, *, now: datetime) -> str:
    """What makes that word once."""
    enrollment = programs.enrollment_of(session, pair.program_id, user_id)
    program = programs.its_program(session, pair.workspace_id, pair.program_id)
    assert enrollment is not None
    key = f"closed:pair-{pair.id}:{user_id}"
    say(
        session,
        pair.workspace_id,
        user_id,
        PairClosed(
            program=program.name,
            partner=by.name,
            ending=ending,
            enrollment_id=enrollment.id,
            pair_id=pair.id,
            journey=concluding.journey(session, pair, user_id) if ending in ENDED_WELL else None,
        ),
        key=key,
        now=now,
    )
    return key
