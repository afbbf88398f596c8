"""The outbox: once by its key, in order by its place, never posted in doubt without a look."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.domain.checkins import CheckInState
from bot.domain.notices import CheckInAnswered, Introduction, Notice, QuestionClosed, RoundUp, WelcomeBack
from storage import claims, outbox, pacing
from storage.claims import LEASE, Claim, Terms
from storage.engine import reading_scope, session_scope
from storage.tables import Cycle, MatchRun, OutboxRow, OutboxStatus, Pair, PairMember, Person, Program, Workspace

NOW = datetime(2026, 3, 31, 10, tzinfo=UTC)
UNHURRIED = Terms(rates=None)
MINUTE = timedelta(minutes=1)
HELLO = WelcomeBack("Peers", "Ana", ("Ben",))
INTRODUCTION = Introduction("Peers", 42, ("Ana", "Ben"), (), "10:00-15:00", 10)
ROUND_UP = RoundUp("Peers", ())


def say(
    engine: Engine,
    key: str,
    notice: Notice = HELLO,
    to: str = "user:U1",
    due_at: datetime = NOW,
    expires_at: datetime | None = None,
    replaces: str | None = None,
) -> bool:
    with session_scope(engine) as session:
        return outbox.enqueue(
            session, "T1", notice, key=key, to=to, due_at=due_at, expires_at=expires_at, replaces=replaces
        )


def take(engine: Engine, now: datetime = NOW, owner: str = "me") -> list[Claim]:
    with session_scope(engine) as session:
        return claims.claim(session, owner, now, UNHURRIED)


def keys(batch: list[Claim]) -> list[str]:
    return [claim.key for claim in batch]


def sent(engine: Engine, claim: Claim, ts: str = "1.0", now: datetime = NOW) -> bool:
    with session_scope(engine) as session:
        return claims.mark_sent(session, claim, "D1", ts, now)


def row(engine: Engine, key: str) -> OutboxRow:
    with reading_scope(engine) as session:
        return session.exec(select(OutboxRow).where(OutboxRow.key == key)).one()


def due(engine: Engine, now: datetime = NOW) -> datetime | None:
    with reading_scope(engine) as session:
        return outbox.next_due(session, now)


def test_a_key_is_said_once(team: Engine) -> None:
    assert say(team, "a")
    assert not say(team, "a")
    assert keys(take(team)) == ["a"]


def test_a_key_enqueued_twice_at_once_by_two_writers_is_said_once(team: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(lambda _: say(team, "a"), range(8)))
    assert sorted(added) == [False] * 7 + [True]


def test_what_was_rolled_back_is_not_said(team: Engine) -> None:
    with pytest.raises(ValueError, match="Nobody lives at"), session_scope(team) as session:
        enqueue_then_misspell(session)
    assert take(team) == []


def enqueue_then_misspell(session: Session) -> None:
    outbox.enqueue(session, "T1", HELLO, key="a", to="user:U1", due_at=NOW)
    outbox.enqueue(session, "T1", HELLO, key="b", to="somewhere", due_at=NOW)


def test_nothing_is_said_before_it_is_due(team: Engine) -> None:
    say(team, "a", due_at=NOW + MINUTE)
    assert take(team) == []
    assert keys(take(team, NOW + MINUTE)) == ["a"]


def test_who_listens_hears_of_it_after_the_commit_and_only_then(team: Engine) -> None:
    heard: list[list[str]] = []
    end = outbox.listen(team, lambda: heard.append(keys(take(team))))
    say(team, "a")
    say(team, "a")
    end()
    say(team, "b")
    assert heard == [["a"], []]


def test_one_person_hears_things_in_order_and_another_does_not_wait(team: Engine) -> None:
    say(team, "later", due_at=NOW)
    say(team, "sooner", due_at=NOW - MINUTE)
    say(team, "other", to="user:U2")
    first = take(team)
    assert keys(first) == ["sooner", "other"]
    assert take(team) == []
    sent(team, first[0])
    assert keys(take(team)) == ["later"]


def test_a_claim_is_one_workers_until_its_lease_ends(team: Engine) -> None:
    say(team, "a")
    mine = take(team, owner="me")
    assert take(team, NOW + LEASE / 2, owner="other") == []
    theirs = take(team, NOW + LEASE, owner="other")
    assert (keys(theirs), theirs[0].unknown_before, theirs[0].attempt) == (["a"], True, 2)
    assert not sent(team, mine[0], "late")
    assert sent(team, theirs[0], "2.0")
    assert row(team, "a").ts == "2.0"


def test_two_workers_at_once_claim_no_row_twice(team: Engine) -> None:
    for number in range(60):
        say(team, f"k{number}", to=f"user:U{number % 30}")
    with ThreadPoolExecutor(4) as pool:
        batches = list(pool.map(lambda name: take(team, owner=str(name)), range(8)))
    found = [key for batch in batches for key in keys(batch)]
    assert sorted(found) == sorted(f"k{number}" for number in range(30))


def test_patience_asked_for_one_holds_the_whole_workspace_and_every_worker(team: Engine) -> None:
    say(team, "a")
    claim = take(team)[0]
    say(team, "b", to="user:U2")
    with session_scope(team) as session:
        pacing.hold(session, "T1", NOW, 5 * MINUTE)
        assert claims.release(session, claim)
    assert row(team, "a").status is OutboxStatus.PENDING
    assert take(team, NOW + MINUTE, owner="other") == []
    assert due(team) == NOW + 5 * MINUTE
    again = take(team, NOW + 5 * MINUTE)
    assert keys(again) == ["a", "b"]
    assert not again[0].unknown_before


def test_a_row_in_doubt_stays_in_doubt_when_slack_asks_for_patience(team: Engine) -> None:
    say(team, "a")
    take(team)
    again = take(team, NOW + LEASE)[0]
    with session_scope(team) as session:
        pacing.hold(session, "T1", NOW, 5 * MINUTE)
        claims.release(session, again)
    assert row(team, "a").status is OutboxStatus.SENDING
    assert take(team, NOW + 4 * MINUTE) == []
    assert take(team, NOW + 5 * MINUTE)[0].unknown_before


def test_what_was_not_tried_is_free_at_once(team: Engine) -> None:
    say(team, "a")
    with session_scope(team) as session:
        claims.release(session, claims.claim(session, "me", NOW)[0])
    assert keys(take(team, owner="other")) == ["a"]


def test_a_channel_post_of_unknown_outcome_becomes_uncertain_and_is_never_posted_again(team: Engine) -> None:
    say(team, "round-up", ROUND_UP, to="channel:C1")
    say(team, "next", ROUND_UP, to="channel:C1", due_at=NOW + MINUTE)
    take(team)
    assert keys(take(team, NOW + LEASE + MINUTE)) == ["next"]
    assert row(team, "round-up").status is OutboxStatus.UNCERTAIN


def test_an_introduction_of_unknown_outcome_is_claimed_again_without_a_look(team: Engine) -> None:
    pair_id = add_a_pair(team)
    say(team, "intro", INTRODUCTION, to=f"pair:{pair_id}")
    take(team)
    again = take(team, NOW + LEASE)
    assert [(claim.unknown_before, claim.look_up) for claim in again] == [(True, False)]
    assert again[0].address.user_ids == ("U1", "U2")


def test_what_cannot_be_looked_up_is_claimed_alone(team: Engine) -> None:
    say(team, "dm-1")
    say(team, "round-up", ROUND_UP, to="channel:C1")
    say(team, "dm-2", to="user:U2")
    assert [keys(take(team)) for _ in range(4)] == [["dm-1"], ["round-up"], ["dm-2"], []]


def test_a_batch_has_its_limit(team: Engine) -> None:
    for number in range(claims.BATCH + 3):
        say(team, f"k{number}", to=f"user:U{number}")
    assert [len(take(team)) for _ in range(3)] == [claims.BATCH, 3, 0]


def test_what_is_too_late_is_dropped_with_its_reason_and_holds_nobody_up(team: Engine) -> None:
    say(team, "old", expires_at=NOW + MINUTE)
    say(team, "new")
    assert keys(take(team, NOW + 2 * MINUTE)) == ["new"]
    assert (row(team, "old").status, row(team, "old").error) == (OutboxStatus.DROPPED, claims.TOO_LATE)


def test_what_is_too_late_but_may_have_been_posted_is_looked_up(team: Engine) -> None:
    say(team, "a", expires_at=NOW)
    take(team)
    again = take(team, NOW + LEASE)
    assert [(claim.too_late, claim.unknown_before) for claim in again] == [(True, True)]


def test_a_person_who_is_gone_is_not_written_to(team: Engine) -> None:
    with session_scope(team) as session:
        session.add(Person(workspace_id="T1", user_id="U9", is_gone=True))
    say(team, "a", to="user:U9")
    assert take(team) == []
    assert (row(team, "a").status, row(team, "a").error) == (OutboxStatus.DROPPED, claims.NOBODY)


def test_a_notice_nobody_can_read_fails_and_holds_nobody_up(team: Engine) -> None:
    with session_scope(team) as session:
        session.add(OutboxRow(workspace_id="T1", key="odd", to="user:U1", notice={"kind": "no"}, due_at=NOW))
    say(team, "a")
    assert keys(take(team)) == ["a"]
    assert row(team, "odd").status is OutboxStatus.FAILED


def test_a_replacement_updates_the_message_where_it_stands(team: Engine) -> None:
    say(team, "question")
    sent(team, take(team)[0], "7.0")
    say(team, "answered", QuestionClosed(("Ben",)), replaces="question")
    claim = take(team)[0]
    assert (claim.standing, claim.replaces) == (("D1", "7.0"), "question")


def test_a_second_replacement_updates_the_same_message(team: Engine) -> None:
    say(team, "question", due_at=NOW + MINUTE)
    say(team, "first", replaces="question")
    first = take(team)[0]
    assert first.standing is None
    sent(team, first, "8.0")
    say(team, "second", replaces="question")
    assert take(team)[0].standing == ("D1", "8.0")


def test_a_replacement_of_what_was_not_sent_yet_takes_its_place(team: Engine) -> None:
    say(team, "question", due_at=NOW + MINUTE)
    say(team, "answered", replaces="question")
    assert [(claim.key, claim.standing) for claim in take(team)] == [("answered", None)]
    assert (row(team, "question").status, row(team, "question").error) == (OutboxStatus.DROPPED, claims.REPLACED)


def test_a_replacement_waits_while_the_message_is_on_its_way(team: Engine) -> None:
    say(team, "question")
    question = take(team)[0]
    say(team, "answered", replaces="question", due_at=NOW - MINUTE)
    assert take(team) == []
    sent(team, question)
    assert keys(take(team)) == ["answered"]


@pytest.mark.parametrize("replaces", ["never-said", "expired"])
def test_a_replacement_of_nothing_is_dropped(team: Engine, replaces: str) -> None:
    say(team, "expired", expires_at=NOW - MINUTE, due_at=NOW - MINUTE)
    take(team)
    say(team, "answered", replaces=replaces)
    assert take(team) == []
    assert (row(team, "answered").status, row(team, "answered").error) == (
        OutboxStatus.DROPPED,
        claims.NOTHING_THERE,
    )


def test_an_update_of_unknown_outcome_is_made_again(team: Engine) -> None:
    say(team, "question", ROUND_UP, to="channel:C1")
    sent(team, take(team)[0])
    say(team, "changed", ROUND_UP, to="channel:C1", replaces="question")
    take(team)
    assert keys(take(team, NOW + LEASE)) == ["changed"]


def test_next_due_is_the_first_moment_at_which_a_claim_finds_something(team: Engine) -> None:
    assert due(team) is None
    say(team, "b", due_at=NOW + 3 * MINUTE)
    say(team, "a", due_at=NOW)
    assert due(team) == NOW
    claim = take(team)[0]
    assert due(team) == NOW + LEASE
    sent(team, claim)
    assert due(team) == NOW + 3 * MINUTE


def test_another_workspaces_rows_are_its_own(team: Engine) -> None:
    with session_scope(team) as session:
        session.add(Workspace(id="T2", name="Other", bot_user_id="UBOT2"))
        session.flush()
        assert outbox.enqueue(session, "T2", HELLO, key="a", to="user:U1", due_at=NOW)
    assert say(team, "a")
    assert [(claim.workspace_id, claim.address.channel_id) for claim in take(team)] == [("T2", None), ("T1", "D1")]


def add_a_pair(engine: Engine) -> int:
    with session_scope(engine) as session:
        program = Program(workspace_id="T1", name="Peers", timezone="UTC", created_at=NOW)
        session.add(program)
        session.flush()
        assert program.id is not None
        run = MatchRun(workspace_id="T1", program_id=program.id, made_at=NOW, made_by="U1", seed=1)
        session.add(run)
        session.flush()
        assert run.id is not None
        cycle = Cycle(
            workspace_id="T1",
            program_id=program.id,
            run_id=run.id,
            number=1,
            starts_on=NOW.date(),
            ends_on=NOW.date() + timedelta(weeks=12),
        )
        session.add(cycle)
        session.flush()
        assert cycle.id is not None
        pair = Pair(workspace_id="T1", program_id=program.id, cycle_id=cycle.id, started_at=NOW, ask_from=NOW)
        session.add(pair)
        session.flush()
        assert pair.id is not None
        for user_id in ("U2", "U1"):
            session.add(PairMember(pair_id=pair.id, user_id=user_id, workspace_id="T1"))
        return pair.id


def test_a_notice_comes_back_as_it_was_written() -> None:
    answered = CheckInAnswered(3, 42, ("Ben",), CheckInState.MET, date(2026, 3, 30), 45, None)
    assert outbox.decode(outbox.encode(answered)) == answered
    assert outbox.decode(outbox.encode(INTRODUCTION)) == INTRODUCTION


@given(st.one_of([st.from_type(kind) for kind in get_args(Notice)]))
def test_every_notice_survives_the_outbox(notice: Notice) -> None:
    assert outbox.decode(outbox.encode(notice)) == notice


def test_a_notice_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValidationError):
        outbox.decode({"kind": "fireworks"})
