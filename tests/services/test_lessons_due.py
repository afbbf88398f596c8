"""The lesson of the week: in the message that asks, or alone; remembered, so that none comes twice too often."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.checkins import Answer, CheckInState
from bot.domain.notices import CheckInAnswered, CheckInQuestion, Extra, LessonOffer, QuestionClosed, Weekly
from bot.domain.people import Actor
from bot.services import checking_in, enrolling, heartbeat, quieting, teaching
from storage.tables import LessonOffered, Nudge, OutboxRow, OutboxStatus, Pair, Program
from tests.builders import ORGANIZER, TEAM, World

ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
FIRST_SLOT = datetime(2026, 1, 13, 10, tzinfo=UTC)
FIRST_QUESTION = datetime(2026, 1, 27, 10, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def paired(world: World, *users: str) -> World:
    for user in users or ("UANA", "UBEN"):
        world.person(user)
    world.pair(*users or ("UANA", "UBEN"))
    return world


def tick(world: World, moment: datetime) -> World:
    world.at(moment)
    while world.do(heartbeat.tick):
        pass
    world.sent()
    return world


def weeks(world: World, count: int) -> World:
    for number in range(count):
        tick(world, FIRST_SLOT + number * WEEK)
    return world


def offers(world: World, user: str = "UANA") -> list[tuple[str, int]]:
    return [(f"{row.week:%d %b}", row.lesson) for row in world.rows(LessonOffered, user_id=user)]


def extras(world: World, user: str = "UANA") -> list[tuple[str, list[int]]]:
    """Each message of Ana's, and the lessons in it."""
    said = [one.notice for one in world.said(to=f"user:{user}")]
    with_extras = [one for one in said if isinstance(one, CheckInQuestion | CheckInAnswered | Weekly)]
    return [(one.kind, numbers(one.extras)) for one in with_extras]


def numbers(of: tuple[Extra, ...]) -> list[int]:
    return [extra.number for extra in of if isinstance(extra, LessonOffer)]


def take(world: World, actor: Actor, lesson: int) -> None:
    world.do(teaching.take, actor, lesson, {}, None)


def test_six_weeks_of_lessons_alone_and_beside_questions(either_world: World) -> None:
    world = weeks(paired(either_world), 8)
    assert offers(world) == [
        *(("12 Jan", 1), ("19 Jan", 1), ("26 Jan", 2)),
        *(("02 Feb", 2), ("09 Feb", 3), ("16 Feb", 3)),
    ]
    assert extras(world) == [
        *(("weekly", [1]), ("weekly", [1])),
        *(("check_in_question", [2]), ("check_in_question", [2]), ("check_in_question", [3])),
        ("weekly", [3]),
    ]
    assert len({said.key for said in world.said(to="user:UANA")}) == 6, "one message a week"


def test_the_lesson_alone_names_its_reader_and_its_program(world: World) -> None:
    tick(paired(world), FIRST_SLOT)
    (said,) = world.said(to="user:UANA")
    title = teaching.lesson(1).title
    assert said.notice == Weekly((), (LessonOffer(1, title),), "Ana", "Peer mentoring")
    assert (said.key, said.due_at) == ("weekly:UANA:2026-W03", FIRST_SLOT)


def test_what_was_taken_is_not_offered_and_the_last_one_ends_it(either_world: World) -> None:
    world = paired(either_world)
    for lesson in (1, 3):
        take(world, ANA, lesson)
    weeks(world, 3)
    assert [lesson for _, lesson in offers(world)] == [2, 2, 4]
    for lesson in (2, 4, 5, 6):
        take(world, ANA, lesson)
    tick(world, FIRST_SLOT + 3 * WEEK)
    assert [lesson for _, lesson in offers(world)] == [2, 2, 4]
    assert [lesson for _, lesson in offers(world, "UBEN")] == [1, 1, 2, 2]


def test_a_heartbeat_twice_offers_once(either_world: World) -> None:
    world = paired(either_world)
    for moment in (FIRST_SLOT, FIRST_SLOT, FIRST_SLOT + DAY, FIRST_SLOT + 2 * DAY):
        tick(world, moment)
    assert len(world.said(to="user:UANA")) == 1


def test_two_programs_are_one_lesson_a_week(either_world: World) -> None:
    world = paired(either_world)
    world.person("UCHLOE")
    world.pair("UANA", "UCHLOE")
    weeks(world, 3)
    assert [lesson for _, lesson in offers(world)] == [1, 1, 2]
    asked = world.said("weekly", "user:UANA")[-1].notice
    assert isinstance(asked, Weekly)
    assert (len(asked.parts), numbers(asked.extras)) == (2, [2])


def test_a_second_match_begins_six_weeks_of_what_is_left(world: World) -> None:
    weeks(paired(world), 7)
    world.person("UCHLOE")
    world.pair("UANA", "UCHLOE")
    tick(world, FIRST_SLOT + 7 * WEEK)
    assert [lesson for _, lesson in offers(world)] == [1, 1, 2, 2, 3, 3, 4]


def test_a_break_and_a_quiet_week_have_none_and_none_is_made_up_for(world: World) -> None:
    paired(world)
    world.do(enrolling.pause, ANA, date(2026, 1, 14))
    world.do(quieting.choose_quiet_weeks, Actor(TEAM, ORGANIZER), world.program_id, [date(2026, 1, 19)])
    for number in range(21):
        tick(world, FIRST_SLOT + number * DAY)
    assert offers(world) == [("26 Jan", 1)]
    assert offers(world, "UBEN") == [("12 Jan", 1), ("26 Jan", 1)]


def test_a_quiet_week_of_one_program_leaves_the_other_s_lesson(world: World) -> None:
    paired(world)
    world.person("UCHLOE")
    other = world.pair("UANA", "UCHLOE")
    with world.writing() as session:
        program = Program(workspace_id=TEAM, name="Leadership", timezone="Europe/London", created_at=world.now)
        session.add(program)
        session.flush()
        for enrolled in (world.enrollment("UANA"), world.enrollment("UCHLOE")):
            session.add(type(enrolled)(**{**enrolled.model_dump(exclude={"id"}), "program_id": program.id}))
        session.merge(other).program_id = program.id
    world.do(quieting.choose_quiet_weeks, Actor(TEAM, ORGANIZER), world.program_id, [date(2026, 1, 12)])
    tick(world, FIRST_SLOT)
    assert offers(world) == [("12 Jan", 1)]
    assert offers(world, "UBEN") == []


def test_who_was_away_too_long_has_no_lesson_that_week(world: World) -> None:
    tick(paired(world), FIRST_SLOT + 3 * DAY + 9 * WEEK / 168)
    assert offers(world) == []
    tick(world, FIRST_SLOT + WEEK)
    assert offers(world) == [("19 Jan", 1)]


# What becomes of it


def asked_with_lesson(world: World) -> tuple[World, int]:
    tick(paired(world), FIRST_QUESTION)
    return world, world.row(Nudge, user_id="UANA").id


def test_the_lesson_stays_where_its_question_was_answered(either_world: World) -> None:
    world, nudge = asked_with_lesson(either_world)
    world.do(checking_in.answer_question, ANA, nudge, Answer(CheckInState.MET))
    assert extras(world)[-1] == ("check_in_answered", [1])
    answered = world.said("check_in_answered")[-1].notice
    assert isinstance(answered, CheckInAnswered)
    details = Answer(CheckInState.MET, minutes=50)
    world.later(hours=1).do(checking_in.correct, ANA, answered.check_in_id, details)
    assert extras(world)[-1] == ("check_in_answered", [1]), "and where the answer was changed"


def test_wrapping_up_takes_the_lesson_along(world: World) -> None:
    world, nudge = asked_with_lesson(world)
    world.do(checking_in.answer_question, ANA, nudge, Answer(CheckInState.WRAP_UP))
    assert extras(world)[-1] == ("check_in_answered", [])
    closed = world.said(to="user:UBEN")[-2].notice
    assert isinstance(closed, QuestionClosed)


def test_a_lesson_that_waits_is_not_sent_once_the_pair_has_ended(either_world: World) -> None:
    world = paired(either_world)
    world.at(FIRST_SLOT + 8 * WEEK / 168).do(heartbeat.tick)
    world.do(checking_in.not_a_fit, ANA, world.row(Pair).id)
    waiting = world.rows(OutboxRow, to="user:UBEN", key="weekly:UBEN:2026-W03")
    assert [row.status for row in waiting] == [OutboxStatus.DROPPED]


def test_an_answer_on_the_way_changes_nothing_about_the_next_lesson(world: World) -> None:
    paired(world)
    world.at(FIRST_SLOT - DAY / 2)
    with world.writing() as session:
        checking_in.answer(session, ANA, session.merge(world.row(Pair)), Answer(CheckInState.MET), now=world.now)
    weeks(world, 2)
    assert [lesson for _, lesson in offers(world)] == [1, 1]
