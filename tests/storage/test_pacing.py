"""The pace of a workspace, shared by all who speak to it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, insert

from bot.domain.checkins import CheckInState
from bot.domain.notices import CheckInAnswered, CheckInQuestion
from bot.domain.pace import BROKEN_AFTER, Rates
from storage import claims, outbox, pacing
from storage.claims import USUAL, Claim, Terms
from storage.engine import reading_scope, session_scope
from storage.tables import OutboxRow, Pace, Person
from tests.storage.test_outbox import MINUTE, NOW, ROUND_UP, due, keys, row, say, sent

SECOND = timedelta(seconds=1)
ANSWERED = CheckInAnswered(3, 42, ("Ben",), CheckInState.MET, None, None, None)
QUESTION = CheckInQuestion("Peers", 1, "Ana", ("Ben",), 1, None)


def paced(engine: Engine, now: datetime = NOW, terms: Terms = USUAL) -> list[Claim]:
    with session_scope(engine) as session:
        return claims.claim(session, "me", now, terms)


def held(engine: Engine, seconds: int, rates: Rates | None = None) -> None:
    with session_scope(engine) as session:
        pacing.hold(session, "T1", NOW, seconds * SECOND, rates)


def everybody_is_known(engine: Engine, count: int) -> None:
    """`count` people whose DM was opened."""
    with session_scope(engine) as session:
        for number in range(count):
            session.merge(Person(workspace_id="T1", user_id=f"U{number}", dm_id=f"D{number}"))


def test_a_place_hears_one_thing_a_second(team: Engine) -> None:
    say(team, "one", ROUND_UP, to="channel:C1")
    say(team, "two", ROUND_UP, to="channel:C1")
    say(team, "elsewhere", ROUND_UP, to="channel:C2")
    (first,) = paced(team)
    sent(team, first)
    assert keys(paced(team)) == ["elsewhere"]
    assert paced(team, NOW + SECOND / 2) == []
    assert keys(paced(team, NOW + SECOND)) == ["two"]


def test_an_update_waits_for_no_second(team: Engine) -> None:
    say(team, "question", QUESTION)
    sent(team, paced(team)[0])
    say(team, "answered", ANSWERED, replaces="question")
    assert keys(paced(team)) == ["answered"]


def test_all_workers_together_keep_to_the_workspaces_rate(team: Engine) -> None:
    everybody_is_known(team, 60)
    for number in range(60):
        say(team, f"k{number}", to=f"user:U{number}")
    with ThreadPoolExecutor(4) as pool:
        at_once = sum(len(batch) for batch in pool.map(lambda _: paced(team), range(8)))
    assert at_once == USUAL.rates.burst if USUAL.rates else False
    assert len(paced(team, NOW + 2 * SECOND)) == 10


def test_conversations_are_opened_no_faster_than_slack_allows(team: Engine) -> None:
    for number in range(80):
        say(team, f"k{number}", to=f"user:UX{number}")
    opened = sum(len(paced(team, NOW + second * SECOND)) for second in range(60))
    assert 40 <= opened <= 50


def test_an_answer_goes_before_a_fan_out_of_5000(team: Engine) -> None:
    with session_scope(team) as session:
        rows = [
            {"workspace_id": "T1", "key": f"q{number}", "to": f"user:V{number}", "notice": {}, "due_at": NOW - MINUTE}
            for number in range(5000)
        ]
        session.exec(insert(OutboxRow), params=rows)
    say(team, "answered", ANSWERED)
    with session_scope(team) as session:
        (first, *_) = claims.claim(session, "me", NOW)
    assert first.key == "answered"


def test_what_somebody_hears_before_an_answer_hurries_with_it(team: Engine) -> None:
    everybody_is_known(team, 40)
    for number in range(2, 40):
        say(team, f"k{number}", QUESTION, to=f"user:U{number}", due_at=NOW - MINUTE)
    say(team, "question", QUESTION, due_at=NOW - SECOND)
    say(team, "answered", ANSWERED)
    assert keys(paced(team))[0] == "question"
    sent_at = NOW + SECOND
    with session_scope(team) as session:
        assert row(team, "question").lane == 0
        assert session.get_one(OutboxRow, row(team, "answered").id).lane == 0
    assert "answered" not in keys(paced(team, sent_at))


def test_patience_is_kept_by_every_worker_even_when_the_message_is_withdrawn(team: Engine) -> None:
    say(team, "a")
    held(team, 90)
    with session_scope(team) as session:
        outbox.withdraw(session, "T1", "a")
    say(team, "b")
    assert paced(team, NOW + 89 * SECOND) == []
    assert due(team) == NOW + 90 * SECOND
    assert keys(paced(team, NOW + 90 * SECOND)) == ["b"]


def test_being_too_fast_halves_the_rate_once_however_many_workers_were_told(team: Engine) -> None:
    rates = Rates()
    for _ in range(4):
        held(team, 1, rates)
    with reading_scope(team) as session:
        pace = session.get_one(Pace, "T1")
        assert pacing.current_rate(pace, NOW, rates) == rates.first / 2
        assert pacing.current_rate(pace, NOW + 3 * MINUTE, rates) == rates.first / 2 + 1.5


def test_a_longer_wait_is_not_shortened_by_a_shorter_one(team: Engine) -> None:
    say(team, "a")
    held(team, 90)
    held(team, 5)
    assert paced(team, NOW + 60 * SECOND) == []


@pytest.mark.parametrize("hours", [1, 24])
def test_a_clock_set_back_ends_a_hold_and_frees_a_lease_within_its_length(team: Engine, hours: int) -> None:
    say(team, "a")
    paced(team)
    held(team, 30)
    back = NOW - timedelta(hours=hours)
    say(team, "b", to="user:U2", due_at=back)
    with session_scope(team) as session:
        session.get_one(OutboxRow, row(team, "a").id).due_at = back
    assert keys([*paced(team, back + SECOND), *paced(team, back + 2 * SECOND)]) == ["a", "b"]


def test_after_three_lost_answers_nothing_is_said_before_a_probe_is_answered(team: Engine) -> None:
    say(team, "a")
    with session_scope(team) as session:
        for _ in range(BROKEN_AFTER):
            pacing.lost(session, "T1", NOW)
    assert paced(team, NOW + MINUTE) == []
    with session_scope(team) as session:
        assert pacing.to_probe(session, NOW + SECOND) == []
        assert pacing.to_probe(session, NOW + MINUTE) == ["T1"]
        assert pacing.to_probe(session, NOW + MINUTE) == []
        pacing.probe_failed(session, "T1")
    assert paced(team, NOW + timedelta(hours=10)) == []
    with session_scope(team) as session:
        pacing.slack_is_back(session, "T1")
    assert keys(paced(team, NOW + timedelta(hours=10))) == ["a"]


def test_an_answer_in_between_starts_the_count_anew(team: Engine) -> None:
    say(team, "a")
    with session_scope(team) as session:
        for _ in range(4):
            pacing.lost(session, "T1", NOW)
            pacing.lost(session, "T1", NOW)
            pacing.heard(session, "T1")
    assert keys(paced(team)) == ["a"]


def test_no_minute_holds_more_than_25_lookups(team: Engine) -> None:
    everybody_is_known(team, 50)
    for number in range(50):
        say(team, f"k{number}", to=f"user:U{number}")
    for _ in range(3):
        paced(team, NOW, Terms(rates=None))
    later = NOW + 10 * MINUTE
    looked = [len(paced(team, later + second * SECOND)) for second in range(0, 180, 4)]
    assert sum(looked[:15]) <= 25
    assert sum(looked[15:30]) <= 25
    assert sum(looked) >= 45
