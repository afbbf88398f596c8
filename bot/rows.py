"""A file's text as rows: a JSON list, or CSV with the same columns. Each row knows the line where it begins."""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from bot.domain.matching.roster import BadRows, Problem, Row, shown, unknown_field

NOT_UTF_8 = "this is not UTF-8 text; save the file as UTF-8"
UTF_16 = "this is UTF-16 text; save the file as CSV in UTF-8"
AN_EXCEL_FILE = "this is an Excel file, not CSV; in Excel choose Save As, then CSV UTF-8"
_OTHER_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx (a zip archive) and the older .xls begin."""
_SPACE = re.compile(r"[ \t\r\n]*")
_WHOLE, _DECIMAL = re.compile(r"-?\d{1,18}", re.ASCII), re.compile(r"-?\d{1,9}\.\d{1,9}", re.ASCII)


def decoded(written: bytes) -> str:
    """A file's text, without the mark that spreadsheets put before UTF-8. Raises BadRows for what is no such text."""
    if written.startswith(_OTHER_FILES):
        raise BadRows([Problem(0, 0, "", AN_EXCEL_FILE)])
    if written.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BadRows([Problem(0, 0, "", UTF_16)])
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise BadRows([Problem(line, 0, "", NOT_UTF_8)]) from None


def separator_of(text: str) -> str:
    """What stands between the columns: of a comma, a semicolon and a tab the one that cuts the first line most."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))


def json_rows(text: str) -> tuple[Row, ...]:
    """The items of a JSON list. Raises BadRows where the text is no JSON, or no list."""
    at = _after_space(text, 0)
    if not text.startswith("[", at):
        wanted = f"a list of rows is wanted, [{{…}}, {{…}}], not {_kind(json_value(text))}"
        raise BadRows([Problem(_line(text, at), 0, "", wanted)])
    return tuple(_items(text, at))


def json_value(text: str) -> object:
    """One JSON value. Raises BadRows where the text is no JSON, or a field is there twice."""
    at = _after_space(text, 0)
    value, twice, end = _decoded(text, at)
    _end_here(text, end)
    if twice:
        raise BadRows([Problem(_line(text, at), 0, "", _said_twice(twice))])
    return value


def csv_rows(
    text: str,
    known: Collection[str],
    required: Collection[str],
    *,
    separator: str = ",",
    called: Callable[[str], str] = str,
) -> tuple[Row, ...]:
    """The rows under a line of column names, each `called` so. An empty cell is a field that is not given. A row has a
    line to itself, so its line is all that is said of where it stands.

    Lists are `a;b`, hours `9-17`, a style `planning=a;feedback=b`. Raises BadRows where it is no CSV, or where the
    columns are not `known`, are there twice, or lack a `required` one.
    """
    lines = _csv_lines(text, separator)
    at, columns = next(lines, (1, []))
    written = [column.strip() for column in columns]
    columns = [called(column) for column in written]
    if problems := _column_problems(at, columns, known, required):
        raise BadRows(problems)
    headers = dict(zip(columns, written, strict=True))
    return tuple(_csv_row(line, columns, cells, headers) for line, cells in lines)


def _items(text: str, opening: int) -> Iterator[Row]:
    at, line, number, counted = _after_space(text, opening + 1), 1, 0, 0
    more = not text.startswith("]", at)
    while more:
        number, line, counted = number + 1, line + text.count("\n", counted, at), at
        value, twice, end = _decoded(text, at)
        yield Row(value, number, line, _said_twice(twice) if twice else "")
        at = _after_space(text, end)
        more = text.startswith(",", at)
        at = _after_space(text, at + 1) if more else at
    if not text.startswith("]", at):
        raise _no_json(text, at, "a comma or ] is wanted")
    _end_here(text, at + 1)


def _decoded(text: str, at: int) -> tuple[object, list[str], int]:
    """The value that begins there, the names that one of its objects holds twice, and where it ends."""
    twice: list[str] = []

    def named(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            names = [name for name, _ in pairs]
            twice.extend(name for name in fields if names.count(name) > 1)
        return fields

    decoder = json.JSONDecoder(object_pairs_hook=named, parse_constant=_no_number)
    try:
        value, end = decoder.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _no_json(text, error.pos, error.msg) from None
    except ValueError as error:  # NaN, or a number of thousands of digits
        raise _no_json(text, at, str(error)) from None
    return value, twice, end


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _no_json(text: str, at: int, why: str) -> BadRows:
    column = at - text.rfind("\n", 0, at)
    return BadRows([Problem(_line(text, at), 0, f"column {column}", f"this is not JSON ({why})")])


def _end_here(text: str, at: int) -> None:
    if (end := _after_space(text, at)) < len(text):
        raise _no_json(text, end, "something follows its end")


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _said_twice(names: Sequence[str]) -> str:
    return f"it names {', '.join(map(shown, names))} twice"


def _kind(value: object) -> str:
    return "an object" if isinstance(value, dict) else shown(value)


def _csv_lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Every line that is not empty, with the number of the file's line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadRows([Problem(reader.line_num, 0, "", f"this is not CSV ({error})")]) from None


def _column_problems(
    line: int, columns: Sequence[str], known: Collection[str], required: Collection[str]
) -> list[Problem]:
    if len(columns) == 1 and re.search(r"[;\t]", columns[0]):
        return [Problem(line, 0, "", "commas are wanted between the columns")]
    found = [Problem(line, 0, shown(name), unknown_field(name, known)) for name in columns if name not in known]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    found += [Problem(line, 0, shown(name), "this column is there twice") for name in twice]
    missing = [name for name in required if name not in columns]
    return found + [Problem(line, 0, name, "this column is missing") for name in missing]


def _csv_row(line: int, columns: Sequence[str], cells: Sequence[str], headers: Mapping[str, str]) -> Row:
    if len(cells) != len(columns):
        return Row(None, 0, line, f"{len(columns)} cells are wanted, as in the first line, not {len(cells)}")
    given = {column: cell.strip() for column, cell in zip(columns, cells, strict=True) if cell.strip()}
    return Row({column: _CELLS.get(column, str)(cell) for column, cell in given.items()}, 0, line, headers=headers)


def _list(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]


def _number(cell: str) -> int | float | str:
    """A number where it is one; other words stay as they are, and are refused as such."""
    if _WHOLE.fullmatch(cell):
        return int(cell)
    return float(cell) if _DECIMAL.fullmatch(cell) else cell


def _hours(cell: str) -> list[int | float | str]:
    return [_number(hour.strip()) for hour in re.split("[-–]", cell)]


def _style(cell: str) -> dict[str, str] | str:
    sides = [item.split("=") for item in _list(cell)]
    if any(len(side) != 2 for side in sides) or len({side[0].strip() for side in sides}) < len(sides):
        return cell
    return {dimension.strip(): side.strip() for dimension, side in sides}


_CELLS: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(("offers", "asks", "goals", "avoid", "members"), _list),
    **dict.fromkeys(("level", "capacity", "left_out", "week"), _number),
    "hours": _hours,
    "style": _style,
}
