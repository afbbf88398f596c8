"""A template chosen in the set-up decides what people get: here the lesson that a weekly message brings them."""

import pytest

from tests.stories.eight import Ana, Ben, Chloe
from tests.stories.stage import CHANNEL, Cast, Stage, Step, play, skip

THIRD_LESSONS = {
    "skills": "Good questions, and goals that move",
    "leadership": "Feedback: situation, behaviour, impact",
    "culture": "Expectations and difference",
}
"""What each template has after the first two lessons."""


def joins(person: Cast, offer: str, ask: str) -> list[Step]:
    return [person.types("/mentor join"), person.submits(offers=[offer], asks=[ask]), person.closes()]


def takes(person: Cast, lesson: int) -> list[Step]:
    return [person.types(f"/mentor learn {lesson}"), person.submits(question_0="0", question_1="0"), person.closes()]


@pytest.mark.parametrize("template", THIRD_LESSONS)
def test_the_weekly_message_of_a_program_brings_the_lesson_of_its_template(stage: Stage, template: str) -> None:
    stage.reset()
    others = [title for name, title in THIRD_LESSONS.items() if name != template]
    play(
        stage,
        [
            Ana.sets_up(template=template, channel=CHANNEL),
            Ana.types("/invite @Mentor", CHANNEL),
            *joins(Ben, "SQL", "roadmaps"),
            *joins(Chloe, "roadmaps", "SQL"),
            *(step for person in (Ben, Chloe) for lesson in (1, 2) for step in takes(person, lesson)),
            Ana.types("/mentor admin match"),
            Ana.submits(),
            Ana.submits(),
            Ana.sees("Released"),
            Ana.closes(),
            skip("Tue 13 Jan 10:01", "Europe/London"),
            Ben.sees(THIRD_LESSONS[template]),
        ],
    )
    sent = [row for row in stage.outbox() if row.to == "user:U0BEN" and row.notice["kind"] == "weekly"]
    assert [row.status for row in sent] == ["sent"]
    assert not [title for title in others if title in str(sent[0].notice)]
