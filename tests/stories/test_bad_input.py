"""What people should not type, press or submit: each gets a clear answer, nothing is lost, nothing pings a channel."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import select

from bot.content import refusals
from bot.views.ids import Action
from storage import pairs
from storage.tables import CheckIn, Enrollment, Kudos, Nudge, Organizer
from tests.stories.eight import A_MATCH_IS_RELEASED, A_PROGRAM_IS_SET_UP, ALL, Ana, Dev, Gita
from tests.stories.reading import words_of
from tests.stories.stage import GENERAL, Cast, Stage, play, press, skip, submit

Json = dict[str, Any]
Ines = Cast("U0INES")

HOSTILE = {
    "long": "patience " * 333 + "end",
    "emoji": "🎉🧠🎉",
    "right to left": "\u202eالاستماع\u202c שיחה",
    "a channel": "<!channel> <!here> <!everyone> <#C0GENERAL>",
    "a mention": "<@U0ANA> @channel",
    "a script": "<script>alert('x')</script>",
    "quotes": "\"'“”‘’`*_~> & &amp; {name} %s",
    "a line of its own": "one\n\n> two\r\n\tthree",
}
PINGS = re.compile(r"<!(channel|here|everyone)\b|<!subteam")


@pytest.fixture(scope="module")
def world(stage: Stage) -> Stage:
    """Eight people whose profiles are hostile texts, paired, each asked for the first time."""
    play(stage, A_PROGRAM_IS_SET_UP)
    for user, text in zip(ALL.users, HOSTILE.values(), strict=True):
        profile = {"offers": selected(text), "asks": selected(f"asking {text}"), "goal": {"goal": {"value": text}}}
        stage.control.command(GENERAL, user, "/mentor", "join")
        stage.settle()
        assert stage.control.submit_view(user, profile, forged=True)["ok"]
        stage.control.close_view(user)
    play(stage, [*A_MATCH_IS_RELEASED, skip("Tue 27 Jan 16:00")])
    return stage


def selected(text: str) -> Json:
    """The state of a skills field in which `text` was chosen, whichever of the two it is."""
    option = {"value": text, "text": {"type": "plain_text", "text": "chosen"}}
    return {name: {"selected_options": [option]} for name in ("offers", "asks")}


@pytest.fixture(autouse=True)
def nothing_pings_and_nothing_breaks(world: Stage, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    world.settle()
    everything = [words_of(message) for message in world.messages()]
    assert not [said for said in everything if PINGS.search(said)]
    assert not [record.getMessage() for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]
    assert not [(row.key, row.error) for row in world.outbox() if row.status in ("failed", "uncertain")]


def shown(stage: Stage, user: str) -> str:
    """What a person sees on top: their modal, else the newest thing said to them."""
    stage.settle()
    modal = stage.control.view(user)
    said = stage.shown_to(user)
    return words_of(modal) if modal else words_of(said[-1]) if said else ""


def question(stage: Stage, user: str) -> tuple[Json, str]:
    """The first check-in question of a person, as a message, and the value of its buttons."""
    asked = next(m for m in stage.shown_to(user) if "How does it stand?" in words_of(m) or "ended" in words_of(m))
    with stage.reading() as session:
        nudge = session.exec(select(Nudge).where(Nudge.user_id == user)).first()
    assert nudge is not None
    return asked, f"nudge:{nudge.id}"


def forge(stage: Stage, user: str, action: str, value: str, message: Json | None = None) -> str:
    """Send a press no button offers, on a message the person sees; returns what they see then."""
    on = message or stage.shown_to(user)[0]
    pressed = {"type": "button", "action_id": action, "value": value}
    stage.control.close_view(user, clear=True)
    answer = stage.control.interact(on["channel"], on["ts"], user, pressed, forged=True)
    assert answer["ok"], answer
    return shown(stage, user)


def test_hostile_profiles_are_kept_and_shown_harmlessly(world: Stage) -> None:
    with world.reading() as session:
        kept = {one.user_id: one for one in session.exec(select(Enrollment))}
    for user, text in zip(ALL.users, HOSTILE.values(), strict=True):
        assert kept[user].offers == [" ".join(text.split())[:60]]
        assert kept[user].goal == text.strip()[:150]
        world.control.open_home(user)
        world.settle()
        home = words_of(world.control.home(user) or {})
        assert "Your partner" in home
        assert not PINGS.search(home)
        assert "<script>" not in home


def test_an_empty_profile_is_asked_for_one_thing(world: Stage) -> None:
    world.control.command(GENERAL, "U0INES", "/mentor", "join")
    world.settle()
    answer = world.control.submit_view("U0INES", {})
    assert answer["errors"] == {"offers": refusals.EMPTY_PROFILE}
    world.control.close_view("U0INES", clear=True)


@pytest.mark.parametrize("name", HOSTILE)
def test_thanks_of_any_words_arrive_or_are_refused_in_words(world: Stage, name: str) -> None:
    text = HOSTILE[name]
    world.control.command(GENERAL, "U0INES", "/mentor", "kudos")
    world.settle()
    values = {"receivers": {"receivers": {"selected_users": ["U0GITA"]}}, "why": {"why": {"value": text}}}
    answer = world.control.submit_view("U0INES", values, forged=True)
    if name == "long":
        assert not answer["ok"]
        assert "fit in 500 characters" in str(answer["errors"])
        assert text.strip() not in thanks_of(world, "U0INES")
    else:
        assert answer["ok"]
        assert "*Gita* will read, and nobody else" in shown(world, "U0INES")
        assert text.strip() not in thanks_of(world, "U0INES"), "a preview sends nothing"
        assert world.control.submit_view("U0INES", {})["ok"]
        assert "On its way to Gita" in shown(world, "U0INES")
        assert text.strip() in thanks_of(world, "U0INES")
        assert "Inês would like to thank you" in shown(world, "U0GITA")
    world.control.close_view("U0INES", clear=True)


def thanks_of(stage: Stage, giver: str) -> list[str]:
    """What somebody's thanks are for."""
    with stage.reading() as session:
        return [kudos.why for kudos in session.exec(select(Kudos).where(Kudos.giver_id == giver))]


def test_thanks_of_ten_thousand_characters_are_refused_in_the_form_and_as_a_command(world: Stage) -> None:
    long = "x" * 10_000
    sentence = refusals.KUDOS_TOO_LONG.format(most=500, length=10_000)
    assert "fit in 500 characters; yours has 10,000" in sentence
    world.control.command(GENERAL, "U0INES", "/mentor", "kudos")
    world.settle()
    values = {"receivers": {"receivers": {"selected_users": ["U0GITA"]}}, "why": {"why": {"value": long}}}
    assert world.control.submit_view("U0INES", values, forged=True)["errors"] == {"why": sentence}
    world.control.close_view("U0INES", clear=True)
    play(world, [Ines.types(f"/mentor kudos @Gita for {long}"), Ines.sees(sentence)])
    assert not [why for why in thanks_of(world, "U0INES") if "xxx" in why]


def test_thanks_without_words_are_asked_for_some(world: Stage) -> None:
    world.control.command(GENERAL, "U0INES", "/mentor", "kudos")
    world.settle()
    values = {"receivers": {"receivers": {"selected_users": ["U0GITA"]}}, "why": {"why": {"value": " \n "}}}
    answer = world.control.submit_view("U0INES", values, forged=True)
    assert "Say what for" in str(answer["errors"])
    world.control.close_view("U0INES", clear=True)


@pytest.mark.parametrize(
    ("whom", "sentence"),
    [
        ("@Inês", refusals.KUDOS_TO_SELF),
        ("@Calendar", refusals.KUDOS_TO_A_BOT),
        ("@Nadia", refusals.KUDOS_TO_A_BOT),
        ("@Joan", refusals.KUDOS_TO_A_BOT),
        ("@Gita @Calendar", refusals.KUDOS_TO_A_BOT),
    ],
)
def test_thanks_go_to_colleagues_only(world: Stage, whom: str, sentence: str) -> None:
    before = len(world.outbox())
    play(world, [Ines.types(f"/mentor kudos {whom} for being there"), Ines.sees(sentence)])
    assert len(world.outbox()) == before, "nobody is thanked when one cannot be"


def test_thanks_to_nobody_open_the_form_or_ask_whom(world: Stage) -> None:
    play(world, [Ines.types("/mentor kudos")])
    assert not world.control.submit_view("U0INES", {}, forged=True)["ok"]
    play(world, [Ines.closes()])


@pytest.mark.parametrize("text", ["flibber", "🎉", "<!channel>", "<script>", "mtach", "x" * 3000, "admin nonsense"])
def test_unknown_words_get_exactly_one_answer(world: Stage, text: str) -> None:
    seen = len(world.shown_to("U0INES"))
    play(world, [Ines.types(f"/mentor {text}")])
    assert len(world.shown_to("U0INES")) == seen + 1
    play(world, [Ines.types(text)])
    assert len(world.shown_to("U0INES")) == seen + 2
    answers = [words_of(message) for message in world.shown_to("U0INES")[-2:]]
    assert all("`/mentor" in said for said in answers), answers


@pytest.mark.parametrize("value", ["", "nudge:999999", "pair:1 OR 1=1", "nudge:-1", "pair:١", "z" * 2000])
def test_a_forged_value_changes_nothing_and_is_answered(world: Stage, value: str) -> None:
    before = [row.key for row in world.outbox()]
    opens = {Action.OPEN_JOIN, Action.OPEN_PROFILE, Action.OPEN_PAUSE, Action.OPEN_KUDOS, Action.SHOW_AGENDA}
    for action in set(Action) - opens:
        world.control.command(GENERAL, "U0BEN", "/mentor", "")
        world.settle()
        told = forge(world, "U0BEN", str(action), value)
        assert told, action
        assert "Something went wrong" not in told, (action, told)
        world.control.close_view("U0BEN", clear=True)
    assert [row.key for row in world.outbox()] == before


def test_an_action_nobody_knows_is_called_out_of_date(world: Stage) -> None:
    assert refusals.STALE_BUTTON.split(".")[0] in forge(world, "U0BEN", "no_such_thing", "")


def test_only_partners_answer_their_question(world: Stage) -> None:
    _, value = question(world, "U0DEV")
    with world.reading() as session:
        pair = session.exec(select(Nudge).where(Nudge.user_id == "U0DEV")).one().pair_id
        partners = set(pairs.members_of(session, pair))
    stranger = next(user for user in ALL.users if user not in partners)
    for action in (Action.WE_MET, Action.NOT_YET, Action.IN_THE_DIARY, Action.STUCK, Action.KEEP_GOING):
        assert refusals.NOT_YOUR_PAIR in forge(world, stranger, str(action), value)
    for action in (Action.OPEN_CHECK_IN, Action.PICKED_A_TIME, Action.NOT_A_FIT, Action.WRAP_UP):
        assert refusals.NOT_YOUR_PAIR in forge(world, stranger, str(action), f"pair:{pair}")
    with world.reading() as session:
        assert not session.exec(select(CheckIn).where(CheckIn.user_id == stranger)).all()


def test_who_is_no_organizer_cannot_press_an_organizer_s_button(world: Stage) -> None:
    for action in (Action.OPEN_SETUP, Action.OPEN_MATCHING, Action.SHOW_PEOPLE):
        assert "Only an organizer of this program" in forge(world, "U0HUGO", str(action), "program:1")


def test_who_is_no_organizer_any_more_cannot_submit_an_organizer_s_form(world: Stage) -> None:
    play(world, [Ana.types("/mentor admin setup")])
    with world.reading() as session:
        mine = session.exec(select(Organizer)).one()
        session.delete(mine)
        session.commit()
        kept = Organizer(**mine.model_dump())
    submit(world, "U0ANA", length_weeks=4)
    told = shown(world, "U0ANA")
    with world.reading() as session:
        session.add(kept)
        session.commit()
    assert "Only an organizer of this program" in told
    play(world, [Ana.closes()])


def test_a_double_click_counts_once(world: Stage) -> None:
    message, value = question(world, "U0GITA")
    pressed = {"type": "button", "action_id": "we_met", "value": value}

    def click(_: int) -> Json:
        return world.control.interact(message["channel"], message["ts"], "U0GITA", pressed, forged=True)

    with ThreadPoolExecutor(4) as fingers:
        assert all(answer["ok"] for answer in fingers.map(click, range(4)))
    world.settle()
    with world.reading() as session:
        assert len(session.exec(select(CheckIn).where(CheckIn.user_id == "U0GITA")).all()) == 1
    told = [words_of(said) for said in world.shown_to("U0GITA")]
    assert sum("Noted: you and" in said for said in told) == 1
    assert sum(refusals.ALREADY_ANSWERED in said for said in told) == 3


@pytest.mark.parametrize("name", HOSTILE)
def test_notes_of_any_words_are_kept_for_their_author(world: Stage, name: str) -> None:
    press(world, "U0GITA", "Add details")
    field = {"note": {"note": {"value": HOSTILE[name]}}, "next_try": {"next_try": {"value": HOSTILE[name]}}}
    assert world.control.submit_view("U0GITA", field, forged=True)["ok"]
    world.control.close_view("U0GITA", clear=True)
    with world.reading() as session:
        kept = session.exec(select(CheckIn).where(CheckIn.user_id == "U0GITA")).one()
    assert kept.note == HOSTILE[name].strip()[:1000]
    assert kept.next_try == HOSTILE[name].strip()[:150]
    play(world, [Gita.types("/mentor match"), Gita.sees("To try next")])


def test_a_modal_submitted_after_its_pair_ended_says_so(world: Stage) -> None:
    press(world, "U0DEV", "In the diary")
    with world.reading() as session:
        pair = session.exec(select(Nudge).where(Nudge.user_id == "U0DEV")).one().pair_id
        partner = next(user for user in pairs.members_of(session, pair) if user != "U0DEV")
    press(world, partner, "Not a fit")
    submit(world, "U0DEV", diary_on="2026-01-29")
    assert refusals.PAIR_ENDED in shown(world, "U0DEV")
    world.control.close_view("U0DEV", clear=True)
    told = " ".join(words_of(message) for message in world.shown_to("U0DEV"))
    assert "plans have changed" in told


def test_a_click_on_last_month_s_check_in_is_answered_once(world: Stage) -> None:
    play(world, [skip("Tue 24 Feb 16:00")])
    with world.reading() as session:
        nudges = session.exec(select(Nudge).where(Nudge.answered_at == None)).all()  # noqa: E711
        open_still = [nudge for nudge in nudges if f"{nudge.asked_on}" == "2026-01-27"]
    user, value = open_still[0].user_id, f"nudge:{open_still[0].id}"
    forge(world, user, "we_met", value)
    told = " ".join(words_of(message) for message in world.shown_to(user))
    assert "Noted: you and" in told
    assert "How does it stand?" not in told, "every open question of theirs shows the answer"
    assert refusals.ALREADY_ANSWERED in forge(world, user, "we_met", value)


def test_a_partner_who_is_deactivated_is_answered_for(world: Stage) -> None:
    with world.reading() as session:
        pair = session.exec(select(Nudge).where(Nudge.user_id == "U0HUGO")).all()[-1].pair_id
        partner = next(user for user in pairs.members_of(session, pair) if user != "U0HUGO")
    world.control.change_user("U0HUGO", deleted=True)
    play(world, [Cast(partner).sees("no longer in this Slack")])
    assert refusals.NO_PAIR in answer_to(world, partner, "checkin met")


def answer_to(stage: Stage, user: str, text: str) -> str:
    """What a person sees after `/mentor ...`."""
    stage.control.command(GENERAL, user, "/mentor", text)
    return shown(stage, user)


def test_a_tired_person_is_shown_the_ways_out(world: Stage) -> None:
    play(world, [Dev.types("STOP messaging me"), Dev.sees("You can always return", "Leave", "Take a break instead")])


def test_people_named_in_thanks_are_kept_by_name(world: Stage) -> None:
    play(world, [Dev.types("kudos <@U0CHLOE> for the walk with <@U0ANA>"), Dev.sees("On its way to Chloé")])
    with world.reading() as session:
        assert "the walk with @Ana" in session.exec(select(Kudos.why)).all()
