"""What a pair agrees on: goals, when they meet, what stays between them. Every partner may change all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from bot.content import agreement as words
from bot.domain.agreements import (
    LONGEST_LINE,
    LONGEST_PARAGRAPH,
    MINUTES,
    STILL_GOOD,
    Agreement,
    Fault,
    Frame,
    Marks,
    Merged,
    differing,
    faults,
    goal_moves,
    halfway,
    merge,
)
from bot.domain.goals import LONGEST
from bot.domain.people import Actor
from bot.errors import NotPossibleNow, WrongForm
from bot.services import agreement, striving, weekly
from bot.services.checking_in import my_pair
from bot.services.reaching import today_of
from bot.views.models import AgreementShown
from storage import agreements, goals, pairs, people, programs
from storage.tables import Pair, PairAgreement


class Saved(StrEnum):
    """What became of a form."""

    FIRST = "first"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class ChangedMeanwhile(NotPossibleNow):
    """A partner gave other words to the same parts since the form was opened. `mine` is what to go on with, `theirs`
    what stands, `clashes` the parts in which these two differ."""

    def __init__(self, merged: Merged, theirs: Agreement) -> None:
        super().__init__(words.CHANGED_MEANWHILE)
        self.mine, self.clashes, self.theirs = merged.agreed, merged.clashes, theirs


@dataclass(frozen=True)
class Written:
    """The form as it was submitted; `shown`: the marks of what it showed when it was opened."""

    agreement: Agreement
    shown: Marks


def agreement_of(session: Session, actor: Actor, pair_id: int | None, *, now: datetime) -> AgreementShown:
    """What a running pair of the actor's agreed on, or what they may begin with."""
    pair = my_pair(session, actor, pair_id or 0)
    members = pairs.members_of(session, pair.id)
    known = people.people_named(session, actor.workspace_id, members)
    today, standing = today_of(session, actor, now=now), agreement.standing(session, pair)
    return AgreementShown(
        pair_id=pair.id,
        partners=tuple(known[user].name for user in members if user != actor.user_id),
        agreement=standing or _suggested(session, pair, today),
        exists=standing is not None,
        reached=agreement.goals_of(session, pair.id)[1],
        is_due=standing is not None and is_due(standing.review_on, today),
    )


def is_due(review_on: date | None, today: date) -> bool:
    """Whether the day has come on which a pair wants to look at its agreement again."""
    return review_on is not None and review_on <= today


def _suggested(session: Session, pair: Pair, today: date) -> Agreement:
    program = programs.its_program(session, pair.workspace_id, pair.program_id)
    cycle = programs.its_cycle(session, pair.workspace_id, pair.cycle_id)
    every = words.MEETS_EVERY.format(weeks=program.cadence_weeks)
    return Agreement(
        goals=agreement.goals_of(session, pair.id)[0],
        meets=words.MEETS_USUALLY.get(program.cadence_weeks, every),
        confidential=words.CONFIDENTIAL_USUALLY,
        review_on=halfway(cycle.starts_on, cycle.ends_on, today),
    )


def save(session: Session, actor: Actor, pair_id: int | None, written: Written, *, now: datetime) -> Saved:
    """Keep a form over what may have changed meanwhile. WrongForm for what does not fit, ChangedMeanwhile where a
    partner gave other words to the same parts."""
    pair = my_pair(session, actor, pair_id or 0)
    striving.hold(session, actor, pair)
    kept, today = agreements.agreement_of(session, pair.id), today_of(session, actor, now=now)
    before = agreement.as_agreed(session, kept) if kept is not None else None
    open_goals, reached = agreement.goals_of(session, pair.id)
    now_there = before or replace(written.agreement, goals=open_goals)
    merged = merge(written.shown, written.agreement, now_there)
    _check(merged.agreed, Frame(before, today, _ends_on(session, pair), bool(reached)))
    if merged.clashes:
        raise ChangedMeanwhile(merged, now_there)
    _keep_goals(session, pair, merged.agreed, now=now)
    agreed = replace(merged.agreed, goals=agreement.goals_of(session, pair.id)[0])
    if kept is None or before is None:
        _begin(session, pair, agreed, now=now)
        agreement.show(session, pair, actor.user_id, [], now=now)
        return Saved.FIRST
    return _change(session, actor, pair, kept, before, agreed, now=now)


def _begin(session: Session, pair: Pair, agreed: Agreement, *, now: datetime) -> None:
    kept = PairAgreement(workspace_id=pair.workspace_id, pair_id=pair.id, meets="", confidential="", agreed_at=now)
    _write(kept, agreed)
    session.add(kept)
    session.flush()


def _change(
    session: Session,
    actor: Actor,
    pair: Pair,
    kept: PairAgreement,
    before: Agreement,
    agreed: Agreement,
    *,
    now: datetime,
) -> Saved:
    """Saving what was due for a look settles that, whether or not anything else changed."""
    today = today_of(session, actor, now=now)
    looked = is_due(before.review_on, today) and agreed.review_on in (None, before.review_on)
    after = replace(agreed, review_on=None) if looked else agreed
    changed = [part for part in differing(before, after) if not (looked and part == "review_on")]
    _write(kept, after)
    if is_due(before.review_on, today) and not is_due(after.review_on, today):
        weekly.looked_at(session, pairs.open_nudges(session, pair.id), now=now)
    if not changed and not looked:
        return Saved.UNCHANGED
    agreement.show(session, pair, actor.user_id, changed or [STILL_GOOD], now=now)
    return Saved.CHANGED


def still_good(session: Session, actor: Actor, pair_id: int | None, *, now: datetime) -> None:
    """A partner looked at it again: nothing changes, and it is not brought up any more."""
    pair = my_pair(session, actor, pair_id or 0)
    striving.hold(session, actor, pair)
    kept = agreements.agreement_of(session, pair.id)
    if kept is None:
        raise NotPossibleNow(words.NONE_TO_LOOK_AT)
    if is_due(kept.review_on, today_of(session, actor, now=now)):
        kept.review_on = None
        weekly.looked_at(session, pairs.open_nudges(session, pair.id), now=now)
        agreement.show(session, pair, actor.user_id, [STILL_GOOD], now=now)


def _write(kept: PairAgreement, agreed: Agreement) -> None:
    assert agreed.minutes is not None
    kept.meets, kept.minutes, kept.place = agreed.meets, agreed.minutes, agreed.place
    kept.confidential, kept.off_limits, kept.review_on = agreed.confidential, agreed.off_limits, agreed.review_on


def _keep_goals(session: Session, pair: Pair, agreed: Agreement, *, now: datetime) -> None:
    """The goals are the pair's own: those whose line is still there stay, with their steps."""
    there = [goal for goal in goals.goals_of(session, [pair.id])[pair.id] if goal.reached_at is None]
    moves = goal_moves([goal.text for goal in there], agreed.goals)
    if moves.left_out:
        raise WrongForm({"goals": words.STILL_OPEN.format(goal=moves.left_out[0])})
    for at, text in moves.reworded.items():
        striving.reword(there[at], text, now=now)
    for text in moves.added:
        striving.write(session, pair, text, now=now)
    session.flush()


def _check(agreed: Agreement, frame: Frame) -> None:
    if found := faults(agreed, frame):
        raise WrongForm({name: _sentence(name, fault, agreed, frame) for name, fault in found.items()})


def _sentence(name: str, fault: Fault, agreed: Agreement, frame: Frame) -> str:
    said: object = getattr(agreed, name)
    longest = max((len(goal) for goal in agreed.goals), default=0) if name == "goals" else len(str(said))
    least, most_minutes = MINUTES
    limits: Mapping[str, int] = {"goals": LONGEST, "meets": LONGEST_LINE, "minutes": most_minutes}
    return words.FAULTS.get((name, fault), words.TOO_LONG).format(
        count=len(agreed.goals),
        length=f"{longest:,}",
        most=limits.get(name, LONGEST_PARAGRAPH),
        least=least,
        ends=f"{frame.ends_on:%A} {frame.ends_on.day} {frame.ends_on:%B}",
    )


def _ends_on(session: Session, pair: Pair) -> date:
    return programs.its_cycle(session, pair.workspace_id, pair.cycle_id).ends_on
