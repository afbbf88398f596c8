"""The bot stops in mid-program and is built anew on the same database: nothing is lost, nothing is said twice."""

from collections import Counter
from datetime import datetime

from bot.app import build
from bot.config import Settings
from bot.domain.matching import Inputs
from bot.rehearsal import Listeners
from tests.stories.eight import ALL, EIGHT_ARE_PAIRED, Ana, Ben, Gita, Hugo
from tests.stories.reading import words_of
from tests.stories.stage import Stage, instant, play, skip


def build_anew(stage: Stage) -> None:
    """Another bot on the same database, connected to the same Slack."""
    sandbox, before = stage.rehearsal.sandbox, stage.rehearsal.mentor
    assert before is not None
    address = before.deps.engine.url.render_as_string(hide_password=False)
    settings = Settings(
        slack_bot_token=sandbox.bot_token,
        slack_app_token=sandbox.app_token,
        slack_api_url=sandbox.slack_api_url,
        database_url=address,
    )
    stage.rehearsal.listeners = Listeners(settings.threads)
    anew = build(settings, stage.rehearsal.clock, executor=stage.rehearsal.listeners, solve=Inputs.plan)
    sandbox.register_hooks(stage.rehearsal.advance, stage.rehearsal.reset)
    stage.rehearsal.mentor = anew
    anew.start()


def said(stage: Stage) -> Counter[str]:
    """Every message of the bot to one or two people, by place and words."""
    return Counter(f"{m['channel']}: {words_of(m)}" for m in stage.messages() if m.get("user") == stage.bot)


def test_a_restart_loses_nothing_and_says_nothing_twice(stage: Stage) -> None:
    play(stage, [*EIGHT_ARE_PAIRED, skip("Tue 27 Jan 10:00"), Ana.presses("We met")])
    before = said(stage)
    assert stage.rehearsal.mentor is not None
    stage.rehearsal.mentor.stop()
    away = stage.control.command("C0GENERAL", "U0BEN", "/mentor", "")
    assert not away["ok"], "nobody is there"
    build_anew(stage)
    stage.settle()
    assert said(stage) == before, "nothing is said again"
    play(
        stage,
        [
            Ben.finds_at_home("Your partner"),
            Ben.presses("We met"),
            Ben.sees("Noted"),
            Ben.presses("Post it"),
            Ana.presses("Post it"),
            Ana.sees("#peer-mentoring has heard of it"),
        ],
    )
    assert len([m for m in stage.posted_in("C0PEERMENTORING") if "first meeting" in words_of(m)]) == 1


def test_what_became_due_while_the_bot_was_away_is_said_once_when_it_is_back(stage: Stage) -> None:
    asked = {user: questions(stage, user) for user in ALL.users}
    assert stage.rehearsal.mentor is not None
    stage.rehearsal.mentor.stop()
    stage.rehearsal.sandbox.register_hooks(lambda to: travelled(stage, to), lambda: None)
    stage.control.travel(instant("Tue 3 Feb 15:30").isoformat(), autopilot=False)
    build_anew(stage)
    stage.rehearsal.mentor.tick()
    stage.rehearsal.mentor.tick()
    play(stage, [(Gita + Hugo).sees("How does it stand?")])
    assert {user: questions(stage, user) - asked[user] for user in ("U0GITA", "U0HUGO", "U0ANA")} == {
        "U0GITA": 1,
        "U0HUGO": 1,
        "U0ANA": 0,
    }
    keys = [row.key for row in stage.outbox()]
    assert len(keys) == len(set(keys))
    assert not [row.key for row in stage.outbox() if row.status in ("failed", "uncertain")]


def questions(stage: Stage, user: str) -> int:
    """How often someone was asked."""
    return len(
        [row for row in stage.outbox() if row.notice["kind"] == "check_in_question" and row.to == f"user:{user}"]
    )


def travelled(stage: Stage, to: datetime) -> datetime:
    """Only the clock moves."""
    stage.rehearsal.clock.travel(to)
    return to
