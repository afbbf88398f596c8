"""A partner during the round, as it is shown: to whoever asked, to the organizer, in the preview."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.enrollment import EnrollmentStatus
from bot.domain.journeys import Journey
from bot.domain.notices import AskedAgain, PairClosed, PairFinished
from bot.domain.pairs import PairEnding
from bot.domain.people import Those
from bot.views import answers, rematching
from bot.views.kit import Message
from bot.views.models import InProgram, Listed, OrganizerStanding, Rematch, Standing
from tests.views.notices import Words

ENDS_ON = date(2026, 4, 6)


def rematch_standings(new: Standing, organizing: OrganizerStanding) -> dict[str, Standing]:
    """Who may ask, and organizers with none, some, or who knows how many pairs to be had."""
    found = {
        "organizer_with_a_rematch": Rematch(3, 1, ENDS_ON),
        "organizer_with_rematches": Rematch(4, 2, ENDS_ON),
        "organizer_without_a_rematch": Rematch(3, 0, ENDS_ON),
        "organizer_who_waits_too": Rematch(3, None, ENDS_ON),
    }
    return {
        "waiting_to_ask_again": replace(new, status=EnrollmentStatus.ACTIVE, again_id=7),
        "waiting_and_asked": replace(new, status=EnrollmentStatus.ACTIVE, considered_id=7),
        **{name: replace(new, organizer=replace(organizing, rematch=shown)) for name, shown in found.items()},
        "organizer_where_none_fit": replace(new, organizer=replace(organizing, waiting=2, trios=1, none_fit=True)),
    }


def after_an_end(words: Words, waiting: Standing) -> dict[str, Standing]:
    """Those whose pair has ended, and who are still to hear of it."""
    closed = PairClosed(words.program, words.names[1], PairEnding.LEFT, 3, 42)
    finished = PairFinished(words.program, words.names[0], words.names[1:], 42, Journey(2, 90, 1), 3)
    return {
        "waiting_after_an_end": replace(waiting, ended=closed),
        "in_two_after_an_end": replace(
            waiting, each=(InProgram(1, words.program, ended=closed), InProgram(2, words.line))
        ),
        "waiting_after_the_round": replace(waiting, ended=finished),
    }


def rematch_answers(listed: Sequence[Listed]) -> dict[str, Message]:
    """What follows [Not a fit] and [Match me again]; who has nobody, is away, or is quiet."""
    return {
        "not_a_fit_done": rematching.not_a_fit_done(7),
        "match_again_in_round": rematching.asked(AskedAgain(True)),
        "match_again_weekly": rematching.asked(AskedAgain(False, date(2026, 1, 19))),
        "match_again": rematching.asked(AskedAgain(False)),
        **{f"people_{those}": answers.people(listed, 1, those) for those in Those},
        **{f"people_{those}_none": answers.people([], 1, those) for those in Those},
    }
