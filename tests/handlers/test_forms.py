"""From view.state.values to what the services take: whatever a client sends, forged or with holes in it."""

import json
from datetime import date, time
from typing import Any

import pytest

from bot.domain.checkins import Answer, CheckInState, StuckAudience, StuckReason
from bot.domain.enrollment import Celebration, Profile
from handlers import forms
from handlers.forms import Wrong

Values = dict[str, dict[str, dict[str, Any]]]
TUESDAY = date(2026, 1, 13)


def entry(name: str, **held: Any) -> Values:
    return {name: {name: held}}


def line(name: str, value: str | None) -> Values:
    return entry(name, type="plain_text_input", value=value)


def option(name: str, value: str | None) -> Values:
    return entry(name, type="static_select", selected_option={"value": value, "text": {"type": "plain_text"}})


def skills(name: str, *values: str) -> Values:
    chosen = [{"value": value, "text": {"type": "plain_text", "text": value}} for value in values]
    return entry(name, type="multi_external_select", selected_options=chosen)


def at(name: str, value: str | None) -> Values:
    return entry(name, type="timepicker", selected_time=value)


def day(name: str, value: str | None) -> Values:
    return entry(name, type="datepicker", selected_date=value)


HOURS = {**at("hours_from", "09:00"), **at("hours_to", "17:00")}
JOINING = {**skills("offers", "SQL"), **skills("asks"), **line("goal", None), **HOURS}


def wrong(read: Any, *arguments: Any) -> dict[str, str]:
    with pytest.raises(Wrong) as caught:
        read(*arguments)
    return caught.value.errors


def test_a_filled_in_join_form_is_read_whole() -> None:
    values = {
        **JOINING,
        **skills("asks", "public speaking"),
        **line("goal", " run a workshop "),
        **option("style_rhythm", "a"),
        **option("celebration", "channel"),
        **entry("avoid", type="multi_users_select", selected_users=["U0BEN"]),
        **option("place", "DE-BY"),
        **skills("weekdays", "3", "0", "1", "9"),
    }
    assert forms.read_profile(values) == Profile(
        offers=("SQL",),
        asks=("public speaking",),
        goal="run a workshop",
        style={"rhythm": "a"},
        hours_from=time(9),
        hours_to=time(17),
        celebration=Celebration.CHANNEL,
        avoid=("U0BEN",),
        place="DE-BY",
        weekdays=(0, 1, 3),
    )


@pytest.mark.parametrize(("chosen", "kept"), [("DE-BY", "DE-BY"), (None, ""), ("XX", ""), ("PT-<!>", "")])
def test_a_place_is_one_that_is_known_or_none_at_all(chosen: str | None, kept: str) -> None:
    values = {**JOINING, **line("goal", "something"), **option("place", chosen)}
    assert forms.read_profile(values).place == kept


def test_quiet_weeks_are_days_or_the_form_says_so() -> None:
    assert forms.read_quiet_weeks(skills("quiet", "2026-12-21")) == (date(2026, 12, 21),)
    with pytest.raises(forms.Wrong):
        forms.read_quiet_weeks(skills("quiet", "next week"))


TOO_MUCH: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("SQL", "SQL"), ("SQL",)),
    (("Public speaking", "public-speaking", "PUBLIC  SPEAKING"), ("Public speaking",)),
    (("C++", "C#"), ("C++", "C#")),
    (tuple("abcdefgh"), tuple("abcde")),
    (("a", "A", "b", "c", "d", "e", "f"), ("a", "b", "c", "d", "e")),
    (("x" * 100,), ("x" * 60,)),
    (("  spaced \n out ",), ("spaced out",)),
    (("  ", "-"), ()),
]


@pytest.mark.parametrize(("chosen", "kept"), TOO_MUCH)
def test_of_too_many_or_the_same_skills_the_first_are_kept(chosen: tuple[str, ...], kept: tuple[str, ...]) -> None:
    values = {**JOINING, **skills("offers", *chosen), **line("goal", "something")}
    assert forms.read_profile(values).offers == kept


WRONG_HOURS = [
    ("17:00", "09:00", "hours_to"),
    ("09:00", "09:00", "hours_to"),
    ("09:00", "10:59", "hours_to"),
    (None, "17:00", "hours_from"),
    ("09:00", None, "hours_to"),
    ("nine", "17:00", "hours_from"),
    ("09:00", "25:00", "hours_to"),
]


@pytest.mark.parametrize(("start", "end", "field"), WRONG_HOURS)
def test_hours_that_cannot_be_shared_are_shown_under_their_field(
    start: str | None, end: str | None, field: str
) -> None:
    values = {**JOINING, **at("hours_from", start), **at("hours_to", end)}
    assert list(wrong(forms.read_profile, values)) == [field]


def test_two_hours_are_enough() -> None:
    values = {**JOINING, **at("hours_from", "09:00"), **at("hours_to", "11:00")}
    assert forms.read_profile(values).hours_to == time(11)


def test_a_profile_needs_something_to_match_and_says_all_that_is_wrong_at_once() -> None:
    values = {**JOINING, **skills("offers"), **at("hours_to", "08:00")}
    assert sorted(wrong(forms.read_profile, values)) == ["hours_to", "offers"]
    assert forms.read_profile({**JOINING, **skills("offers"), **line("goal", "grow")}).goal == "grow"


@pytest.mark.parametrize("side", ["c", "", "A", "a b"])
def test_a_side_nobody_offered_is_no_preference(side: str) -> None:
    assert forms.read_profile({**JOINING, **option("style_rhythm", side)}).style == {}


@pytest.mark.parametrize("forged", ["ask_everyone", "", "CHANNEL"])
def test_a_wish_nobody_offered_means_to_be_asked(forged: str) -> None:
    assert forms.read_profile({**JOINING, **option("celebration", forged)}).celebration is Celebration.ASK


def test_a_form_with_nothing_in_it_is_refused_beside_its_fields() -> None:
    assert list(wrong(forms.read_profile, {})) == ["hours_from"]
    assert list(wrong(forms.read_pause, {})) == ["until"]
    assert list(wrong(forms.read_answer, {}, None)) == ["choose_state"]
    assert forms.read_kudos({}) == ((), "", ())


MET = {**option("choose_state", "met"), **day("met_on", "2026-01-13")}
ANSWERS = [
    (MET, Answer(CheckInState.MET, TUESDAY)),
    (
        {
            **MET,
            **line("minutes", "45"),
            **line("next_try", " hi "),
            **option("worth_it", "4"),
            **line("note", "n"),
        },
        Answer(CheckInState.MET, TUESDAY, 45, "hi", 4, "n"),
    ),
    (
        {**option("choose_state", "scheduled"), **day("diary_on", "2026-01-13")},
        Answer(CheckInState.SCHEDULED, TUESDAY),
    ),
    (option("choose_state", "not_yet"), Answer(CheckInState.NOT_YET)),
    (option("choose_state", "wrap_up"), Answer(CheckInState.WRAP_UP)),
    (
        {**option("choose_state", "stuck"), **option("stuck_reason", "fit"), **option("stuck_audience", "U0ORG")},
        Answer(
            CheckInState.STUCK, stuck_reason=StuckReason.FIT, stuck_audience=StuckAudience.ORGANIZER, stuck_to="U0ORG"
        ),
    ),
]


@pytest.mark.parametrize(("values", "answer"), ANSWERS)
def test_each_state_is_read_with_its_own_fields(values: Values, answer: Answer) -> None:
    assert forms.read_answer(values, None) == answer


def test_what_another_state_asked_for_is_not_read() -> None:
    values = {**option("choose_state", "not_yet"), **day("met_on", "2026-01-13"), **line("note", "left over")}
    assert forms.read_answer(values, None) == Answer(CheckInState.NOT_YET)


@pytest.mark.parametrize("forged", ["won", "", "MET", "keep"])
def test_a_state_nobody_offered_is_refused(forged: str) -> None:
    assert list(wrong(forms.read_answer, option("choose_state", forged), None)) == ["choose_state"]
    assert forms.chosen_state(option("choose_state", forged)) is None


def test_the_state_of_a_modal_without_a_choice_counts_and_not_what_a_client_adds() -> None:
    values = {**MET, **option("choose_state", "wrap_up")}
    assert forms.read_answer(values, "met").state is CheckInState.MET


@pytest.mark.parametrize("forged", ["yesterday", "2026-13-01", None, ""])
def test_a_day_that_is_none_is_asked_for_again(forged: str | None) -> None:
    assert list(wrong(forms.read_answer, {**MET, **day("met_on", forged)}, None)) == ["met_on"]
    scheduled = {**option("choose_state", "scheduled"), **day("diary_on", forged)}
    assert list(wrong(forms.read_answer, scheduled, None)) == ["diary_on"]
    assert list(wrong(forms.read_pause, day("until", forged))) == ["until"]


@pytest.mark.parametrize("forged", ["-5", "0", "4", "481", "1e3", "4.5", "٤٥", "9" * 30, "forty"])
def test_minutes_nobody_can_have_met_are_none(forged: str) -> None:
    assert forms.read_answer({**MET, **line("minutes", forged)}, None).minutes is None


@pytest.mark.parametrize("forged", ["0", "6", "-1", "99999999999", "yes"])
def test_a_worth_outside_one_to_five_is_none(forged: str) -> None:
    assert forms.read_answer({**MET, **option("worth_it", forged)}, None).worth_it is None


def test_a_reason_or_an_audience_nobody_offered_shows_it_to_nobody() -> None:
    forged = {
        **option("choose_state", "stuck"),
        **option("stuck_reason", "gossip"),
        **option("stuck_audience", "everyone"),
    }
    assert forms.read_answer(forged, None).stuck_audience is StuckAudience.NOBODY
    assert forms.read_answer(option("choose_state", "stuck"), None).stuck_audience is StuckAudience.NOBODY


def test_texts_are_cut_to_what_their_fields_hold() -> None:
    values = {**MET, **line("next_try", "x" * 999), **line("note", "y" * 9999)}
    read = forms.read_answer(values, None)
    assert (len(read.next_try), len(read.note)) == (150, 1000)


@pytest.mark.parametrize("kept", ["", "not json", "[1]", "null", "7", '"text"'])
def test_what_a_modal_is_about_may_be_missing_or_forged(kept: str) -> None:
    assert forms.about({"private_metadata": kept}) == {}
    assert forms.about({}) == {}


@pytest.mark.parametrize("value", ["7", 0, -1, 10**9, 7.0, None, [7], True])
def test_only_a_row_s_number_is_a_number(value: object) -> None:
    assert forms.number_in({"pair": value}, "pair") is None
    assert forms.number_in(forms.about({"private_metadata": json.dumps({"pair": 7})}), "pair") == 7


def test_whom_to_thank_and_what_for() -> None:
    values = {
        **entry("receivers", type="multi_users_select", selected_users=["U1", "U2"]),
        **line("why", " the review "),
    }
    assert forms.read_kudos(values) == (("U1", "U2"), "the review", ())
    nobody = {**entry("receivers", type="multi_users_select", selected_users=None), **line("why", None)}
    assert forms.read_kudos(nobody) == ((), "", ())
