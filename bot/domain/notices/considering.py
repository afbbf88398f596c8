"""What is asked before a match, and what organizers hear of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.matching.sentences import Segment


@dataclass(frozen=True)
class PossibleLine:
    """Someone the reader might be matched with, why, and whether the reader would rather not."""

    possible_id: int
    name: str
    why: tuple[Segment, ...]
    rather_not: bool = False


@dataclass(frozen=True)
class ConsideringAsked:
    """Before a match: anyone the reader would rather not meet? It is drawn anew whenever they change an answer."""

    program: str
    considered_id: int
    first_name: str
    possible: tuple[PossibleLine, ...]
    suggested: tuple[str, ...]
    until: datetime
    timezone: str
    answered: bool
    kind: Literal["considering_asked"] = "considering_asked"


@dataclass(frozen=True)
class ConsideringClosed:
    """Replaces the question once answers cannot count any more: the same whatever was said."""

    program: str
    kind: Literal["considering_closed"] = "considering_closed"


@dataclass(frozen=True)
class AnswersIn:
    """To the organizers, once: how many answered, and who was suggested that is not in the program."""

    program: str
    program_id: int
    asked: int
    answered: int
    to_invite: tuple[str, ...]
    kind: Literal["answers_in"] = "answers_in"
