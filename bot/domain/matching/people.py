"""Who takes part in a match, and who met whom before."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

_JOINTS = str.maketrans(dict.fromkeys('-‐‑–—_/\\.,;:!?()[]"“”„&', " ") | dict.fromkeys("'’‘`´"))
_VARIATIONS = "\ufe0e\ufe0f"


class Mode(StrEnum):
    """Peers help each other in pairs; mentors help mentees, one way."""

    PEERS = "peers"
    MENTORS = "mentors"


class Role(StrEnum):
    """What a person may be where mentors are matched; among peers it has no say."""

    PEER = "peer"
    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"


@dataclass(frozen=True)
class Candidate:
    """One person in this round. Whatever is empty or None is unknown, and neutral.

    `style`: dimension -> "a" or "b" (bot.domain.enrollment.STYLES). `level`: a step on the company's ladder.
    `manager`: a person's id. `hours`: from and to, local minutes since midnight; to <= from crosses midnight.
    `avoid`: ids, private. `left_out`: cycles in a row without a partner or in a trio. `capacity`: partners this cycle,
    0 sits out; among peers one partner is enough. `private_style`: dimensions that count, and are named to nobody.
    """

    id: str
    offers: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    style: Mapping[str, str] = field(default_factory=dict)
    department: str | None = None
    level: int | None = None
    manager: str | None = None
    timezone: str | None = None
    hours: tuple[int, int] | None = None
    avoid: frozenset[str] = frozenset()
    left_out: int = 0
    capacity: int = 1
    role: Role = Role.PEER
    private_style: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Meeting:
    """Two or three people who were partners. `on`: the last day they were known to be, or the first if still are."""

    members: tuple[str, ...]
    on: date


@lru_cache(maxsize=65_536)
def normal(phrase: str) -> str:
    """One spelling for "Public speaking", "public-speaking" and "PUBLIC  SPEAKING"; C++ and C# stay apart.

    What cannot be seen (marks of direction, joiners, soft hyphens) is left out; an accent is one however it is typed.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", phrase).casefold()).translate(_JOINTS)
    if not folded.isascii():
        folded = "".join(sign for sign in folded if unicodedata.category(sign) != "Cf" and sign not in _VARIATIONS)
    return " ".join(folded.split())
