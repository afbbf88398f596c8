"""What a pair strives for: its goals, the steps below them, how far they are. Every partner may change all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.content import goals as words
from bot.domain.goals import LONGEST, MOST_OPEN, MOST_STEPS, Goal, Meant, Step, alike, meant, one_line
from bot.domain.milestones import MilestoneKind
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow, WrongWords
from bot.services import agreement, celebrating
from bot.services.checking_in import my_pair
from bot.views.models import PairGoals
from storage import goals, pairs, people
from storage.tables import GoalStep, Pair, PairGoal


@dataclass(frozen=True)
class Change:
    """The form of a goal as it was submitted. `version`: of the words it showed; `ticked` were done when it was opened,
    `done` are now, of the steps it showed; `steps` are new."""

    text: str
    version: int
    ticked: frozenset[int] = frozenset()
    done: frozenset[int] = frozenset()
    steps: tuple[str, ...] = ()


class ChangedMeanwhile(NotPossibleNow):
    """A partner saved other words since the form was opened; `goal` is as it stands now."""

    def __init__(self, goal: Goal) -> None:
        super().__init__(words.CHANGED_MEANWHILE)
        self.goal = goal


def pairs_meant(session: Session, actor: Actor, partner_id: str | None = None) -> list[Pair]:
    """The actor's pairs, or those with this partner. NotPossibleNow where there is none."""
    mine = pairs.active_pairs_of(session, actor.workspace_id, actor.user_id)
    if not mine:
        raise NotPossibleNow(words.NO_PARTNER)
    members = pairs.partners_of(session, mine)
    found = [pair for pair in mine if partner_id is None or partner_id in members[pair.id]]
    if not found or partner_id == actor.user_id:
        raise NotAllowed(words.NOT_A_PARTNER)
    return found


def goals_with(session: Session, actor: Actor, mine: Sequence[Pair]) -> list[PairGoals]:
    """The goals of some pairs of the actor's, as they may see them."""
    members = pairs.partners_of(session, mine)
    known = people.people_named(session, actor.workspace_id, {user for users in members.values() for user in users})
    listed = goals.goals_of(session, [pair.id for pair in mine])
    steps = goals.steps_of(session, [goal.id for theirs in listed.values() for goal in theirs])
    return [
        PairGoals(
            pair_id=pair.id,
            partners=tuple(known[user].name for user in members[pair.id] if user != actor.user_id),
            goals=tuple(_shown(goal, steps[goal.id]) for goal in listed[pair.id]),
        )
        for pair in mine
    ]


def _shown(goal: PairGoal, steps: Sequence[GoalStep]) -> Goal:
    return Goal(
        goal_id=goal.id,
        number=goal.number,
        text=goal.text,
        steps=tuple(Step(step.id, step.number, step.text, step.done_at is not None) for step in steps),
        reached=goal.reached_at is not None,
        version=goal.version,
    )


def goals_of_pair(session: Session, actor: Actor, pair_id: int | None) -> PairGoals:
    """The goals of one running pair of the actor's."""
    return goals_with(session, actor, [my_pair(session, actor, pair_id or 0)])[0]


def goal_shown(session: Session, actor: Actor, goal_id: int | None) -> tuple[PairGoals, Goal]:
    """One goal of a pair of the actor's, beside the others."""
    _, goal = _its_pair(session, actor, goal_id)
    here = goals_of_pair(session, actor, goal.pair_id)
    return here, next(one for one in here.goals if one.goal_id == goal.id)


def called(session: Session, actor: Actor, pair_id: int, said: str) -> Meant:
    """The goal or step a partner's words mean. NotPossibleNow where they mean none or more than one."""
    found = meant(goals_of_pair(session, actor, pair_id).goals, said)
    if not found:
        raise NotPossibleNow(words.NO_SUCH)
    if len(found) > 1:
        numbers = [_number(one) for one in found]
        raise NotPossibleNow(words.WHICH.format(numbers=", ".join(numbers), first=numbers[0]))
    return found[0]


def _number(one: Meant) -> str:
    return f"{one.goal.number}.{one.step.number}" if one.step else str(one.goal.number)


def add(
    session: Session, actor: Actor, pair_id: int | None, text: str, steps: Sequence[str] = (), *, now: datetime
) -> PairGoal:
    """A new goal of the pair's, with its first steps. WrongWords for words that do not fit, NotPossibleNow for a fourth
    goal."""
    text, steps = checked(text), checked_steps(steps)
    pair = my_pair(session, actor, pair_id or 0)
    hold(session, actor, pair)
    kept = [goal for goal in goals.goals_of(session, [pair.id])[pair.id] if goal.reached_at is None]
    if any(alike(goal.text, text) for goal in kept):
        raise WrongWords("goal", words.ALREADY_THERE)
    _check_room(kept)
    goal = write(session, pair, text, now=now)
    _add_steps(session, goal, steps)
    agreement.follow_goals(session, pair, actor, now=now)
    return goal


def write(session: Session, pair: Pair, text: str, *, now: datetime) -> PairGoal:
    """A new goal below the others, in words that were looked at, for a pair that is held."""
    goal = PairGoal(
        workspace_id=pair.workspace_id,
        pair_id=pair.id,
        number=goals.next_number(session, pair.id),
        text=text,
        added_at=now,
        moved_at=now,
    )
    session.add(goal)
    session.flush()
    return goal


def reword(goal: PairGoal, text: str, *, now: datetime) -> None:
    """A goal in other words, which were looked at."""
    goal.text, goal.version, goal.moved_at = text, goal.version + 1, now


def checked(text: str) -> str:
    """A goal's words on one line. WrongWords where there are none, or too many."""
    text = one_line(text)
    if not text:
        raise WrongWords("goal", words.EMPTY)
    if len(text) > LONGEST:
        raise WrongWords("goal", words.TOO_LONG.format(most=LONGEST, length=f"{len(text):,}"))
    return text


def checked_steps(texts: Sequence[str]) -> list[str]:
    """Steps on a line each, without blank ones. WrongWords for one that is too long."""
    steps = [step for step in map(one_line, texts) if step]
    for step in steps:
        if len(step) > LONGEST:
            raise WrongWords("steps", words.STEP_TOO_LONG.format(most=LONGEST, length=f"{len(step):,}"))
    return steps


def add_step(session: Session, actor: Actor, goal_id: int | None, text: str, *, now: datetime) -> PairGoal:
    """A step below an open goal. WrongWords for words that do not fit, or an eleventh step."""
    steps = checked_steps([text])
    goal = _held(session, actor, goal_id)
    if goal.reached_at is not None:
        raise NotPossibleNow(words.ALREADY_REACHED)
    if not steps:
        raise WrongWords("steps", words.EMPTY)
    if not _add_steps(session, goal, steps):
        raise WrongWords("steps", words.ALREADY_THERE)
    goal.moved_at = now
    return goal


def _add_steps(session: Session, goal: PairGoal, texts: Sequence[str]) -> int:
    """Add what is not there yet, and say how many those were."""
    there = goals.steps_of(session, [goal.id])[goal.id]
    new: list[str] = []
    for text in texts:
        if not any(alike(text, known) for known in [*new, *(step.text for step in there)]):
            new.append(text)
    if len(there) + len(new) > MOST_STEPS:
        raise WrongWords("steps", words.ENOUGH_STEPS.format(most=MOST_STEPS))
    for number, text in enumerate(new, len(there) + 1):
        session.add(GoalStep(workspace_id=goal.workspace_id, goal_id=goal.id, number=number, text=text))
    session.flush()
    return len(new)


def finish(session: Session, actor: Actor, goal_id: int | None, *, now: datetime) -> PairGoal:
    """A partner says that the goal is reached."""
    goal = _held(session, actor, goal_id)
    if goal.reached_at is not None:
        raise NotPossibleNow(words.ALREADY_REACHED)
    reached(session, pairs.its_pair(session, goal.workspace_id, goal.pair_id), goal, now=now)
    _follow(session, actor, goal, now=now)
    return goal


def reached(session: Session, pair: Pair, goal: PairGoal, *, now: datetime) -> None:
    """The pair reached a goal of its own: all that follows from it begins here."""
    goal.reached_at = goal.moved_at = now
    session.add(goal)
    celebrating.reach(session, pair, MilestoneKind.GOAL_REACHED, now=now)


def finish_step(session: Session, actor: Actor, step_id: int | None, *, now: datetime) -> tuple[PairGoal, GoalStep]:
    """A partner says that a step is done."""
    step = goals.step(session, actor.workspace_id, step_id) if step_id else None
    goal = _held(session, actor, step.goal_id if step else None)
    step = next(one for one in goals.steps_of(session, [goal.id])[goal.id] if one.id == step_id)
    if step.done_at is not None:
        raise NotPossibleNow(words.ALREADY_DONE)
    step.done_at = goal.moved_at = now
    return goal, step


def reopen(session: Session, actor: Actor, goal_id: int | None, *, now: datetime) -> PairGoal:
    """A goal is not reached after all. NotPossibleNow where three others are open."""
    goal = _held(session, actor, goal_id)
    if goal.reached_at is None:
        raise NotPossibleNow(words.ALREADY_OPEN)
    _check_room([one for one in goals.goals_of(session, [goal.pair_id])[goal.pair_id] if one.reached_at is None])
    goal.reached_at, goal.moved_at = None, now
    _follow(session, actor, goal, now=now)
    return goal


def drop(session: Session, actor: Actor, goal_id: int | None, *, now: datetime) -> PairGoal:
    """The pair lets a goal go."""
    goal = _held(session, actor, goal_id)
    goal.dropped_at = now
    _follow(session, actor, goal, now=now)
    return goal


def change(session: Session, actor: Actor, goal_id: int | None, wanted: Change, *, now: datetime) -> PairGoal:
    """Save a goal's form over what may have changed meanwhile: only what the person changed is changed.

    ChangedMeanwhile where both partners gave it new words.
    """
    text, steps = checked(wanted.text), checked_steps(wanted.steps)
    goal = _held(session, actor, goal_id)
    there = goals.steps_of(session, [goal.id])[goal.id]
    if text != goal.text and wanted.version != goal.version:
        raise ChangedMeanwhile(_shown(goal, there))
    moves = [text != goal.text, *[_tick(step, wanted, now) for step in there]]
    moves.append(_add_steps(session, goal, steps) > 0)
    if text != goal.text:
        reword(goal, text, now=now)
        _follow(session, actor, goal, now=now)
    if any(moves):
        goal.moved_at = now
    return goal


def _tick(step: GoalStep, wanted: Change, now: datetime) -> bool:
    """Tick a step as the form says, where the person touched it; whether that changed anything."""
    touched = step.number in wanted.ticked ^ wanted.done
    done = step.number in wanted.done
    if not touched or done == (step.done_at is not None):
        return False
    step.done_at = now if done else None
    return True


def _check_room(others: Sequence[PairGoal]) -> None:
    if len(others) >= MOST_OPEN:
        raise WrongWords("goal", words.ENOUGH.format(most=MOST_OPEN))


def _its_pair(session: Session, actor: Actor, goal_id: int | None) -> tuple[Pair, PairGoal]:
    goal = goals.goal(session, actor.workspace_id, goal_id) if goal_id else None
    pair = my_pair(session, actor, goal.pair_id if goal else 0)
    assert goal is not None
    if goal.dropped_at is not None:
        raise NotPossibleNow(words.GONE)
    return pair, goal


def _held(session: Session, actor: Actor, goal_id: int | None) -> PairGoal:
    """A goal of the actor's that nobody else changes until the transaction ends."""
    pair, goal = _its_pair(session, actor, goal_id)
    hold(session, actor, pair)
    session.refresh(goal)
    return _its_pair(session, actor, goal_id)[1]


def _follow(session: Session, actor: Actor, goal: PairGoal, *, now: datetime) -> None:
    pair = pairs.its_pair(session, goal.workspace_id, goal.pair_id)
    agreement.follow_goals(session, pair, actor, now=now)


def hold(session: Session, actor: Actor, pair: Pair) -> None:
    """Others wait; a pair that was ended while this one waited is refused."""
    pairs.hold(session, pair)
    my_pair(session, actor, pair.id)
