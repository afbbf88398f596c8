"""Who told Slack not to be disturbed is not: the event is heard, and the question comes when it is over."""

from tests.stories.eight import EIGHT_ARE_PAIRED, Ana, Ben
from tests.stories.stage import Stage, Step, play, skip

ASKED = "How does it stand?"


def wants_quiet(start: str, end: str) -> Step:
    """Ana turns Slack's do-not-disturb on from one moment to another."""

    def told(stage: Stage) -> None:
        stage.control.change_user(Ana.users[0], snooze=[f"2026-01-{start}Z", f"2026-01-{end}Z"])

    return Step(f"Ana wants quiet from {start} to {end}", told)


def test_a_question_waits_for_the_end_of_do_not_disturb(stage: Stage) -> None:
    play(stage, [*EIGHT_ARE_PAIRED, skip("Tue 27 Jan 08:00"), wants_quiet("27T08:00:00", "27T11:30:00")])
    play(stage, [skip("Tue 27 Jan 11:29"), Ben.sees(ASKED), Ana.sees_no(ASKED)])
    play(stage, [skip("Tue 27 Jan 11:31"), Ana.sees(ASKED)])
