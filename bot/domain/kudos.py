"""Thanks from one colleague to another, whether the channel may hear them, and the values of a program they carry.

A value is one word, typed as `#word`: letters and digits of any script, and hyphens between them.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum


class Consent(StrEnum):
    """The answer to "OK to post?": silence by the deadline means private."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    EXPIRED = "expired"


MOST_A_DAY = 10
"""People someone thanks in a day: thanks to everyone are read as thanks to nobody."""
LONGEST_REASON = 500
"""Characters of thanks: the consent question quotes them whole, and stays readable."""
MOST_VALUES = 8
"""Values of a program: more are remembered by nobody, nor seen at a glance in a menu."""
LONGEST_VALUE = 24
_BETWEEN = re.compile(r"[\n,;]|\s(?=#)")
_AROUND = ".,;:!?()\"'“”‘’…"


def hashtag(value: str) -> str:
    """A value as people type and read it."""
    return f"#{value}"


def values_in(text: str) -> list[str]:
    """What an organizer wrote as values, a line or a comma each, with or without `#`: the first spelling of each."""
    said = [unicodedata.normalize("NFC", piece).strip().lstrip("#").strip() for piece in _BETWEEN.split(text)]
    first = {value.casefold(): value for value in reversed(said) if value}
    return list(dict.fromkeys(first[value.casefold()] for value in said if value))


def is_a_word(value: str) -> bool:
    """Whether a value can be typed as a hashtag: a letter first, then letters, digits and hyphens."""
    return value[:1].isalpha() and all(one == "-" or unicodedata.category(one)[0] in "LMN" for one in value)


def tagged(why: str, values: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The reason without the values that end it, and every value it names; other hashtags stay as they were typed."""
    known = {value.casefold(): value for value in values}
    named = {known[key] for word in why.split() if (key := _key(word)) in known}
    rest = why.strip()
    while rest and _key(last := rest.rsplit(maxsplit=1)[-1]) in known:
        rest = rest[: -len(last)].rstrip().rstrip(",;")
    return rest, tuple(value for value in values if value in named)


def unknown_tags(why: str, values: Sequence[str]) -> tuple[str, ...]:
    """The hashtags in a reason that are no value, as they were typed: a slip, or words of its author's own."""
    known = {value.casefold() for value in values}
    typed = [word.rstrip(_AROUND) for word in why.split() if is_a_word(_key(word)) and _key(word) not in known]
    return tuple(dict.fromkeys(typed))


def beside(why: str, values: Sequence[str]) -> list[str]:
    """The values that are to be shown beside a reason: those that its own words do not name."""
    said = {_key(word) for word in why.split()}
    return [value for value in values if value.casefold() not in said]


def _key(word: str) -> str:
    """What a hashtag names, however it is written; empty for another word."""
    return unicodedata.normalize("NFC", word[1:]).rstrip(_AROUND).casefold() if word.startswith("#") else ""
