"""The only way a status changes: by its table. What the table does not hold is refused with the move's own sentence."""

from datetime import datetime

from sqlmodel import Session

from bot.content import moves
from bot.domain.lifecycle import (
    BY_ENDING,
    MATCH,
    PAIR,
    QUESTION,
    Act,
    Machine,
    MatchAct,
    QuestionAct,
    QuestionStatus,
    State,
)
from bot.domain.pairs import PairEnding
from bot.errors import NotPossibleNow
from storage import programs
from storage.tables import MatchRun, Nudge, Pair


def after(machine: Machine[State, Act], state: State | None, act: Act) -> State:
    """The state an act leads to; NotPossibleNow, in the move's own words, where it cannot be done."""
    becomes = machine.moves.get((state, act))
    if becomes is None:
        raise NotPossibleNow(moves.REFUSED[machine.name][state, act])
    return becomes


def move(machine: Machine[State, Act], row: object, act: Act) -> None:
    """Do so to a row."""
    setattr(row, machine.column, after(machine, getattr(row, machine.column), act))


def end(pair: Pair, ending: PairEnding, *, now: datetime) -> None:
    """A pair is over, and why."""
    move(PAIR, pair, BY_ENDING[ending])
    pair.ending, pair.ended_at = ending, now


def close(nudge: Nudge, act: QuestionAct, *, now: datetime) -> None:
    """A question has nothing to answer any more."""
    check_open(nudge, act)
    nudge.answered_at = now


def check_open(nudge: Nudge, act: QuestionAct) -> None:
    """NotPossibleNow where a question was answered, or its pair ended."""
    after(QUESTION, QuestionStatus.OPEN if nudge.answered_at is None else QuestionStatus.CLOSED, act)


def move_match(session: Session, run: MatchRun, act: MatchAct) -> None:
    """Do so to a match; of two who do it at once, one is told that it was done."""
    becomes = after(MATCH, run.status, act)
    if not programs.move_run(session, run.id, run.status, becomes):
        session.refresh(run)
        after(MATCH, run.status, act)
