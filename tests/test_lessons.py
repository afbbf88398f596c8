"""Lessons are files: ours can be read, an organization's replace them, and what is wrong is named with its line."""

from pathlib import Path

import pytest

from bot.content.lessons import OURS, read_folders
from bot.errors import SetupError
from bot.views import learning
from sandbox.validation import check_view

WELL = """# Asking

Why it matters, in a line.
And another.

Source: Somebody 2020

## The idea

An **idea** & *more*.

## How it sounds

> **Ana:** Yes?
> **Ben:** No.

## Try today

Try it.

## Question: What now?

- [ ] This <one>
  It is not so good.
- [x] That one
  It is better.

## Question: And now?

- [x] Here
  Yes.
- [ ] There
  No.
"""


def lesson_file(folder: Path, text: str, name: str = "2-asking.md") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    """What is wrong, without the folder."""
    with pytest.raises(SetupError) as refused:
        read_folders(folder)
    return [line.removeprefix(f"{folder}/") for line in refused.value.user_message.splitlines()][:-1]


def test_ours_are_six_each_with_two_lines_why_a_source_and_two_questions() -> None:
    ours = read_folders(OURS)
    assert [lesson.number for lesson in ours] == [1, 2, 3, 4, 5, 6]
    for lesson in ours:
        assert len(lesson.why.splitlines()) == 2, lesson.title
        assert lesson.source.startswith("Source: ")
        assert len(lesson.questions) == 2
        assert [sum(choice.is_right for choice in question.choices) for question in lesson.questions] == [1, 1]
        check_view(learning.lesson(lesson), "modal")


@pytest.mark.parametrize("lesson", read_folders(OURS), ids=lambda lesson: lesson.title)
def test_a_lesson_takes_five_minutes(lesson: object) -> None:
    """At 200 words a minute reading is two of them; thinking about the questions is the rest."""
    assert 150 <= len(str(lesson).split()) <= 480


def test_the_better_choice_is_not_always_in_the_same_place() -> None:
    places = {
        next(at for at, choice in enumerate(question.choices) if choice.is_right)
        for lesson in read_folders(OURS)
        for question in lesson.questions
    }
    assert places == {0, 1, 2}


def test_markdown_becomes_slack_s_marks(tmp_path: Path) -> None:
    (lesson,) = read_folders(lesson_file(tmp_path / "l", WELL))
    assert lesson.why == "Why it matters, in a line.\nAnd another."
    assert lesson.source == "Source: Somebody 2020"
    assert lesson.idea == "An *idea* &amp; _more_."
    assert lesson.example == "> *Ana:* Yes?\n> *Ben:* No."
    assert lesson.questions[0].text == "What now?"
    assert [choice.text for choice in lesson.questions[0].choices] == ["This <one>", "That one"], (
        "plain, as options are"
    )
    assert lesson.questions[0].choices[1].feedback == "It is better."


def test_what_to_try_without_a_partner_is_a_part_of_its_own_and_may_be_missing(tmp_path: Path) -> None:
    alone = WELL.replace("Try it.\n", "Ask Ben.\n\n## While you have no partner\n\nAsk *yourself*.\n")
    (lesson,) = read_folders(lesson_file(tmp_path / "l", alone))
    assert (lesson.to_try, lesson.to_try_alone) == ("Ask Ben.", "Ask _yourself_.")
    (without,) = read_folders(lesson_file(tmp_path / "w", WELL))
    assert without.to_try_alone == ""


def test_ours_that_need_a_partner_say_what_to_try_without_one() -> None:
    ours = read_folders(OURS)
    assert [one.number for one in ours if "partner" in one.to_try] == [1, 3, 5, 6]
    assert [one.number for one in ours if one.to_try_alone] == [1, 3, 5, 6]
    assert not [one.number for one in ours if "to your partner" in one.to_try_alone.casefold()]


def test_an_organization_s_lesson_replaces_ours_or_is_added(tmp_path: Path) -> None:
    lesson_file(tmp_path / "l", WELL)
    folder = lesson_file(tmp_path / "l", WELL.replace("# Asking", "# The house"), "12-the-house.md")
    both = read_folders(OURS, folder)
    titles = {lesson.number: lesson.title for lesson in both}
    assert [lesson.number for lesson in both] == [1, 2, 3, 4, 5, 6, 12]
    assert (titles[2], titles[12]) == ("Asking", "The house")


@pytest.mark.parametrize(
    ("wrong", "instead", "said"),
    [
        ("# Asking\n", "Asking\n", "2-asking.md:1: A lesson begins with its title"),
        ("## The idea", "## My idea", "2-asking.md:8: There is no part called My idea"),
        ("Try it.\n", "", "2-asking.md:17: The part ## Try today is missing or empty."),
        ("Try it.\n", "Try it.\n\n## While you have no partner\n", "2-asking.md:21: The part ## While you have no"),
        ("Try it.\n", "```\ncode\n```\n", "2-asking.md:19: Slack cannot show this here"),
        ("Try it.\n", "![a](b.png)\n", "2-asking.md:19: Slack cannot show this here"),
        ("Try it.\n", "x" * 2501 + "\n", "2-asking.md:17: This is 2501 characters long; 2500 fit."),
        ("- [x] That one", "- [ ] That one", "2-asking.md:21: Mark the better choice with an x"),
        ("- [x] That one\n", "- That one\n", "2-asking.md:25: A choice is `- [ ] what one may do`"),
        ("  It is better.\n", "", "2-asking.md:25: A choice is `- [ ] what one may do`"),
        ("That one", "y" * 76, "2-asking.md:25: This is 76 characters long; 75 fit."),
        ("Why it matters, in a line.\nAnd another.\n", "", "2-asking.md:1: Below the title stand two lines"),
        ("## Question: And now?", "## Elsewhere", "2-asking.md:28: There is no part called Elsewhere"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, wrong: str, instead: str, said: str) -> None:
    assert wrong in WELL
    found = problems(lesson_file(tmp_path / "l", WELL.replace(wrong, instead)))
    assert any(line.startswith(said) for line in found), found


def test_everything_wrong_in_every_file_is_named_at_once(tmp_path: Path) -> None:
    lesson_file(tmp_path / "l", WELL.replace("## The idea", "## Idea"))
    lesson_file(tmp_path / "l", "", "3-nothing.md")
    lesson_file(tmp_path / "l", WELL, "2-again.md")
    lesson_file(tmp_path / "l", WELL, "notes.md")
    (tmp_path / "l" / "4-latin.md").write_bytes(b"# \xe9\xe8\n")
    found = problems(tmp_path / "l")
    for beginning in (
        "2-asking.md:8:",
        "3-nothing.md:1:",
        "4-latin.md:1: This is no UTF-8",
        "notes.md:1: A lesson's file",
    ):
        assert any(line.startswith(beginning) for line in found), (beginning, found)


def test_two_files_of_one_number_and_a_folder_without_any_are_refused(tmp_path: Path) -> None:
    lesson_file(tmp_path / "l", WELL)
    lesson_file(tmp_path / "l", WELL, "2-again.md")
    assert problems(tmp_path / "l") == ["2-asking.md:1: 2-again.md has number 2, too"]
    with pytest.raises(SetupError, match="There is no lesson in"):
        read_folders(tmp_path / "nowhere")
