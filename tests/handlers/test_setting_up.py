"""The guided set-up: what it is for, details, a preview, Save; another program, and a copy."""

import json
from typing import Any

import pytest

from bot.content import refusals
from bot.content import setup as words
from bot.domain.people import Actor
from bot.services import administering
from bot.views.ids import Action, Ref, View
from storage.tables import Organizer, Program
from tests.builders import TEAM
from tests.handlers.desk import Desk
from tests.handlers.test_forms import Values, entry, line, option
from tests.handlers.test_listeners import modal_words

Json = dict[str, Any]
ANA = "U0ANA"
LARGEST_ACK = 65_535  # bytes; SLACK.md: a larger one is lost in silence


@pytest.fixture
def organized(desk: Desk) -> Desk:
    """Ana runs the program, which lives in a channel."""
    with desk.world.writing() as session:
        session.add(Organizer(program_id=desk.world.program_id, user_id=ANA, workspace_id=TEAM))
    desk.world.change(desk.world.row(Program), channel_id="C0GENERAL", channel_name="general")
    return desk


def details(name: str = "Leaders", channel: str = "C0GENERAL", **more: Values) -> Values:
    filled = {
        **line("name", name),
        **entry("channel", type="conversations_select", selected_conversation=channel),
        **line("length_weeks", "24"),
        **line("cadence_weeks", "2"),
        **option("rounds", "release"),
    }
    for values in more.values():
        filled |= values
    return filled


def template(chosen: str) -> Values:
    return entry("template", type="radio_buttons", selected_option={"value": chosen})


def test_another_program_in_three_pages(organized: Desk) -> None:
    organized.command("admin setup new")
    assert organized.open_view()["callback_id"] == View.SETUP_TEMPLATE
    second = organized.submit(View.SETUP_TEMPLATE, template("leadership"))["view"]
    assert (second["callback_id"], json.loads(second["private_metadata"])) == (View.SETUP, {"purpose": "leadership"})
    assert "24" in json.dumps(second)
    third = organized.submit(View.SETUP, details(), {"purpose": "leadership"})
    assert third["response_action"] == "push"
    shown = modal_words(third["view"])
    assert all(
        part in shown for part in ("24 weeks", "Ana, meet Ben", "each bring one situation", "[We met]", "Friday")
    )
    saved = organized.submit(View.SETUP_PREVIEW, {}, json.loads(third["view"]["private_metadata"]))
    assert "Next step: type `/invite @mentor` in #general" in modal_words(saved["view"])
    made = organized.world.row(Program, name="Leaders")
    assert (made.purpose, made.length_weeks, made.channel_id) == ("leadership", 24, "C0GENERAL")


def test_the_preview_says_until_when_people_join_and_when_it_starts(organized: Desk) -> None:
    dates = {
        **entry("join_by", type="datepicker", selected_date="2026-02-02"),
        **entry("starts_on", type="datepicker", selected_date="2026-02-09"),
    }
    shown = modal_words(organized.submit(View.SETUP, details(dates=dates))["view"])
    assert "People join by Monday 2 February. It starts on Monday 9 February." in shown


def test_nothing_is_kept_before_it_is_saved(organized: Desk) -> None:
    organized.submit(View.SETUP, details("Something else"), {"program": organized.world.program_id})
    assert organized.world.row(Program).name == "Peer mentoring"


def test_a_program_that_lives_somewhere_opens_with_its_details(organized: Desk) -> None:
    organized.command("admin setup")
    view = organized.open_view()
    assert view["callback_id"] == View.SETUP
    assert words.ANOTHER in modal_words(view)


def test_a_program_without_a_channel_begins_with_what_it_is_for(organized: Desk) -> None:
    organized.world.change(organized.world.row(Program), channel_id=None)
    organized.command("admin setup")
    view = organized.open_view()
    assert view["callback_id"] == View.SETUP_TEMPLATE
    second = organized.submit(View.SETUP_TEMPLATE, template("onboarding"), {"program": organized.world.program_id})
    assert "Onboarding buddies" in json.dumps(second["view"])


def test_a_copy_has_everything_but_dates_people_and_channel(organized: Desk) -> None:
    organized.world.change(organized.world.row(Program), length_weeks=9, lessons=[3, 1], lessons_first=True)
    organized.command("admin setup copy")
    shown = json.dumps(organized.open_view())
    assert "Peer mentoring 2" in shown
    assert "C0GENERAL" not in shown
    assert json.loads(organized.open_view()["private_metadata"])["like"] == organized.world.program_id
    assert '"initial_value": "9"' in shown


def test_a_copy_can_be_chosen_among_the_templates(organized: Desk) -> None:
    program_id = organized.world.program_id
    second = organized.submit(View.SETUP_TEMPLATE, template(str(Ref("program", program_id))))["view"]
    assert json.loads(second["private_metadata"])["like"] == program_id


@pytest.mark.parametrize("verb", ["admin setup new", "admin setup copy", "admin setup"])
def test_a_member_opens_none_of_it(organized: Desk, verb: str) -> None:
    organized.command(verb, "U0BEN")
    assert "Only an organizer" in organized.said()


@pytest.mark.parametrize("about", [{}, {"program": 1}, {"like": 1}, {"program": 999}])
def test_a_member_s_forged_form_changes_nothing(organized: Desk, about: Json) -> None:
    for callback, values in ((View.SETUP, details()), (View.SETUP_TEMPLATE, template("skills"))):
        answer = organized.submit(callback, values, about, "U0BEN")
        assert answer["response_action"] == "push"
    kept = {"name": "Theirs", "channel": "C0GENERAL", **about}
    assert organized.submit(View.SETUP_PREVIEW, {}, kept, "U0BEN")["response_action"] == "push"
    assert [program.name for program in organized.world.rows(Program)] == ["Peer mentoring"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (entry("starts_on", type="datepicker", selected_date="2026-01-11"), "starts_on"),
        (entry("starts_on", type="datepicker", selected_date="2026-02-31"), "starts_on"),
        (entry("join_by", type="datepicker", selected_date="2025-12-31"), "join_by"),
        (
            {
                **entry("join_by", type="datepicker", selected_date="2026-02-02"),
                **entry("starts_on", type="datepicker", selected_date="2026-02-01"),
            },
            "join_by",
        ),
        (line("name", "   "), "name"),
        (line("name", "PEER mentoring"), "name"),
        (line("cadence_weeks", "30"), "length_weeks"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(organized: Desk, wrong: Values, field: str) -> None:
    if field == "length_weeks":
        wrong, field = {**line("length_weeks", "2"), **line("cadence_weeks", "8")}, "cadence_weeks"
    answer = organized.submit(View.SETUP, details(wrong=wrong))
    assert (answer["response_action"], list(answer["errors"])) == ("errors", [field])
    assert len(organized.world.rows(Program)) == 1


def test_a_channel_the_bot_cannot_see_is_said_beside_its_field(organized: Desk) -> None:
    assert list(organized.submit(View.SETUP, details(channel="C0NOWHERE"))["errors"]) == ["channel"]


def test_a_name_taken_since_the_preview_is_said_over_it(organized: Desk) -> None:
    kept = {"name": "Leaders", "channel": "C0GENERAL"}
    organized.submit(View.SETUP_PREVIEW, {}, kept)
    answer = organized.submit(View.SETUP_PREVIEW, {}, kept)
    assert answer["response_action"] == "push"
    assert refusals.NAME_TAKEN in modal_words(answer["view"])
    assert len(organized.world.rows(Program)) == 2


def test_every_page_fits_into_an_acknowledgement(organized: Desk) -> None:
    long = "พี่เลี้ยง" * 20
    for answer in (
        organized.submit(View.SETUP_TEMPLATE, template("culture")),
        organized.submit(View.SETUP, details(long)),
    ):
        assert len(json.dumps(answer).encode()) < LARGEST_ACK


def test_a_button_sets_up_the_program_it_stands_for(organized: Desk) -> None:
    other = organized.world.another_program("Leadership", ANA)
    organized.world.do(administering.choose, Actor(TEAM, ANA), organized.world.program_id)
    organized.press(Action.OPEN_SETUP, str(Ref("program", other.id)))
    assert json.loads(organized.open_view()["private_metadata"])["program"] == other.id
    organized.press(Action.COPY_PROGRAM, str(Ref("program", other.id)))
    assert json.loads(organized.open_view()["private_metadata"])["like"] == other.id


def test_a_forged_way_back_to_the_templates_is_out_of_date(organized: Desk) -> None:
    organized.press(Action.CHOOSE_TEMPLATE, str(Ref("program", organized.world.program_id)))
    assert refusals.STALE_BUTTON in organized.said(organized.dm())


def test_who_has_to_read_first_is_told_so_when_joining(organized: Desk) -> None:
    organized.world.change(organized.world.row(Program), lessons_first=True)
    joining = {**line("goal", "learn"), **entry("hours_from", type="timepicker", selected_time="09:00")}
    joining |= entry("hours_to", type="timepicker", selected_time="17:00")
    answer = organized.submit(View.JOIN, joining, {"program": organized.world.program_id}, "U0BEN")
    assert "lessons 1 and 2 come before a match" in modal_words(answer["view"])
    organized.command("", "U0BEN")
    assert "Here lessons 1 and 2 come first" in organized.said()
