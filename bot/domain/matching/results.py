"""What a match answers with: data that can be stored, shown and replayed."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.matching.hours import Overlap
from bot.domain.matching.rules import Barrier
from bot.domain.matching.scores import Parts
from bot.domain.matching.sentences import Clause, LeftoverReason


class Caution(StrEnum):
    """What an organizer may want to look at before a release: only what the partners may know too."""

    WEAK = "weak"
    FEW_SHARED_HOURS = "few_shared_hours"
    HOURS_UNKNOWN = "hours_unknown"
    PARTNERS_BEFORE = "partners_before"
    SAME_DEPARTMENT = "same_department"


CAUTIONS_IN_WORDS = {
    Caution.WEAK: "a weak match",
    Caution.FEW_SHARED_HOURS: "few shared hours",
    Caution.HOURS_UNKNOWN: "working hours unknown",
    Caution.PARTNERS_BEFORE: "were partners before",
    Caution.SAME_DEPARTMENT: "same department",
}


@dataclass(frozen=True)
class PlannedPair:
    """Two people, or three, in the order of their ids. `score`, in fortieths of a point, is the sum of `parts`, a
    trio's the mean."""

    members: tuple[str, ...]
    score: int
    parts: Parts
    clauses: tuple[Clause, ...]
    overlap: Overlap | None
    warnings: tuple[Caution, ...]
    locked: bool = False


@dataclass(frozen=True)
class Leftover:
    id: str
    reason: LeftoverReason


@dataclass(frozen=True)
class MatchPlan:
    """The whole round, from the weakest pair to the strongest.

    `total` and `bound` in fortieths of a point: no plan that meets the aims before it exceeds `bound`. `refused_locks`:
    locks that the rules do not allow.
    """

    pairs: tuple[PlannedPair, ...]
    leftover: tuple[Leftover, ...]
    total: int
    bound: int
    seed: int
    refused_locks: tuple[tuple[str, ...], ...] = ()

    @property
    def worst(self) -> int:
        """The score of the weakest pair; 0 where there is none."""
        return min((pair.score for pair in self.pairs), default=0)


@dataclass(frozen=True)
class Explanation:
    """Two people as partners: the pair they would be, or why not, where that may be told; one of the two.
    `shared`: the minutes of a working day they have in common, where these are too few."""

    pair: PlannedPair | None
    told: Barrier | None = None
    shared: int = 0
