"""An organizer reviews a match: locks, vetoes and swaps pairs, asks why, compares what other weights would bring.

Each act answers with a Draft that touches as few pairs as it can: all others are locked while the rest is solved, and
only where that is not enough is everyone matched anew. A veto is known to the program's organizers alone.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cached_property

from sqlmodel import Session

from bot.content import refusals
from bot.domain.exchanges import Exchange, Group, Table
from bot.domain.lifecycle import MATCH, MatchAct
from bot.domain.matching import Inputs, MatchPlan, Weights, inputs_from_json, plan_from_json
from bot.domain.people import Actor
from bot.domain.weightings import WEIGHTS, Weighting
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import considering, moving
from bot.services.administering import check_organizer
from bot.services.matchmaking import Draft, begun_with, gather, with_rules, with_wishes_of
from bot.views.kit import and_list, escape
from storage import people, programs
from storage.tables import MatchRun

BEST = 3
"""Alternatives offered for a swap."""


@dataclass(frozen=True)
class Review:
    """A preview that may still be changed. `suggested`: who suggested each other, which nobody is shown."""

    run: MatchRun
    inputs: Inputs
    plan: MatchPlan
    suggested: tuple[tuple[str, str], ...] = ()

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The pairs and trios, from the weakest to the strongest."""
        return tuple(pair.members for pair in self.plan.pairs)

    @cached_property
    def waiting(self) -> tuple[str, ...]:
        return tuple(who.id for who in self.plan.leftover)

    @cached_property
    def locks(self) -> tuple[Group, ...]:
        """What the organizer wants kept."""
        return tuple(tuple(lock) for lock in self.run.locks)

    @cached_property
    def table(self) -> Table:
        return Table(self.inputs)

    def numbered(self, number: int) -> Group:
        """The pair with this number, from 1."""
        if not 1 <= number <= len(self.groups):
            raise NotPossibleNow(refusals.STALE_BUTTON)
        return self.groups[number - 1]

    def group_of(self, *members: str) -> Group | None:
        """The pair or trio that holds all of them."""
        return next((group for group in self.groups if set(members) <= set(group)), None)

    def exchanges(self, group: Group) -> list[Exchange]:
        """The best swaps for a pair, each with what it does to everyone."""
        others = [other for other in self.groups if other != group and other not in self.locks]
        return self.table.exchanges(group, others, self.waiting)[:BEST]

    def solved(self, locks: Iterable[Group], inputs: Inputs | None = None) -> Draft:
        """The same pairs, with other locks: there is nothing to solve."""
        fixed = tuple(replace(pair, locked=True) for pair in self.plan.pairs)
        plan = replace(self.plan, pairs=fixed, bound=self.plan.total, refused_locks=())
        inputs = with_rules(inputs or self.inputs, locks=self.groups)
        return Draft(self.run.program_id, inputs, tuple(locks), self.run.id, plan, self.run.cycle_id)

    def seated(self, groups: Collection[Group] | None, locks: Collection[Group], inputs: Inputs) -> Draft:
        """These groups, or everyone anew but the `locks` where None would do."""
        if groups is None:
            begun = begun_with(inputs, locks, self.suggested)
        else:
            begun = with_rules(inputs, locks=tuple(sorted(groups)))
        return Draft(self.run.program_id, begun, tuple(locks), self.run.id, cycle_id=self.run.cycle_id)


def under_review(session: Session, actor: Actor, run_id: int) -> Review:
    """The preview with this number, if the actor may change it and it is still the one that counts."""
    run = programs.match_run(session, actor.workspace_id, run_id)
    if run is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    check_organizer(session, actor, run.program_id)
    moving.after(MATCH, run.status, MatchAct.REPLACE)
    suggested = considering.wishes(session, run.program_id).together
    return Review(run, inputs_from_json(run.inputs), plan_from_json(run.plan), suggested)


def latest(session: Session, actor: Actor, program_id: int) -> Review:
    """The program's preview."""
    check_organizer(session, actor, program_id)
    shown = programs.previews_of(session, program_id)
    if not shown:
        raise NotPossibleNow(refusals.NO_PREVIEW)
    return under_review(session, actor, shown[-1].id)


def lock(review: Review, group: Group) -> Draft:
    """Keep a pair of the match; the other pairs stay as well, until the match is run again."""
    return review.solved(dict.fromkeys([*review.locks, group]))


def unlock(review: Review, group: Group) -> Draft:
    """Let a pair be changed again."""
    return review.solved([kept for kept in review.locks if kept != group])


def veto(review: Review, group: Group) -> Draft:
    """Never these two (no two of these three), seen by the organizers alone; they are matched anew."""
    ties = {frozenset((one, other)) for one in group for other in group if one != other}
    inputs = with_rules(review.inputs, vetoes=review.inputs.rules.vetoes | ties)
    locks = [kept for kept in review.locks if not any(tie <= set(kept) for tie in ties)]
    apart = [seated for seated in review.groups if any(tie <= set(seated) for tie in ties)]
    if not apart:
        return review.solved(locks, inputs)
    return _mended(review, inputs, locks, opened=apart)


def allow_again(review: Review) -> Draft:
    """Lift every veto; who waits may find someone, and the pairs stay until the match is run again."""
    return review.seated(review.groups, review.locks, with_rules(review.inputs, vetoes=frozenset()))


def together(review: Review, actor: Actor, members: Group) -> Draft:
    """Lock two people as a pair; whoever loses a partner by it is matched anew."""
    seated = review.group_of(*members)
    if seated is not None:
        return lock(review, seated)
    check_not_oneself(actor, members)
    if not review.table.allowed(members):
        raise NotPossibleNow(refusals.LOCK_NOT_POSSIBLE)
    opened = [group for group in review.groups if set(group) & set(members)]
    _check_unlocked(review, opened)
    return _mended(review, review.inputs, [*review.locks, members], opened, begun=members)


def swap(review: Review, exchange: Exchange) -> Draft:
    """What was chosen among the exchanges, locked."""
    made = [group for group in exchange.after if len(group) > 1]
    untouched = [group for group in review.groups if group not in exchange.before]
    locks = [kept for kept in review.locks if kept not in exchange.before]
    return review.seated([*untouched, *made], [*locks, *made], review.inputs)


def swap_people(review: Review, actor: Actor, one: str, other: str) -> Draft:
    """Two people take each other's place: in their pairs, or of one who waits."""
    before = [review.group_of(person) or (person,) for person in (one, other)]
    check_not_oneself(actor, [person for group in before for person in group])
    _check_unlocked(review, before)
    mine, theirs = _put(before[0], one, other), _put(before[1], other, one)
    made = [group for group in (mine, theirs) if len(group) > 1]
    if not made or not all(review.table.allowed(group) for group in made):
        raise NotPossibleNow(refusals.SWAP_NOT_POSSIBLE)
    return swap(review, Exchange(tuple(before), (mine, theirs), gain=0))


def _put(group: Group, old: str, new: str) -> Group:
    return tuple(sorted(new if person == old else person for person in group))


def without_who_left(session: Session, actor: Actor, run_id: int, *, now: datetime) -> Draft:
    """The preview for those who are still free: whoever lost a partner is matched with as few changes as possible."""
    review = under_review(session, actor, run_id)
    program = check_organizer(session, actor, review.run.program_id)
    there = gather(session, program, review.run.cycle_id, now=now)
    if len(there.candidates) < 2:
        raise NotPossibleNow(refusals.TOO_FEW.format(count=len(there.candidates)))
    draft = with_wishes_of(session, review.run, there)
    free = {candidate.id for candidate in there.candidates}
    opened = [group for group in review.groups if not free >= set(group)]
    return _mended(review, draft.inputs, draft.locks, opened, free)


def _mended(
    review: Review,
    inputs: Inputs,
    locks: Collection[Group],
    opened: Sequence[Group],
    free: Collection[str] | None = None,
    begun: Group = (),
) -> Draft:
    """Everyone in the `opened` groups who is `free` finds a partner; `begun` sit together already."""
    table = Table(inputs)
    kept = [group for group in review.groups if group not in opened] + ([begun] if begun else [])
    left = [tuple(p for p in group if p not in begun and (free is None or p in free)) for group in opened]
    kept += [rest for rest in left if len(rest) > 1 and table.allowed(rest)]
    loose = [person for rest in left if rest not in kept for person in rest]
    waiting = [person for person in review.waiting if person not in begun and (free is None or person in free)]
    return review.seated(table.mended(kept, loose, waiting, locks), locks, inputs)


def _check_unlocked(review: Review, groups: Iterable[Group]) -> None:
    if any(group in review.locks for group in groups):
        raise NotPossibleNow(refusals.PAIR_IS_LOCKED)


def weigh(session: Session, actor: Actor, run_id: int, weighting: Weighting) -> Draft:
    """From now on the program's matches want this most; the preview is made anew with its locks and vetoes."""
    review = under_review(session, actor, run_id)
    program = check_organizer(session, actor, review.run.program_id)
    program.weights = asdict(WEIGHTS[weighting])
    return with_weights(review, WEIGHTS[weighting])


def with_weights(review: Review, weights: Weights) -> Draft:
    """The same people and wishes, with other weights."""
    return review.seated(None, review.locks, replace(review.inputs, weights=weights))


def check_not_oneself(actor: Actor, members: Iterable[str]) -> None:
    """NotAllowed for an organizer who takes part: that the two are not possible could tell them who avoids them."""
    if actor.user_id in members:
        raise NotAllowed(refusals.ABOUT_YOURSELF)


def check_in_preview(session: Session, workspace_id: str, inputs: Inputs, *members: str) -> None:
    """NotPossibleNow, naming whoever is not among those of the preview."""
    free = {candidate.id for candidate in inputs.candidates}
    missing = [user_id for user_id in members if user_id not in free]
    if missing:
        known = people.people_named(session, workspace_id, missing)
        names = and_list([escape(known[user_id].name) for user_id in missing])
        raise NotPossibleNow(refusals.NOT_IN_PREVIEW.format(names=names, are="is" if len(missing) == 1 else "are"))
