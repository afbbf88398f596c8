"""Which phrases are one skill: a table of what is near and of what only looks so, and how far comparing goes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.matching.people import normal
from bot.domain.skills import (
    MOST_IN_A_GROUP,
    Phrase,
    Shared,
    alike,
    counted,
    groups,
    looking_like,
    meant,
    renamed,
    shared,
)

SAME = [
    ("Public speaking", "public-speaking"),
    ("Public speaking", "PUBLIC   SPEAKING"),
    ("résumé", "re\u0301sume\u0301"),
    ("SQL", "\u200fSQL\u200e"),
    ("ＳＱＬ", "sql"),
    ("Straße", "STRASSE"),
    ("👩🏽‍💻 coding", "👩🏽💻 coding"),
]
NEAR = [
    ("public speaking", "public speakng"),
    ("public speaking", "public speeking"),
    ("public speaking", "pubilc speaking"),
    ("public speaking", "speaking in public"),
    ("presentation", "presentation skills"),
    ("presentations", "presentation"),
    ("strategy", "strategies"),
    ("frontend", "front-end"),
    ("time management", "timemanagement"),
    ("stakeholder management", "management of stakeholders"),
    ("negotiation", "negotiating"),
    ("retrospectives", "retrospektives"),
    ("accessibility", "accesibility"),
    ("system design", "the design of systems"),
    ("переговоры", "перегаворы"),
]
FAR = [
    ("project management", "product management"),
    ("time management", "team management"),
    ("giving feedback", "receiving feedback"),
    ("giving feedback", "getting feedback"),
    ("feedback", "giving feedback"),
    ("Java", "JavaScript"),
    ("Java", "Jira"),
    ("SQL", "NoSQL"),
    ("C++", "C#"),
    ("front end", "back end"),
    ("frontend", "backend"),
    ("hiring", "firing"),
    ("ruby", "rugby"),
    ("exel", "Excel"),
    ("mentoring", "monitoring"),
    ("user research", "user search"),
    ("leadership", "readership"),
    ("PM", "product management"),
    ("public speaking", "presenting in public"),
    ("level 1", "level 2"),
    ("公开演讲", "公开写作"),
    ("how to", "in my"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_phrase_are_one(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_slips_word_order_plurals_and_little_words_are_near(one: str, other: str) -> None:
    assert alike(normal(one), normal(other))
    assert alike(normal(other), normal(one))


@pytest.mark.parametrize(("one", "other"), FAR)
def test_what_only_looks_so_is_not_near_and_no_abbreviation_is_guessed(one: str, other: str) -> None:
    assert not alike(normal(one), normal(other))
    assert not alike(normal(other), normal(one))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared_both_ways(one: str, other: str) -> None:
    a, b = normal(one), normal(other)
    assert normal(a) == a
    assert alike(a, b) == alike(b, a)
    assert a == "" or alike(a, a)


def phrases(*wordings: str) -> list[Phrase]:
    """The first is the most written."""
    return [Phrase(normal(one), one, len(wordings) - at) for at, one in enumerate(wordings)]


def called(found: list[tuple[Phrase, ...]]) -> list[list[str]]:
    return [[phrase.wording for phrase in group] for group in found]


def test_a_group_stands_around_what_most_people_wrote() -> None:
    known = phrases(
        "Public speaking", "SQL", "speaking in public", "public speakng", "NoSQL", "negotiating", "Negotiation"
    )
    assert called(groups(known)) == [
        ["Public speaking", "speaking in public", "public speakng"],
        ["negotiating", "Negotiation"],
    ]


def test_what_is_kept_apart_is_not_grouped_again() -> None:
    known = phrases("presentation", "presentations")
    assert groups(known, {frozenset({"presentation", "presentations"})}) == []


def test_a_group_is_never_longer_than_can_be_read() -> None:
    many = phrases("negotiation", *(f"negotiatio{letter}" for letter in "abcdefghijklmopq"))
    assert len(groups(many)[0]) == MOST_IN_A_GROUP


@pytest.mark.parametrize("pattern", ["skill {n} {n}", "public s{letters}", "{letters}", "{letters} {letters}"])
def test_the_phrases_of_five_thousand_people_are_grouped_in_seconds(pattern: str) -> None:
    """Also where all begin alike, so that each might have to be compared with every other."""

    def letters(n: int) -> str:
        return "".join("abcdefghij"[int(digit)] for digit in f"{n * 7919 % 99_991:06}")

    known = phrases(*(pattern.format(n=n, letters=letters(n)) for n in range(25_000)))
    began = time.process_time()
    groups(known)
    assert time.process_time() - began < 10


def test_counting_is_by_person_and_the_spelling_most_chose_is_shown() -> None:
    written = [("ana", ["SQL", "sql", "Sql"]), ("ben", ["SQL"]), ("ana", ["…"]), ("chloe", ["sql", "sql"])]
    assert counted(written) == [Phrase("sql", "SQL", 3)]


def test_what_fewer_than_three_wrote_is_shared_only_when_an_organizer_says_so() -> None:
    known = [Phrase("sql", "SQL", 3), Phrase("burnout", "burnout", 2), Phrase("grief", "grief", 1)]
    assert [phrase.wording for phrase in shared(known, [], {}).phrases] == ["SQL"]
    assert [phrase.wording for phrase in shared(known, ["Burnout"], {}).phrases] == ["SQL", "Burnout"]


def test_what_stands_for_another_phrase_is_not_shown_itself() -> None:
    known = [Phrase("presenting", "presenting", 5), Phrase("public speaking", "Public speaking", 1)]
    assert [phrase.wording for phrase in shared(known, [], {"presenting": "Public speaking"}).phrases] == [
        "Public speaking"
    ]


def test_who_wrote_a_near_phrase_may_have_meant_the_shared_one() -> None:
    among = Shared(tuple(phrases("Public speaking", "SQL")))
    found = meant("speaking in public", among, ())
    assert found is not None
    assert found.wording == "Public speaking"
    assert meant("public speaking", among, ()) is None
    assert meant("speaking in public", among, [frozenset({"speaking in public", "public speaking"})]) is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("pub", "Public speaking"),
        ("speak", "Public speaking"),
        ("ublic", "Public speaking"),
        ("public speekin", "Public speaking"),
        ("publci", "Public speaking"),
        ("presenting in public", "Public speaking"),
        ("exel", "Excel"),
        ("negotiatoin", "Negotiation"),
    ],
)
def test_who_types_finds_beginnings_parts_slips_and_shared_words(typed: str, first: str) -> None:
    known = phrases("Negotiation", "Excel", "Public speaking", "SQL")
    assert looking_like(normal(typed), known, 19)[0].wording == first


@pytest.mark.parametrize("typed", ["python", "r", "xy", "公开演讲", "speaker's corner"])
def test_who_types_something_else_finds_nothing(typed: str) -> None:
    assert looking_like(normal(typed), phrases("Negotiation", "Excel", "Public talks"), 19) == []


def test_a_renamed_phrase_stands_once() -> None:
    aliases = {"presenting": "Public speaking"}
    assert renamed(["Presenting", "SQL", "public-speaking"], aliases) == ["Public speaking", "SQL"]
