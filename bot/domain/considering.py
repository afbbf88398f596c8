"""Before a match: whom each person is shown as a possible partner, and until when they may answer.

Perceived input relates to how good a pairing is (Allen, Eby & Lentz 2006). Nothing here may give away what is private:
nobody is shown whom the match proposes, at most half of those they could meet are shown, and who is left out of the
list may be missing for any reason.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from itertools import islice

from bot.domain.cadence import DAY, LONGEST_SILENCE, WorkingHours, instant, local_date, why_not_on
from bot.domain.matching import Inputs, MatchPlan
from bot.domain.matching.reasons import clauses
from bot.domain.matching.rules import Barrier, Round
from bot.domain.matching.scores import Scorer
from bot.domain.matching.sentences import Clause, Topic
from bot.domain.programs import CONSIDERING_DAYS, CONSIDERING_UNTIL

MOST_SHOWN = 5
FEWEST_TO_ASK = 4
"""With three, whoever is named is the one who is not proposed."""
_TIES_TO_WEIGH = 90_000  # about two seconds; in larger rounds each person's list is chosen from a sample
_FEWEST_LOOKED_AT, _KEPT = 20, 40
_PRIVATE = (None, Barrier.AVOIDED, Barrier.RATHER_NOT, Barrier.VETOED)


@dataclass(frozen=True)
class Possible:
    """Someone a person might be matched with, and why: the other's offers, never their asks or goals."""

    id: str
    why: tuple[Clause, ...]


@dataclass(frozen=True)
class _Choice:
    """Whom a person may be shown, the best first, and how many of them."""

    ranked: tuple[str, ...]
    count: int


def closes_at(asked: datetime, program: WorkingHours) -> datetime:
    """17:00 of the program's third working day after the one on which people were asked."""
    days = (local_date(asked, program.timezone) + number * DAY for number in range(1, LONGEST_SILENCE))
    working = (day for day in days if why_not_on(day, program) is None)
    return instant(list(islice(working, CONSIDERING_DAYS))[-1], CONSIDERING_UNTIL, program.timezone)


def possible_partners(inputs: Inputs, plan: MatchPlan) -> dict[str, tuple[Possible, ...]]:
    """Up to five possible partners for each candidate, by id; never whom `plan` proposes for them.

    The best by score, spread so that as few people as possible are shown to many. The same for the same inputs.
    """
    this_round = Round(inputs.candidates, inputs.history, inputs.rules, inputs.on)
    scorer = Scorer(this_round, inputs.weights)
    order = sorted(this_round.people, key=lambda person: _luck(inputs.seed, person))
    proposed = {member: set(pair.members) for pair in plan.pairs for member in pair.members}
    choices = {
        person: _choice(
            this_round, scorer, inputs.seed, person, [o for o in others if o not in proposed.get(person, ())]
        )
        for person, others in _looked_at(order)
    }
    return {
        person: tuple(Possible(other, _why(this_round, scorer, person, other)) for other in shown)
        for person, shown in _spread(order, choices).items()
    }


def mutual(suggestions: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Who suggested each other: (who suggested, whom) in, pairs in a steady order out, nobody in two of them."""
    said = set(suggestions)
    found: list[tuple[str, str]] = []
    taken: set[str] = set()
    for one, other in sorted(said):
        if one < other and (other, one) in said and not taken & {one, other}:
            found.append((one, other))
            taken |= {one, other}
    return tuple(found)


def with_together(inputs: Inputs, suggested: Sequence[tuple[str, str]]) -> Inputs:
    """The round begun with those who suggested each other and may be partners. Locks that could not be kept are not
    even tried, so that nobody hears of them; among fewer than four, keeping two together would leave someone out."""
    if not suggested or len(inputs.candidates) < FEWEST_TO_ASK:
        return inputs
    this_round = Round(inputs.candidates, inputs.history, inputs.rules, inputs.on)
    free = [pair for pair in suggested if this_round.people.keys() >= set(pair)]
    locks = tuple(pair for pair in free if this_round.all_allowed(pair))
    return replace(inputs, rules=replace(inputs.rules, locks=locks))


def _looked_at(order: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Each person with the others who are considered for them: everyone, or in a large round those next in `order`."""
    reach = min(len(order) - 1, max(_FEWEST_LOOKED_AT, _TIES_TO_WEIGH // max(1, len(order))))
    for at, person in enumerate(order):
        yield person, [order[(at + step) % len(order)] for step in range(1, reach + 1)]


def _choice(this_round: Round, scorer: Scorer, seed: int, person: str, others: Sequence[str]) -> _Choice:
    """At most half of those whom nothing public keeps from a person: so that a missing name tells nothing."""
    barriers = {other: this_round.barrier(person, other) for other in others}
    public = sum(barrier in _PRIVATE for barrier in barriers.values())
    allowed = [other for other, barrier in barriers.items() if barrier is None]
    allowed.sort(key=lambda other: (-scorer.parts((person, other)).score, _luck(seed, person, other)))
    return _Choice(tuple(allowed[:_KEPT]), min(MOST_SHOWN, public // 2))


def _spread(order: Sequence[str], choices: Mapping[str, _Choice]) -> dict[str, list[str]]:
    """By turns everyone is given their best who was not shown often; what is still missing is filled up."""
    shown: dict[str, list[str]] = {person: [] for person in order}
    often: Counter[str] = Counter()
    for limit in (MOST_SHOWN, len(order)):
        for _ in range(MOST_SHOWN):
            for person in order:
                mine, choice = shown[person], choices[person]
                free = (other for other in choice.ranked if other not in mine and often[other] < limit)
                if len(mine) < choice.count and (other := next(free, None)):
                    mine.append(other)
                    often[other] += 1
    return shown


def _why(this_round: Round, scorer: Scorer, reader: str, other: str) -> tuple[Clause, ...]:
    """What the other offers that the reader asked for, and what anyone may know. Never what the other needs."""
    new = not this_round.were_partners(reader, other)
    found = clauses(sorted((reader, other)), scorer, new)
    told = tuple(_as_help(clause) for clause in found if _may_tell(clause, other))
    return told or (Clause(Topic.NEW if new else Topic.AGAIN, (reader, other)),)


def _may_tell(clause: Clause, other: str) -> bool:
    if clause.topic in (Topic.HELP, Topic.RETURN):
        return clause.people[0] == other
    return clause.topic in (Topic.DEPARTMENTS, Topic.NEW, Topic.AGAIN)


def _as_help(clause: Clause) -> Clause:
    """Help in return, where the other half is not told, is help."""
    return replace(clause, topic=Topic.HELP) if clause.topic is Topic.RETURN else clause


def _luck(seed: int, *people: str) -> bytes:
    return blake2b(json.dumps([seed, *people]).encode(), digest_size=8).digest()
