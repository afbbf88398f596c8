"""Who may be partners at all: the hard rules, which no score outweighs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from itertools import combinations

from bot.domain.matching.hours import Overlap, Shift, known_zone, overlap
from bot.domain.matching.people import Candidate, Meeting
from bot.domain.matching.sentences import LeftoverReason


@dataclass(frozen=True)
class Rules:
    """A program's rules and the organizer's wishes for one round.

    `shared_minutes`: of one working day, together. `floor`: a pair below it is badly matched. `managers`: person ->
    manager beyond the candidates, so that a line that runs through someone who takes no part is known too. `locks`:
    pairs or trios to keep, where the other rules allow them. `vetoes` are the organizer's, `rather_not` what people
    said of each other before this round; both are private.
    """

    cooldown_weeks: int = 26
    shared_minutes: int = 120
    floor: int = 30
    managers: Mapping[str, str] = field(default_factory=dict)
    vetoes: frozenset[frozenset[str]] = frozenset()
    rather_not: frozenset[frozenset[str]] = frozenset()
    locks: tuple[tuple[str, ...], ...] = ()

    def recent(self, meeting: Meeting, on: date) -> bool:
        """Whether these partners are not to be partners again in the round that starts `on`."""
        return meeting.on > on - timedelta(weeks=self.cooldown_weeks)


class Barrier(Enum):
    """Why two may not be partners. HOURS may be told to anyone; see `Round.tellable` for what organizers are told."""

    HOURS = "hours"
    REPORTING_LINE = "reporting line"
    RECENT = "recent"
    AVOIDED = "avoided"
    RATHER_NOT = "rather not"
    VETOED = "vetoed"


class Round:
    """Candidates, history and rules of one round, prepared so that any two can be asked about quickly.

    Raises ValueError where two candidates have one id.
    """

    def __init__(self, candidates: Iterable[Candidate], history: Sequence[Meeting], rules: Rules, on: date) -> None:
        self.people = _by_id(candidates)
        self.rules, self.on = rules, on
        self._shifts = {person.id: _shift(person) for person in self.people.values()}
        self._boss = _bosses(self.people.values(), rules.managers)
        self._above = {person: _above(person, self._boss) for person in self.people}
        self._met = _ties(history)
        self._recent = _ties(meeting for meeting in history if rules.recent(meeting, on))

    def barrier(self, one: str, other: str) -> Barrier | None:
        """What stands between two people, the public reasons first; None when nothing does."""
        if public := self.public_barrier(one, other):
            return public
        if other in self.people[one].avoid or one in self.people[other].avoid:
            return Barrier.AVOIDED
        if frozenset((one, other)) in self.rules.rather_not:
            return Barrier.RATHER_NOT
        return Barrier.VETOED if frozenset((one, other)) in self.rules.vetoes else None

    def public_barrier(self, one: str, other: str) -> Barrier | None:
        """What both could know of themselves: hours, reporting line, each other's former partner."""
        if not self.share_hours((one, other)):
            return Barrier.HOURS
        if other in self._above[one] or one in self._above[other]:
            return Barrier.REPORTING_LINE
        return Barrier.RECENT if frozenset((one, other)) in self._recent else None

    def tellable(self, one: str, other: str) -> Barrier | None:
        """What an organizer is told of why two are no partners, whatever else is true of them: their own veto, the
        hours, and who reports to whom directly. Nothing else is asked (docs/decisions/0023-why-not.md)."""
        if frozenset((one, other)) in self.rules.vetoes:
            return Barrier.VETOED
        if not self.share_hours((one, other)):
            return Barrier.HOURS
        direct = other == self._boss.get(one) or one == self._boss.get(other)
        return Barrier.REPORTING_LINE if direct else None

    def lines(self, among: Collection[str]) -> frozenset[frozenset[str]]:
        """Every two of these people who are in one reporting line, at any depth."""
        above = {person: self._above[person].intersection(among) for person in among}
        return frozenset(frozenset((person, boss)) for person, bosses in above.items() for boss in bosses)

    def why_alone(self, person: str, others: Iterable[str]) -> LeftoverReason:
        """Why someone has none of the `others` as a partner, from public facts alone, so that no private rule can be
        read off the reason."""
        barriers: set[Barrier] = set()
        for other in others:
            if other == person:
                continue
            if (barrier := self.public_barrier(person, other)) is None:
                return LeftoverReason.NOBODY_FREE
            barriers.add(barrier)
        return LeftoverReason.NO_SHARED_HOURS if barriers == {Barrier.HOURS} else LeftoverReason.NOBODY_ALLOWED

    def all_allowed(self, members: Sequence[str]) -> bool:
        """Whether every tie is allowed and all of them together share enough hours."""
        return self.share_hours(members) and all(
            self.barrier(one, other) is None for one, other in combinations(members, 2)
        )

    def share_hours(self, members: Sequence[str]) -> bool:
        """Whether their working hours leave time to meet; unknown hours stand in nobody's way."""
        if any(self._shifts[member] is None for member in members):
            return True
        shared = self.overlap(members)
        return shared is not None and shared.minutes >= self.rules.shared_minutes

    def overlap(self, members: Sequence[str]) -> Overlap | None:
        """The hours all of them share, or None where they share none or someone's are unknown."""
        shifts = [shift for member in members if (shift := self._shifts[member])]
        return overlap(shifts, self.on) if len(shifts) == len(members) else None

    def hours_known(self, members: Sequence[str]) -> bool:
        return all(self._shifts[member] for member in members)

    def shift(self, person: str) -> Shift | None:
        """The person's working day; None where it is unknown."""
        return self._shifts[person]

    def barred(self) -> Iterable[tuple[str, str]]:
        """Every tie that a rule other than hours forbids; ids of people who take no part may be among them."""
        for person in self.people.values():
            yield from ((person.id, other) for other in self._above[person.id] | person.avoid)
        for tie in self._recent | self.rules.rather_not | self.rules.vetoes:
            if len(tie) == 2:
                yield tuple(tie)  # type: ignore[misc]

    def met_before(self) -> frozenset[frozenset[str]]:
        """Every two who were ever partners."""
        return self._met

    def were_partners(self, one: str, other: str) -> bool:
        """Whether the two have ever been partners before."""
        return frozenset((one, other)) in self._met


def _by_id(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    """Candidates by id, in the ids' order, so that the roster's own order is forgotten here."""
    people: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda candidate: candidate.id):
        if candidate.id in people:
            raise ValueError(f"Two candidates have the id {candidate.id!r}")
        people[candidate.id] = candidate
    return people


def _shift(person: Candidate) -> Shift | None:
    if person.hours is None or person.timezone is None or known_zone(person.timezone) is None:
        return None
    return Shift(person.timezone, *person.hours)


def _bosses(people: Iterable[Candidate], managers: Mapping[str, str]) -> dict[str, str]:
    """To whom each reports, candidates and others."""
    return dict(managers) | {person.id: person.manager for person in people if person.manager}


def _above(person: str, managed_by: Mapping[str, str]) -> frozenset[str]:
    """The chain of managers; a ring of managers is walked once."""
    above: set[str] = set()
    boss = managed_by.get(person)
    while boss is not None and boss not in above:
        above.add(boss)
        boss = managed_by.get(boss)
    return frozenset(above - {person})


def _ties(history: Iterable[Meeting]) -> frozenset[frozenset[str]]:
    """Every two who were together; a trio is three ties."""
    return frozenset(frozenset(tie) for meeting in history for tie in combinations(dict.fromkeys(meeting.members), 2))
