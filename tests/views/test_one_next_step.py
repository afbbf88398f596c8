"""What an organizer reads of their program has one count of who waits, one next step, and one primary button for it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.content import rematching as words
from bot.views import answers
from bot.views.models import OrganizerStanding, Rematch

APRIL, MONDAY = date(2026, 4, 6), date(2026, 1, 19)
HERE = OrganizerStanding(1, "Peer mentoring", 30, 2, 13, 4, (), blocked=None, channel="peer-mentoring")
CASES = {
    "a match": (HERE, "look at a match", "Look at a match"),
    "a rematch": (replace(HERE, rematch=Rematch(3, 1, APRIL)), "preview a rematch", "Preview a rematch"),
    "for one who waits": (replace(HERE, rematch=Rematch(4, None, APRIL)), "preview a rematch", "Preview a rematch"),
    "nobody fits": (replace(HERE, rematch=Rematch(3, 0, APRIL)), "invite more colleagues", "Invite"),
    "nobody fits in a match of its own": (replace(HERE, none_fit=True), "invite more colleagues", "Invite"),
    "nobody fits on Monday": (replace(HERE, none_fit=True, next_week=MONDAY), "invite more colleagues", "Invite"),
    "one waits": (replace(HERE, waiting=1), "invite more colleagues", "Invite"),
    "nobody is in": (replace(HERE, waiting=0, paired=0), "invite a few colleagues", "Invite"),
    "on Monday": (replace(HERE, next_week=MONDAY), "The next match is made on Monday", None),
}


def buttons(here: OrganizerStanding) -> list[dict[str, Any]]:
    blocks = answers.organizer(here, "Europe/Lisbon", "mentor").blocks
    return [one for block in blocks for one in block.get("elements", ()) if one["type"] == "button"]


@pytest.mark.parametrize("case", CASES)
def test_the_primary_button_is_the_next_step_and_the_only_one(case: str) -> None:
    here, step, label = CASES[case]
    assert step in answers.organizer_step(here, "mentor")
    primary = [one["text"]["text"] for one in buttons(here) if one.get("style") == "primary"]
    assert primary == ([label] if label else [])


def test_beside_a_rematch_a_match_of_its_own_says_that_it_begins_a_round() -> None:
    labels = [one["text"]["text"] for one in buttons(CASES["a rematch"][0])]
    assert words.NEW_ROUND in labels
    assert "Look at a match" not in labels


@pytest.mark.parametrize(
    ("waiting", "ready", "said"),
    [
        (4, 3, "Of the 4 who wait, 3 are ready for a partner in this round; 1 pair is possible now."),
        (3, 3, "All 3 who wait are ready for a partner in this round; 1 pair is possible now."),
        (2, 2, "Both who wait are ready for a partner in this round; 1 pair is possible now."),
    ],
)
def test_who_is_ready_is_counted_among_those_who_wait(waiting: int, ready: int, said: str) -> None:
    here = replace(HERE, waiting=waiting, rematch=Rematch(ready, 1, APRIL))
    shown = answers.organizer(here, "Europe/Lisbon", "mentor").blocks
    texts = [block["text"]["text"] for block in shown if block["type"] == "section"]
    assert said in texts
    assert f"{waiting} waiting" in " ".join(texts)
