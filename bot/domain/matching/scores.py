"""How well people fit: 0-100 points from named parts, in whole fortieths of a point so that every machine agrees.

complement  what one asks for and the other offers. Sources: structured peer meetings work when both have something to
            give (Sandvik et al. 2020), so help both ways counts over three times as much as help one way.
goals       shared goals: two who work on the same thing have something to come back to (Sandvik et al. 2020).
style       working style: deep similarity is the strongest antecedent of a good relationship (Eby et al. 2013).
new         a new connection: another department, and never partners before; knowledge that crosses departments is
            what a program is for (PRODUCT.md), and chance meets it least.
level       closeness of standing: among peers one should not be the other's senior (Kram & Isabella 1985); without
            weight until a program sets one.
Where something is unknown a part is half, neither reward nor punishment.

This is the definition, two people at a time; cohort.py computes the same for all pairs at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from itertools import combinations

from bot.domain.enrollment import STYLES
from bot.domain.matching.people import Candidate, normal
from bot.domain.matching.rules import Round

POINT = 40
"""The unit of every score: a fortieth of a point is the largest that leaves all parts whole for any whole weights."""
MOST_HELP, MOST_GOALS = 4, 10
"""Help one way is counted in quarters, goals in tenths."""
_SHORTEST_WORD = 4
_COMMON = frozenset(
    {"about", "become", "becoming", "being", "better", "from", "getting", "grow", "have", "improve", "into"}
    | {"learn", "learning", "like", "more", "that", "this", "want", "with", "work", "would", "your"}
)


@dataclass(frozen=True)
class Weights:
    """What each part is worth; they add up to 100. Raises ValueError where they do not."""

    complement: int = 40
    goals: int = 25
    style: int = 25
    new: int = 10
    level: int = 0

    def __post_init__(self) -> None:
        if min(astuple(self)) < 0 or sum(astuple(self)) != 100:
            raise ValueError("Weights are whole numbers from 0 that add up to 100")


@dataclass(frozen=True)
class Parts:
    """Fortieths of a point per part; their sum is the score, up to 4,000."""

    complement: int
    goals: int
    style: int
    new: int
    level: int

    @property
    def score(self) -> int:
        return self.complement + self.goals + self.style + self.new + self.level


@dataclass(frozen=True)
class Profile:
    """A candidate's words in one spelling: normal form -> as written. `hidden`: styles that are named to nobody."""

    offers: Mapping[str, str]
    asks: Mapping[str, str]
    goals: Mapping[str, str]
    goal_words: frozenset[str]
    style: Mapping[str, str]
    department: str
    level: int | None
    hidden: frozenset[str] = field(default_factory=frozenset)


class Scorer:
    """Scores any two people of a round, or three."""

    def __init__(self, this_round: Round, weights: Weights) -> None:
        self._round, self._weights = this_round, weights
        self.profiles = {person.id: profile(person) for person in this_round.people.values()}

    def parts(self, members: Sequence[str]) -> Parts:
        """For a pair, or for a trio the mean over its three ties, rounded down."""
        ties = [vars(self._tie(*sorted(tie))).values() for tie in combinations(members, 2)]
        return Parts(*(sum(part) // len(ties) for part in zip(*ties, strict=True)))

    def mentorship(self, mentor: str, mentee: str) -> Parts:
        """One way: what the mentee asks for and the mentor offers, and a mentor above the mentee."""
        a, b, weights = self.profiles[mentee], self.profiles[mentor], self._weights
        both_ways = self._tie(*sorted((mentor, mentee)))
        return replace(
            both_ways,
            complement=10 * weights.complement * _help(a.asks, b.offers),
            level=20 * weights.level * above(a, b),
        )

    def _tie(self, one: str, other: str) -> Parts:
        a, b, weights = self.profiles[one], self.profiles[other], self._weights
        fresh = 0 if self._round.were_partners(one, other) else other_department(a, b)
        return Parts(
            complement=weights.complement * complement(a, b),
            goals=4 * weights.goals * shared_goals(a, b),
            style=5 * weights.style * like_style(a, b),
            new=20 * weights.new * fresh,
            level=20 * weights.level * like_level(a, b),
        )


def points(units: int) -> float:
    """Fortieths as points, for people and for JSON."""
    return round(units / POINT, 3)


def profile(person: Candidate) -> Profile:
    """Prepare a candidate's words for comparing."""
    goals = _spelled(person.goals)
    return Profile(
        offers=_spelled(person.offers),
        asks=_spelled(person.asks),
        goals=goals,
        goal_words=frozenset(word for goal in goals for word in telling_words(goal)),
        style=person.style,
        department=normal(person.department or ""),
        level=person.level,
        hidden=person.private_style,
    )


def telling_words(goal: str) -> dict[str, str]:
    """The words of a goal that say what it is about: stem -> word."""
    words = [word for word in normal(goal).split() if word not in _COMMON]
    return {word.removesuffix("s"): word for word in words if len(word) >= _SHORTEST_WORD or not word.isascii()}


def complement(a: Profile, b: Profile) -> int:
    """Fortieths: one way at most 12, both ways 40."""
    to_a, to_b = _help(a.asks, b.offers), _help(b.asks, a.offers)
    return 3 * (to_a + to_b) + 4 * min(to_a, to_b)


def shared_goals(a: Profile, b: Profile) -> int:
    """Tenths: the same goal 10, one telling word in common 7, several 10."""
    if not a.goal_words or not b.goal_words:
        return MOST_GOALS // 2
    same, words = a.goals.keys() & b.goals.keys(), a.goal_words & b.goal_words
    return min(MOST_GOALS, 10 * len(same) + 7 * len(words))


def like_style(a: Profile, b: Profile) -> int:
    """Eighths: over the four dimensions, each the same (2), different (0) or unknown (1)."""
    return sum(_same(a.style.get(dimension), b.style.get(dimension)) for dimension in STYLES)


def other_department(a: Profile, b: Profile) -> int:
    """Halves: 2 across departments, 0 within one."""
    return 2 - _same(a.department, b.department)


def like_level(a: Profile, b: Profile) -> int:
    """Halves: 2 on one level, 1 when a level apart, else 0."""
    if a.level is None or b.level is None:
        return 1
    return max(0, 2 - abs(a.level - b.level))


def above(mentee: Profile, mentor: Profile) -> int:
    """Halves: 2 where the mentor is above, 1 on one level, 0 below."""
    if mentee.level is None or mentor.level is None:
        return 1
    return 1 + (mentor.level > mentee.level) - (mentor.level < mentee.level)


def _help(asks: Mapping[str, str], offers: Mapping[str, str]) -> int:
    """Quarters: one of several asks 3, two of them or the only one 4."""
    if not asks or not offers:
        return MOST_HELP // 2
    covered = len(asks.keys() & offers.keys())
    return min(MOST_HELP, covered * (MOST_HELP if len(asks) == 1 else 3))


def _same(one: str | None, other: str | None) -> int:
    if not one or not other:
        return 1
    return 2 if one == other else 0


def _spelled(phrases: Iterable[str]) -> dict[str, str]:
    """Normal form -> the phrase as written, in its order; empty ones left out."""
    return {key: " ".join(phrase.split()) for phrase in phrases if (key := normal(phrase))}
