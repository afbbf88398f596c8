"""Invitations in a real Slack of the sandbox: told more, counted in, not this time, silence, one reminder, an end."""

from sqlmodel import select

from bot.domain.inviting import InvitationStatus
from storage.tables import Invitation
from tests.stories.eight import A_PROGRAM_IS_SET_UP, Ana, Ben, Chloe, Dev, Eva, Femi, Gita, Hugo
from tests.stories.reading import words_of
from tests.stories.stage import CHANNEL, Cast, Stage, Step, at, play, skip

Ines = Cast("U0INES")
THREE_ANSWERS = ("Ana invites you to Peer mentoring", "Count me in", "Tell me more", "Not this time")


def sees_the_invitation(person: Cast) -> Step:
    return person.sees(*THREE_ANSWERS)


def test_told_more_counted_in_not_this_time_and_silence(stage: Stage) -> None:
    play(
        stage,
        [
            *A_PROGRAM_IS_SET_UP,
            Ana.types("/mentor admin invite <@U0BEN|ben> <@U0CHLOE|chloe> and <@U0DEV|dev>"),
            Ana.sees("Invited to Peer mentoring: 3 people", "/mentor admin"),
            sees_the_invitation(Ben + Chloe + Dev),
            Ben.presses("Tell me more"),
            Ben.sees("How Peer mentoring works", "Count me in", "Not this time"),
            Ben.presses("Count me in"),
            Ben.submits(offers=["giving feedback"], asks=["SQL"]),
            Ben.sees("You are in, Ben"),
            Ben.closes(),
            Ben.sees("You are in Peer mentoring"),
            Chloe.presses("Not this time"),
            Chloe.sees("Thank you for saying so", "nobody is told"),
            Ana.types("/mentor admin"),
            Ana.sees("1 joined of 3 invited. 2 have time to answer, 0 did not join."),
            at("Mon 19 Jan 10:00"),
            Dev.sees("Ana's invitation to Peer mentoring is open until Monday 26 January", "the only reminder"),
            Chloe.sees_nothing(),
            at("Tue 27 Jan 00:00"),
            Dev.sees("This invitation to Peer mentoring is over"),
            Ana.types("/mentor admin"),
            Ana.sees("1 joined of 3 invited. 0 have time to answer, 2 did not join."),
        ],
    )
    with stage.reading() as session:
        said = {row.user_id: row.status for row in session.exec(select(Invitation))}
    assert said == {
        "U0BEN": InvitationStatus.JOINED,
        "U0CHLOE": InvitationStatus.DECLINED,
        "U0DEV": InvitationStatus.LAPSED,
    }
    assert not [m for m in stage.shown_to("U0ANA") if "Chlo" in words_of(m) or "Dev" in words_of(m)]


def test_a_channel_is_its_members_and_who_said_no_is_left_in_peace(stage: Stage) -> None:
    play(
        stage,
        [
            Ana.types("/mentor admin invite #general"),
            Ana.sees("Invite 7 people to Peer mentoring?", "2 cannot be invited", *THREE_ANSWERS),
            Ana.presses("Not now"),
            Ana.sees("Nobody was invited to Peer mentoring"),
            (Eva + Femi + Gita).sees_nothing(),
            Ana.types("/mentor admin invite #general"),
            Ana.presses("Send"),
            Ana.sees("Invited to Peer mentoring: 7 people", "2 cannot be invited"),
            skip("Tue 27 Jan 09:00"),
            sees_the_invitation(Eva + Femi + Gita + Ines),
            (Chloe + Dev).sees_nothing(),
            skip("Tue 27 Jan 14:30"),
            sees_the_invitation(Hugo),
        ],
    )
    invited = [row.to for row in stage.outbox() if row.notice["kind"] == "invited" and row.replaces is None]
    assert sorted(invited.count(to) for to in set(invited)) == [1] * 7 + [2], "only Dev was reminded so far"


def test_bare_it_asks_whom_and_in_the_dm_too(stage: Stage) -> None:
    stage.reset()
    play(
        stage,
        [
            *A_PROGRAM_IS_SET_UP,
            Ana.types("/mentor admin invite"),
            Ana.sees("Invite colleagues", "never who said no"),
            Ana.submits(invited=["U0BEN", "U0NADIA", "U0JOAN"], channel=CHANNEL),
            Ana.sees("Invite ", "cannot be invited", "Ana invites you to Peer mentoring"),
            Ana.submits(),
            Ana.sees("Invited to Peer mentoring:", "cannot be invited"),
            Ana.closes(),
            Ana.types("admin invite <@U0EVA>"),
            Ana.sees("Invited to Peer mentoring: 1 person"),
            sees_the_invitation(Ben + Eva),
            Ana.types("admin invite"),
            Ana.sees("Open the form"),
            Ana.presses("Open the form"),
            Ana.sees("Invite colleagues"),
            Ana.closes(),
            Ana.types("/mentor admin"),
            Ana.presses("Invite"),
            Ana.sees("Everyone in a channel"),
            Ana.closes(),
        ],
    )


def test_a_second_organizer_invites_again_and_what_cannot_be_is_said(stage: Stage) -> None:
    stage.reset()
    secret = stage.control.create_channel("secret", ["U0ANA", "U0BEN"], is_private=True)["channel"]["id"]
    play(
        stage,
        [
            *A_PROGRAM_IS_SET_UP,
            Ana.types("/mentor admin invite <@U0EVA|eva>"),
            Ana.sees("Invited to Peer mentoring: 1 person"),
            sees_the_invitation(Eva),
            Eva.presses("Not this time"),
            Eva.sees("Thank you for saying so"),
            Ana.types("/mentor admin invite <@U0EVA|eva>"),
            Ana.sees("Invited to Peer mentoring: 1 person"),
            Eva.sees_nothing(),
            Ana.types(f"/mentor admin invite <#{secret}|secret>"),
            Ana.sees("I cannot see who is in that channel"),
            Ana.types("/mentor admin invite everyone please do"),
            Ana.sees("Pick people and channels from Slack's list"),
            Ana.types("/mentor admin invite <@U0ANA|ana> <@U0CALBOT|calendar>"),
            Ana.sees("Nobody to invite to Peer mentoring there.", "2 cannot be invited"),
            Ben.types("/mentor admin invite <@U0EVA|eva>"),
            Ben.sees("Only an organizer of this program can do that"),
        ],
    )
