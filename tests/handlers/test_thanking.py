"""Thanks at the desk: the form, its preview, the way back, and the values an organizer edits."""

import json
from typing import Any

import pytest

from bot.content import refusals
from bot.content import thanking as words
from bot.domain.kudos import LONGEST_REASON, MOST_A_DAY
from bot.views.ids import Action, View
from sandbox.validation import check_view
from storage.tables import Kudos, Organizer, Program
from tests.builders import TEAM
from tests.handlers.desk import Desk
from tests.handlers.test_forms import entry, line
from tests.views.test_limits import texts

Json = dict[str, Any]


@pytest.fixture
def valued(desk: Desk) -> Desk:
    """A program with two values, run by Ana."""
    with desk.world.writing() as session:
        session.add(Organizer(program_id=desk.world.program_id, user_id="U0ANA", workspace_id=TEAM))
        session.get_one(Program, desk.world.program_id).values = ["care", "craft"]
    return desk


def filled(*receivers: str, why: str = "the review", values: tuple[str, ...] = ()) -> Json:
    chosen = [{"value": value, "text": {"type": "plain_text", "text": f"#{value}"}} for value in values]
    tags = entry("values", type="multi_static_select", selected_options=chosen)
    return {**entry("receivers", type="multi_users_select", selected_users=[*receivers]), **line("why", why), **tags}


def shown(view: Json) -> str:
    return " ".join([*texts(view, "mrkdwn"), *texts(view, "plain_text")])


def previewed(desk: Desk, *receivers: str, **said: Any) -> Json:
    answer = desk.submit(View.KUDOS, filled(*receivers, **said))
    assert answer["response_action"] == "push", answer
    check_view(answer["view"], "modal")
    return dict(answer["view"])


def send(desk: Desk, view: Json, user: str = "U0ANA") -> Json:
    return desk.submit(View.KUDOS_PREVIEW, {}, json.loads(view["private_metadata"]), user)


def test_the_form_is_followed_by_what_will_be_read_and_nothing_is_sent_before_send(valued: Desk) -> None:
    view = previewed(valued, "U0BEN", values=("craft",))
    said = shown(view)
    assert "*Ben* will read, and nobody else:" in said
    assert "Ana thanks you." in said
    assert "> the review\n*#craft*" in said
    assert "#peer-mentoring reads on Friday:" in said
    assert "*Ben* for _the review_ *#craft* (from Ana)" in said
    assert (view["submit"]["text"], view["close"]["text"]) == ("Send thanks", "Back")
    assert valued.world.rows(Kudos) == []
    answer = send(valued, view)
    assert answer["response_action"] == "update"
    assert "On its way to Ben" in shown(answer["view"])
    assert (valued.world.row(Kudos).why, valued.world.row(Kudos).values) == ("the review", ["craft"])


def test_a_reason_that_begins_with_for_is_thanks_for_it_once(valued: Desk) -> None:
    said = shown(previewed(valued, "U0BEN", why="For listening"))
    assert "*Ben* for _listening_ (from Ana)" in said


def test_the_longest_thanks_to_the_most_people_fit_into_a_preview_in_any_script(valued: Desk) -> None:
    ids = [user["id"] for user in valued.control.state()["users"] if user["id"] != "U0ANA"]
    people = [user for user in ids if not refused(valued, user)][:MOST_A_DAY]
    for letter in ("x", "ที่"[0], "😀", '"', "\\"):
        why = letter * LONGEST_REASON
        view = previewed(valued, *people, why=why, values=("care", "craft"))
        assert len(view["private_metadata"]) <= 3000
        assert json.loads(view["private_metadata"])["why"] == why


def refused(desk: Desk, user: str) -> bool:
    return bool(desk.submit(View.KUDOS, filled(user))["response_action"] == "errors")


def test_what_is_wrong_is_said_under_its_field(valued: Desk) -> None:
    for values, errors in (
        (filled("U0BEN", why="x" * 10_000), {"why": refusals.KUDOS_TOO_LONG.format(most=500, length=10_000)}),
        (filled("U0BEN", why="#care"), {"why": refusals.KUDOS_WITHOUT_WHY}),
        (filled(), {"receivers": refusals.KUDOS_TO_NOBODY}),
        (filled("U0ANA"), {"receivers": refusals.KUDOS_TO_SELF}),
    ):
        assert valued.submit(View.KUDOS, values) == {"response_action": "errors", "errors": errors}


def test_what_changed_since_the_preview_is_said_over_it(valued: Desk) -> None:
    view = previewed(valued, "U0BEN")
    send(valued, view)
    answer = send(valued, view)
    assert answer["response_action"] == "push"
    assert refusals.KUDOS_TWICE in shown(answer["view"])
    assert len(valued.world.rows(Kudos)) == 1


@pytest.mark.parametrize("about", [{}, {"receivers": "U0BEN", "why": 7}, {"receivers": [1], "values": {}}])
def test_a_forged_preview_sends_nothing(valued: Desk, about: Json) -> None:
    assert refusals.KUDOS_TO_NOBODY in shown(valued.submit(View.KUDOS_PREVIEW, {}, about)["view"])
    assert valued.world.rows(Kudos) == []


def test_a_command_with_a_reason_is_sent_at_once_and_one_without_opens_the_form(valued: Desk) -> None:
    valued.command("kudos <@U0BEN|ben> for the review #Care #wip")
    assert "On its way to Ben" in valued.said()
    assert (valued.world.row(Kudos).why, valued.world.row(Kudos).values) == ("the review #Care #wip", ["care"])
    valued.command("kudos <@U0BEN|ben> #craft")
    form = json.dumps(valued.open_view())
    assert '"initial_users": ["U0BEN"]' in form
    assert json.loads(form)["blocks"][2]["element"]["initial_options"][0]["value"] == "craft"
    assert len(valued.world.rows(Kudos)) == 1


def test_a_hashtag_that_is_no_value_is_sent_as_typed_and_the_answer_says_which_values_there_are(valued: Desk) -> None:
    valued.command("kudos <@U0BEN|ben> for the review #craer")
    assert valued.said().endswith(
        "#craer is none of the values here, so it stays as you wrote it. There is #care and #craft."
    )
    assert valued.world.row(Kudos).why == "the review #craer"
    valued.command("kudos <@U0BEN|ben> for the plan #craft")
    assert "none of the values" not in valued.said()


def test_nothing_but_a_hashtag_that_is_no_value_opens_the_form(valued: Desk) -> None:
    valued.command("kudos <@U0BEN|ben> #craer")
    assert '"initial_value": "#craer"' in json.dumps(valued.open_view())
    assert valued.world.rows(Kudos) == []


def test_without_values_a_hashtag_is_a_word_like_others(desk: Desk) -> None:
    desk.command("kudos <@U0BEN|ben> for the review #wip")
    assert "values" not in desk.said()


def test_without_values_the_form_has_no_field_for_them(desk: Desk) -> None:
    desk.press(Action.OPEN_KUDOS)
    assert [block["block_id"] for block in desk.open_view()["blocks"]] == ["receivers", "why"]


def test_an_organizer_edits_the_values_by_command_and_by_button(valued: Desk) -> None:
    valued.command("admin values")
    assert '"initial_value": "#care\\n#craft"' in json.dumps(valued.open_view())
    about = {"program": valued.world.program_id}
    answer = valued.submit(View.VALUES, line("values", "be kind"), about)
    assert answer["errors"] == {"values": words.NOT_A_WORD.format(value="be kind")}
    answer = valued.submit(View.VALUES, line("values", "courage\ncare"), about)
    assert "#courage" in shown(answer["view"])
    assert valued.world.row(Program).values == ["courage", "care"]
    valued.press(Action.OPEN_VALUES, f"program:{valued.world.program_id}")
    assert "#courage" in json.dumps(valued.open_view())
    assert words.VALUES_EMPTIED in shown(valued.submit(View.VALUES, line("values", None), about)["view"])


def test_who_runs_nothing_cannot_edit_them(valued: Desk) -> None:
    valued.command("admin values", "U0BEN")
    assert "<@U0ANA>" in valued.said()
    answer = valued.submit(View.VALUES, line("values", "chaos"), {"program": valued.world.program_id}, "U0BEN")
    assert "Only an organizer" in shown(answer["view"])
    assert valued.world.row(Program).values == ["care", "craft"]
