"""Goals by word, by button and by form; whose they are where someone has two partners."""

import json
from typing import Any

import pytest

from bot.content import goals as words
from bot.content import refusals
from bot.views.ids import Action, View
from bot.views.kit import escape
from storage.tables import GoalStep, Pair, PairGoal
from tests.handlers.desk import GENERAL, Desk
from tests.handlers.test_forms import Values, entry, line
from tests.handlers.test_listeners import joined, modal_words
from tests.views.test_limits import buttons

Json = dict[str, Any]


@pytest.fixture
def pair(desk: Desk) -> Pair:
    """Ana and Ben are partners."""
    joined(desk, "U0ANA", "U0BEN", "U0CHLOE")
    return desk.world.pair("U0ANA", "U0BEN")


def filled(goal: str, steps: str = "", done: tuple[str, ...] = ()) -> Values:
    ticked = entry("done", type="checkboxes", selected_options=[{"value": number} for number in done])
    return {**line("goal", goal), **line("steps", steps), **ticked}


def shown(desk: Desk, channel: str = GENERAL) -> str:
    return modal_words(desk.control.messages(channel)[-1]["blocks"])


def test_goals_are_added_stepped_and_reached_in_words_and_the_partner_sees_them(desk: Desk, pair: Pair) -> None:
    desk.command("goals add learn SQL")
    assert desk.said() == words.ADDED.format(goal="*learn SQL*")
    desk.command("goals step read chapter one", "U0BEN")
    desk.command("goal step 1: write a query")
    assert "0 of 2 steps" in shown(desk)
    desk.command("goals done 1.1", "U0BEN")
    assert desk.said() == words.STEP_DONE_NOTE.format(step="*read chapter one*", progress="1 of 2 steps")
    desk.command("goals done write a query")
    assert desk.said() == words.LAST_STEP_NOTE.format(step="*write a query*")
    desk.command("goals done learn sql", "U0BEN")
    assert desk.said() == words.REACHED_NOTE.format(goal="*learn SQL*", you="you and Ana")
    desk.command("goals")
    assert desk.said() == words.LIST.format(partners="Ben", reached=1, count=1)
    desk.command("goals reopen 1")
    assert desk.world.row(PairGoal).reached_at is None


def test_a_bare_verb_lists_and_a_bare_add_opens_the_form(desk: Desk, pair: Pair) -> None:
    desk.command("goals")
    assert desk.said() == words.LIST_NONE.format(partners="Ben")
    desk.command("goals add")
    assert desk.open_view()["callback_id"] == View.GOAL


def test_the_form_adds_a_goal_with_its_steps_and_home_counts_it(desk: Desk, pair: Pair) -> None:
    answer = desk.submit(View.GOAL, filled("learn SQL", "read\n\nwrite"), {"pair": pair.id})
    assert answer["response_action"] == "update"
    assert "*learn SQL* · 0 of 2 steps" in modal_words(answer["view"])
    assert words.HOME_SOME.format(partners="Ben", reached=0, count=1) in modal_words(desk.control.home("U0ANA"))


@pytest.mark.parametrize(
    ("goal", "steps", "field"), [("x" * 10_000, "", "goal"), ("", "", "goal"), ("fine", "y" * 201, "steps")]
)
def test_words_that_do_not_fit_are_said_under_their_field(
    desk: Desk, pair: Pair, goal: str, steps: str, field: str
) -> None:
    answer = desk.submit(View.GOAL, filled(goal, steps), {"pair": pair.id})
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == [field]
    assert not desk.world.rows(PairGoal)


def test_a_goal_of_ten_thousand_characters_is_refused_beside_the_command_too(desk: Desk, pair: Pair) -> None:
    desk.command(f"goals add {'x' * 10_000}")
    assert desk.said() == words.TOO_LONG.format(most=200, length="10,000")
    desk.command(f"goals done {'x' * 10_000}")
    assert desk.said() == words.NO_SUCH
    desk.command("goals add learn SQL")
    desk.command(f"goals step {'x' * 10_000}")
    assert desk.said() == words.TOO_LONG.format(most=200, length="10,000")
    assert not desk.world.rows(GoalStep)


def test_buttons_of_the_list_act_in_its_place(desk: Desk, pair: Pair) -> None:
    desk.submit(View.GOAL, filled("learn SQL", "read"), {"pair": pair.id})
    goal, step = desk.world.row(PairGoal), desk.world.row(GoalStep)
    for action, value, said in (
        (Action.FINISH_STEP, f"step:{step.id}", words.LAST_STEP_NOTE.format(step="*read*")),
        (Action.REACH_GOAL, f"goal:{goal.id}", words.REACHED_NOTE.format(goal="*learn SQL*", you="you and Ana")),
        (Action.REOPEN_GOAL, f"goal:{goal.id}", words.REOPENED.format(goal="*learn SQL*")),
        (Action.DROP_GOAL, f"goal:{goal.id}", words.DROPPED.format(goal="*learn SQL*")),
    ):
        before = len(desk.control.messages(desk.dm("U0BEN")))
        desk.press(action, value, "U0BEN")
        assert desk.said(desk.dm("U0BEN")) == said
        assert len(desk.control.messages(desk.dm("U0BEN"))) == before + 1


def test_a_question_s_message_is_not_replaced_by_the_list_it_leads_to(desk: Desk, pair: Pair) -> None:
    desk.press(Action.SHOW_GOALS, f"pair:{pair.id}")
    assert [message["text"] for message in desk.control.messages(desk.dm())] == [
        "How does it stand?",
        words.LIST_NONE.format(partners="Ben"),
    ]


def test_the_list_over_home_changes_in_its_place(desk: Desk, pair: Pair) -> None:
    desk.command("goals add learn SQL")
    goal = desk.world.row(PairGoal)
    desk.hear(
        *("pressed_in_view", "U0ANA"),
        action_id=Action.SHOW_GOALS,
        value=f"pair:{pair.id}",
        view_id="V1",
        view_type="home",
    )
    below = desk.open_view()
    press: Json = {"value": f"goal:{goal.id}", "view_id": below["id"], "view_type": "modal"}
    desk.hear("pressed_in_view", action_id=Action.REACH_GOAL, **press)
    assert ":tada:" in modal_words(desk.open_view())
    desk.hear("pressed_in_view", action_id=Action.REOPEN_GOAL, **press)
    desk.hear("pressed_in_view", action_id=Action.OPEN_GOAL, **press)
    assert desk.open_view()["previous_view_id"] == below["id"]
    assert desk.open_view()["callback_id"] == View.GOAL


def test_a_form_that_is_older_than_the_partner_s_words_keeps_what_was_typed_and_shows_theirs(
    desk: Desk, pair: Pair
) -> None:
    desk.submit(View.GOAL, filled("learn SQL"), {"pair": pair.id})
    about = {"goal": desk.world.row(PairGoal).id, "version": 1, "done": []}
    desk.submit(View.GOAL, filled("learn <SQL> well"), about, "U0BEN")
    answer = desk.submit(View.GOAL, filled("learn Python"), about)
    assert answer["response_action"] == "update"
    field = next(block for block in answer["view"]["blocks"] if block.get("block_id") == "goal")
    assert field["element"]["initial_value"] == "learn Python"
    assert "*learn &lt;SQL&gt; well*" in modal_words(answer["view"])
    assert desk.world.row(PairGoal).text == "learn <SQL> well"
    desk.submit(View.GOAL, filled("learn Python"), json.loads(answer["view"]["private_metadata"]))
    assert desk.world.row(PairGoal).text == "learn Python"


def test_a_tick_in_the_form_is_a_step_done(desk: Desk, pair: Pair) -> None:
    desk.submit(View.GOAL, filled("learn SQL", "read\nwrite"), {"pair": pair.id})
    about = {"goal": desk.world.row(PairGoal).id, "version": 1, "done": []}
    desk.submit(View.GOAL, filled("learn SQL", "", ("2", "99", "x")), about)
    assert [step.done_at is not None for step in desk.world.rows(GoalStep)] == [False, True]


@pytest.mark.parametrize("about", [{}, {"pair": 999}, {"goal": 999}, {"goal": "1", "done": "x"}, {"pair": True}])
def test_a_form_about_nothing_that_is_there_is_out_of_date(desk: Desk, pair: Pair, about: Json) -> None:
    answer = desk.submit(View.GOAL, filled("learn SQL"), about)
    assert refusals.STALE_BUTTON in modal_words(answer["view"])
    assert not desk.world.rows(PairGoal)


def test_who_has_no_partner_has_no_goals(desk: Desk) -> None:
    joined(desk, "U0ANA")
    desk.command("goals add learn SQL")
    assert desk.said() == words.NO_PARTNER


def test_markup_in_a_goal_stays_words(desk: Desk, pair: Pair) -> None:
    desk.command("goals add &lt;!channel&gt; <@U0BEN|ben> &lt;https://evil.example|click&gt; *now*")
    assert desk.world.row(PairGoal).text == "<!channel> @ben <https://evil.example|click> *now*"
    assert "<!channel" not in shown(desk)
    assert "&lt;!channel&gt;" in shown(desk)


# Two partners


@pytest.fixture
def both(desk: Desk, pair: Pair) -> tuple[int, int]:
    """Ana has a second partner, Chloé."""
    return pair.id, desk.world.pair("U0ANA", "U0CHLOE").id


def test_with_two_partners_the_list_shows_both_and_an_act_asks_which(desk: Desk, both: tuple[int, int]) -> None:
    desk.command("goals")
    assert desk.said() == f"{words.LIST_NONE.format(partners='Ben')} {words.LIST_NONE.format(partners='Chloé')}"
    desk.command("goals add learn &lt;SQL&gt; &amp;amp; more")
    assert desk.said() == words.WITH_WHOM
    choices = [*buttons(desk.control.messages(GENERAL)[-1]["blocks"])]
    assert [choice["action_id"] for choice in choices] == [Action.CHOOSE_PARTNER] * 2
    desk.press(Action.CHOOSE_PARTNER, choices[1]["value"])
    goal = desk.world.row(PairGoal)
    assert (goal.pair_id, goal.text) == (both[1], "learn <SQL> &amp; more")
    assert desk.said(desk.dm()) == words.ADDED.format(goal=f"*{escape(goal.text)}*")


def test_a_partner_named_first_is_the_one_who_is_meant(desk: Desk, both: tuple[int, int]) -> None:
    desk.command("goals <@U0CHLOE|chloe> add learn SQL")
    assert desk.world.row(PairGoal).pair_id == both[1]
    desk.command("goals <@U0DEV|dev>")
    assert desk.said() == words.NOT_A_PARTNER
    desk.command("goals <@U0ANA|ana>")
    assert desk.said() == words.NOT_A_PARTNER


@pytest.mark.parametrize("value", ["", "pair:1", "pair:1 admin match release", "pair:999 goals add x", "goal:1 goals"])
def test_a_forged_choice_does_nothing_but_what_is_behind_that_button(
    desk: Desk, both: tuple[int, int], value: str
) -> None:
    desk.press(Action.CHOOSE_PARTNER, value)
    assert desk.said(desk.dm()) == refusals.STALE_BUTTON
    assert not desk.world.rows(PairGoal)


def test_a_stranger_s_choice_of_my_pair_is_refused(desk: Desk, both: tuple[int, int]) -> None:
    desk.press(Action.CHOOSE_PARTNER, f"pair:{both[1]} goals add learn SQL", "U0BEN")
    assert desk.said(desk.dm("U0BEN")) == refusals.NOT_YOUR_PAIR
    assert not desk.world.rows(PairGoal)
