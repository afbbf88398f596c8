"""The grammar, as a table keyed by what a person typed. Today is Wednesday 14 January 2026."""

from dataclasses import replace
from datetime import date, time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkins import CheckInState, StuckReason
from bot.domain.people import Those
from bot.views.kit import escape
from handlers.grammar import (
    VERBS,
    Admin,
    AdminImport,
    AdminInvite,
    AdminMatch,
    AdminPeople,
    AdminSetup,
    Avoid,
    AvoidList,
    AvoidRemove,
    CheckIn,
    Command,
    Goals,
    GoalVerb,
    Help,
    Invalid,
    Join,
    Kudos,
    Learn,
    Leave,
    Match,
    MatchVerb,
    Pause,
    Profile,
    Resume,
    SetupVerb,
    Status,
    Unknown,
    parse,
    readable,
)
from handlers.grammar.goals import typed_again

_INVITE = "Pick people and channels from Slack's list after typing @ or #, like `/mentor admin invite @ana #general`."
TWO = "Choose two different people from Slack's list after typing @, like `/mentor admin match {verb} @ana @ben`."
NO_MINUS = "How long it took has no minus. Try `/mentor checkin met 45m` or `/mentor checkin met yesterday`."
NO_HOUR = "I could not read the hour. Try `/mentor checkin scheduled thu 15:00` or `scheduled thu 3pm`."
TODAY = date(2026, 1, 14)
MET, SCHEDULED = CheckInState.MET, CheckInState.SCHEDULED
NOT_YET, STUCK, WRAP_UP = CheckInState.NOT_YET, CheckInState.STUCK, CheckInState.WRAP_UP


def on(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


TYPED: dict[str, Command] = {
    # nothing, greetings and the command's own name
    "": Status(),
    "  \u00a0 ": Status(),
    "status": Status(),
    "/mentor": Status(),
    "/mentor status": Status(),
    "<@U0BOT>": Status(),
    "Hello!": Status(),
    "thanks 🙏": Status(),
    "...": Status(),
    # help
    "help": Help(),
    "?": Help(),
    "help me": Help(),
    "HELP check-in": Help("checkin"),
    "help admin match": Help("admin match"),
    "help quantum": Help(),
    # taking part
    "admin people import": AdminImport(),
    "admin people import please": AdminImport(),
    "admin invite": AdminInvite(),
    "admin invite please": AdminInvite(),
    "admin invite <@U1|ana> <#C2|general>": AdminInvite(("U1",), ("C2",)),
    "Admin  Invitations <#G3|secret>, <@U1> and <@U2|b>": AdminInvite(("U1", "U2"), ("G3",)),
    "admin invite everyone in <#C2|general> <#C2|general>": AdminInvite((), ("C2",)),
    "admin invite @ana": Invalid(_INVITE),
    "admin invite <@U1|ana> to <#C2|general>": Invalid(_INVITE),
    "join": Join(),
    "  JOIN! ": Join(),
    "join please": Join(),
    "join R&amp;D circle": Join("R&D circle"),
    "/mentor /mentor join": Join(),
    "/peers join": Join(),
    "/join": Join(),
    "<@U0BOT> join": Join(),
    "*join*": Join(),
    "“join”": Join(),
    "- join": Join(),
    "\u200bjoin\ufeff": Join(),
    "profile": Profile(),
    "my profile please": Profile(),
    "profile Leadership": Profile("Leadership"),
    "leave": Leave(),
    "leave the program": Leave(),
    "leave Onboarding": Leave("Onboarding"),
    "leave Onboarding please": Leave("Onboarding"),
    "leave, stop writing to me": Leave(),
    "leave because I have no time": Leave(),
    "match": Match(),
    "not a fit": Match(),
    "my partner": Match(),
    # pause
    "pause": Pause(),
    "pause please": Pause(),
    "pause 2w": Pause(on(1, 28)),
    "pause 2\u00a0weeks": Pause(on(1, 28)),
    "pause for 3 weeks": Pause(on(2, 4)),
    "pause 10 days": Pause(on(1, 24)),
    "pause a month": Pause(on(2, 13)),
    "pause two weeks.": Pause(on(1, 28)),
    "pause until 20 Jan": Pause(on(1, 20)),
    "pause until Jan 20th": Pause(on(1, 20)),
    "pause until the 20th": Invalid("I could not read how long. Try `/mentor pause 2w` or `/mentor pause 10 days`."),
    "pause till 1st of March": Pause(on(3, 1)),
    "pause until 2026-02-12": Pause(on(2, 12)),
    "pause until 5 january 2027": Pause(on(1, 5, 2027)),
    "pause until 2 oct": Pause(on(10, 2)),
    "Pause Until Monday": Pause(on(1, 19)),
    "pause 2w in Leadership": Pause(on(1, 28), "Leadership"),
    "pause for two weeks in the Leadership program": Pause(on(1, 28), "Leadership"),
    "pause until 20 Jan from Leadership, please": Pause(on(1, 20), "Leadership"),
    "pause in Leadership": Pause(program="Leadership"),
    "pause in 3 weeks": Pause(on(2, 4)),
    "pause 2w in": Invalid("I could not read how long. Try `/mentor pause 2w` or `/mentor pause 10 days`."),
    "pause until wednesday": Pause(on(1, 21)),
    "pause until tomorrow": Pause(on(1, 15)),
    "pause until 12 Jan": Invalid(
        "A pause ends on a day still to come. Try `/mentor pause 2w` or `/mentor pause 10 days`."
    ),
    "pause until 2025-01-12": Invalid("That day has passed. Please name one still to come, like `in 3 weeks`."),
    "pause until 2028-01-12": Invalid("That day is more than a year away. Please name one closer, like `in 3 weeks`."),
    "pause until 31 February": Invalid("The calendar has no such day. Try one like `12 Jan` or `2026-01-12`."),
    "pause until 2026-13-01": Invalid("The calendar has no such day. Try one like `12 Jan` or `2026-01-12`."),
    "pause 0w": Invalid("A pause ends on a day still to come. Try `/mentor pause 2w` or `/mentor pause 10 days`."),
    "pause 60 weeks": Invalid(
        "A pause lasts a year at most. Try `/mentor pause 2w`, or `/mentor leave`, and come back any time."
    ),
    "pause 2w or so": Invalid("I could not read how long. Try `/mentor pause 2w` or `/mentor pause 10 days`."),
    "pause forever": Invalid("I could not read how long. Try `/mentor pause 2w` or `/mentor pause 10 days`."),
    "resume": Resume(),
    "I'm back": Resume(),
    # avoid
    "avoid": AvoidList(),
    "avoid list": AvoidList(),
    "avoid <@U123|ana>": Avoid("U123"),
    "Avoid <@W9>, please": Avoid("W9"),
    "avoid remove <@U123>": AvoidRemove("U123"),
    "avoid @ana": Invalid("Pick the person from Slack's list after typing @, like `/mentor avoid @ana`."),
    "avoid remove": Invalid("Pick the person from Slack's list after typing @, like `/mentor avoid remove @ana`."),
    "avoid <@U1> <@U2>": Invalid("One person at a time, please, like `/mentor avoid @ana`."),
    # kudos
    "kudos": Kudos(),
    "kudos <@U1|ana> for the patient code review": Kudos(("U1",), "the patient code review"),
    "kudos to <@U1>, <@U2|ben> and <@U1>: you rock": Kudos(("U1", "U2"), "you rock"),
    "kudos <@U1><@U2>": Kudos(("U1", "U2")),
    "kudos for the SQL help to <@U1>": Kudos(("U1",), "the SQL help"),
    "kudos <@U1> a &lt; b &amp;amp; &lt;!channel&gt;": Kudos(("U1",), "a < b &amp; <!channel>"),
    "kudos <@U1> with <@U2|ben> in <#C1|general>": Kudos(("U1",), "with @ben in #general"),
    "thank you <@U1>!": Kudos(("U1",)),
    "kudos ana": Invalid("Pick the person from Slack's list after typing @, like `/mentor kudos @ana for the review`."),
    "kudos <@U1> and @ben": Invalid(
        "Pick the person from Slack's list after typing @, like `/mentor kudos @ana for the review`."
    ),
    # check-in
    "checkin": CheckIn(),
    "Check-In": CheckIn(),
    "check in": CheckIn(),
    "ci": CheckIn(),
    "checkin thursday": CheckIn(note="thursday"),
    "checkin 45m": CheckIn(MET, 45),
    "met": CheckIn(MET),
    "ci met 45": CheckIn(MET, 45),
    "we met, 45m": CheckIn(MET, 45),
    "met , 45m": CheckIn(MET, 45),
    "met 45m great talk": CheckIn(MET, 45, None, "great talk"),
    "met 1h30 – we tried “5 whys”": CheckIn(MET, 90, None, "we tried “5 whys”"),
    "met great talk, 1h 15m yesterday": CheckIn(MET, 75, on(1, 13), "great talk,"),
    "we met yesterday for 1h": CheckIn(MET, 60, on(1, 13)),
    "We’ve met on Thursday for 90 min.": CheckIn(MET, 90, on(1, 8)),
    "met with ana for half an hour": CheckIn(MET, 30, None, "with ana"),
    "met 2 days ago": CheckIn(MET, None, on(1, 12)),
    "met 12 jan 1.5 hours": CheckIn(MET, 90, on(1, 12)),
    "met 29 dec": CheckIn(MET, None, on(12, 29, 2025)),
    "we met and talked for 45m about SQL": CheckIn(MET, 45, None, "and talked for 45m about SQL"),
    "met, talked about python 3": CheckIn(MET, None, None, "talked about python 3"),
    "met 3m": Invalid("A meeting takes between 5 minutes and 8 hours. Try `/mentor checkin met 45m`."),
    "met 9h": Invalid("A meeting takes between 5 minutes and 8 hours. Try `/mentor checkin met 45m`."),
    "met -5m": Invalid(NO_MINUS),
    "met “−1h30”": Invalid(NO_MINUS),
    "met yesterday, -45m": Invalid(NO_MINUS),
    "checkin -45": Invalid(NO_MINUS),
    "met - 45m": CheckIn(MET, 45),
    "met great talk, 1:1 in -5°": CheckIn(MET, None, None, "great talk, 1:1 in -5°"),
    "met 99999m": Invalid("A meeting takes between 5 minutes and 8 hours. Try `/mentor checkin met 45m`."),
    "met 99999 minutes": Invalid("A meeting takes between 5 minutes and 8 hours. Try `/mentor checkin met 45m`."),
    "met 1h90": Invalid("A meeting takes between 5 minutes and 8 hours. Try `/mentor checkin met 45m`."),
    "met 1.25h": CheckIn(MET, 75),
    "met 45m ago": CheckIn(MET, None, None, "45m ago"),
    "met 5m": CheckIn(MET, 5),
    "met 480 minutes": CheckIn(MET, 480),
    "met tomorrow": Invalid("That day is still to come. If it is in the diary, try `/mentor checkin scheduled thu`."),
    "scheduled thu": CheckIn(SCHEDULED, None, on(1, 15)),
    "checkin scheduled wed at 10": CheckIn(SCHEDULED, None, on(1, 21), at=time(10)),
    "scheduled thu 15:00": CheckIn(SCHEDULED, None, on(1, 15), at=time(15)),
    "In the diary: 3:30 pm on Friday, the café": CheckIn(SCHEDULED, None, on(1, 16), "the café", time(15, 30)),
    "scheduled tomorrow 12am": CheckIn(SCHEDULED, None, on(1, 15), at=time(0)),
    "scheduled tomorrow 15:00 for 45m": CheckIn(SCHEDULED, 45, on(1, 15), at=time(15)),
    "scheduled 20 jan 9": CheckIn(SCHEDULED, None, on(1, 20), at=time(9)),
    "scheduled 9:05": CheckIn(SCHEDULED, at=time(9, 5)),
    "scheduled thu at the café": CheckIn(SCHEDULED, None, on(1, 15), "at the café"),
    "scheduled thu at 3": Invalid(NO_HOUR),
    "scheduled thu 25:00": Invalid(NO_HOUR),
    "scheduled thu 13pm": Invalid(NO_HOUR),
    "met thu 15:00 45m": CheckIn(MET, 45, on(1, 8), "15:00"),
    "in the diary thursday": CheckIn(SCHEDULED, None, on(1, 15)),
    "scheduled in 3 days": CheckIn(SCHEDULED, None, on(1, 17)),
    "scheduled in -3 days": Invalid("Name a day still to come, without a minus. Try `/mentor checkin scheduled thu`."),
    "scheduled 29 feb": Invalid("The calendar has no such day. Try one like `12 Jan` or `2026-01-12`."),
    "scheduled yesterday": Invalid("That day has passed. If you met, try `/mentor checkin met yesterday 45m`."),
    "not yet": CheckIn(NOT_YET),
    "We haven’t met": CheckIn(NOT_YET),
    "checkin not-yet": CheckIn(NOT_YET),
    "not yet, both ill": CheckIn(NOT_YET, None, None, "both ill"),
    "stuck": CheckIn(STUCK),
    "stuck no reply": CheckIn(STUCK, why=StuckReason.NO_REPLY),
    "checkin stuck with finding time, we both travel": CheckIn(STUCK, note="we both travel", why=StuckReason.TIMING),
    "stuck: it's not a fit": CheckIn(STUCK, why=StuckReason.FIT),
    "stuck, something serious.": CheckIn(STUCK, why=StuckReason.SERIOUS),
    "stuck the timing is bad": CheckIn(STUCK, note="the timing is bad", why=StuckReason.TIMING),
    "stuck no reply since Monday": CheckIn(STUCK, note="no reply since Monday", why=StuckReason.NO_REPLY),
    "stuck timing - we both travel": CheckIn(STUCK, note="we both travel", why=StuckReason.TIMING),
    "stuck we never begin": CheckIn(STUCK, note="we never begin"),
    "Something's stuck": CheckIn(STUCK),
    "wrap up": CheckIn(WRAP_UP),
    "wrap-up!": CheckIn(WRAP_UP),
    "checkin wrap": CheckIn(WRAP_UP),
    # goals
    "goals": Goals(),
    "goal": Goals(),
    "My goals, please": Goals(),
    "goals list": Goals(),
    "goals add learn SQL": Goals(GoalVerb.ADD, text="learn SQL"),
    "goal add: give a talk on &lt;b&gt; &amp; C++": Goals(GoalVerb.ADD, text="give a talk on <b> & C++"),
    "goals new learn SQL with <@U2|ben>": Goals(GoalVerb.ADD, text="learn SQL with @ben"),
    "goals add 3 talks": Goals(GoalVerb.ADD, text="3 talks"),
    "goals add": Goals(GoalVerb.ADD),
    "goals <@U2|ben> add learn SQL": Goals(GoalVerb.ADD, text="learn SQL", partner="U2"),
    "goals with <@U2|ben>": Goals(partner="U2"),
    "goals done 1": Goals(GoalVerb.DONE, "1"),
    "goals done #2!": Goals(GoalVerb.DONE, "2"),
    "goals done goal 2 please": Goals(GoalVerb.DONE, "2"),
    "goals 1.2 done": Goals(GoalVerb.DONE, "1.2"),
    "goals step 1.2 done": Goals(GoalVerb.DONE, "1.2"),
    "goals done step 1.2": Goals(GoalVerb.DONE, "1.2"),
    "goals done learn sql": Goals(GoalVerb.DONE, "learn sql"),
    "goals done 3 talks": Goals(GoalVerb.DONE, "3 talks"),
    "goals done": Goals(),
    "goals step 1 read chapter one": Goals(GoalVerb.STEP, "1", "read chapter one"),
    "goals step to 1: read chapter one": Goals(GoalVerb.STEP, "1", "read chapter one"),
    "goals step read chapter one": Goals(GoalVerb.STEP, text="read chapter one"),
    "goals step 1": Invalid("Say the goal's number and the step, as in `/mentor goals step 1 read chapter one`."),
    "goals done -1": Invalid("Name the goal by its number or in its words, as in `/mentor goals done 1`."),
    "goals step -1 read": Invalid("Say the goal's number and the step, as in `/mentor goals step 1 read chapter one`."),
    "goals drop 2": Goals(GoalVerb.DROP, "2"),
    "goals reopen 2": Goals(GoalVerb.REOPEN, "2"),
    "goals learn SQL": Invalid(
        "To add a goal, type `/mentor goals add learn SQL`; when it is reached, `/mentor goals done 1`."
    ),
    # organizers
    "admin": Admin(),
    "admin setup": AdminSetup(),
    "Admin set-up new": AdminSetup(SetupVerb.NEW),
    "admin new program please": AdminSetup(SetupVerb.NEW),
    "admin setup copy": AdminSetup(SetupVerb.COPY),
    "admin people": AdminPeople(),
    "admin people quiet": AdminPeople(Those.QUIET),
    "admin people Unmatched, please": AdminPeople(Those.UNMATCHED),
    "admin people waiting": AdminPeople(Those.UNMATCHED),
    "admin people paused": AdminPeople(Those.PAUSED),
    "admin people pausd": Unknown("admin people pausd", "admin people paused"),
    "admin people quiet in Berlin": Unknown("admin people quiet in Berlin", "admin people quiet"),
    "ADMIN match": AdminMatch(),
    "admin match preview": AdminMatch(),
    "admin match explain <@U1|ana> and <@U2|ben>": AdminMatch(MatchVerb.EXPLAIN, ("U1", "U2")),
    "admin match why <@U2|ben> <@U1|ana>?": AdminMatch(MatchVerb.EXPLAIN, ("U2", "U1")),
    "admin match swap <@U1|ana> <@U2|ben>": AdminMatch(MatchVerb.SWAP, ("U1", "U2")),
    "admin match swap <@U1|ana>": Invalid(TWO.format(verb="swap")),
    "admin match lock <@U1|ana> with <@U2|ben> please": AdminMatch(MatchVerb.LOCK, ("U1", "U2")),
    "admin match lock <@U1|ana> <@U1|ana>": Invalid(TWO.format(verb="lock")),
    "admin match veto <@U1|ana> <@U2|ben>": AdminMatch(MatchVerb.VETO, ("U1", "U2")),
    "admin match veto <@U1|ana> <@U2|ben> <@U3|chloe>": Invalid(TWO.format(verb="veto")),
    "admin match rerun": AdminMatch(MatchVerb.RERUN),
    "Admin match Re-run": AdminMatch(MatchVerb.RERUN),
    "admin match release": AdminMatch(MatchVerb.RELEASE),
    "admin match undo please": AdminMatch(MatchVerb.UNDO),
    "admin match relase": Unknown("admin match relase", "admin match release"),
    "admin mtach": Unknown("admin mtach", "admin match"),
    "admin report": Unknown("admin report", "admin"),
    # what has no act, and what nobody knows
    "learn": Learn(),
    "learn 3": Learn(3),
    "Lesson 2 please": Learn(2),
    "learn -2": Invalid("Lessons have whole numbers. Try `/mentor learn 2`, or `/mentor learn` for the list."),
    "learn 1.5": Invalid("Lessons have whole numbers. Try `/mentor learn 2`, or `/mentor learn` for the list."),
    "lessons": Learn(),
    "privacy": Unknown("privacy"),
    "feedback": Unknown("feedback"),
    "help-me": Unknown("help-me", "help"),
    "jion": Unknown("jion", "join"),
    "chekin": Unknown("chekin", "checkin"),
    "we meet": Unknown("we meet", "checkin"),
    "🎉🎉": Unknown("🎉🎉"),
    "مرحبا بالعالم": Unknown("مرحبا بالعالم"),
    "&lt;script&gt; alert": Unknown("<script> alert"),
    "x" * 3000: Unknown("x" * 39 + "…"),
}


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: repr(typed)[:60])
def test_what_people_type_means_what_they_mean(typed: str) -> None:
    assert parse(typed, today=TODAY) == TYPED[typed]


PIECES = st.sampled_from([*TYPED, "<@U1|ana>", "<", "&lt;", "12", "jan", "until", "in", "9999 months", "٣w", "/x", "@"])
ANYTHING = st.text() | st.lists(PIECES | st.text(max_size=5), max_size=8).map(" ".join)


@given(ANYTHING, st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_anything_typed_on_any_day_gives_one_command(typed: str, today: date) -> None:
    assert isinstance(parse(typed, today=today), get_args(Command))


WITH_A_NUMBER = (
    *("met {}m", "checkin {}h", "ci met for {} minutes", "met {}", "met {} days ago", "scheduled in {} days"),
    *("scheduled {} jan", "pause {}w", "pause for {} days", "pause until {} jan", "learn {}", "lesson {} please"),
    *("goals done {}", "goals {} done", "goals drop goal {}", "goals reopen {}", "goals step {} read on"),
)


@given(st.sampled_from(WITH_A_NUMBER), st.sampled_from("-−–—"), st.decimals(0, 10**6, places=2) | st.integers(0, 10**6))
def test_no_negative_number_is_taken_for_another(typed: str, minus: str, number: object) -> None:
    assert isinstance(parse(typed.format(f"{minus}{number}"), today=TODAY), Invalid)


@pytest.mark.parametrize(
    "typed", ["\u202eabc" * 700, "🎉" * 3000, "<" * 3000, "met " * 800, "for 1 " * 600, "@" * 3000]
)
def test_long_and_strange_texts_are_answered_too(typed: str) -> None:
    assert isinstance(parse(typed, today=TODAY), get_args(Command))


def test_only_the_three_escapes_of_slack_are_undone_and_only_once() -> None:
    assert readable("&amp;lt; &lt;b&gt; &quot; <https://x.org|site> <!here>") == "&lt; <b> &quot; https://x.org @here"


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_the_example_in_the_help_is_understood(verb: object) -> None:
    row = next(row for row in VERBS if row is verb)
    example = row.example.replace("@ana", "<@U1|ana>").replace("@ben", "<@U2|ben>").replace("#general", "<#C1|general>")
    assert not isinstance(parse(example, today=TODAY), Unknown | Invalid)
    assert parse(f"help {row.name}", today=TODAY) == Help(row.name)


def test_no_phrase_belongs_to_two_verbs() -> None:
    phrases = [phrase for row in VERBS for phrase in row.says]
    assert len(phrases) == len(set(phrases))


def test_a_pause_until_the_leap_day_finds_it_in_a_leap_year() -> None:
    assert parse("pause until 29 feb", today=date(2028, 1, 10)) == Pause(date(2028, 2, 29))


@pytest.mark.parametrize("typed", [typed for typed, command in TYPED.items() if isinstance(command, Goals)])
def test_words_kept_behind_a_button_mean_the_same_when_they_are_read_again(typed: str) -> None:
    meant = parse(typed, today=TODAY)
    assert isinstance(meant, Goals)
    assert parse(escape(typed_again(meant)), today=TODAY) == replace(meant, partner=None)
