"""Notices, drawn: one small function each, returning the complete text and the blocks."""

from collections.abc import Sequence
from functools import singledispatch

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from bot.content import answers, rematching, templates
from bot.content import messages as words
from bot.domain import notices
from bot.domain.matching.sentences import Segment, Skill
from bot.domain.nudges import RUNGS
from bot.views import extras
from bot.views.ids import Action, Ref
from bot.views.kit import (
    Message,
    actions,
    and_list,
    beginning,
    button,
    confirm,
    day_words,
    diary_words,
    drawn,
    emphasised,
    escape,
    grey,
    in_words,
    message,
    quoted,
    section,
    unmarked,
    you_and,
)


@singledispatch
def render(notice: notices.Notice) -> Message:
    """The message for a notice; every member of the union is registered below (a test holds it)."""
    raise TypeError(f"Nothing says how to draw {type(notice).__name__}")


@render.register
def _introduction(notice: notices.Introduction) -> Message:
    text = _goes_on(notice) if notice.goes_on else _meet(notice)
    step = words.GOING_ON_STEP if notice.goes_on else templates.FIRST_STEPS[notice.purpose].format(days=notice.days)
    ref = Ref("pair", notice.pair_id)
    if notice.closed:
        return message(text, grey(words.INTRODUCTION_GREY.format(program=escape(notice.program))))
    return message(
        f"{text} {step}",
        section(step),
        actions(
            button("We've picked a time", Action.PICKED_A_TIME, ref, primary=True),
            button("See agenda", Action.SHOW_AGENDA, ref),
            not_a_fit_button(notice.pair_id),
        ),
        grey(words.INTRODUCTION_GREY.format(program=escape(notice.program))),
        lead=text,
    )


def _meet(notice: notices.Introduction) -> str:
    return words.INTRODUCTION.format(
        first=escape(notice.names[0]),
        others=names(notice.names[1:]),
        count=count_word(len(notice.names)),
        reason=reason(notice.reason),
        overlap=f" {notice.overlap}" if notice.overlap else "",
    )


def _goes_on(notice: notices.Introduction) -> str:
    """Two of three, who know each other: nothing of who left."""
    why = words.GOING_ON_WHY.format(reason=reason(notice.reason)) if notice.reason else ""
    return words.GOING_ON.format(names=names(notice.names), program=escape(notice.program), why=why)


@render.register
def _question(notice: notices.CheckInQuestion) -> Message:
    return _ask(notice, words.WEEKLY_GREY)


def _ask(notice: notices.CheckInQuestion, why: str, *, greets: bool = True) -> Message:
    """`why`: the grey line of all but the last of the ladder."""
    ref = Ref("nudge", notice.nudge_id)
    is_last, question = notice.step == RUNGS, _how_does_it_stand(notice)
    question = f"{words.HELLO.format(name=escape(notice.first_name))} {question}" if greets else question
    due = extras.because(notice.extras, meeting=True)
    grey_line = words.QUESTION_LAST_GREY if is_last else why
    return message(
        extras.with_extras(question, notice.extras),
        actions(*(_last_answers(ref) if is_last else _answers(ref))),
        *extras.blocks_of(notice.extras),
        grey(grey_line.format(program=escape(notice.program), due=due)),
        lead=question,
    )


def _answers(ref: Ref) -> Sequence[ButtonElement]:
    return (
        button("We met", Action.WE_MET, ref, primary=True),
        button("In the diary", Action.IN_THE_DIARY, ref),
        button("Not yet", Action.NOT_YET, ref),
        button("Something's stuck", Action.STUCK, ref),
        button("Pause", Action.OPEN_PAUSE),
    )


def _last_answers(ref: Ref) -> Sequence[ButtonElement]:
    return (
        button("Keep going", Action.KEEP_GOING, ref, primary=True),
        button("Take a break", Action.OPEN_PAUSE),
        wrap_up_button(ref),
    )


@render.register
def _weekly(notice: notices.Weekly) -> Message:
    """Its parts below each other; the first question that is still open has the primary button, else the first part."""
    if not notice.parts:
        return _lesson_alone(notice)
    parts = [_part(part.said, greets=at == 0) for at, part in enumerate(notice.parts)]
    open_ones = [part for part, of in zip(parts, notice.parts, strict=True) if _is_question(of.said)]
    leading = (open_ones or parts)[0]
    for part in (part for part in parts if part is not leading):
        for element in (e for block in part.blocks for e in block.get("elements", ()) if e.get("style") == "primary"):
            del element["style"]
    blocks = [block for part in parts for block in (DividerBlock().to_dict(), *part.blocks)]
    text = "\n".join(part.text for part in parts)
    why = words.SEVERAL_AND_MORE_GREY if notice.extras else words.SEVERAL_GREY
    due = extras.because(notice.extras, meeting=False)
    below = drawn([DividerBlock(), *extras.blocks_of(notice.extras), grey(why.format(due=due))])
    return Message(extras.with_extras(text, notice.extras), [*blocks[1:], *below])


def _part(said: notices.CheckInQuestion | notices.CheckInAnswered | notices.QuestionClosed, *, greets: bool) -> Message:
    """One hello is enough."""
    if not isinstance(said, notices.CheckInQuestion):
        return render(said)
    return _ask(said, words.QUESTION_OF_SEVERAL_GREY, greets=greets)


def _lesson_alone(notice: notices.Weekly) -> Message:
    """A week in which nobody is asked anything."""
    offer = next(one for one in notice.extras if isinstance(one, notices.LessonOffer))
    due = extras.because(notice.extras, meeting=False)
    return message(
        words.LESSON_ALONE.format(name=escape(notice.first_name), title=unmarked(offer.title)),
        actions(extras.read_lesson(offer, primary=True), button("Pause", Action.OPEN_PAUSE)),
        grey(words.WEEKLY_GREY.format(program=escape(notice.program), due=due)),
    )


def _is_question(said: object) -> bool:
    return isinstance(said, notices.CheckInQuestion)


def _how_does_it_stand(notice: notices.CheckInQuestion) -> str:
    """The question, beginning with what its reader last knew; the last of the ladder is another one."""
    together = you(notice.partners)
    if notice.step == RUNGS:
        return words.QUESTION_LAST.format(partners=names(notice.partners))
    tried = f" {words.QUESTION_TRIED.format(tried=emphasised(extras.in_short(notice.tried)))}" if notice.tried else ""
    if notice.diary is not None:
        day = escape(diary_words(notice.diary, notice.moment))
        return words.QUESTION_DIARY.format(You=beginning(together), day=day) + tried
    if notice.weeks is None:
        first = templates.QUESTIONS_FIRST.get(notice.purpose, words.QUESTION_FIRST)
        return first.format(You=beginning(together)) + tried
    return words.QUESTION_SINCE.format(you=together, weeks=weeks_words(notice.weeks)) + tried


@render.register
def _question_closed(notice: notices.QuestionClosed) -> Message:
    return message(words.QUESTION_CLOSED.format(partners=names(notice.partners)))


@render.register
def _no_match(notice: notices.NoMatch) -> Message:
    text, step = _why_none(notice)
    return message(
        text,
        actions(step, button("Take a break", Action.OPEN_PAUSE)),
        grey(words.NO_MATCH_GREY.format(program=escape(notice.program))),
    )


def _why_none(notice: notices.NoMatch) -> tuple[str, ButtonElement]:
    """Why there is no partner, and what would change it."""
    day = day_words(notice.priority_on)
    if notice.reason is None:
        text = words.NO_MATCH_LESSONS.format(lessons=lessons_named(notice.lessons), day=day)
        return text, read_first_button(notice.lessons)
    text = words.NO_MATCH.format(reason=words.NO_MATCH_REASONS[notice.reason], day=day)
    return text, button(words.NO_MATCH_STEPS[notice.reason], Action.OPEN_PROFILE, primary=True)


def lessons_named(numbers: Sequence[int]) -> str:
    """`lesson 2`, `lessons 1 and 2`."""
    return f"lesson{'s' if len(numbers) > 1 else ''} {and_list([str(number) for number in numbers])}"


def read_first_button(numbers: Sequence[int]) -> ButtonElement:
    """The next of the lessons that come before a match."""
    label = words.READ_FIRST.format(number=numbers[0])
    return button(label, Action.READ_LESSON, Ref("lesson", numbers[0]), primary=True)


@render.register
def _taken_back(notice: notices.TakenBack) -> Message:
    text = words.TAKEN_BACK_INTRODUCTION if notice.introduction else words.TAKEN_BACK_NO_MATCH
    return message(text, grey(words.TAKEN_BACK_GREY.format(program=escape(notice.program))))


@render.register
def _welcome_back(notice: notices.WelcomeBack) -> Message:
    partners = words.WELCOME_BACK_PARTNERS.format(partners=names(notice.partners))
    partners = partners if notice.partners else words.WELCOME_BACK_ALONE
    return message(
        words.WELCOME_BACK.format(name=escape(notice.first_name), partners=partners),
        grey(words.WELCOME_BACK_GREY.format(program=escape(notice.program))),
    )


@render.register
def _stuck_shared(notice: notices.StuckShared) -> Message:
    person = escape(notice.person)
    note = [section(quoted(notice.note))] if notice.note else []
    text = words.STUCK_SHARED.format(person=person, reason=words.STUCK_REASONS[notice.reason])
    return message(text, *note, grey(words.STUCK_SHARED_GREY.format(program=escape(notice.program), person=person)))


@render.register
def _channel_lost(notice: notices.ChannelLost) -> Message:
    return message(
        words.CHANNEL_LOST.format(channel=escape(notice.channel), bot=notice.bot),
        grey(words.CHANNEL_LOST_GREY.format(program=escape(notice.program))),
    )


def names(people: Sequence[str]) -> str:
    """People's names, escaped, in a sentence."""
    return and_list([escape(person) for person in people])


def you(partners: Sequence[str]) -> str:
    """The reader and their partners, escaped: `you and Ben`."""
    return you_and([escape(partner) for partner in partners])


def count_word(people: int) -> str:
    """`two` or `three`."""
    return {2: "two", 3: "three"}[people]


def weeks_words(weeks: int) -> str:
    """`a week`, `two weeks`, `13 weeks`."""
    return "a week" if weeks == 1 else f"{in_words(weeks)} weeks"


def reason(segments: Sequence[Segment]) -> str:
    """Why two people were paired, their own words in bold and everything escaped."""
    return "".join(emphasised(part.text) if isinstance(part, Skill) else escape(part) for part in segments)


def not_a_fit_button(pair_id: int, label: str = "Not a fit") -> ButtonElement:
    """Ends a pair with no fault, after a question."""
    return button(
        label,
        Action.NOT_A_FIT,
        Ref("pair", pair_id),
        confirm=confirm(
            "Not a fit?",
            words.NOT_A_FIT_SURE,
            "End the pairing",
            danger=True,
        ),
    )


def wrap_up_button(ref: Ref) -> ButtonElement:
    """Ends a pair well, after a question."""
    return button(
        "Wrap up",
        Action.WRAP_UP,
        ref,
        confirm=confirm("Wrap up?", words.WRAP_UP_SURE, "Wrap up"),
    )


def again_or_break(enrollment_id: int, *more: ButtonElement, asked: bool = False) -> Block:
    """What next, after a pair ended; who has `asked` for another partner does not ask twice."""
    again = button("Match me again", Action.MATCH_ME_AGAIN, Ref("enrollment", enrollment_id), primary=True)
    return actions(*([] if asked else [again]), button("Take a break", Action.OPEN_PAUSE), *more)


def asked_again_words(asked: notices.AskedAgain, in_round: str = rematching.ASKED_IN_ROUND) -> str:
    """What becomes of asking for another partner; `in_round` says it where a round is running that they may join."""
    if asked.next_week is not None:
        return rematching.ASKED_WEEKLY.format(day=day_words(asked.next_week))
    return in_round if asked.in_round else answers.MATCH_AGAIN_DONE


def together(partners: Sequence[str]) -> str:
    """`You and Ben`, for plain text, where nothing needs escaping: labels of inputs."""
    return beginning(you_and(partners))
