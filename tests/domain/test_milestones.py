"""Which moments are worth a message of their own is a table."""

import pytest

from bot.content import messages, rounding_up
from bot.domain.milestones import TELLING, MilestoneKind, Telling


def test_of_each_kind_it_is_said_how_the_channel_hears_of_it() -> None:
    assert set(TELLING) == set(MilestoneKind)
    assert [kind for kind, telling in TELLING.items() if telling is Telling.ROUND_UP] == [
        MilestoneKind.LESSONS_DONE,
        MilestoneKind.HALFWAY,
    ]


@pytest.mark.parametrize("words", [messages.MILESTONES, messages.SHOUTOUTS, rounding_up.CELEBRATED])
def test_the_table_may_change_and_no_words_are_missing(words: dict[MilestoneKind, object]) -> None:
    assert set(words) == set(MilestoneKind)
