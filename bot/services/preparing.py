"""Two minutes before a meeting: who drives, and three starters: one's own goal, the common ground, the lesson."""

from sqlmodel import Session

from bot.content import preparation as words
from bot.domain.matching.sentences import Skill, segments_from_json
from bot.domain.meeting_turns import one_of
from bot.domain.people import Actor
from bot.services import composing
from bot.services.checking_in import my_pair
from bot.views.models import Prepared, Starter
from storage import pairs, people, programs, training
from storage.tables import Pair


def prepare(session: Session, actor: Actor, pair_id: int | None) -> Prepared:
    """What someone may think over before they meet; the same until the pair has met. NotAllowed for another's pair."""
    pair = my_pair(session, actor, pair_id or 0)
    known = people.people_named(session, actor.workspace_id, pairs.members_of(session, pair.id))
    held = len(composing.meetings_of(pairs.answers_of(session, pair.id)))
    names = {user_id: person.name for user_id, person in known.items()}
    driving = composing.preparation(pair.id, actor.user_id, names, held)
    return Prepared(driving, _starters(session, actor, pair, turn=pair.id + held))


def _starters(session: Session, actor: Actor, pair: Pair, *, turn: int) -> tuple[Starter, ...]:
    enrollment = programs.enrollment_of(session, pair.program_id, actor.user_id)
    goal = enrollment.goal if enrollment else ""
    ground = [part.text for part in segments_from_json(pair.reason) if isinstance(part, Skill)]
    shared = one_of(ground, turn) if ground else ""
    lesson = words.ABOUT_A_LESSON.get(training.last_offered(session, actor.workspace_id, actor.user_id))
    return (
        Starter(one_of(words.ABOUT_A_GOAL if goal else words.ABOUT_ANYTHING, turn), goal),
        Starter(one_of(words.ABOUT_COMMON_GROUND if shared else words.ABOUT_ANYTHING, turn + 1), shared),
        Starter(one_of(lesson or words.ABOUT_ANYTHING, turn + 2)),
    )
