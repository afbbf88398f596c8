"""Cutting what Slack sent into words, and Slack's markup back into plain text."""

import re
from dataclasses import dataclass

_MARKUP = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^<>]*)?>")
_ENTITY = re.compile(r"&(?:amp|lt|gt);")
_PLAIN = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_WORD = re.compile(r"(?:<[^<>]*>|[^\s<]+|<)\s*")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_DIRECTIONS = "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_MINUS = "-–—\u2212\u2010\u2011\ufe63\uff0d"
_EDGE = _MINUS + " \t\r\n.,;:!?/\\|()[]{}<>\"'`*_~&=+…“”„‟«»‹›‘’‚" + _DIRECTIONS
_INNER = str.maketrans("", "", "-_'’‘‐‑–\u00ad")


@dataclass(frozen=True)
class Word:
    """One word: `raw` as Slack sent it with the space after it, `bare` for dates and numbers, which keep the minus that
    stands right before them, `folded` for verbs."""

    raw: str
    bare: str
    folded: str

    @property
    def user(self) -> str | None:
        """The id of the person mentioned, when the word is a mention that Slack resolved."""
        found = _MENTION.match(self.raw)
        return found[1] if found else None

    @property
    def channel(self) -> str | None:
        """The id of the channel named, when Slack resolved it."""
        found = _CHANNEL.match(self.raw)
        return found[1] if found else None


def cut(text: str) -> list[Word]:
    """Cut at any white space and around mentions; the words' `raw` joined again are the text."""
    return [_word(raw) for raw in _WORD.findall(_INVISIBLE.sub(" ", text))]


def joined(words: list[Word]) -> str:
    """The words as plain text, without the punctuation that led up to them."""
    return readable("".join(word.raw for word in words)).strip().lstrip(",;:.-–— ")


def readable(text: str) -> str:
    """Slack's markup as plain text: <@U1|ana> is "@ana", <https://x> is "https://x", &lt; is "<"."""
    return _ENTITY.sub(lambda found: _PLAIN[found[0]], _MARKUP.sub(_label, text))


def _label(found: re.Match[str]) -> str:
    sigil, target, label = found[1], found[2], found[3]
    if not sigil:
        return target
    return ("#" if sigil == "#" else "@") + (label or target).lstrip("@#")


def _word(raw: str) -> Word:
    said = readable(raw).strip().casefold()
    bare = said.strip(_EDGE)
    led_up = said[: said.find(bare)]
    sign = "-" if bare[:1].isdigit() and led_up.endswith(tuple(_MINUS)) else ""
    return Word(raw, sign + bare, bare.translate(_INNER))
