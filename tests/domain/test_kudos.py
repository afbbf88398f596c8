"""The values that thanks may carry: what an organizer wrote, and what a giver typed."""

import pytest

from bot.domain.kudos import beside, is_a_word, tagged, unknown_tags, values_in

VALUES = ("Care", "craft", "well-being")


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("", []),
        (" \n ,; ", []),
        ("care\ncraft", ["care", "craft"]),
        ("#Care, #craft; courage", ["Care", "craft", "courage"]),
        ("#care #craft", ["care", "craft"]),
        ("Care\n#care\nCARE", ["Care"]),
        ("be kind\ncare", ["be kind", "care"]),
        ("#", []),
        ("soin de l'autre", ["soin de l'autre"]),
    ],
)
def test_values_are_written_a_line_or_a_comma_each(written: str, values: list[str]) -> None:
    assert values_in(written) == values


@pytest.mark.parametrize("value", ["care", "Mut", "well-being", "साहस", "勇気", "a", "v2"])
def test_a_word_of_any_script_is_a_value(value: str) -> None:
    assert is_a_word(value)


@pytest.mark.parametrize("value", ["be kind", "2fast", "-care", "snake_case", "*bold*", "<!channel>", "🎉", "a.b", ""])
def test_what_cannot_be_typed_as_a_hashtag_is_no_value(value: str) -> None:
    assert not is_a_word(value)


@pytest.mark.parametrize(
    ("typed", "why", "named"),
    [
        ("the review", "the review", ()),
        ("the review #care", "the review", ("Care",)),
        ("the review, #CARE #craft!", "the review", ("Care", "craft")),
        ("the #care you took", "the #care you took", ("Care",)),
        ("the #care you took\n#craft", "the #care you took", ("Care", "craft")),
        ("the review #wip", "the review #wip", ()),
        ("the review #wip #care", "the review #wip", ("Care",)),
        ("the review #care #wip", "the review #care #wip", ("Care",)),
        ("the review #well-being.", "the review", ("well-being",)),
        ("#care", "", ("Care",)),
        ("care for #1 and C#", "care for #1 and C#", ()),
        ("", "", ()),
    ],
)
def test_values_that_end_a_reason_are_lifted_off_and_other_hashtags_stay_as_typed(
    typed: str, why: str, named: tuple[str, ...]
) -> None:
    assert tagged(typed, VALUES) == (why, named)


def test_ten_thousand_hashtags_are_read_in_a_moment() -> None:
    assert tagged("#care " * 10_000, VALUES) == ("", ("Care",))


def test_a_value_that_the_reason_names_is_not_shown_twice() -> None:
    assert beside("the #care you took", ("Care", "craft")) == ["craft"]


@pytest.mark.parametrize(
    ("why", "strange"),
    [
        ("the review #care", ()),
        ("the review #pateince, and #Care!", ("#pateince",)),
        ("#caer #caer #wip", ("#caer", "#wip")),
        ("issue #42 and # alone", ()),
        ("the review", ()),
    ],
)
def test_a_hashtag_that_is_no_value_is_found_once_as_it_was_typed(why: str, strange: tuple[str, ...]) -> None:
    assert unknown_tags(why, VALUES) == strange
