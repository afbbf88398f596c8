"""Small changes to a match: who could swap with whom, and how to mend it with as few other pairs touched as can be.

Pure, and small enough for the bot's own process: it asks the round's rules and scores, and never solves.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from bot.domain.matching import Inputs
from bot.domain.matching.rules import Round
from bot.domain.matching.scores import Scorer

_MOST_WAITING = 20  # of those who wait, to be seated along: every two of them are tried

Group = tuple[str, ...]
"""People who are partners, in the order of their ids; someone alone waits."""


@dataclass(frozen=True)
class Exchange:
    """What one swap does to everyone it touches. `gain`: what the total changes by, in fortieths of a point."""

    before: tuple[Group, ...]
    after: tuple[Group, ...]
    gain: int


class Table:
    """Who sits with whom in a round, and what they are worth together."""

    def __init__(self, inputs: Inputs) -> None:
        self._round = Round(inputs.candidates, inputs.history, inputs.rules, inputs.on)
        scorer = Scorer(self._round, inputs.weights)
        self.score = cache(lambda group: scorer.parts(group).score if len(group) > 1 else 0)
        self.allowed = cache(self._round.all_allowed)

    def exchanges(self, group: Group, others: Iterable[Group], waiting: Iterable[str]) -> list[Exchange]:
        """Every allowed swap of one of `group` with one of another group, or with someone who waits; best first."""
        seats = [*others, *((person,) for person in waiting)]
        made = {frozenset(after): ((group, other), after) for other in seats for after in self._swapped(group, other)}
        found = [Exchange(before, after, self._gain(before, after)) for before, after in made.values()]
        return sorted(found, key=lambda exchange: (-exchange.gain, exchange.after))

    def _swapped(self, group: Group, other: Group) -> Iterator[tuple[Group, Group]]:
        for mine in group:
            for theirs in other:
                first, second = _replaced(group, mine, theirs), _replaced(other, theirs, mine)
                if self.allowed(first) and (len(second) == 1 or self.allowed(second)):
                    yield first, second

    def mended(
        self, kept: Sequence[Group], loose: Sequence[str], waiting: Sequence[str], locked: Iterable[Group] = ()
    ) -> tuple[Group, ...] | None:
        """The groups once everyone `loose` has a partner: among themselves and those who wait if that can be, else
        with one of the `kept` groups opened, none of the `locked`. None where that is not enough."""
        if not loose:
            return tuple(kept)
        fixed = set(locked)
        for openable in ([()], [group for group in kept if group not in fixed]):
            tried = [(opened, seated) for opened in openable for seated in self._seated(opened, loose, waiting)]
            if tried:
                opened, seated = max(tried, key=lambda both: self._worth(*both))
                return (*(group for group in kept if group != opened), *seated)
        return None

    def _seated(self, opened: Group, loose: Sequence[str], waiting: Sequence[str]) -> Iterator[tuple[Group, ...]]:
        """Ways to seat everyone loose and whoever was opened, with up to two who wait; with one, where a group was."""
        for count in range(2 if opened else 3):
            for extra in combinations(waiting[:_MOST_WAITING], count):
                yield from self._partitions(tuple(sorted((*loose, *opened, *extra))))

    def _partitions(self, people: Group) -> Iterator[tuple[Group, ...]]:
        """Every way to seat all of them in allowed twos and threes."""
        if not people:
            yield ()
            return
        first, rest = people[0], people[1:]
        for size in (1, 2):
            for partners in combinations(rest, size):
                if self.allowed((first, *partners)):
                    remaining = tuple(person for person in rest if person not in partners)
                    yield from (((first, *partners), *more) for more in self._partitions(remaining))

    def _worth(self, opened: Group, seated: Sequence[Group]) -> tuple[int, int, int, tuple[Group, ...]]:
        trios = sum(len(group) > 2 for group in seated)
        covered = sum(map(len, seated)) - len(opened)
        return covered, -trios, self._gain((opened,), seated), tuple(seated)

    def _gain(self, before: Iterable[Group], after: Iterable[Group]) -> int:
        return sum(map(self.score, after)) - sum(map(self.score, before))


def _replaced(group: Group, old: str, new: str) -> Group:
    return tuple(sorted(new if person == old else person for person in group))
