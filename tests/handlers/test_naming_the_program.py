"""Where there are two programs, whatever an organizer is answered says which one it is about, and no other."""

import json
from typing import Any

import pytest

from bot.content import inviting as of_inviting
from bot.content import programs as words
from bot.domain.people import Actor
from bot.services import administering
from bot.views.ids import Action, Invitees, Ref, View
from handlers.grammar import VERBS, Who
from storage.tables import MatchRun, Organizer, Program
from tests.builders import TEAM
from tests.handlers.desk import GENERAL, Desk
from tests.handlers.test_forms import entry
from tests.handlers.test_setting_up import details
from tests.stories.reading import buttons

Json = dict[str, Any]
ANA = "U0ANA"
ONE, OTHER = "Peer mentoring", "Leadership"
PEOPLE = {"@ana": "<@U0BEN|ben>", "@ben": "<@U0CHLOE|chloe>", "#general": f"<#{GENERAL}|general>"}
TYPED = [verb.example for verb in VERBS if verb.who is Who.ORGANIZER]
OF_ALL = ("admin people import", "admin skills")
"""These are about everybody in the workspace, and say so."""
NAMES_BOTH = ("admin", "admin setup new", "admin setup copy")
"""The way to the other program, and the programs there are to copy."""


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Ana runs Peer mentoring, in which four are, and Leadership, in which nobody is yet."""
    desk.world.person(ANA, "Ana", enrolled=False)
    desk.world.people("U0BEN", "U0CHLOE", "U0DEV", "U0EVA")
    desk.world.change(desk.world.row(Program), channel_id=GENERAL, channel_name="general", channel_joined=True)
    desk.world.another_program(OTHER, ANA)
    with desk.world.writing() as session:
        session.add(Organizer(program_id=desk.world.program_id, user_id=ANA, workspace_id=TEAM))
    return desk


def choose(desk: Desk, name: str) -> int:
    program_id = desk.world.row(Program, name=name).id
    desk.clock.travel(desk.world.later(minutes=1).now)
    desk.world.do(administering.choose, Actor(TEAM, ANA), program_id)
    return program_id


def answered(desk: Desk, text: str) -> str:
    """Type it; what is answered, as JSON: the modal that opened, or else the message."""
    desk.control.close_view(ANA, clear=True)
    for short, mention in PEOPLE.items():
        text = text.replace(short, mention)
    desk.command(text)
    view = desk.control.view(ANA)
    return as_json(view if view else desk.control.messages(GENERAL)[-1])


def as_json(shown: Any) -> str:
    return json.dumps(shown, ensure_ascii=False)


def check(shown: str, name: str, other: str, typed: str = "") -> None:
    if typed in OF_ALL:
        assert words.ALL in shown, shown
        assert not [one for one in (name, other) if one in shown], shown
        return
    assert name in shown, shown
    assert typed in NAMES_BOTH or other not in shown, shown


@pytest.mark.parametrize("typed", TYPED)
def test_every_answer_to_an_organizer_s_words_names_its_program(two: Desk, typed: str) -> None:
    """In a program with a match under review, and in one with nobody, where most of it is refused."""
    choose(two, ONE)
    answered(two, "admin match")
    for name, other in ((OTHER, ONE), (ONE, OTHER)):
        choose(two, name)
        check(answered(two, typed), name, other, typed)


@pytest.mark.parametrize("those", ["unmatched", "paused", "quiet"])
def test_some_of_the_people_are_some_of_a_program_s(two: Desk, those: str) -> None:
    for name, other in ((OTHER, ONE), (ONE, OTHER)):
        choose(two, name)
        check(answered(two, f"admin people {those}"), name, other)


def test_a_match_names_its_program_from_its_preview_to_the_way_back(two: Desk) -> None:
    choose(two, ONE)
    answered(two, "admin match")
    about = {"run": two.world.row(MatchRun).id}
    confirm = two.submit(View.MATCH_PREVIEW, {}, about)
    check(as_json(confirm), ONE, OTHER)
    check(as_json(two.submit(View.MATCH_CONFIRM, {}, about)), ONE, OTHER)
    two.press(Action.UNDO_RELEASE, f"run:{about['run']}")
    check(last(two), ONE, OTHER)
    two.press(Action.UNDO_RELEASE, f"run:{about['run']}")
    check(last(two), ONE, OTHER)


def last(desk: Desk) -> str:
    return as_json(desk.control.messages(desk.dm())[-1])


def test_words_to_release_and_to_change_a_match_name_it_too(two: Desk) -> None:
    choose(two, ONE)
    answered(two, "admin match")
    for typed in ("admin match lock @ana @ben", "admin match unlock @ana @ben", "admin match veto @ana @ben"):
        check(answered(two, typed), ONE, OTHER)
    offer = answered(two, "admin match release")
    check(offer, ONE, OTHER)
    two.press(Action.RELEASE_MATCH, next(buttons(json.loads(offer)["blocks"]))["value"])
    check(last(two), ONE, OTHER)
    check(answered(two, "admin match undo"), ONE, OTHER)


def test_what_cannot_be_matched_says_where(two: Desk) -> None:
    choose(two, OTHER)
    shown = answered(two, "admin match")
    assert "Leadership: A match needs two people" in shown
    two.press(Action.OPEN_MATCHING, str(Ref("program", two.world.program_id)))
    check(as_json(two.open_view()), ONE, OTHER)


def test_people_asked_before_a_match_are_of_a_program(two: Desk) -> None:
    choose(two, ONE)
    two.world.change(two.world.row(Program, name=ONE), asks_first=True)
    check(answered(two, "admin match"), ONE, OTHER)
    view = two.open_view()
    two.hear("submitted", callback_id=View.ASK_FIRST, values={}, about=view["private_metadata"], view_id=view["id"])
    check(as_json(two.open_view()), ONE, OTHER)


def test_an_invitation_names_its_program_from_its_form_to_what_was_sent(two: Desk) -> None:
    program_id = choose(two, OTHER)
    check(answered(two, "admin invite"), OTHER, ONE)
    check(answered(two, "admin invite <@U0FEMI|femi>"), OTHER, ONE)
    check(answered(two, "admin invite <@U0ANA|ana>"), OTHER, ONE)
    check(answered(two, "admin invite <#C0NOWHERE|secret>"), OTHER, ONE)
    check(answered(two, "admin invite #general"), OTHER, ONE)
    two.press(Action.SEND_NO_INVITATIONS, str(Ref("program", program_id)))
    assert of_inviting.NOT_SENT.format(program=OTHER) in last(two)
    two.press(Action.SEND_INVITATIONS, str(Invitees(program_id, 9, (GENERAL,))))
    check(last(two), OTHER, ONE)


def test_quiet_weeks_and_a_set_up_name_the_program_they_are_saved_for(two: Desk) -> None:
    about = {"program": choose(two, OTHER)}
    quiet = entry("quiet", type="multi_static_select", selected_options=[])
    check(as_json(two.submit(View.QUIET_WEEKS, quiet, about)), OTHER, ONE)
    preview = two.submit(View.SETUP, details("Leadership"), about)["view"]
    check(as_json(two.submit(View.SETUP_PREVIEW, {}, json.loads(preview["private_metadata"]))), OTHER, ONE)


def test_who_starts_another_reads_that_it_is_meant_from_now_on(two: Desk) -> None:
    choose(two, ONE)
    preview = two.submit(View.SETUP, details("Buddies"), {"purpose": "onboarding"})["view"]
    saved = as_json(two.submit(View.SETUP_PREVIEW, {}, json.loads(preview["private_metadata"])))
    assert "*Buddies* is saved" in saved
    assert "your commands mean Buddies, until you name another" in saved
    check(answered(two, "admin people"), "Buddies", OTHER)


def test_with_one_program_nothing_is_headed_by_its_name(desk: Desk) -> None:
    desk.world.people("U0BEN", "U0CHLOE")
    desk.world.person(ANA, "Ana", enrolled=False, is_admin=True)
    for typed in ("admin people", "admin holidays", "admin match", "admin match release", "admin skills"):
        assert ONE not in answered(desk, typed)
