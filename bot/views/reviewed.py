"""What the answers about a match under review are drawn from: why two are a pair or not, and what a change did."""

from dataclasses import dataclass

from bot.domain.matching import Barrier
from bot.views.models import PreviewedPair


@dataclass(frozen=True)
class Explained:
    """Why two people would fit, or why not, where that may be told; `told` and `shared` as in an Explanation."""

    names: tuple[str, str]
    pair: PreviewedPair | None
    told: Barrier | None = None
    shared: int = 0


@dataclass(frozen=True)
class Changes:
    """What became of a match: who is not free any more, the pairs that are new, those that are newly `locked`, and how
    many `others` are no more, beside those that an organizer changed `by_hand`."""

    gone: tuple[str, ...]
    pairs: tuple[tuple[str, ...], ...]
    locked: tuple[tuple[str, ...], ...] = ()
    others: int = 0
    by_hand: bool = False
