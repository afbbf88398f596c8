"""Lessons: the list, one lesson with its questions, and what is said of the answers."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock, HeaderBlock, PlainTextObject

from bot.content import forms
from bot.content import learning as words
from bot.domain.training import MOST_USEFUL, Lesson, Question
from bot.views import fields
from bot.views.ids import Action, Ref, View
from bot.views.kit import Message, actions, beginning, button, drawn, escape, grey, in_words, section, unmarked
from bot.views.modals import Drawn, modal
from bot.views.models import Learning, LearningTotals, Marked


def course(here: Learning) -> Message:
    """Every lesson with its button; the next one leads."""
    text = _where(here, words.LIST_NONE, words.LIST_SOME, words.LIST_ALL)
    rows = [_row(here, number, title, taken=taken) for number, title, taken in here.lessons]
    return Message(text, drawn([section(text), *rows, grey(words.LIST_GREY)]))


def _where(here: Learning, none: str, some: str, everything: str) -> str:
    """One of three sentences, as far as the person is."""
    pattern = everything if here.next is None else some if here.taken else none
    count = in_words(len(here.lessons))
    return beginning(pattern.format(count=count, taken=in_words(here.taken), title=unmarked(here.next_title)))


def _row(here: Learning, number: int, title: str, *, taken: bool) -> Block:
    line = (words.TAKEN if taken else words.NOT_TAKEN).format(number=number, title=unmarked(title))
    label = words.READ_AGAIN if taken else words.READ
    return section(line, button(label, Action.READ_LESSON, Ref("lesson", number), primary=number == here.next))


def lesson(read: Lesson) -> Drawn:
    """Why, the idea, how it sounds, one thing to try; then two questions."""
    blocks: list[Block] = [
        HeaderBlock(text=PlainTextObject(text=read.title)),
        section(read.why),
        *([grey(read.source)] if read.source else []),
        DividerBlock(),
        section(read.idea),
        section(words.EXAMPLE),
        section(read.example),
        section(words.TO_TRY.format(to_try=read.to_try)),
        DividerBlock(),
        *(_asked(question, at) for at, question in enumerate(read.questions)),
        fields.choose(
            *("useful", words.USEFUL, {str(value): label for value, label in words.USEFUL_WORDS.items()}, None),
            nothing=words.USEFUL_UNSAID,
            hint=words.USEFUL_HINT,
        ),
    ]
    title = words.TITLE.format(number=read.number)
    return modal(View.LESSON, title, blocks, submit=words.SUBMIT, close=forms.CLOSE, about={"lesson": read.number})


def _asked(question: Question, at: int) -> Block:
    choices = {str(number): choice.text for number, choice in enumerate(question.choices)}
    return fields.radio(question_field(at), question.text, choices, None)


def question_field(at: int) -> str:
    """The field of a lesson's question, from 0."""
    return f"question_{at}"


def marked(shown: Marked) -> Drawn:
    """What is said of each answer, and the next lesson."""
    asked = zip(shown.lesson.questions, shown.chosen, strict=True)
    blocks = [section(_said_of(question, chosen)) for question, chosen in asked if chosen is not None]
    blocks += [DividerBlock(), *_after(shown.next)]
    title = words.MARKED_TITLE.format(number=shown.lesson.number)
    return modal(View.PLAIN, title, blocks, close=forms.CLOSE)


def _said_of(question: Question, at: int) -> str:
    chosen, better = question.choices[at], next(choice for choice in question.choices if choice.is_right)
    pattern = words.RIGHT if chosen.is_right else words.OTHER
    return pattern.format(
        question=escape(question.text),
        choice=escape(chosen.text),
        feedback=chosen.feedback.replace("\n", " "),
        better=escape(better.text),
        why=better.feedback,
    )


def _after(coming: Lesson | None) -> Sequence[Block]:
    if coming is None:
        return [section(words.LAST)]
    return [section(words.NEXT.format(title=escape(coming.title))), actions(_read(words.READ_NEXT, coming.number))]


def _read(label: str, number: int) -> ButtonElement:
    return button(label, Action.READ_LESSON, Ref("lesson", number))


def to_read(one: Lesson) -> ButtonElement:
    """Opens a lesson that was typed in the DM, which a command would have opened at once."""
    return button(words.READ, Action.READ_LESSON, Ref("lesson", one.number), primary=True)


def offered(one: Lesson) -> str:
    """The words above that button."""
    return words.OFFERED.format(number=one.number, title=unmarked(one.title))


def while_waiting(here: Learning) -> list[Block]:
    """The next lesson, beside something else that was done; nothing after the last."""
    if here.next is None:
        return []
    text = words.JOINED.format(title=escape(here.next_title))
    return [section(text, _read(words.READ, here.next))]


def at_home(here: Learning) -> list[Block]:
    """How far a person is, the next lesson, and the way to all of them."""
    text = _where(here, words.HOME_NONE, words.HOME_SOME, words.HOME_ALL)
    following = [_read(words.HOME_NEXT.format(title=here.next_title)[:75], here.next)] if here.next else []
    return [
        DividerBlock(),
        HeaderBlock(text=PlainTextObject(text=words.HOME)),
        section(text),
        actions(*following, button(words.HOME_LIST, Action.SHOW_LESSONS)),
    ]


def totals(told: LearningTotals) -> str:
    """How many have begun, and how many are through."""
    useful = words.TOTALS_USEFUL.format(mean=f"{told.useful:g}", most=MOST_USEFUL) if told.useful is not None else ""
    return words.TOTALS.format(begun=told.begun, all_of_them=told.all_of_them) + useful
