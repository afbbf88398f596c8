"""A rolling program: whoever waits is matched on Mondays, by themselves or once the organizer agreed."""

from tests.stories.eight import A_PROGRAM_IS_SET_UP, Ana, Ben, Chloe, Dev, join
from tests.stories.stage import Stage, Step, instant, play, skip
from tests.stories.test_restart import build_anew


def rolls(how: str) -> list[Step]:
    return [
        *A_PROGRAM_IS_SET_UP,
        Ana.sets_up(rounds=how),
    ]


TWO_JOIN = [
    *join(Ana, offers=["SQL"], asks=["giving feedback"]),
    *join(Ben, offers=["giving feedback"], asks=["SQL"]),
]
TWO_MORE_JOIN = [
    *join(Chloe, offers=["roadmaps"], asks=["React"]),
    *join(Dev, offers=["React"], asks=["roadmaps"]),
]


def test_whoever_waits_is_introduced_on_monday_by_itself(stage: Stage) -> None:
    play(
        stage,
        [
            *rolls("Every Monday, by themselves"),
            *TWO_JOIN[:2],
            Ana.sees("You are in, Ana", "the next one is on Monday 19 January"),
            *TWO_JOIN[2:],
            skip("Mon 19 Jan 08:59"),
            *[person.finds_at_home("in line for the match on Monday 19 January") for person in (Ana, Ben)],
            Ana.types("/mentor admin"),
            Ana.sees("2 are waiting for a partner. The next match is made on Monday 19 January"),
            skip("Mon 19 Jan 09:00"),
            Ana.sees("This week's match is out: 1 introduction"),
            (Ana + Ben).sees("First step: pick a time"),
            *TWO_MORE_JOIN,
            skip("Thu 29 Jan 12:00"),
            (Chloe + Dev).sees("First step: pick a time"),
            Ana.sees("This week's match is out: 1 introduction"),
        ],
    )
    told = [row.due_at.replace(microsecond=0) for row in stage.outbox() if row.notice["kind"] == "weekly_matched"]
    assert told == [instant("Mon 19 Jan 09:00"), instant("Mon 26 Jan 09:00")], "a leap goes no further than Monday"


def test_after_approval_the_organizer_reviews_and_releases_even_over_a_restart(stage: Stage) -> None:
    stage.reset()
    play(
        stage,
        [
            *rolls("Every Monday, after I agree"),
            *TWO_JOIN,
            skip("Mon 19 Jan 09:00"),
            Ana.sees("A match is ready: 1 pair, 0 waiting"),
        ],
    )
    assert not [row for row in stage.outbox() if row.notice["kind"] == "introduction"]
    assert stage.rehearsal.mentor is not None
    stage.rehearsal.mentor.stop()
    build_anew(stage)
    stage.rehearsal.mentor.tick()
    stage.settle()
    assert len([row for row in stage.outbox() if row.notice["kind"] == "match_ready"]) == 1
    play(
        stage,
        [
            Ana.presses("Review"),
            Ana.sees("2 of 2 in 1 pair"),
            Ana.submits(),
            Ana.submits(),
            Ana.sees("Released"),
            (Ana + Ben).sees("First step: pick a time"),
        ],
    )
