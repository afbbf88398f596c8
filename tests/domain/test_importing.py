"""A table of what an organizer brings: taken whole or not at all, and each problem named where it is."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.importing import BroughtRow, Somebody, later_word, read_brought
from bot.domain.matching.roster import BadRows
from bot.importing import rows_of
from bot.rows import AN_EXCEL_FILE, UTF_16, decoded, separator_of

TODAY = date(2026, 1, 12)
KNOWN = (
    Somebody("U1", "Ana"),
    Somebody("U2", "Ben Whitfield"),
    Somebody("U3", "Chloé", ("Chloé Lefèvre", "chloe", "Ana")),
    Somebody("U4", "Sam"),
    Somebody("U5", "sam"),
)


def read(table: str) -> list[BroughtRow]:
    return read_brought(rows_of(table), KNOWN, TODAY)


def refused(table: str) -> str:
    with pytest.raises(BadRows) as bad:
        read(table)
    return str(bad.value)


@pytest.mark.parametrize(
    ("person", "user_id"),
    {
        "@Ana": "U1",
        "ana": "U1",
        "U2": "U2",
        "<@U3>": "U3",
        "<@U3|chloe>": "U3",
        "Ben  Whitfield": "U2",
        "@ben whitfield": "U2",
        "CHLOÉ": "U3",
        "chloé lefèvre": "U3",
        "@chloe": "U3",
    }.items(),
)
def test_whom_a_row_means(person: str, user_id: str) -> None:
    assert read(f"person,level\n{person},3") == [BroughtRow(user_id, {"level": 3})]


def test_all_a_row_may_say() -> None:
    table = 'Name,Department,Manager,Level,Location,Start date\n@ana,"Sales, North",@chloé,4,Lisbon,2024-03-01\n'
    said = {"department": "Sales, North", "manager": "U3", "level": 4, "location": "Lisbon"}
    assert read(table) == [BroughtRow("U1", {**said, "start date": date(2024, 3, 1)})]


@pytest.mark.parametrize(
    "table", ["person;level\nana;3", "person\tlevel\nana\t3", "\n person , level \r\n ana , 3 \r\n"]
)
def test_as_spreadsheets_copy_and_save_them(table: str) -> None:
    assert read(table) == [BroughtRow("U1", {"level": 3})]


def test_an_empty_cell_says_nothing_and_a_dash_takes_back() -> None:
    assert read("person,department,manager,location\nana,,-,-") == [
        BroughtRow("U1", {"manager": None, "location": None})
    ]


@pytest.mark.parametrize(
    ("table", "said"),
    {
        "person,level\n@zoe,3": 'line 2, person: nobody here is called "@zoe"',
        "person,level\nana@small.works,3": "Slack does not tell me e-mail addresses",
        "person,level\nsam,3": 'several people are called "sam"; a Slack member id is wanted',
        "person,level\nana,high": 'line 2, level: a whole number from 0 to 1000 is wanted, not "high"',
        "person,level\nana,-3": "a whole number from 0 to 1000 is wanted, not -3",
        "person,start date\nana,2024-02-31": 'there is no such day as "2024-02-31"',
        "person,start date\nana,31.12.2024": 'a day as 2024-03-01 is wanted, not "31.12.2024"',
        "person,start date\nana,2027-02-01": "a day from 1950 to a year from now is wanted",
        "person,start date\nana,1949-12-31": "a day from 1950 to a year from now is wanted",
        "person,start date\nana,２０２４-03-01": "a day as 2024-03-01 is wanted",
        "person,manager\nana,ana": "line 2, manager: someone else is wanted",
        "person,manager\nana,@zoe": 'manager: nobody here is called "@zoe"',
        "person,level\nana,3\nU1,4": 'line 3, person: "U1" (there "ana") is the person of line 2 too',
        "person,level\n@ana,3\n\n@ana,4": 'line 4, person: "@ana" is the person of line 2 too',
        "Slack ID,Started on\nana,soon": 'line 2, "Started on": a day as 2024-03-01 is wanted, not "soon"',
        "E-Mail,level\n@zoe,3": 'line 2, "E-Mail": nobody here is called "@zoe"',
        "person,Startdate\nana,2024-03-01": "did you mean start date?",
        "person,departmnet\nana,Sales": "did you mean department?",
        "person,salary\nana,9": 'line 1, "salary": there is no such field; use',
        "level\n3": "person: this column is missing",
        "person,level,level\nana,3,4": "this column is there twice",
        "person,level\nana": "2 cells are wanted, as in the first line, not 1",
        "person,level\n,3": "line 2, person: it is missing",
        "person,level": "There is no row below the line of columns",
        "": "this column is missing",
        "person\nana": "There is nothing but a person in each row",
        'person,location\nana,"Lis': "this is not CSV",
        "person,location\nana,Lis\x07bon": "text without control characters is wanted",
        "person,location\nana," + "x" * 301: "at most 300 characters are wanted, not 301",
    }.items(),
)
def test_what_cannot_be_taken_is_named_where_it_is(table: str, said: str) -> None:
    assert said in refused(table)


def test_every_problem_of_every_row_is_named_at_once() -> None:
    table = "person,level,start date\n@zoe,x,2024-02-31\nana,1,2024-01-01\n@yan,2,soon"
    assert len(refused(table).splitlines()) == 5


def test_five_thousand_rows_are_read_in_a_moment() -> None:
    many = [Somebody(f"U{number:04}", f"Person {number}") for number in range(5000)]
    table = "\n".join(["person,department", *(f"Person {number},Dept {number % 9}" for number in range(5000))])
    assert len(read_brought(rows_of(table), many, TODAY)) == 5000


def test_bytes_that_are_no_table_are_named_for_what_they_are() -> None:
    for written, said in {
        b"PK\x03\x04\x14\x00": AN_EXCEL_FILE,
        b"\xd0\xcf\x11\xe0\xa1": AN_EXCEL_FILE,
        "person,level".encode("utf-16"): UTF_16,
        "person\nChlo\xe9".encode("latin-1"): "line 2: this is not UTF-8",
    }.items():
        with pytest.raises(BadRows) as bad:
            decoded(written)
        assert said in str(bad.value)
    assert decoded("\ufeffperson".encode()) == "person"


def test_the_separator_is_that_of_the_first_line() -> None:
    assert [separator_of(text) for text in ("a,b;c,d", "a;b\n1,2,3", "a\tb", "", '"a;b",c')] == [
        ",",
        ";",
        "\t",
        ",",
        ",",
    ]


@pytest.mark.parametrize(
    ("then", "now", "read_before", "stands"),
    [
        ("Sales", "Sales", True, True),
        ("Sales", "Legal", True, False),
        (None, "Legal", True, False),
        ("Sales", None, True, True),
        (None, "Legal", False, True),
    ],
)
def test_the_later_word_counts(then: str | None, now: str | None, read_before: bool, stands: bool) -> None:
    assert later_word("Product", then, now, read=read_before) == ("Product" if stands else None)


@given(st.text(max_size=200), st.binary(max_size=200))
def test_whatever_is_pasted_is_rows_or_problems(text: str, written: bytes) -> None:
    for table in (text, written.decode("latin-1")):
        found: list[BroughtRow] = []
        with suppress(BadRows):
            found = read(table)
        assert all(isinstance(row, BroughtRow) for row in found)
    with suppress(BadRows):
        assert isinstance(decoded(written), str)
