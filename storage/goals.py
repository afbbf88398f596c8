"""Questions about the goals of pairs and the steps below them. What a pair let go of is not among them."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, func, select, update

from storage.tables import GoalStep, PairGoal

KEPT = col(PairGoal.dropped_at).is_(None)
OPEN = (KEPT, col(PairGoal.reached_at).is_(None))


def goal(session: Session, workspace_id: str, goal_id: int) -> PairGoal | None:
    """One goal of this workspace, one that was let go too."""
    return session.exec(
        select(PairGoal).where(PairGoal.workspace_id == workspace_id, PairGoal.id == goal_id)
    ).one_or_none()


def step(session: Session, workspace_id: str, step_id: int) -> GoalStep | None:
    """One step of this workspace."""
    return session.exec(
        select(GoalStep).where(GoalStep.workspace_id == workspace_id, GoalStep.id == step_id)
    ).one_or_none()


def goals_of(session: Session, pair_ids: Collection[int]) -> dict[int, list[PairGoal]]:
    """The goals of some pairs, open and reached: pair id -> goals by number."""
    found: dict[int, list[PairGoal]] = {pair_id: [] for pair_id in pair_ids}
    kept = select(PairGoal).where(col(PairGoal.pair_id).in_(list(pair_ids)), KEPT).order_by(col(PairGoal.number))
    for one in session.exec(kept.execution_options(populate_existing=True)):
        found[one.pair_id].append(one)
    return found


def steps_of(session: Session, goal_ids: Collection[int]) -> dict[int, list[GoalStep]]:
    """The steps of some goals: goal id -> steps by number."""
    found: dict[int, list[GoalStep]] = {goal_id: [] for goal_id in goal_ids}
    steps = select(GoalStep).where(col(GoalStep.goal_id).in_(list(goal_ids))).order_by(col(GoalStep.number))
    for one in session.exec(steps.execution_options(populate_existing=True)):
        found[one.goal_id].append(one)
    return found


def next_number(session: Session, pair_id: int) -> int:
    """The number of a pair's next goal: none is given twice, not even one of a goal that was let go."""
    highest = session.exec(select(func.max(PairGoal.number)).where(PairGoal.pair_id == pair_id)).one()
    return (highest or 0) + 1


def reached_and_all(session: Session, pair_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """How many goals some pairs have reached, and how many they have, open and reached: pair id -> both."""
    counted = (
        select(PairGoal.pair_id, func.count(col(PairGoal.reached_at)), func.count())
        .where(col(PairGoal.pair_id).in_(list(pair_ids)), KEPT)
        .group_by(col(PairGoal.pair_id))
    )
    found = {pair_id: (reached, kept) for pair_id, reached, kept in session.exec(counted)}
    return {pair_id: found.get(pair_id, (0, 0)) for pair_id in pair_ids}


def goals_without_movement(session: Session, pair_ids: Collection[int], before: datetime) -> dict[int, list[PairGoal]]:
    """The open goals of some pairs that last moved before a moment: pair id -> goals, the stillest first. Pairs without
    any are not in it."""
    still = select(PairGoal).where(col(PairGoal.pair_id).in_(list(pair_ids)), *OPEN, col(PairGoal.moved_at) < before)
    found: dict[int, list[PairGoal]] = {}
    for one in session.exec(still.order_by(col(PairGoal.moved_at), col(PairGoal.number))):
        found.setdefault(one.pair_id, []).append(one)
    return found


def hand_over(session: Session, ended_id: int, pair_id: int) -> None:
    """What a pair still wanted to reach is now another's: two of three go on."""
    theirs = update(PairGoal).where(col(PairGoal.pair_id) == ended_id, *OPEN)
    session.exec(theirs.values(pair_id=pair_id))
