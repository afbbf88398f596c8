"""Thirty people for twelve weeks, played by the autopilot: the weeks are alive, and nobody is bothered."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.cadence import WorkingHours, is_working_time, zone
from bot.domain.calendars import public_holidays, usual_place
from sandbox.seed import is_full_member
from storage.tables import CheckIn, OutboxRow, Pair, PairMember, Person
from tests.stories.eight import A_MATCH_IS_RELEASED, A_PROGRAM_IS_SET_UP, join
from tests.stories.stage import Cast, Stage, play

SKILLS = ("SQL", "public speaking", "giving feedback", "roadmaps", "negotiation", "Python", "facilitation")
PEOPLE, WEEKS = 30, 12


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The company of thirty, all of it in the program, twelve weeks later."""
    stage = Stage(tmp_path_factory.mktemp("company") / "sandbox", seed="company")
    play(stage, A_PROGRAM_IS_SET_UP)
    members = [user["id"] for user in stage.control.state()["users"] if is_full_member(user)]
    for number, user in enumerate(members[:PEOPLE]):
        skills = {"offers": [SKILLS[number % 7]], "asks": [SKILLS[(number * 3 + 1) % 7]]}
        play(stage, join(Cast(user), **skills))
    play(stage, A_MATCH_IS_RELEASED)
    stage.control.play()
    travelled = stage.control.advance(f"P{WEEKS}W")
    assert travelled["ok"], travelled
    stage.settle()
    yield stage
    stage.stop()


def of_kind(stage: Stage, kind: str) -> list[OutboxRow]:
    return [row for row in stage.outbox() if row.notice["kind"] == kind]


def zones(stage: Stage) -> dict[str, str]:
    """User id -> time zone."""
    with stage.reading() as session:
        return {person.user_id: person.timezone for person in session.exec(select(Person))}


def test_the_weeks_are_alive(company: Stage) -> None:
    with company.reading() as session:
        pairs = len(session.exec(select(Pair)).all())
        met = Counter(check_in.pair_id for check_in in session.exec(select(CheckIn)) if check_in.state == "met")
    assert pairs >= 15
    assert len(met) >= 10, "most pairs met"
    assert sum(met.values()) >= 40
    assert of_kind(company, "milestone_shoutout")
    assert of_kind(company, "round_up")
    assert len(of_kind(company, "pair_finished")) >= 20


def test_nobody_has_two_weekly_messages(company: Stage) -> None:
    where = zones(company)
    weeks: Counter[tuple[str, int, int]] = Counter()
    for row in [*of_kind(company, "check_in_question"), *of_kind(company, "weekly")]:
        if row.sent_at is not None and row.replaces is None:
            user = row.to.removeprefix("user:")
            local = row.sent_at.astimezone(zone(where[user])).isocalendar()
            weeks[user, local.year, local.week] += 1
    assert len(weeks) > PEOPLE * WEEKS / 2, "too few to mean anything"
    assert not [who for who, times in weeks.items() if times > 1]


def test_nobody_is_written_to_outside_their_working_hours(company: Stage) -> None:
    where = zones(company)
    with company.reading() as session:
        members: dict[str, list[str]] = {}
        for member in session.exec(select(PairMember)):
            members.setdefault(f"pair:{member.pair_id}", []).append(member.user_id)
    for row in company.outbox():
        if row.sent_at is None or row.replaces or row.to.startswith("channel:"):
            continue
        for user in members.get(row.to, [row.to.removeprefix("user:")]):
            hours = WorkingHours(where[user], place=usual_place(where[user]))
            assert is_working_time(row.sent_at, hours), f"{row.key} at {row.sent_at.astimezone(zone(where[user]))}"


def test_the_round_up_comes_on_fridays_at_three_or_the_day_before_a_friday_off(company: Stage) -> None:
    for row in of_kind(company, "round_up"):
        assert row.sent_at is not None
        local = row.sent_at.astimezone(zone("Europe/Lisbon"))
        friday_off = (local.date() + timedelta(days=1)) in public_holidays("PT", local.year)
        assert f"{local:%a %H:%M}" == ("Thu 15:00" if friday_off else "Fri 15:00")


def test_everything_was_said_in_time(company: Stage) -> None:
    rows = company.outbox()
    assert not [(row.key, row.status, row.error) for row in rows if row.status in ("failed", "uncertain", "sending")]
    late = [row for row in rows if row.sent_at is not None and row.sent_at - row.due_at > timedelta(minutes=5)]
    assert not [(row.key, row.due_at, row.sent_at) for row in late]


def test_everyone_saw_every_press_answered(company: Stage) -> None:
    troubles = [entry for entry in company.control.log() if "having trouble" in str(entry.get("response"))]
    assert not troubles
    assert not [message for message in company.messages() if "Something went wrong" in message["text"]]
