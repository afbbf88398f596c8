"""Payloads as Slack sends them, through a real App to a sandbox Slack: what is answered, and where."""

import json
import logging
import re
from collections.abc import Sequence

import pytest
from sqlalchemy import Engine

from bot.content import answers as said
from bot.content import forms as words
from bot.content import refusals
from bot.domain.checkins import CheckInState
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.pairs import PairStatus
from bot.domain.people import ChannelFacts, PersonFacts, Stretch
from bot.services import nudging
from bot.views.ids import Action, View
from sandbox.server import Sandbox
from storage.tables import CheckIn, Enrollment, Kudos, Nudge, Organizer, Pair, QuietWeek, SeenEvent
from tests.builders import ORGANIZER, TEAM, World
from tests.handlers.desk import GENERAL, Desk
from tests.handlers.test_forms import HOURS, at, entry, line, skills
from tests.views.test_limits import buttons, texts

JOINING = {**skills("offers", "SQL"), **skills("asks"), **line("goal", None), **HOURS}


def modal_words(view: object) -> str:
    return " ".join([*texts(view, "mrkdwn"), *texts(view, "plain_text")])


def joined(desk: Desk, *users: str) -> None:
    for user in users:
        desk.submit(View.JOIN, JOINING, {"program": desk.world.program_id}, user)


def asked(desk: Desk) -> int:
    """Ana and Ben are partners, and Ana has been asked: the number of her question."""
    joined(desk, "U0ANA", "U0BEN")
    desk.world.pair("U0ANA", "U0BEN")
    desk.world.later(days=15, hours=1).do(nudging.ask_due)
    desk.clock.travel(desk.world.now)
    return desk.world.row(Nudge, user_id="U0ANA").id or 0


# Where things are answered


def test_a_command_is_answered_beside_it_for_one_person_alone(desk: Desk) -> None:
    assert desk.command("").body == ""
    assert "Ana" in desk.said()
    assert desk.control.messages(GENERAL)[-1]["is_ephemeral"]


def test_a_bare_verb_opens_its_form(desk: Desk) -> None:
    desk.command("join")
    assert desk.open_view()["callback_id"] == View.JOIN


def test_joining_is_answered_in_the_modal_and_drawn_on_home(desk: Desk) -> None:
    answer = desk.submit(View.JOIN, JOINING, {"program": desk.world.program_id})
    assert answer["response_action"] == "update"
    assert words.JOINED_TITLE in modal_words(answer["view"])
    assert desk.world.row(Enrollment).user_id == "U0ANA"
    home = desk.control.home("U0ANA")
    assert home is not None
    assert "SQL" in json.dumps(home)


def test_opening_home_draws_it_and_the_messages_tab_does_not(desk: Desk) -> None:
    desk.hear("opened_home", tab="messages")
    assert desk.control.home("U0ANA") is None
    desk.hear("opened_home", tab="home")
    assert desk.control.home("U0ANA") is not None


def test_a_tap_under_a_question_is_kept_and_a_second_one_is_told_so_beside_the_message(desk: Desk) -> None:
    nudge = asked(desk)
    desk.press(Action.WE_MET, f"nudge:{nudge}")
    assert desk.world.row(CheckIn).state is CheckInState.MET
    desk.press(Action.WE_MET, f"nudge:{nudge}")
    assert desk.said(desk.dm()) == refusals.ALREADY_ANSWERED
    assert len(desk.world.rows(CheckIn)) == 1


def test_people_on_home_opens_a_list_over_it(desk: Desk) -> None:
    joined(desk, "U0BEN", "U0CHLOE")
    desk.command("admin")
    desk.hear("pressed_in_view", action_id=Action.SHOW_PEOPLE, view_id="V1", view_type="home")
    assert "Chloé" in modal_words(desk.open_view())


def test_a_stranger_s_question_what_can_i_do_here_is_answered(desk: Desk) -> None:
    desk.press(Action.SHOW_HELP)
    assert desk.said(desk.dm()).startswith(said.HELP)


def test_what_is_written_to_the_bot_is_answered_there_once_though_slack_says_it_twice(desk: Desk) -> None:
    dm = desk.dm()
    for _ in range(2):
        desk.hear("wrote_to_the_bot", channel=dm, text="help", event_id="Ev1")
    assert len(desk.control.messages(dm)) == 1
    assert len(desk.world.rows(SeenEvent)) == 1
    desk.hear("wrote_to_the_bot", channel=dm, text="kudos", event_id="Ev3")
    assert [*texts(desk.control.messages(dm)[-1]["blocks"], "plain_text")] == [words.OPEN_FORM]


def test_a_typed_skill_is_offered_as_it_was_typed(desk: Desk) -> None:
    answer = desk.hear("suggestion", action_id=Action.SUGGEST_SKILLS_OFFERED, typed="  public   speaking ")
    options = json.loads(answer.body)["options"]
    assert [option["value"] for option in options] == ["public speaking"]
    assert "public speaking" in options[0]["text"]["text"]


def test_a_blank_is_not_offered(desk: Desk) -> None:
    answer = desk.hear("suggestion", action_id=Action.SUGGEST_SKILLS_ASKED, typed="   ")
    assert json.loads(answer.body)["options"] == []


def test_who_would_avoid_their_partner_of_now_is_shown_the_way_to_end_it(desk: Desk) -> None:
    joined(desk, "U0ANA", "U0BEN")
    pair = desk.world.pair("U0ANA", "U0BEN")
    desk.command("avoid <@U0CHLOE>")
    assert desk.said() == said.AVOIDING.format(user="U0CHLOE")
    desk.command("avoid <@U0BEN>")
    assert desk.said() == said.AVOIDING_PARTNER.format(user="U0BEN")
    (way_out,) = buttons(desk.control.messages(GENERAL)[-1]["blocks"])
    assert (way_out["action_id"], way_out["value"]) == (Action.NOT_A_FIT, f"pair:{pair.id}")
    desk.press(Action.NOT_A_FIT, f"pair:{pair.id}")
    assert desk.world.row(Pair).status is PairStatus.ENDED


# What cannot be done


def test_a_refused_command_says_why_where_it_was_typed(desk: Desk) -> None:
    desk.command("resume")
    assert desk.said() == refusals.NOT_ENROLLED
    desk.command("admin", "U0BEN")
    assert f"<@{ORGANIZER}>" in desk.said()


def test_a_refused_word_to_the_bot_says_why_there(desk: Desk) -> None:
    dm = desk.dm()
    desk.hear("wrote_to_the_bot", channel=dm, text="resume", event_id="Ev1")
    assert desk.said(dm) == refusals.NOT_ENROLLED


def test_a_refusal_on_home_opens_over_it(desk: Desk) -> None:
    desk.hear("pressed_in_view", action_id=Action.OPEN_PROFILE, view_id="V1", view_type="home")
    assert refusals.NOT_ENROLLED in modal_words(desk.open_view())


def test_a_refusal_in_a_modal_is_pushed_over_it_so_that_nothing_typed_is_lost(desk: Desk) -> None:
    desk.command("join")
    below = desk.open_view()
    press = {"action_id": "invented", "view_id": below["id"], "view_type": "modal"}
    desk.hear("pressed_in_view", **press)
    assert refusals.STALE_BUTTON in modal_words(desk.open_view())
    desk.control.close_view("U0ANA")
    assert desk.open_view()["id"] == below["id"]


def test_what_is_wrong_in_a_form_is_said_under_its_field(desk: Desk) -> None:
    values = {**JOINING, **at("hours_to", "08:00")}
    answer = desk.submit(View.JOIN, values, {"program": desk.world.program_id})
    assert answer == {"response_action": "errors", "errors": {"hours_to": refusals.HOURS_TURNED}}
    assert desk.world.rows(Enrollment) == []


def test_a_meeting_tomorrow_is_refused_under_its_day(desk: Desk) -> None:
    asked(desk)
    pair = desk.world.row(Nudge, user_id="U0ANA").pair_id
    values = {
        **entry("choose_state", type="radio_buttons", selected_option={"value": "met"}),
        **entry("met_on", type="datepicker", selected_date="2026-01-28"),
    }
    answer = desk.submit(View.CHECK_IN, values, {"pair": pair})
    assert answer == {"response_action": "errors", "errors": {"met_on": refusals.MET_IN_FUTURE}}


def test_thanks_to_oneself_are_refused_under_their_field_and_nothing_is_kept(desk: Desk) -> None:
    values = {**entry("receivers", selected_users=["U0BEN", "U0ANA"]), **line("why", "the review")}
    answer = desk.submit(View.KUDOS, values)
    assert answer == {"response_action": "errors", "errors": {"receivers": refusals.KUDOS_TO_SELF}}
    assert desk.world.rows(Kudos) == []


@pytest.mark.parametrize("about", [{}, {"program": 999}, {"program": "1; drop table"}, {"program": True}])
def test_a_form_about_nothing_that_exists_is_refused_over_it(desk: Desk, about: dict[str, object]) -> None:
    answer = desk.submit(View.JOIN, JOINING, about)
    assert answer["response_action"] == "push"
    assert refusals.NO_PROGRAM in modal_words(answer["view"])


@pytest.mark.parametrize("user", ["U0NADIA", "U0CALBOT"], ids=["a guest", "a bot"])
def test_who_may_not_take_part_is_told_so(desk: Desk, user: str) -> None:
    answer = desk.submit(View.JOIN, JOINING, {"program": desk.world.program_id}, user)
    assert refusals.NOT_ELIGIBLE in modal_words(answer["view"])
    assert desk.world.rows(Enrollment) == []


# What nobody knows


def test_an_unknown_button_in_a_message_is_out_of_date(desk: Desk) -> None:
    desk.press("from_an_older_version", "pair:1")
    assert desk.said(desk.dm()) == refusals.STALE_BUTTON


def test_an_unknown_form_is_out_of_date(desk: Desk) -> None:
    answer = desk.submit("from_an_older_version", {})
    assert answer["response_action"] == "push"
    assert refusals.STALE_BUTTON in modal_words(answer["view"])


def test_an_unknown_menu_offers_nothing(desk: Desk) -> None:
    answer = desk.hear("suggestion", action_id="from_an_older_version", typed="x")
    assert json.loads(answer.body) == {"options": []}


FORGED = ["", "nudge:0", "nudge:-1", "nudge:999999", "nudge:1 or 1=1", "pair:1", "nudge:99999999999999999999"]


@pytest.mark.parametrize("value", FORGED)
def test_a_forged_value_changes_nothing_and_is_out_of_date(desk: Desk, value: str) -> None:
    desk.press(Action.WE_MET, value)
    assert desk.said(desk.dm()) == refusals.STALE_BUTTON
    assert desk.world.rows(CheckIn) == []


def test_someone_else_s_question_is_not_mine_to_answer(desk: Desk) -> None:
    nudge = asked(desk)
    desk.press(Action.WE_MET, f"nudge:{nudge}", user="U0BEN")
    assert desk.said(desk.dm("U0BEN")) == refusals.NOT_YOUR_PAIR
    assert desk.world.rows(CheckIn) == []


# What goes wrong on our side


class BrokenDirectory:
    """Slack's list of people cannot be read."""

    def person(self, user_id: str) -> PersonFacts:
        raise RuntimeError("the directory burned down")

    def undisturbed(self, user_ids: Sequence[str]) -> dict[str, Stretch | None]:
        raise LookupError(user_ids)

    def people(self, cursor: str) -> tuple[list[PersonFacts], str]:
        raise RuntimeError("the directory burned down")

    def members(self, channel_id: str, most: int) -> list[str] | None:
        raise RuntimeError("the directory burned down")

    def channel(self, channel_id: str) -> ChannelFacts | None:
        raise RuntimeError("the directory burned down")


@pytest.fixture
def broken(fresh: Sandbox, engine: Engine) -> Desk:
    return Desk(fresh, World(engine), directory=BrokenDirectory())


def reference_in(text: str) -> str:
    found = re.search(r"\b[0-9a-f]{8}\b", text)
    assert found is not None, text
    return found[0]


def assert_logged(caplog: pytest.LogCaptureFixture, shown: str) -> None:
    """The reference a person was shown is in the log, with what went wrong and without it being shown."""
    assert "burned" not in shown
    (record,) = [record for record in caplog.records if record.name == "handlers.failures"]
    assert reference_in(shown) in record.getMessage()
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
    assert "burned down" in str(record.exc_info[1])


def test_our_own_mistake_in_a_command_shows_a_reference(broken: Desk, caplog: pytest.LogCaptureFixture) -> None:
    broken.command("")
    assert_logged(caplog, broken.said())


def test_our_own_mistake_in_a_message_shows_a_reference(broken: Desk, caplog: pytest.LogCaptureFixture) -> None:
    broken.press(Action.WE_MET, "nudge:1")
    assert_logged(caplog, broken.said(broken.dm()))


def test_our_own_mistake_on_home_shows_a_reference(broken: Desk, caplog: pytest.LogCaptureFixture) -> None:
    broken.hear("pressed_in_view", action_id=Action.OPEN_JOIN, view_id="V1", view_type="home")
    assert_logged(caplog, modal_words(broken.open_view()))


def test_our_own_mistake_in_a_form_shows_a_reference_over_it(broken: Desk, caplog: pytest.LogCaptureFixture) -> None:
    answer = broken.submit(View.JOIN, JOINING, {"program": broken.world.program_id})
    assert answer["response_action"] == "push"
    assert_logged(caplog, modal_words(answer["view"]))


def test_our_own_mistake_while_suggesting_is_an_empty_menu(broken: Desk, caplog: pytest.LogCaptureFixture) -> None:
    answer = broken.hear("suggestion", action_id=Action.SUGGEST_SKILLS_OFFERED, typed="sql")
    assert json.loads(answer.body) == {"options": []}
    assert [record.name for record in caplog.records].count("handlers.failures") == 1


def test_leaving_replaces_the_question_that_asked_whether_one_is_sure(desk: Desk) -> None:
    joined(desk, "U0ANA")
    desk.press(Action.LEAVE, f"program:{desk.world.program_id}")
    assert desk.world.status("U0ANA") is EnrollmentStatus.LEFT
    assert desk.said(desk.dm()).startswith("You have left")
    assert len(desk.control.messages(desk.dm())) == 1


# Holidays and quiet weeks


def test_an_organizer_sees_what_is_coming_and_chooses_the_quiet_weeks(desk: Desk) -> None:
    joined(desk, "U0ANA")
    with desk.world.writing() as session:
        session.add(Organizer(program_id=desk.world.program_id, user_id="U0ANA", workspace_id=TEAM))
    desk.command("admin holidays")
    view = desk.open_view()
    assert words.HOLIDAYS_NONE in modal_words(view)
    chosen = skills("quiet", "2026-01-19")
    answer = desk.submit(View.QUIET_WEEKS, chosen, {"program": desk.world.program_id})
    assert said.QUIET_SAVED in modal_words(answer["view"])
    assert [f"{week.monday}" for week in desk.world.rows(QuietWeek)] == ["2026-01-19"]


def test_a_member_cannot_choose_the_quiet_weeks(desk: Desk) -> None:
    joined(desk, "U0ANA")
    desk.submit(View.QUIET_WEEKS, skills("quiet", "2026-01-19"), {"program": desk.world.program_id}, "U0ANA")
    assert desk.world.rows(QuietWeek) == []


def test_a_place_is_suggested_from_a_few_letters(desk: Desk) -> None:
    heard = desk.hear("suggestion", action_id=Action.SUGGEST_PLACES, typed="portug")
    options = json.loads(heard.body)["options"]
    assert (options[0]["text"]["text"], options[0]["value"]) == ("Portugal", "PT")
    assert len(options) <= 20
