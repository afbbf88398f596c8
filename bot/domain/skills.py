"""When two phrases are one skill: spelled alike, nearly alike, or called alike by an organizer. Pure.

`normal` (matching/people.py) makes one spelling of case, hyphens and spaces. Nearness goes word by word, in any order:
"speaking in public" is near "public speakng", while "project management" is not near "product management", of which
seven signs in eight are the same. What an abbreviation stands for, or that presenting is speaking, is never guessed:
an organizer says so.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.domain.matching.people import normal

ENOUGH_PEOPLE = 3
"""A phrase that so many wrote is shown to everyone: no single person's ask is."""
LEAST_LETTERS = 5
"""In a shorter word a slip of the keys is another word: Java and Jira, ruby and rugby."""
LONG_WORD = 11
LEAST_TYPED = 4
HARDLY_MISTYPED = 80
MOST_COMPARED = 500
MOST_IN_A_GROUP = 10
_FILLERS = frozenset(
    ("a", "an", "and", "at", "for", "how", "in", "my", "of", "on", "or", "skill", "skills", "the", "to", "with")
)

Apart = Collection[frozenset[str]]
"""Pairs of normal forms that an organizer keeps apart."""


@dataclass(frozen=True)
class Phrase:
    """A skill as people write it: its normal form, the spelling shown, and how many wrote it."""

    key: str
    wording: str
    people: int


@dataclass(frozen=True)
class Shared:
    """What everyone may be shown while typing, the most written first, and which phrases stand for which of them."""

    phrases: tuple[Phrase, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)

    def named(self, key: str) -> Phrase | None:
        """The phrase with this normal form."""
        return next((phrase for phrase in self.phrases if phrase.key == key), None)


def counted(written: Iterable[tuple[str, Iterable[str]]]) -> list[Phrase]:
    """`written`: who, and what they wrote. Each phrase in the spelling most chose, the most written first."""
    spellings: dict[str, set[str]] = defaultdict(set)
    for who, phrases in written:
        for phrase in phrases:
            spellings[phrase].add(who)
    by_key: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(spellings):
        by_key[normal(phrase)].append(phrase)
    found = [
        Phrase(key, max(alike, key=lambda one: len(spellings[one])), len(set().union(*(spellings[a] for a in alike))))
        for key, alike in by_key.items()
        if key
    ]
    return sorted(found, key=lambda phrase: (-phrase.people, phrase.key))


def shared(known: Sequence[Phrase], approved: Iterable[str], aliases: Mapping[str, str]) -> Shared:
    """What three people wrote, and what an organizer approved or made others stand for, in the organizer's spelling."""
    chosen = {normal(wording): wording for wording in (*approved, *aliases.values())}
    people = {phrase.key: phrase.people for phrase in known}
    common = {phrase.key: phrase for phrase in known if phrase.people >= ENOUGH_PEOPLE and phrase.key not in aliases}
    common |= {key: Phrase(key, wording, people.get(key, 0)) for key, wording in chosen.items()}
    return Shared(tuple(sorted(common.values(), key=lambda phrase: (-phrase.people, phrase.key))), aliases)


def renamed(phrases: Iterable[str], aliases: Mapping[str, str]) -> list[str]:
    """Each phrase as it is called here, and each once."""
    found: dict[str, str] = {}
    for phrase in phrases:
        called = aliases.get(normal(phrase), phrase)
        found.setdefault(normal(called), called)
    return list(found.values())


def alike(one: str, other: str) -> bool:
    """Whether two normal forms are probably one skill: the same words in any order, but for slips of the keys, little
    words, a plural and the space between words."""
    if _run_together(one) == _run_together(other):
        return True
    mine, theirs = telling(one), telling(other)
    return len(mine) == len(theirs) and _paired(mine, list(theirs))


def _paired(mine: Sequence[str], theirs: list[str]) -> bool:
    for word in mine:
        like = next((other for other in theirs if _one_word(word, other)), None)
        if like is None:
            return False
        theirs.remove(like)
    return True


def _one_word(one: str, other: str) -> bool:
    """The same, or with a slip or two behind the first letter, which people hardly ever mistype."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if one[0] != other[0] or shorter < LEAST_LETTERS or not (one.isalpha() and other.isalpha()):
        return False
    slips = 2 if shorter >= LONG_WORD else 1
    return OSA.distance(one, other, score_cutoff=slips) <= slips


@lru_cache(maxsize=65_536)
def telling(key: str) -> tuple[str, ...]:
    """The words of a normal form that say what it is about, in the singular and sorted."""
    words = key.split()
    return tuple(sorted(map(_singular, [word for word in words if word not in _FILLERS] or words)))


def _singular(word: str) -> str:
    if len(word) < LEAST_TYPED or not word.isascii() or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def _run_together(key: str) -> str:
    return key.replace(" ", "")


def meant(key: str, among: Shared, apart: Apart) -> Phrase | None:
    """The shared phrase that someone who wrote `key` may have meant; None where they wrote a shared one."""
    if among.named(key):
        return None
    return next((p for p in among.phrases if alike(key, p.key) and frozenset((key, p.key)) not in apart), None)


def looking_like(typed: str, among: Sequence[Phrase], most: int) -> list[Phrase]:
    """What someone who types `typed`, a normal form, may look for: what begins so, has a word that does or holds it,
    then what is spelled nearly so, then what shares a word that says something."""
    ranked = {phrase.key: _begins(typed, phrase.key) for phrase in among}
    found = sorted((phrase for phrase in among if ranked[phrase.key]), key=lambda phrase: -ranked[phrase.key])
    if len(found) < most:
        rest = [phrase for phrase in among if not ranked[phrase.key]]
        found += _nearly(typed, rest, most - len(found))
    return found[:most]


def _begins(typed: str, key: str) -> int:
    if key.startswith(typed):
        return 3
    at = key.find(typed)
    return 0 if at < 0 else 2 if key[at - 1] == " " else 1


def _nearly(typed: str, among: Sequence[Phrase], most: int) -> list[Phrase]:
    words = {word for word in telling(typed) if len(word) >= LEAST_TYPED}
    scores = {phrase.key: 1000.0 for phrase in among if alike(typed, phrase.key)}
    if len(typed) >= LEAST_TYPED:
        keys = [phrase.key for phrase in among if len(phrase.key) >= LEAST_TYPED]
        for scorer in (fuzz.ratio, fuzz.partial_ratio):
            mistyped = process.extract(typed, keys, scorer=scorer, score_cutoff=HARDLY_MISTYPED, limit=most)
            scores = {key: score for key, score, _ in mistyped} | scores
    sharing = {phrase.key: float(len(words & set(telling(phrase.key)))) for phrase in among}
    scores = {key: count for key, count in sharing.items() if count} | scores
    near = [phrase for phrase in among if phrase.key in scores]
    return sorted(near, key=lambda phrase: -scores[phrase.key])[:most]


def groups(known: Sequence[Phrase], apart: Apart = frozenset()) -> list[tuple[Phrase, ...]]:
    """Phrases that are probably one skill, around the one that most people wrote; the most people first.

    Only phrases whose words begin with the same letters, or that are one when run together, are compared; of very many
    such the five hundred most written.
    """
    taken: set[str] = set()
    found: list[tuple[Phrase, ...]] = []
    by_key = {phrase.key: phrase for phrase in known}
    blocks = _blocks(by_key)
    for head in by_key.values():
        if head.key in taken:
            continue
        near = [
            by_key[key]
            for key in _near_in(blocks, head.key) - taken - {head.key}
            if frozenset((head.key, key)) not in apart
        ]
        if near:
            near.sort(key=lambda phrase: (-phrase.people, phrase.key))
            found.append((head, *near[: MOST_IN_A_GROUP - 1]))
            taken |= {phrase.key for phrase in found[-1]}
    return sorted(found, key=lambda group: -sum(phrase.people for phrase in group))


Blocks = Mapping[str, Mapping[str, str]]


def _blocks(keys: Iterable[str]) -> dict[str, dict[str, str]]:
    """What is worth comparing: block -> a phrase -> its words, as they are compared."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for key in keys:
        words = telling(key)
        block = found[_initials(words)]
        if len(block) < MOST_COMPARED:
            block[key] = " ".join(words)
        found[f"={_run_together(key)}"][key] = ""
    return found


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)


def _near_in(blocks: Blocks, key: str) -> set[str]:
    words, together = telling(key), set(blocks[f"={_run_together(key)}"])
    block, most = blocks[_initials(words)], 2 * len(words)
    if key not in block:
        return together
    near = process.extract_iter(block[key], block, scorer=OSA.distance, score_cutoff=most)
    return together | {other for _, _, other in near if alike(key, other)}
