"""The shape of a pair's meetings: who drives the next one, and what may start the talk."""

from collections.abc import Sequence


def driver(members: Sequence[str], held: int) -> str:
    """Who sets the agenda and the date of the next meeting: the partners take turns, in the order of `members`."""
    return members[held % len(members)]


def one_of(sentences: Sequence[str], turn: int) -> str:
    """The sentence of a turn: each has its own before one comes again."""
    return sentences[turn % len(sentences)]
