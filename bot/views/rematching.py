"""A partner during the round: what an organizer reads of those who wait, and what someone who asked is answered."""

from datetime import date

from bot.content import answers
from bot.content import rematching as words
from bot.domain.notices import AskedAgain
from bot.views.kit import Message, day_words, message
from bot.views.messages import again_or_break, asked_again_words
from bot.views.models import Rematch


def line(shown: Rematch, waiting: int) -> str:
    """How many of those who wait are ready, and how many pairs they could be. An organizer who waits too reads no
    number of pairs: they could tell from it who cannot be theirs."""
    all_of_them = words.BOTH_READY if waiting == 2 else words.ALL_READY
    ready = all_of_them if shown.waiting == waiting else words.SOME_READY
    who = ready.format(waiting=waiting, ready=shown.waiting)
    if shown.pairs is None:
        return words.POSSIBLE_FOR_YOU.format(who=who)
    if not shown.pairs:
        return words.NOT_POSSIBLE.format(who=who)
    pairs = words.ARE.get(shown.pairs, words.ARE_MANY.format(count=shown.pairs))
    return words.POSSIBLE.format(who=who, pairs=pairs)


def is_possible(shown: Rematch | None) -> bool:
    """Whether there may be something to preview."""
    return shown is not None and shown.pairs != 0


def next_step(shown: Rematch) -> str:
    """What an organizer can do about it."""
    if not is_possible(shown):
        return words.NEXT_INVITE
    return words.NEXT.format(day=day_words(shown.ends_on))


def joins(ends_on: date) -> str:
    """What becomes of the pairs in a preview."""
    return words.JOINS.format(day=day_words(ends_on))


def asked(again: AskedAgain) -> Message:
    """Someone asked to be matched again."""
    return message(asked_again_words(again))


def not_a_fit_done(enrollment_id: int) -> Message:
    """Someone ended their pair; what next."""
    return message(answers.NOT_A_FIT_DONE, again_or_break(enrollment_id))
