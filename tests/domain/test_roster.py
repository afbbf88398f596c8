"""A roster's rows: what is right becomes people, what is wrong is named by line, row and field, all of it at once."""

from datetime import date
from typing import Any

import pytest

from bot.domain.matching import Candidate, Meeting, Rules, Weights, plan
from bot.domain.matching.people import Role
from bot.domain.matching.roster import BadRows, Row, read_history, read_roster, read_weights

NOW = date(2026, 11, 23)


def rows(*values: object) -> list[Row]:
    """The values as rows of a file with one row a line, after an opening bracket."""
    return [Row(value, at, at + 1) for at, value in enumerate(values, 1)]


def problems(*values: object) -> list[str]:
    with pytest.raises(BadRows) as bad:
        read_roster(rows(*values))
    return [str(problem) for problem in bad.value.problems]


def person(**fields: object) -> Candidate:
    return read_roster(rows({"id": "ana", **fields})).candidates[0]


def test_an_id_is_enough() -> None:
    assert read_roster(rows({"id": "ana"})).candidates == (Candidate("ana"),)


def test_every_field_comes_in() -> None:
    read = person(
        offers=["SQL"],
        asks=["public speaking"],
        goals=["lead a project"],
        style={"planning": "a", "feedback": "b"},
        department="Sales",
        level=3,
        manager="zoë",
        timezone="Europe/Berlin",
        hours=[9, 17],
        capacity=2,
        role="mentor",
        avoid=["ben"],
        left_out=1,
    )
    assert read == Candidate(
        "ana",
        ("SQL",),
        ("public speaking",),
        ("lead a project",),
        {"planning": "a", "feedback": "b"},
        "Sales",
        3,
        "zoë",
        "Europe/Berlin",
        (540, 1020),
        frozenset({"ben"}),
        1,
        2,
        Role.MENTOR,
    )


@pytest.mark.parametrize("unknown", [None, ""])
def test_an_empty_text_and_null_are_unknown(unknown: str | None) -> None:
    read = person(department=unknown, manager=unknown, timezone=unknown)
    assert (read.department or None, read.manager, read.timezone) == (None, None, None)
    assert person(hours=None, level=None, offers=None, style={"planning": None}) == Candidate("ana")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ([9, 17], (540, 1020)),
        ([8.5, 16.25], (510, 975)),
        (["08:30", "7:05"], (510, 425)),
        ([0, 24], (0, 1440)),
        ([22, 6], (1320, 360)),
        ([7.1, "24:00"], (426, 1440)),
    ],
)
def test_hours_are_local_minutes(typed: object, minutes: tuple[int, int]) -> None:
    assert person(hours=typed).hours == minutes


@pytest.mark.parametrize("side", ["a", "A", "plan ahead", "Plan  Ahead"])
def test_a_style_is_a_letter_or_the_words_it_stands_for(side: str) -> None:
    assert person(style={"planning": side}).style == {"planning": "a"}


@pytest.mark.parametrize("skill", ["説" * 200, "ש" * 200, "é" * 300, "नेतृत्व " * 25, "👩‍👩‍👧" * 40])
def test_long_skills_in_any_script_come_in(skill: str) -> None:
    assert person(offers=[skill]).offers == (skill,)


WRONG_VALUES = [
    ({"offers": "SQL"}, 'offers: a list is wanted, not "SQL"'),
    ({"asks": {"SQL": 1}}, 'asks: a list is wanted, not {"SQL": 1}'),
    ({"goals": ["grow", 7, " "]}, 'goals: item 2: text is wanted, not 7; item 3: words are wanted, not " "'),
    ({"offers": ["x" * 301]}, "offers: item 1: at most 300 characters are wanted, not 301"),
    (
        {"offers": ["a\x1b[2Jb"]},
        'offers: item 1: text without control characters is wanted, not "a\\u001b[2Jb"',
    ),
    ({"offers": ["\ud83d"]}, 'offers: item 1: text without control characters is wanted, not "\\ud83d"'),
    ({"style": "a"}, 'style: {"planning": "a"} is wanted (in CSV planning=a), not "a"'),
    (
        {"style": {"plan": "a"}},
        "style: plan: there is no such style; use planning, feedback, thinking or rhythm",
    ),
    (
        {"style": {"planning": "c", "rhythm": 1}},
        'style: planning: "a" (plan ahead) or "b" (see how it goes) is wanted, not "c"; '
        'rhythm: "a" (short and often) or "b" (long and rare) is wanted, not 1',
    ),
    ({"department": 7}, "department: text is wanted, not 7"),
    ({"level": "senior"}, 'level: a whole number from 0 to 1000 is wanted, not "senior"'),
    ({"level": 2.5}, "level: a whole number from 0 to 1000 is wanted, not 2.5"),
    ({"level": True}, "level: a whole number from 0 to 1000 is wanted, not true"),
    ({"level": 10**30}, f"level: a whole number from 0 to 1000 is wanted, not {10**30}"),
    ({"manager": 7}, "manager: text is wanted, not 7"),
    (
        {"manager": " ben"},
        'manager: a name with no space around it and single ones within is wanted, not " ben"',
    ),
    (
        {"timezone": "Europe/Berln"},
        'timezone: a time zone such as Europe/Berlin is wanted, not "Europe/Berln"; did you mean Europe/Berlin?',
    ),
    (
        {"timezone": "Mars/Olympus Mons"},
        'timezone: a time zone such as Europe/Berlin is wanted, not "Mars/Olympus Mons"',
    ),
    ({"timezone": 1}, "timezone: text is wanted, not 1"),
    ({"hours": 9}, "hours: from and to are wanted, as [9, 17] (in CSV 9-17), not 9"),
    ({"hours": [9]}, "hours: from and to are wanted, as [9, 17] (in CSV 9-17), not [9]"),
    ({"hours": [9, 25]}, 'hours: hours from 0 to 24 are wanted, such as 9, 8.5 or "08:30", not 25'),
    ({"hours": [-1, 9]}, 'hours: hours from 0 to 24 are wanted, such as 9, 8.5 or "08:30", not -1'),
    ({"hours": [9, "17h"]}, 'hours: hours from 0 to 24 are wanted, such as 9, 8.5 or "08:30", not "17h"'),
    ({"hours": [9, "24:30"]}, 'hours: hours from 0 to 24 are wanted, such as 9, 8.5 or "08:30", not "24:30"'),
    ({"hours": [9, 17.333]}, 'hours: hours from 0 to 24 are wanted, such as 9, 8.5 or "08:30", not 17.333'),
    ({"hours": [True, 9]}, 'hours: hours from 0 to 24 are wanted, such as 9, 8.5 or "08:30", not true'),
    (
        {"hours": [9, 9]},
        "hours: a start before 24 and another end are wanted ([0, 24] is the whole day), not [9, 9]",
    ),
    ({"capacity": -1}, "capacity: a whole number from 0 to 100 is wanted, not -1"),
    ({"capacity": "1"}, 'capacity: a whole number from 0 to 100 is wanted, not "1"'),
    ({"role": "boss"}, 'role: peer, mentor, mentee or both is wanted, not "boss"'),
    ({"role": ["peer"]}, 'role: peer, mentor, mentee or both is wanted, not ["peer"]'),
    ({"avoid": "ben"}, 'avoid: a list is wanted, not "ben"'),
    ({"avoid": [7]}, "avoid: item 1: text is wanted, not 7"),
    ({"left_out": -1}, "left_out: a whole number from 0 to 100 is wanted, not -1"),
    ({"ofers": ["SQL"]}, "ofers: there is no such field; did you mean offers?"),
    ({"Time Zone": "UTC"}, '"Time Zone": there is no such field; did you mean timezone?'),
]


@pytest.mark.parametrize(("fields", "said"), WRONG_VALUES)
def test_a_wrong_value_is_named_with_its_line_row_and_field(fields: dict[str, Any], said: str) -> None:
    assert problems({"id": "ben"}, {"id": "ana", **fields}) == [f"line 3, row 2, {said}"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({}, "id: it is missing"),
        ({"id": None}, "id: it is missing"),
        ({"id": ""}, 'id: a name with no space around it and single ones within is wanted, not ""'),
        ({"id": "a\nb"}, 'id: a name with no space around it and single ones within is wanted, not "a\\nb"'),
        ({"id": 7}, "id: text is wanted, not 7"),
        ({"id": True}, "id: text is wanted, not true"),
    ],
)
def test_an_id_is_a_text(value: object, said: str) -> None:
    assert problems(value) == [f"line 2, row 1, {said}"]


def test_a_field_of_no_likeness_hears_of_all_the_fields() -> None:
    (said,) = problems({"id": "ana", "xyz": 1})
    assert said == (
        "line 2, row 1, xyz: there is no such field; use id, offers, asks, goals, style, department, level, manager, "
        "timezone, hours, capacity, role, avoid or left_out"
    )


def test_a_row_that_is_no_object_is_named() -> None:
    (said,) = problems(["ana"])
    assert said.startswith("line 2, row 1: an object with the fields id, offers,")
    assert said.endswith('not ["ana"]')


def test_a_row_that_could_not_be_read_says_why() -> None:
    with pytest.raises(BadRows, match=r"^line 9, row 3: it names \"id\" twice$"):
        read_roster([Row(None, 3, 9, 'it names "id" twice')])


def test_an_id_that_two_have_names_the_first() -> None:
    said = problems({"id": "ana"}, {"id": "ben"}, {"id": "ana"})
    assert said == ['line 4, row 3, id: "ana" is the id of row 1 too (line 2)']


def test_everything_wrong_is_said_at_once_in_the_order_of_the_rows() -> None:
    said = problems({"id": "ana"}, {"id": "ana", "level": "x"}, {"level": -1})
    assert [one.partition(": ")[0] for one in said] == [
        "line 3, row 2, level",
        "line 3, row 2, id",
        "line 4, row 3, level",
        "line 4, row 3, id",
    ]


def test_nobody_is_a_roster_too() -> None:
    assert read_roster([]).candidates == ()


def test_capacity_zero_sits_out() -> None:
    read = read_roster(rows({"id": "ana", "capacity": 0}, {"id": "ben"}))
    assert [one.id for one in read.candidates] == ["ben"]
    assert [one.id for one in read.sitting_out] == ["ana"]


def test_managers_in_a_ring_and_outside_the_roster_are_walked() -> None:
    people = read_roster(
        rows(
            {"id": "ana", "manager": "ben"},
            {"id": "ben", "manager": "ana"},
            {"id": "cleo", "manager": "outside"},
            {"id": "dai", "manager": "outside"},
        )
    ).candidates
    made = plan(people, rules=Rules(), weights=Weights(), on=NOW, seed=7)
    assert {frozenset(pair.members) & {"ana", "ben"} for pair in made.pairs} == {frozenset({"ana"}), frozenset({"ben"})}


def test_history_counts_weeks_back() -> None:
    met = read_history(rows({"members": ["ana", "ben"], "week": 0}, {"members": ["a", "b", "c"], "week": 3}), NOW)
    assert met == (Meeting(("ana", "ben"), NOW), Meeting(("a", "b", "c"), date(2026, 11, 2)))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"members": ["ana"], "week": 1}, 'members: two different ids or more are wanted, not ["ana"]'),
        ({"members": ["ana", "ana"], "week": 1}, 'members: two different ids or more are wanted, not ["ana", "ana"]'),
        ({"members": ["ana", 7], "week": 1}, "members: item 2: text is wanted, not 7"),
        ({"members": ["ana", "ben"]}, "week: it is missing"),
        ({"week": 1}, "members: it is missing"),
        ({"members": ["ana", "ben"], "week": -1}, "week: a whole number from 0 to 5200 is wanted, not -1"),
        ({"members": ["ana", "ben"], "week": 1.5}, "week: a whole number from 0 to 5200 is wanted, not 1.5"),
        ({"members": ["ana", "ben"], "weeks": 1, "week": 1}, "weeks: there is no such field; did you mean week?"),
    ],
)
def test_wrong_history_is_named(value: object, said: str) -> None:
    with pytest.raises(BadRows) as bad:
        read_history(rows(value), NOW)
    assert str(bad.value) == f"line 2, row 1, {said}"


def test_weights_that_are_not_named_are_none() -> None:
    assert read_weights({"complement": 60, "goals": 40}) == Weights(60, 40, 0, 0, 0)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"complement": 60, "goals": 30}, "the weights add up to 90; they must add up to 100"),
        ({}, "the weights add up to 0; they must add up to 100"),
        ({"complement": 60.5}, "complement: a whole number from 0 to 100 is wanted, not 60.5"),
        ({"complement": 101, "goals": -1}, "complement: a whole number from 0 to 100 is wanted, not 101"),
        ({"goal": 100}, "goal: there is no such field; did you mean goals?"),
        ([40, 60], "an object with the fields complement, goals, style, new or level is wanted, not [40, 60]"),
    ],
)
def test_wrong_weights_are_named(value: object, said: str) -> None:
    with pytest.raises(BadRows) as bad:
        read_weights(value)
    assert str(bad.value.problems[0]) == said
