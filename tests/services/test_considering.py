"""Asked before a match: what someone says is theirs alone, and only the match knows it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.considering import possible_partners
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.matching import Inputs
from bot.domain.notices import AnswersIn, ConsideringAsked
from bot.domain.people import Actor
from bot.domain.programs import Rounds
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import considering, enrolling, heartbeat, matchmaking
from bot.services.considering import Asking
from storage import considerations
from storage.tables import (
    Consideration,
    Considered,
    OutboxRow,
    OutboxStatus,
    PossiblePartner,
    Program,
    Suggestion,
)
from tests.builders import ORGANIZER, TEAM, World

OLGA = Actor(TEAM, ORGANIZER)
EIGHT = ("UANA", "UBEN", "UCHLOE", "UDEV", "UEVA", "UFEMI", "UGITA", "UHUGO")
THURSDAY = datetime(2026, 1, 15, 17, tzinfo=UTC)
END = datetime(2027, 1, 1, tzinfo=UTC)


def actor(user_id: str) -> Actor:
    return Actor(TEAM, user_id)


def inputs(world: World) -> Inputs:
    return world.do(matchmaking.prepare, OLGA, world.program_id).inputs


def ask(world: World) -> Asking:
    """As handlers/considering.py does it."""
    given = inputs(world)
    return world.do(considering.ask, OLGA, world.program_id, possible_partners(given, given.plan()))


def asked(world: World, *users: str) -> World:
    world.people(*(users or EIGHT))
    world.change(world.row(Program), asks_first=True)
    ask(world)
    sent(world)
    return world


def sent(world: World) -> None:
    """Everything said so far stands where people read it."""
    for row in world.rows(OutboxRow, status=OutboxStatus.PENDING):
        world.change(row, status=OutboxStatus.SENT, channel_id="D1", ts="1.0")


def rather_nots(world: World) -> frozenset[frozenset[str]]:
    """What is kept, whether or not the match knows it yet."""
    return world.look(lambda session: considerations.rather_nots(session, world.row(Consideration).id))


def match_now(world: World) -> World:
    """The organizer waits no longer: the answers are in."""
    world.do(considering.ask_no_more, OLGA, world.program_id)
    return world


def sheet(world: World, user: str) -> int:
    return world.row(Considered, user_id=user).id


def lines(world: World, user: str) -> list[PossiblePartner]:
    return sorted(world.rows(PossiblePartner, considered_id=sheet(world, user)), key=lambda line: line.id)


def rather_not(world: World, user: str, *, rather_not: bool = True) -> str:
    """The first person they were shown; their id."""
    line = lines(world, user)[0]
    world.do(considering.say_rather_not, actor(user), line.id, rather_not=rather_not)
    return line.partner_id


def test_everyone_who_is_free_is_asked_once_in_their_own_hours(either_world: World) -> None:
    world = either_world
    world.people(*EIGHT[:6])
    world.person("UGITA", timezone="America/New_York")
    world.person("UHUGO")
    world.change(world.enrollment("UHUGO"), status=EnrollmentStatus.PAUSED)
    assert ask(world) == Asking(THURSDAY, 7, 0)
    said = {one.to: one for one in world.said("considering_asked")}
    assert said.keys() == {f"user:{user}" for user in EIGHT if user != "UHUGO"}
    assert said["user:UANA"].due_at == world.now
    assert said["user:UGITA"].due_at == world.now + timedelta(hours=5)
    assert {one.expires_at for one in said.values()} == {THURSDAY}


def test_a_message_names_the_possible_by_name_and_never_whom_the_match_proposes(world: World) -> None:
    asked(world)
    proposed = {member: set(pair.members) for pair in inputs(world).plan().pairs for member in pair.members}
    for one in world.said("considering_asked"):
        user = one.to.removeprefix("user:")
        assert isinstance(one.notice, ConsideringAsked)
        names = [line.name for line in one.notice.possible]
        assert names == sorted(names)
        assert len(names) == 3
        assert not {f"U{name.upper()}" for name in names} & proposed[user]


def test_the_reason_speaks_to_its_reader_and_tells_only_what_the_other_offers(world: World) -> None:
    world.people(*EIGHT)
    for number, user in enumerate(EIGHT):
        world.change(
            world.enrollment(user), offers=["SQL"], asks=["SQL", f"a secret {number}"], goal=f"secret {number}"
        )
    ask(world)
    for one in world.said("considering_asked"):
        assert isinstance(one.notice, ConsideringAsked)
        for line in one.notice.possible:
            said = "".join(part if isinstance(part, str) else part.text for part in line.why)
            assert said == f"{line.name} can help with SQL, which you asked for."


def test_it_is_not_asked_twice_before_one_match(world: World) -> None:
    asked(world)
    with pytest.raises(NotPossibleNow, match="asked already"):
        ask(world)
    assert len(world.rows(Consideration)) == 1


def test_two_organizers_who_ask_at_once_ask_once(either_world: World) -> None:
    world = either_world
    world.people(*EIGHT)
    given = inputs(world)
    possible = possible_partners(given, given.plan())

    def asks(_: int) -> bool:
        try:
            return bool(world.do(considering.ask, OLGA, world.program_id, possible))
        except NotPossibleNow:
            return False

    with ThreadPoolExecutor(3) as fingers:
        assert sorted(fingers.map(asks, range(3))) == [False, False, True]
    assert len(world.said("considering_asked")) == 8


def test_only_who_runs_the_program_asks(world: World) -> None:
    world.people(*EIGHT)
    with pytest.raises(NotAllowed):
        world.do(considering.ask, actor("UANA"), world.program_id, {})


def test_a_preview_made_before_is_not_released_over_the_answers(world: World) -> None:
    world.people(*EIGHT)
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    run_id = world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan()).id
    ask(world)
    with pytest.raises(NotPossibleNow, match="changed since"):
        world.do(matchmaking.release, OLGA, run_id)


def test_rather_not_is_kept_shown_to_its_author_alone_and_can_be_taken_back(either_world: World) -> None:
    world = asked(either_world)
    before = len(world.said())
    other = rather_not(world, "UANA")
    (shown,) = world.said()[before:]
    assert (shown.to, shown.replaces) == ("user:UANA", f"considering:{sheet(world, 'UANA')}")
    assert isinstance(shown.notice, ConsideringAsked)
    assert [line.rather_not for line in shown.notice.possible].count(True) == 1
    assert shown.notice.answered
    assert rather_nots(world) == {frozenset(("UANA", other))}
    rather_not(world, "UANA", rather_not=False)
    assert rather_nots(world) == frozenset()
    assert world.row(Considered, user_id="UANA").answered_at == world.now


def test_who_would_rather_not_is_not_matched_with_them_and_only_this_time(world: World) -> None:
    asked(world)
    shown = {line.partner_id for line in lines(world, "UANA")}
    for line in lines(world, "UANA"):
        world.do(considering.say_rather_not, actor("UANA"), line.id, rather_not=True)
    given = inputs(match_now(world))
    assert given.rules.rather_not == {frozenset(("UANA", other)) for other in shown}
    pair = next(set(pair.members) for pair in given.plan().pairs if "UANA" in pair.members)
    assert not pair & shown
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    run_id = world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan()).id
    world.do(matchmaking.release, OLGA, run_id)
    with world.writing() as session:
        program = session.get_one(Program, world.program_id)
        assert matchmaking.gather(session, program, now=world.now).rules.rather_not == frozenset()


def test_who_says_nothing_loses_nothing(world: World) -> None:
    world.people(*EIGHT)
    before = inputs(world)
    ask(world)
    world.later(days=4).do(heartbeat.tick)
    after = inputs(world)
    assert (after.candidates, after.rules) == (before.candidates, before.rules)


@pytest.mark.parametrize("user", ["UBEN", ORGANIZER])
def test_nobody_answers_or_reads_in_another_s_place(world: World, user: str) -> None:
    asked(world)
    line = lines(world, "UANA")[0]
    for act in (
        lambda: world.do(considering.say_rather_not, actor(user), line.id, rather_not=True),
        lambda: world.do(considering.say_fine, actor(user), line.considered_id),
        lambda: world.do(considering.suggest, actor(user), line.considered_id, ["UHUGO"]),
        lambda: world.look(lambda session: considering.suggested(session, actor(user), line.considered_id)),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not [one for one in world.rows(PossiblePartner) if one.rather_not]


@pytest.mark.parametrize("number", [None, 0, 999])
def test_a_forged_number_is_out_of_date(world: World, number: int | None) -> None:
    asked(world)
    with pytest.raises(NotPossibleNow, match="out of date"):
        world.do(considering.say_rather_not, actor("UANA"), number, rather_not=True)
    with pytest.raises(NotPossibleNow, match="out of date"):
        world.do(considering.say_fine, actor("UANA"), number)


def test_another_workspace_s_sheet_is_none_of_ours(world: World) -> None:
    asked(world)
    with pytest.raises(NotPossibleNow, match="out of date"):
        world.do(considering.say_fine, Actor("T2", "UANA"), sheet(world, "UANA"))


# Suggestions


def test_a_suggestion_is_its_author_s_and_the_next_one_replaces_it(either_world: World) -> None:
    world = asked(either_world)
    world.do(considering.suggest, actor("UANA"), sheet(world, "UANA"), ["UBEN", "UDEV", "UBEN"])
    world.do(considering.suggest, actor("UANA"), sheet(world, "UANA"), ["UDEV", "UEVA"])
    assert sorted(row.suggested_id for row in world.rows(Suggestion)) == ["UDEV", "UEVA"]
    last = world.said()[-1].notice
    assert isinstance(last, ConsideringAsked)
    assert last.suggested == ("Dev", "Eva")
    world.do(considering.suggest, actor("UANA"), sheet(world, "UANA"), [])
    assert world.rows(Suggestion) == []


def test_who_suggest_each_other_are_matched_where_they_would_not_have_been(world: World) -> None:
    asked(world)
    world.do(considering.suggest, actor("UANA"), sheet(world, "UANA"), ["UHUGO", "UBEN"])
    before = inputs(world).plan()
    other = next(user for user in ("UHUGO", "UBEN") if {"UANA", user} not in [set(p.members) for p in before.pairs])
    world.do(considering.suggest, actor(other), sheet(world, other), ["UANA"])
    match_now(world)
    assert {"UANA", other} in [set(pair.members) for pair in inputs(world).plan().pairs]
    with world.writing() as session:
        enrolling.avoid(session, actor(other), "UANA")
    after = inputs(world).plan()
    assert {"UANA", other} not in [set(pair.members) for pair in after.pairs]
    assert after.refused_locks == ()


def test_oneself_a_bot_and_someone_gone_cannot_be_suggested(world: World) -> None:
    asked(world)
    world.person("UGUEST", enrolled=False, may_join=False)
    world.person("UGONE", enrolled=False, is_gone=True)
    for wrong in ("UANA", "UGUEST", "UGONE"):
        with pytest.raises(considering.NobodyToSuggest):
            world.do(considering.suggest, actor("UANA"), sheet(world, "UANA"), [wrong])


def test_organizers_hear_who_was_suggested_for_the_program_and_not_by_whom(world: World) -> None:
    world.person("UZOE", enrolled=False)
    asked(world)
    world.do(considering.suggest, actor("UANA"), sheet(world, "UANA"), ["UZOE", "UBEN"])
    world.do(considering.suggest, actor("UDEV"), sheet(world, "UDEV"), ["UZOE"])
    world.at(THURSDAY).do(heartbeat.tick)
    (told,) = world.said("answers_in")
    assert told.notice == AnswersIn("Peer mentoring", world.program_id, 8, 2, ("Zoe",))


# The end


def test_when_the_days_are_over_the_organizers_are_told_once_and_messages_lose_their_buttons(
    either_world: World,
) -> None:
    world = asked(either_world)
    rather_not(world, "UANA")
    world.do(considering.say_fine, actor("UBEN"), sheet(world, "UBEN"))
    sent(world)
    for moment in (THURSDAY - timedelta(minutes=1), THURSDAY, THURSDAY + timedelta(minutes=1)):
        world.at(moment).do(heartbeat.tick)
        assert len(world.said("answers_in")) == (moment >= THURSDAY)
    closed = world.said("considering_closed")
    assert sorted(one.to for one in closed) == sorted(f"user:{user}" for user in EIGHT)
    with pytest.raises(NotPossibleNow, match="answers for this match are in"):
        rather_not(world, "UCHLOE")
    assert world.said("answers_in")[0].due_at == datetime(2026, 1, 16, 9, tzinfo=UTC)


def test_what_was_not_sent_yet_is_not_sent_when_the_organizer_matches_now(world: World) -> None:
    world.people(*EIGHT)
    world.change(world.row(Program), asks_first=True)
    ask(world)
    world.do(considering.ask_no_more, OLGA, world.program_id)
    assert {row.status for row in world.rows(OutboxRow)} == {OutboxStatus.DROPPED}
    world.at(THURSDAY).do(heartbeat.tick)
    assert world.said("answers_in") == []


def test_a_leap_goes_to_the_end_of_the_days(world: World) -> None:
    asked(world)
    assert (world.do(heartbeat.next_due) or END) <= THURSDAY
    assert world.at(THURSDAY - timedelta(minutes=1)).do(heartbeat.next_due) == THURSDAY


@pytest.mark.parametrize(
    ("settings", "wants"),
    [
        ({"asks_first": True}, True),
        ({"asks_first": False}, False),
        ({"asks_first": True, "rounds": Rounds.WEEKLY}, False),
        ({"asks_first": True, "rounds": Rounds.WEEKLY_APPROVED}, False),
    ],
)
def test_a_program_asks_first_where_it_wants_to_and_releases_rounds(
    world: World, settings: dict[str, Any], wants: bool
) -> None:
    world.change(world.row(Program), **settings)
    program = world.row(Program)
    assert world.look(lambda session: considering.wants_asking(session, program)) is wants


@pytest.mark.parametrize("suggested", [True, False])
def test_an_organizer_who_does_not_wait_hears_of_those_to_invite_all_the_same(world: World, suggested: bool) -> None:
    asked(world)
    world.person("UIVY", enrolled=False)
    if suggested:
        world.do(considering.suggest, actor("UANA"), sheet(world, "UANA"), ["UIVY"])
    match_now(world)
    told = [one.notice.to_invite for one in world.said("answers_in") if isinstance(one.notice, AnswersIn)]
    assert told == ([("Ivy",)] if suggested else [])
