"""Slack is down for ten hours on the day on which everyone is asked. No event of that time is ever told."""

from collections import Counter
from zoneinfo import ZoneInfo

from storage import people
from tests.stories.eight import EIGHT_ARE_PAIRED
from tests.stories.stage import Stage, instant, play, skip

BEGINS, ENDS = instant("Tue 27 Jan 08:30"), instant("Tue 27 Jan 18:30")
MOST_LOOKS = 25  # a minute: Slack allows fifty


def questions(stage: Stage) -> Counter[str]:
    """How often each person sees the question in Slack."""
    return Counter(
        user
        for user in ("U0ANA", "U0BEN", "U0CHLOE", "U0DEV", "U0EVA", "U0FEMI", "U0GITA", "U0HUGO")
        for message in stage.shown_to(user)
        if "How does it stand?" in message["text"]
    )


def calls(stage: Stage, method: str, since: int) -> Counter[str]:
    """Calls per minute of the workspace's clock."""
    lines = [line for line in stage.control.log(since) if line["name"] == method]
    return Counter(str(line["at"])[:16] for line in lines)


def travel(stage: Stage, moment: str) -> None:
    """Let time pass, though things stay unsaid."""
    assert stage.control.travel(instant(moment).isoformat(), autopilot=False)["ok"]


def test_what_still_makes_sense_is_said_once_in_working_time_and_nobody_is_asked_twice(stage: Stage) -> None:
    play(stage, EIGHT_ARE_PAIRED)
    play(stage, [skip("Tue 27 Jan 08:00")])
    stage.control.faults(outage=[BEGINS.isoformat(), ENDS.isoformat()])
    before = stage.control.log()[-1]["n"]
    travel(stage, "Tue 27 Jan 15:00")
    stage.control.change_user("U0GITA", tz="Europe/Berlin")
    travel(stage, "Tue 27 Jan 18:29")
    assert not questions(stage)
    outage = calls(stage, "auth.test", before)
    assert len(outage) > 60, "it asks every few minutes whether Slack is back"
    assert sum(calls(stage, "chat.postMessage", before).values()) <= 5
    play(stage, [skip("Thu 29 Jan 18:00")])
    asked = questions(stage)
    assert set(asked.values()) == {1}
    assert len(asked) == 8
    assert max(calls(stage, "conversations.history", before).values(), default=0) <= MOST_LOOKS
    said = [row for row in stage.outbox() if row.sent_at and row.sent_at >= ENDS and row.to.startswith("user:")]
    zones = {f"user:{user['id']}": ZoneInfo(user["tz"]) for user in stage.control.state()["users"]}
    assert {row.sent_at.astimezone(zones[row.to]).hour for row in said if row.sent_at} <= set(range(9, 17))
    assert all(row.error for row in stage.outbox() if row.status == "dropped")
    with stage.reading() as session:
        moved = people.its_person(session, "T0SMALL", "U0GITA")
        assert moved.timezone == "Europe/Berlin", "the sweep found what no event told"
