"""What partners hear of their pair, and who has none: it begins, it ends, it waits."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.domain.agreements import Agreement
from bot.domain.journeys import Journey
from bot.domain.matching.sentences import LeftoverReason, Segment
from bot.domain.pairs import PairEnding
from bot.domain.templates import Purpose


@dataclass(frozen=True)
class Introduction:
    """To the pair's group DM, once, when the match is released. `closed`: the pair ended, so the buttons are gone.

    `goes_on`: these two know each other from the three they were; `reason` is empty where none of their own was kept.
    """

    program: str
    pair_id: int
    names: tuple[str, ...]
    reason: tuple[Segment, ...]
    overlap: str
    days: int
    closed: bool = False
    purpose: Purpose = Purpose.SKILLS
    goes_on: bool = False
    kind: Literal["introduction"] = "introduction"


@dataclass(frozen=True)
class Agreed:
    """To the pair's group DM, once, and changed in place from then on: what they agreed on. `reached`: goals that are.

    `by` wrote last, the parts named in `changed` (bot/domain/agreements.py), "" where nobody did. `closed`: the pair
    ended, so the button is gone.
    """

    program: str
    pair_id: int
    names: tuple[str, ...]
    agreement: Agreement
    reached: tuple[str, ...] = ()
    by: str = ""
    changed: tuple[str, ...] = ()
    closed: bool = False
    kind: Literal["agreed"] = "agreed"


@dataclass(frozen=True)
class TimeProposed:
    """To the pair's group DM: one partner chose a time at which all of them work. `timezone`: the chooser's."""

    program: str
    pair_id: int
    names: tuple[str, ...]
    chooser: str
    start: datetime
    minutes: int
    timezone: str
    kind: Literal["time_proposed"] = "time_proposed"


@dataclass(frozen=True)
class AskedAgain:
    """The reader asked for another partner: during the round already where `in_round`, in the match of `next_week`
    where the program makes one each week."""

    in_round: bool
    next_week: date | None = None


@dataclass(frozen=True)
class PairClosed:
    """To each partner who did not end the pair, with no fault and no reason that would hurt.

    `journey`: it ended well, and this is what the reader's time came to. `again`: they asked for another partner below.
    """

    program: str
    partner: str
    ending: PairEnding
    enrollment_id: int
    pair_id: int
    journey: Journey | None = None
    again: AskedAgain | None = None
    kind: Literal["pair_closed"] = "pair_closed"


@dataclass(frozen=True)
class PairFinished:
    """The last week is over, or the reader wrapped up: what they did, in numbers that only they see. `again`: they
    asked for another partner below."""

    program: str
    first_name: str
    partners: tuple[str, ...]
    pair_id: int
    journey: Journey
    enrollment_id: int
    again: AskedAgain | None = None
    kind: Literal["pair_finished"] = "pair_finished"


@dataclass(frozen=True)
class NoMatch:
    """To someone without a partner this round: the reason, what would change it, and when they come first.

    `lessons`: the numbers of those that come before a match here and are still to be read; then there is no `reason`.
    """

    program: str
    reason: LeftoverReason | None
    priority_on: date
    enrollment_id: int
    lessons: tuple[int, ...] = ()
    kind: Literal["no_match"] = "no_match"


@dataclass(frozen=True)
class StillWaiting:
    """To someone without a partner, once, when a round of their program is over: what comes next.

    `reason`: what keeps them from everyone who is free, None where nothing does. `comes_first`: they were left out
    before. `starts_on`: the next round's first day, where it is known; `lessons`: as in NoMatch.
    """

    program: str
    first_name: str
    reason: LeftoverReason | None
    comes_first: bool
    enrollment_id: int
    starts_on: date | None = None
    lessons: tuple[int, ...] = ()
    kind: Literal["still_waiting"] = "still_waiting"


@dataclass(frozen=True)
class TakenBack:
    """Replaces an introduction, or the word that there was no match, when an organizer took the release back."""

    program: str
    introduction: bool
    kind: Literal["taken_back"] = "taken_back"


@dataclass(frozen=True)
class WelcomeBack:
    """A pause ended by itself: a plain sign of it."""

    program: str
    first_name: str
    partners: tuple[str, ...]
    kind: Literal["welcome_back"] = "welcome_back"
