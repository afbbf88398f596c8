"""Why these people, in words. People's own words are marked, not escaped: views escape.

Nothing private comes in here: a clause knows offers, asks, goals, style and departments, and no rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.matching.hours import Overlap


@dataclass(frozen=True)
class Skill:
    """A phrase that a person wrote: a skill, or a goal."""

    text: str


Segment = str | Skill


class LeftoverReason(StrEnum):
    """Why someone waits, from what anyone may know: private rules never choose it.

    NO_SHARED_HOURS    with nobody else in the round are there two shared working hours: wider hours change it
    NOBODY_FREE        whoever was possible has a partner: being first next time changes it
    NOBODY_ALLOWED     the rules left nobody: new people, or the end of a cool-down, change it
    """

    NO_SHARED_HOURS = "no_shared_hours"
    NOBODY_FREE = "nobody_free"
    NOBODY_ALLOWED = "nobody_allowed"


class Topic(StrEnum):
    HELP = "help"
    RETURN = "return"
    SAME_GOAL = "same_goal"
    NEAR_GOALS = "near_goals"
    STYLE = "style"
    DEPARTMENTS = "departments"
    NEW = "new"
    AGAIN = "again"


class Audience(StrEnum):
    """Whom a sentence speaks to: the people themselves ("you both"), or whoever reviews them ("both")."""

    PAIR = "pair"
    ORGANIZER = "organizer"


@dataclass(frozen=True)
class Clause:
    """One reason: for HELP and RETURN people are (who helps, who asked), else everyone it is true of.

    `words` are people's own; `side` is the style they share, as "rhythm a".
    """

    topic: Topic
    people: tuple[str, ...]
    words: tuple[str, ...] = ()
    side: str = ""


_STYLES = {
    "planning a": "like to plan ahead",
    "planning b": "like to see how it goes",
    "feedback a": "like direct feedback",
    "feedback b": "like gentle feedback",
    "thinking a": "like to talk things out",
    "thinking b": "like to think first",
    "rhythm a": "like short, frequent talks",
    "rhythm b": "like long, rare talks",
}
STYLES_IN_WORDS = frozenset(_STYLES)


def reason(
    clauses: Sequence[Clause],
    members: Sequence[str],
    names: Mapping[str, str],
    audience: Audience = Audience.PAIR,
) -> tuple[Segment, ...]:
    """The clauses as one sentence: plain text and marked phrases, to be joined in order after escaping.

    `names`: id -> what the person is called. Raises KeyError for a member without a name.
    """
    parts: list[Segment] = []
    for at, clause in enumerate(clauses):
        parts += ["; "] if at else []
        parts += _clause(clause, members, names, audience)
    return _merged([*parts, "."])


def overlap_sentence(overlap: Overlap | None, audience: Audience = Audience.PAIR) -> str:
    """When the members' hours overlap, once per zone, in their own clocks; "" where hours are unknown."""
    if overlap is None:
        return ""
    zones = list(dict.fromkeys(overlap.local))
    times = [f"{_clock(start)}-{_clock(end)}" for _, start, end in zones]
    places = [f"{time} in {_city(zone)}" for time, (zone, _, _) in zip(times, zones, strict=True)]
    whose = "Your" if audience is Audience.PAIR else "Their"
    return f"{whose} hours overlap {times[0] if len(set(times)) == 1 else ', '.join(places)}."


def plain(segments: Sequence[Segment]) -> str:
    """The sentence as text, marked phrases between asterisks: for a terminal or a log, not for mrkdwn."""
    return "".join(f"*{part.text}*" if isinstance(part, Skill) else part for part in segments)


def segments_to_json(segments: Sequence[Segment]) -> list[Any]:
    """Text as strings, marked phrases as {"skill": text}."""
    return [{"skill": part.text} if isinstance(part, Skill) else part for part in segments]


def segments_from_json(stored: Sequence[Any]) -> tuple[Segment, ...]:
    """The inverse of `segments_to_json`."""
    return tuple(part if isinstance(part, str) else Skill(part["skill"]) for part in stored)


def _clause(clause: Clause, members: Sequence[str], names: Mapping[str, str], audience: Audience) -> list[Segment]:
    called = [names[person] for person in clause.people]
    all_of_them = set(clause.people) == set(members)
    who, each, whose = _address(audience, len(members)) if all_of_them else _by_name(called)
    match clause.topic:
        case Topic.HELP:
            return [f"{called[0]} can help with ", *_listed(clause.words), f", which {called[1]} asked for"]
        case Topic.RETURN:
            return [f"{called[0]} offers ", *_listed(clause.words), f", which {called[1]} wants"]
        case Topic.SAME_GOAL:
            return [f"{who} share the goal ", *_listed(clause.words)]
        case Topic.NEAR_GOALS:
            return [f"{whose} goals meet at ", *_listed(clause.words)]
        case Topic.STYLE:
            return [f"{each} {_STYLES[clause.side]}"]
        case Topic.DEPARTMENTS:
            return [f"{who} come from different departments"]
        case Topic.NEW:
            return [f"{who} are new to each other"]
        case Topic.AGAIN:
            return [f"{who} were partners a while ago, and have new things to tell"]


def _address(audience: Audience, count: int) -> tuple[str, str, str]:
    """Who, each of them, and whose, when it is true of everyone."""
    number, each = ("three", "all") if count > 2 else ("two", "both")
    if audience is Audience.PAIR:
        return f"you {number}", f"you {each}", "your"
    return f"these {number}", f"they {each}", "their"


def _by_name(called: Sequence[str]) -> tuple[str, str, str]:
    listed = " and ".join(called)
    return listed, f"{listed} both", f"{listed}'s"


def _listed(words: Sequence[str]) -> list[Segment]:
    listed: list[Segment] = []
    for at, word in enumerate(words):
        listed += ([" and "] if at == len(words) - 1 else [", "]) if at else []
        listed.append(Skill(word))
    return listed


def _merged(parts: Sequence[Segment]) -> tuple[Segment, ...]:
    """Neighbouring texts as one."""
    merged: list[Segment] = []
    for part in parts:
        if merged and isinstance(part, str) and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    return tuple(merged)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")
