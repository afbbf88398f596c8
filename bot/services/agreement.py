"""The one message of a pair's agreement, in their group DM: said once, then changed in place as the agreement does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.domain.agreements import CARRIED_ON, Agreement
from bot.domain.cadence import shared_working_moment
from bot.domain.notices import Agreed
from bot.domain.people import Actor
from bot.services.reaching import hours_in_workspace
from storage import agreements, goals, outbox, pairs, people, programs
from storage.tables import Pair, PairAgreement


def key_of(pair_id: int) -> str:
    """What makes a pair's agreement one message."""
    return f"agreement:pair-{pair_id}"


def standing(session: Session, pair: Pair) -> Agreement | None:
    """What a pair agreed on, as it stands now."""
    kept = agreements.agreement_of(session, pair.id)
    return as_agreed(session, kept) if kept is not None else None


def as_agreed(session: Session, kept: PairAgreement) -> Agreement:
    """A row with the goals that are open: they are the pair's own, and stored nowhere else."""
    return Agreement(
        goals=goals_of(session, kept.pair_id)[0],
        meets=kept.meets,
        minutes=kept.minutes,
        place=kept.place,
        confidential=kept.confidential,
        off_limits=kept.off_limits,
        review_on=kept.review_on,
    )


def goals_of(session: Session, pair_id: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The goals of a pair that are open, and those that are reached, in their words."""
    kept = goals.goals_of(session, [pair_id])[pair_id]
    open_ones = tuple(goal.text for goal in kept if goal.reached_at is None)
    return open_ones, tuple(goal.text for goal in kept if goal.reached_at is not None)


def show(session: Session, pair: Pair, by: str, changed: Sequence[str], *, now: datetime) -> None:
    """The agreement as it is now; `by`: the user id of who changed the parts `changed`, "" where nobody did.

    The first time in everyone's working time; a change of what stands there disturbs nobody.
    """
    kept = agreements.agreement_of(session, pair.id)
    assert kept is not None
    key = key_of(pair.id)
    kept.changes += 1
    is_first = outbox.what_was_said(session, pair.workspace_id, key) is None
    outbox.enqueue(
        session,
        pair.workspace_id,
        _notice(session, pair, kept, by, changed),
        key=key if is_first else f"{key}:{kept.changes}",
        to=f"pair:{pair.id}",
        due_at=_moment(session, pair, now=now) if is_first or _waits(session, pair) else now,
        replaces=None if is_first else key,
    )


def _notice(session: Session, pair: Pair, kept: PairAgreement, by: str, changed: Sequence[str]) -> Agreed:
    members = pairs.members_of(session, pair.id)
    known = people.people_named(session, pair.workspace_id, members)
    return Agreed(
        program=programs.its_program(session, pair.workspace_id, pair.program_id).name,
        pair_id=pair.id,
        names=tuple(known[user_id].name for user_id in members),
        agreement=as_agreed(session, kept),
        reached=goals_of(session, pair.id)[1],
        by=known[by].name if by else "",
        changed=tuple(changed),
    )


def _waits(session: Session, pair: Pair) -> bool:
    """Whether it was not said yet."""
    waiting = outbox.waiting_for(session, pair.workspace_id, f"pair:{pair.id}")
    return any(row.key == key_of(pair.id) for row in waiting)


def _moment(session: Session, pair: Pair, *, now: datetime) -> datetime:
    members = pairs.members_of(session, pair.id)
    return shared_working_moment(now, [hours_in_workspace(session, pair.workspace_id, user) for user in members])


def follow_goals(session: Session, pair: Pair, actor: Actor, *, now: datetime) -> None:
    """A goal of the pair's changed, and with it what they agreed on."""
    session.flush()
    if agreements.agreement_of(session, pair.id) is not None:
        show(session, pair, actor.user_id, ["goals"], now=now)


def close(session: Session, pair: Pair, *, at: datetime) -> None:
    """The pair ended: from `at` on what they agreed on can be read, and not changed any more. Nothing is announced
    there."""
    key = key_of(pair.id)
    last = outbox.standing(session, pair.workspace_id, key)
    if not isinstance(last, Agreed) or outbox.withdraw(session, pair.workspace_id, key):
        return
    closed, to = replace(last, closed=True), f"pair:{pair.id}"
    outbox.enqueue(session, pair.workspace_id, closed, key=f"{key}:closed", to=to, due_at=at, replaces=key)


def carry_over(session: Session, ended: Pair, pair: Pair, *, now: datetime) -> None:
    """Two of three go on: what was agreed goes with them, for them to change what no longer fits."""
    kept = agreements.agreement_of(session, ended.id)
    if kept is not None:
        kept.pair_id = pair.id
        session.flush()
        show(session, pair, "", [CARRIED_ON], now=now)
