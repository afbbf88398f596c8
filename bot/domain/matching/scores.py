"""How well people fit: 0-100 from named parts, in whole numbers so that every machine agrees.

complement  what one asks for and the other offers. Sources: structured peer meetings work when both have something to
            give (Sandvik et al. 2020), so help both ways counts three times as much as help one way.
goals       shared goals.
style       working style: deep similarity is the strongest antecedent of a good relationship (Eby et al. 2013).
new         a new connection: another department, and never partners before.
level       closeness of standing; without weight until a program sets one.
Where something is unknown a part is half, neither reward nor punishment.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import combinations

from bot.domain.enrollment import STYLES
from bot.domain.matching.people import Candidate, normal
from bot.domain.matching.rules import Round

FULL, HALF = 1000, 500  # a part's share of its weight, in thousandths
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
    """Points per part; their sum is the score."""

    complement: int
    goals: int
    style: int
    new: int
    level: int

    @property
    def score(self) -> int:
        return self.complement + self.goals + self.style + self.new + self.level


Shares = tuple[int, int, int, int, int]
"""Thousandths of each weight, in the order of Weights."""


@dataclass(frozen=True)
class Profile:
    """A candidate's words in one spelling: normal form -> as written."""

    offers: Mapping[str, str]
    asks: Mapping[str, str]
    goals: Mapping[str, str]
    goal_words: frozenset[str]
    style: Mapping[str, str]
    department: str
    level: int | None


class Scorer:
    """Scores any two people of a round, or three."""

    def __init__(self, this_round: Round, weights: Weights) -> None:
        self._round, self._weights = this_round, weights
        self.profiles = {person.id: profile(person) for person in this_round.people.values()}

    def parts(self, members: Sequence[str]) -> Parts:
        """Points for a pair, or for a trio the mean over its three ties."""
        ties = [self._shares(*sorted(tie)) for tie in combinations(members, 2)]
        mean = [sum(shares) // len(ties) for shares in zip(*ties, strict=True)]
        return _points(mean, self._weights)

    def _shares(self, one: str, other: str) -> Shares:
        a, b = self.profiles[one], self.profiles[other]
        return (
            complement(a, b),
            shared_goals(a, b),
            like_style(a, b),
            0 if self._round.were_partners(one, other) else other_department(a, b),
            like_level(a, b),
        )


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
    )


def telling_words(goal: str) -> dict[str, str]:
    """The words of a goal that say what it is about: stem -> word."""
    words = [word for word in normal(goal).split() if word not in _COMMON]
    return {word.removesuffix("s"): word for word in words if len(word) >= _SHORTEST_WORD or not word.isascii()}


def complement(a: Profile, b: Profile) -> int:
    """Thousandths: one way a third, both ways full."""
    to_a, to_b = _help(a.asks, b.offers), _help(b.asks, a.offers)
    return (to_a + to_b + min(to_a, to_b)) // 3


def shared_goals(a: Profile, b: Profile) -> int:
    """Thousandths: the same goal is full, else the words they share of the shorter one's."""
    if not a.goals or not b.goals:
        return HALF
    if a.goals.keys() & b.goals.keys():
        return FULL
    fewest = min(len(a.goal_words), len(b.goal_words))
    return FULL * len(a.goal_words & b.goal_words) // fewest if fewest else HALF


def like_style(a: Profile, b: Profile) -> int:
    """Thousandths: the mean over the four dimensions, each the same, different or unknown."""
    return sum(_same(a.style.get(dimension), b.style.get(dimension)) for dimension in STYLES) // len(STYLES)


def other_department(a: Profile, b: Profile) -> int:
    """Thousandths: full across departments, nothing within one."""
    return FULL - _same(a.department, b.department)


def like_level(a: Profile, b: Profile) -> int:
    """Thousandths: full on one level, half a level apart, else nothing."""
    if a.level is None or b.level is None:
        return HALF
    return max(0, FULL - HALF * abs(a.level - b.level))


def _help(asks: Mapping[str, str], offers: Mapping[str, str]) -> int:
    if not asks or not offers:
        return HALF
    covered = len(asks.keys() & offers.keys())
    if covered >= min(2, len(asks)):
        return FULL
    return 750 if covered else 0


def _same(one: str | None, other: str | None) -> int:
    if not one or not other:
        return HALF
    return FULL if one == other else 0


def _spelled(phrases: Iterable[str]) -> dict[str, str]:
    """Normal form -> the phrase as written, in its order; empty ones left out."""
    return {key: " ".join(phrase.split()) for phrase in phrases if (key := normal(phrase))}


def _points(shares: Sequence[int], weights: Weights) -> Parts:
    """Whole points that add up to the rounded total: the largest remainders are rounded up."""
    exact = [share * weight for share, weight in zip(shares, astuple(weights), strict=True)]
    points = [thousandths // FULL for thousandths in exact]
    missing = (sum(exact) + HALF) // FULL - sum(points)
    for part in sorted(range(len(exact)), key=lambda part: -(exact[part] % FULL))[:missing]:
        points[part] += 1
    return Parts(*points)
