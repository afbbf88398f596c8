"""An agreement by button, by form and in words; two partners at once; what does not fit."""

import json
from typing import Any

import pytest

from bot.content import agreement as words
from bot.content import refusals
from bot.domain.agreements import NAMES, Agreement
from bot.views.ids import Action, View
from storage.tables import Pair, PairAgreement, PairGoal
from tests.handlers.desk import GENERAL, Desk
from tests.handlers.test_forms import Values, day, line, option
from tests.handlers.test_listeners import joined, modal_words
from tests.views.test_limits import buttons

Json = dict[str, Any]


@pytest.fixture
def pair(desk: Desk) -> Pair:
    """Ana and Ben are partners."""
    joined(desk, "U0ANA", "U0BEN", "U0CHLOE")
    return desk.world.pair("U0ANA", "U0BEN")


def filled(goals: str = "give a talk\nlearn SQL", **more: Values) -> Values:
    usual = {
        "meets": line("meets", "every other Tuesday"),
        "minutes": line("minutes", "45"),
        "place": option("place", "video"),
        "confidential": line("confidential", "all of it"),
        "off_limits": line("off_limits", None),
        "review_on": day("review_on", "2026-02-23"),
        **more,
    }
    return {**line("goals", goals), **{name: part for field in usual.values() for name, part in field.items()}}


def opened(desk: Desk, pair: Pair, user: str = "U0ANA") -> Json:
    """What the form carries when it is opened now."""
    desk.press(Action.OPEN_AGREEMENT, f"pair:{pair.id}", user)
    view = desk.open_view(user)
    assert view["callback_id"] == View.AGREEMENT
    return dict(json.loads(view["private_metadata"]))


def value_in(view: Json, field: str) -> str:
    element = next(block["element"] for block in view["blocks"] if block.get("block_id") == field)
    return str(element.get("initial_value", ""))


def test_the_form_says_who_sees_it_and_that_ending_is_fine(desk: Desk, pair: Pair) -> None:
    opened(desk, pair)
    shown = modal_words(desk.open_view())
    assert words.WHO_SEES.format(partners="Ben") in shown
    assert words.NO_FAULT in shown
    assert value_in(desk.open_view(), "confidential") == words.CONFIDENTIAL_USUALLY


def test_saved_by_one_it_is_seen_by_both_in_the_form_on_home_and_beside_the_partner(desk: Desk, pair: Pair) -> None:
    answer = desk.submit(View.AGREEMENT, filled(), opened(desk, pair))
    assert answer["response_action"] == "update"
    assert words.SAVED_FIRST.format(partners="Ben") in modal_words(answer["view"])
    short = "every other Tuesday, 45 minutes, by video call"
    assert short in modal_words(desk.control.home("U0ANA"))
    desk.command("match", "U0BEN")
    assert short in modal_words(desk.control.messages(GENERAL)[-1]["blocks"])
    opened(desk, pair, "U0BEN")
    assert value_in(desk.open_view("U0BEN"), "goals") == "give a talk\nlearn SQL"


def test_two_who_save_at_once_the_second_sees_what_the_first_saved_and_finds_their_own_words_in_the_form(
    desk: Desk, pair: Pair
) -> None:
    first, second = opened(desk, pair), opened(desk, pair, "U0BEN")
    desk.submit(View.AGREEMENT, filled("learn <b>SQL</b>"), first)
    mine = filled("run a workshop", off_limits=line("off_limits", "salaries"))
    answer = desk.submit(View.AGREEMENT, mine, second, "U0BEN")
    assert answer["response_action"] == "update"
    assert "learn &lt;b&gt;SQL&lt;/b&gt;" in modal_words(answer["view"])
    assert value_in(answer["view"], "goals") == "run a workshop"
    assert value_in(answer["view"], "off_limits") == "salaries"
    assert [goal.text for goal in desk.world.rows(PairGoal)] == ["learn <b>SQL</b>"]
    again = json.loads(answer["view"]["private_metadata"])
    answer = desk.submit(View.AGREEMENT, mine, again, "U0BEN")
    assert words.SAVED.format(partners="Ana") in modal_words(answer["view"])
    assert [goal.text for goal in desk.world.rows(PairGoal)] == ["run a workshop"]


def six_goals() -> str:
    return "\n".join("abcdef")


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        (filled(""), ["goals"]),
        (filled(six_goals()), ["goals"]),
        (filled("x" * 10_000), ["goals"]),
        (filled(meets=line("meets", "x" * 10_000)), ["meets"]),
        (filled(minutes=line("minutes", "no number")), ["minutes"]),
        (filled(confidential=line("confidential", "x" * 10_000)), ["confidential"]),
        (filled(off_limits=line("off_limits", "x" * 10_000)), ["off_limits"]),
        (filled(review_on=day("review_on", "2026-02-31")), ["review_on"]),
        (filled(review_on=day("review_on", "2026-01-12")), ["review_on"]),
        (filled(review_on=day("review_on", "2026-04-07")), ["review_on"]),
        ({}, ["goals", "meets", "minutes", "confidential"]),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(desk: Desk, pair: Pair, values: Values, fields: list[str]) -> None:
    answer = desk.submit(View.AGREEMENT, values, opened(desk, pair))
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == fields
    assert all(answer["errors"].values())
    assert not desk.world.rows(PairAgreement)


def test_every_part_has_its_field(desk: Desk, pair: Pair) -> None:
    opened(desk, pair)
    fields = [block["block_id"] for block in desk.open_view()["blocks"] if block["type"] == "input"]
    assert tuple(fields) == NAMES


@pytest.mark.parametrize("about", [{}, {"pair": 999}, {"pair": "1", "shown": []}, {"shown": "x"}])
def test_a_form_about_nothing_that_is_there_is_out_of_date(desk: Desk, pair: Pair, about: Json) -> None:
    answer = desk.submit(View.AGREEMENT, filled(), about)
    assert refusals.STALE_BUTTON in modal_words(answer["view"])
    assert not desk.world.rows(PairAgreement)


def test_nobody_else_opens_or_saves_it(desk: Desk, pair: Pair) -> None:
    about = opened(desk, pair)
    answer = desk.submit(View.AGREEMENT, filled(), about, "U0CHLOE")
    assert refusals.NOT_YOUR_PAIR in modal_words(answer["view"])
    desk.press(Action.OPEN_AGREEMENT, f"pair:{pair.id}", "U0CHLOE")
    assert desk.said(desk.dm("U0CHLOE")) == refusals.NOT_YOUR_PAIR
    desk.press(Action.STILL_GOOD, f"pair:{pair.id}", "U0CHLOE")
    assert desk.said(desk.dm("U0CHLOE")) == refusals.NOT_YOUR_PAIR


def test_still_good_is_in_the_form_when_its_day_has_come_and_settles_it(desk: Desk, pair: Pair) -> None:
    desk.submit(View.AGREEMENT, filled(), opened(desk, pair))
    assert "still_good" not in [button["action_id"] for button in buttons(desk.open_view()["blocks"])]
    desk.clock.travel(desk.world.later(days=45).now)
    opened(desk, pair)
    view = desk.open_view()
    assert "still_good" in [button["action_id"] for button in buttons(view["blocks"])]
    press: Json = {"value": f"pair:{pair.id}", "view_id": view["id"], "view_type": "modal"}
    desk.hear("pressed_in_view", action_id=Action.STILL_GOOD, **press)
    assert words.LOOKED_AT in modal_words(desk.open_view())
    assert desk.world.row(PairAgreement).review_on is None


def test_still_good_of_nothing_says_so(desk: Desk, pair: Pair) -> None:
    desk.press(Action.STILL_GOOD, f"pair:{pair.id}")
    assert desk.said(desk.dm()) == words.NONE_TO_LOOK_AT


def test_the_agenda_has_the_way_to_it(desk: Desk, pair: Pair) -> None:
    desk.press(Action.SHOW_AGENDA, f"pair:{pair.id}")
    agenda = desk.open_view()
    assert [button["value"] for button in buttons(agenda["blocks"])] == [f"pair:{pair.id}"]
    press: Json = {"value": f"pair:{pair.id}", "view_id": agenda["id"], "view_type": "modal"}
    desk.hear("pressed_in_view", action_id=Action.OPEN_AGREEMENT, **press)
    assert desk.open_view()["previous_view_id"] == agenda["id"]
    desk.press(Action.SHOW_AGENDA)
    assert not [*buttons(desk.open_view()["blocks"])], "a button about no pair leads nowhere"


def test_in_words_it_opens_for_the_only_partner_and_asks_which_of_two(desk: Desk, pair: Pair) -> None:
    desk.command("our agreement")
    assert desk.open_view()["callback_id"] == View.AGREEMENT
    other = desk.world.pair("U0ANA", "U0CHLOE")
    desk.command("agreement")
    assert desk.said() == words.WITH_WHOM
    choices = [button["value"] for button in buttons(desk.control.messages(GENERAL)[-1]["blocks"])]
    assert choices == [f"pair:{pair.id}", f"pair:{other.id}"]


def test_who_has_no_partner_has_no_agreement(desk: Desk) -> None:
    joined(desk, "U0ANA")
    desk.command("agreement")
    assert desk.said() == words.NO_PARTNER


def test_a_forged_place_is_none(desk: Desk, pair: Pair) -> None:
    desk.submit(View.AGREEMENT, filled(place=option("place", "<!channel>")), opened(desk, pair))
    kept = desk.world.row(PairAgreement)
    assert (kept.place, kept.minutes) == (None, Agreement().minutes)
