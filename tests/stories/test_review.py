"""An organizer reviews a match: swaps, locks, vetoes, compares, asks why; and takes a release back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.content import refusals
from bot.domain.matching import inputs_from_json, plan_from_json
from bot.domain.programs import RunStatus
from storage.tables import MatchRun, OutboxStatus
from tests.stories.eight import (
    A_MATCH_IS_RELEASED,
    A_PROGRAM_IS_SET_UP,
    EIGHT_JOIN,
    Ana,
    Ben,
    Chloe,
    Dev,
    Eva,
    Femi,
    Gita,
    Hugo,
    join,
)
from tests.stories.modal import chooses, open_modal, presses_there
from tests.stories.reading import words_of
from tests.stories.stage import Cast, Stage, play, press, skip

Ines = Cast("U0INES")
PREVIEW = [Ana.types("/mentor admin match")]
Json = dict[str, Any]


@pytest.fixture
def eight(stage: Stage) -> Iterator[Stage]:
    """Eight who joined in a fresh world, on a Monday morning when all are at work."""
    stage.reset()
    play(stage, A_PROGRAM_IS_SET_UP + EIGHT_JOIN)
    yield stage
    every_match_can_be_replayed(stage)


def every_match_can_be_replayed(stage: Stage) -> None:
    """Whatever an organizer changed by hand is in the stored inputs: they make the same plan again."""
    for run in runs(stage):
        again = inputs_from_json(run.inputs).plan()
        assert again == plan_from_json(run.plan), run.id


def runs(stage: Stage) -> list[MatchRun]:
    with stage.reading() as session:
        return list(session.exec(select(MatchRun).order_by(col(MatchRun.id))))


def pairs_shown(stage: Stage) -> list[str]:
    """The first line of each row of the preview."""
    blocks = open_modal(stage, Ana)["blocks"]
    rows = [block for block in blocks if (block.get("accessory") or {}).get("type") == "overflow"]
    return [row["text"]["text"].split("\n")[0].split("*")[1] for row in rows]


def test_a_swap_is_chosen_among_the_best_three_which_say_what_they_do(eight: Stage) -> None:
    play(eight, [*PREVIEW, Ana.sees("8 of 8 in 4 pairs"), chooses(Ana, "Swap…", "Ana and Ben")])
    view = open_modal(eight, Ana)
    options = next(block for block in view["blocks"] if block["type"] == "input")["element"]["options"]
    assert len(options) == 3
    assert all("total −" in option["description"]["text"] for option in options), "the best match can only lose"
    assert all("instead of" in option["description"]["text"] for option in options)
    second = options[1]["text"]["text"]
    play(eight, [Ana.submits(swap="2")])
    shown = pairs_shown(eight)
    for pair in second.split(", "):
        assert any(pair.rsplit(" (", 1)[0] == one for one in shown), (pair, shown)
    assert words_of(open_modal(eight, Ana)).count(":lock:") == 2
    play(eight, [Ana.sees("Locked with it: ", "*Unlock* in a pair's menu frees it", "All other pairs stay")])
    play(eight, [presses_there(Ana, "Re-run")])
    assert sorted(pairs_shown(eight)) == sorted(shown), "what was chosen is locked"
    play(eight, [chooses(Ana, "Unlock", shown[0]), chooses(Ana, "Unlock", ":lock:"), presses_there(Ana, "Re-run")])
    assert "Ana and Ben" in pairs_shown(eight)


def test_a_veto_changes_one_other_pair_and_holds_until_it_is_lifted(eight: Stage) -> None:
    play(eight, PREVIEW)
    before = pairs_shown(eight)
    play(eight, [chooses(Ana, "Not this pair", "Ana and Ben"), Ana.sees("Not these pairs", "Ana and Ben")])
    after = pairs_shown(eight)
    assert "Ana and Ben" not in after
    assert len(set(before) - set(after)) == 2, "the two, and one pair more"
    play(eight, [presses_there(Ana, "Re-run")])
    assert "Ana and Ben" not in pairs_shown(eight)
    play(eight, [presses_there(Ana, "Allow again"), presses_there(Ana, "Re-run")])
    assert sorted(pairs_shown(eight)) == sorted(before)


def test_a_locked_pair_stays_whatever_else_changes_and_comes_back_with_the_next_preview(eight: Stage) -> None:
    play(eight, [*PREVIEW, chooses(Ana, "Lock", "Ana and Ben"), Ana.sees(":lock: locked")])
    play(eight, [chooses(Ana, "Not this pair", "Dev and Eva"), Ana.closes(), *join(Ines, offers=["a"], asks=["b"])])
    play(eight, [*PREVIEW, Ana.sees("9 of 9", ":lock: locked", "Not these pairs")])
    assert "Ana and Ben" in pairs_shown(eight)
    assert "Dev and Eva" not in pairs_shown(eight)


def test_the_preview_is_where_the_organizer_left_it(eight: Stage) -> None:
    play(eight, [*PREVIEW, chooses(Ana, "Not this pair", "Ana and Ben")])
    left = pairs_shown(eight)
    play(eight, [Ana.closes(), *PREVIEW])
    assert pairs_shown(eight) == left
    assert len(runs(eight)) == 2, "nothing was solved again"


def test_details_say_what_each_part_brings(eight: Stage) -> None:
    play(eight, [*PREVIEW, chooses(Ana, "Details", "Ana and Ben")])
    play(eight, [Ana.sees("Ana and Ben", "of 100", "What one asks and the other offers", "*40* of 40")])


def test_other_weights_are_compared_side_by_side_and_used_from_then_on(eight: Stage) -> None:
    play(eight, [*PREVIEW, presses_there(Ana, "Compare weights")])
    play(eight, [Ana.sees("Balanced (now)", "New connections first", "8 of 8 in 4 pairs", "Weakest pair")])
    play(eight, [chooses(Ana, "Common ground first", "Compare with"), Ana.sees("*Common ground first*")])
    assert len(runs(eight)) == 1, "comparing keeps nothing"
    play(eight, [Ana.submits(), Ana.sees("8 of 8"), presses_there(Ana, "Compare weights")])
    play(eight, [Ana.sees("Common ground first (now)")])
    assert inputs_from_json(runs(eight)[-1].inputs).weights.goals == 35


def test_someone_who_left_since_is_replaced_with_as_few_changes_as_can_be_and_it_is_asked_again(eight: Stage) -> None:
    play(eight, [*PREVIEW, chooses(Ana, "Lock", "Chloé and Femi"), Hugo.types("/mentor leave")])
    press(eight, "U0HUGO", "Leave")
    play(eight, [Ana.submits(), Ana.submits(), Ana.sees("Hugo is no longer free", "New:", "Gita", "7 of 7")])
    assert not [row for row in eight.outbox() if row.key.startswith("introduction")]
    assert "Chloé and Femi" in pairs_shown(eight)
    assert len([pair for pair in pairs_shown(eight) if " and " in pair and "," not in pair]) == 2
    play(eight, [Ana.submits(), Ana.sees("3 messages"), Ana.submits(), Ana.sees("Released: 3 introductions")])


def test_it_is_the_same_with_a_preview_that_was_closed_and_opened_again(eight: Stage) -> None:
    play(eight, [*PREVIEW, chooses(Ana, "Lock", "Chloé and Femi"), Ana.closes(), Hugo.types("/mentor leave")])
    press(eight, "U0HUGO", "Leave")
    play(eight, [*PREVIEW, Ana.sees("Hugo is no longer free", "New:", "Gita", "7 of 7")])
    assert "Chloé and Femi" in pairs_shown(eight)


def test_who_joins_since_makes_it_a_new_match_and_the_preview_says_so(eight: Stage) -> None:
    play(eight, [*PREVIEW, chooses(Ana, "Lock", "Chloé and Femi"), Ana.closes(), *join(Ines, offers=["a"], asks=["b"])])
    play(eight, [*PREVIEW, Ana.sees("Someone joined, or what I know of someone changed", "changed.", "9 of 9")])
    assert "Chloé and Femi" in pairs_shown(eight)


@pytest.mark.parametrize("verb", ["explain @Ana @Gita", "swap @Ana @Gita", "swap @Ben @Gita", "lock @Ana @Gita"])
def test_an_organizer_who_takes_part_cannot_find_out_who_avoids_them(eight: Stage, verb: str) -> None:
    """The answer is the same whether Gita avoids Ana or nobody does."""
    play(eight, [Gita.types("/mentor avoid @Ana"), Gita.sees("You will not be matched with")] if "Ben" in verb else [])
    play(eight, [*PREVIEW, Ana.closes(), Ana.types(f"/mentor admin match {verb}"), Ana.sees(refusals.ABOUT_YOURSELF)])


def test_a_veto_says_which_pairs_it_made(eight: Stage) -> None:
    play(eight, [*PREVIEW, chooses(Ana, "Not this pair", "Ana and Ben"), Ana.sees("New: ", "changed with it")])


def test_a_match_made_anew_says_how_many_pairs_changed(eight: Stage) -> None:
    play(eight, [*PREVIEW, presses_there(Ana, "Re-run"), Ana.sees("All pairs stay as they were")])
    play(eight, [chooses(Ana, "Not this pair", "Ana and Ben")])
    before = pairs_shown(eight)
    play(eight, [presses_there(Ana, "Re-run")])
    gone = len(set(before) - set(pairs_shown(eight)))
    told = {0: "All pairs stay as they were", 1: "1 pair changed."}.get(gone, f"{gone} pairs changed.")
    play(eight, [Ana.sees(told)])


def test_the_same_with_typed_verbs(eight: Stage) -> None:
    play(
        eight,
        [
            Ana.types("/mentor admin match lock @Ana @Ben"),
            Ana.sees(refusals.NO_PREVIEW),
            *PREVIEW,
            Ana.closes(),
            Ana.types("/mentor admin match lock @Ana @Ben"),
            Ana.sees("Locked: Ana and Ben stay together", "8 of 8 in 4 pairs"),
            Ana.types("/mentor admin match veto @Chloé @Femi"),
            Ana.sees("Noted: not Chloé and Femi", "1 other pair changed with it", "8 of 8"),
            Ana.types("/mentor admin match swap @Ana @Gita"),
            Ana.sees(refusals.ABOUT_YOURSELF),
            Ana.types("/mentor admin match swap @Dev @Eva"),
            Ana.sees(refusals.PARTNERS_ALREADY),
            Ana.types("/mentor admin match swap @Gita @Hugo"),
            Ana.sees("Swapped: Gita and Hugo took each other's place", "Locked with it: ", "All other pairs stay"),
            Ana.types("/mentor admin match"),
            Ana.sees(":lock: locked", "8 of 8"),
            Ana.closes(),
            Ana.types("/mentor admin match lock @Dev @Eva"),
            Ana.sees("Locked: Dev and Eva"),
            Ana.types("/mentor admin match swap @Dev @Gita"),
            Ana.sees(refusals.PAIR_IS_LOCKED),
            Ana.types("/mentor admin match unlock @Dev @Eva"),
            Ana.sees("Unlocked: Dev and Eva may be matched anew"),
            Ana.types("/mentor admin match unlock @Dev @Eva"),
            Ana.sees(refusals.NOT_LOCKED),
            Ana.types("/mentor admin match explain @Gita @Hugo"),
            Ana.sees("Gita and Hugo", "of 100", "Their hours overlap"),
            Ana.types("/mentor admin match explain @Chloé @Femi"),
            Ana.sees("Chloé and Femi", "An organizer chose *Not this pair*", "lifts it"),
            Ana.types("/mentor admin match explain @Gita @Inês"),
            Ana.sees("Inês is not in the program"),
            Ana.types("/mentor admin match rerun"),
            Ana.sees("8 of 8"),
            Ana.closes(),
            Ana.types("/mentor admin match release"),
            Ana.sees("This sends *4 messages*"),
        ],
    )
    play(eight, [Ana.presses("Release"), Ana.sees("Released: 4 introductions"), Ana.presses("Take it back")])
    play(eight, [Ana.sees("Taken back", "8 of 8")])


@pytest.mark.parametrize("verb", ["explain @Ben @Chloé", "swap @Ben @Chloé", "lock @Ben @Chloé", "veto @Ben @Chloé"])
def test_only_an_organizer_may(eight: Stage, verb: str) -> None:
    play(eight, [*PREVIEW, Ana.closes(), Gita.types(f"/mentor admin match {verb}")])
    play(eight, [Gita.sees("Only an organizer"), Gita.types("/mentor help")])
    assert not any("admin match" in said for said in eight.unseen("U0GITA").values())
    assert len(runs(eight)) == 1


def test_a_release_is_taken_back_as_if_it_had_not_been(eight: Stage) -> None:
    play(eight, [*PREVIEW, chooses(Ana, "Lock", "Ana and Ben"), Ana.submits(), Ana.submits(), Ana.sees("Released")])
    play(eight, [Ben.sees("Why you two"), presses_there(Ana, "Take it back")])
    play(eight, [Ana.sees("Taken back: the match is a preview again", "8 of 8 in 4 pairs", ":lock: locked")])
    taken_back = "An organizer took this introduction back and is matching once more."
    heard = Ana + Ben + Chloe + Dev + Eva + Femi
    play(eight, [heard.sees(taken_back), Gita.sees_nothing(), Hugo.sees_nothing()])  # it is four in New York
    play(eight, [Ben.types("/mentor"), Ben.sees("in line for the next match")])
    assert not [m for m in eight.messages() if "Why you two" in words_of(m)]
    play(eight, [Ana.submits(), Ana.submits(), Ana.sees("Released: 4 introductions"), Ben.sees("Why you two")])
    assert [run.status for run in runs(eight)][-2:] == [RunStatus.TAKEN_BACK, RunStatus.RELEASED]


def test_what_was_not_sent_yet_is_never_sent(eight: Stage) -> None:
    play(eight, [skip("Mon 12 Jan 23:00", "Europe/London"), *A_MATCH_IS_RELEASED])
    play(eight, [Ana.types("/mentor admin match undo"), Ana.sees("Take it back?"), Ana.presses("Take it back")])
    play(eight, [Ana.sees("Taken back"), skip("Wed 14 Jan 12:00"), Chloe.sees_nothing()])
    introductions = [row for row in eight.outbox() if row.key.startswith("introduction")]
    assert {row.status for row in introductions} == {OutboxStatus.DROPPED}


def test_after_ten_minutes_it_stays(eight: Stage) -> None:
    play(eight, A_MATCH_IS_RELEASED[:-1])
    eight.control.travel((eight.now + timedelta(minutes=11)).isoformat(), autopilot=False)
    play(eight, [presses_there(Ana, "Take it back"), Ana.sees("more than ten minutes ago"), Ana.closes()])
    play(eight, [Ana.types("/mentor admin match undo"), Ana.sees("more than ten minutes ago")])


def test_of_two_who_take_it_back_at_once_exactly_one_does(eight: Stage) -> None:
    play(eight, [*A_MATCH_IS_RELEASED, Ana.types("/mentor admin match undo")])
    eight.settle()
    message = next(m for m in reversed(eight.shown_to("U0ANA")) if "Take it back?" in words_of(m))

    def undo(_: int) -> Json:
        action = {"action_id": "undo_release", "type": "button"}
        return eight.control.interact(message["channel"], message["ts"], "U0ANA", action)

    with ThreadPoolExecutor(3) as fingers:
        list(fingers.map(undo, range(3)))
    eight.settle()
    assert [run.status for run in runs(eight)] == [RunStatus.TAKEN_BACK, RunStatus.PREVIEWED]
    assert len([row for row in eight.outbox() if row.key.endswith(":taken-back")]) == 3
