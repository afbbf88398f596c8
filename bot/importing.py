"""A table of what an organizer brings of people, as rows: pasted or from a file, the same reading for both."""

from bot.content import importing as words
from bot.domain.importing import FIELDS, PERSON, column
from bot.domain.matching.roster import BadRows, Problem, Row
from bot.rows import csv_rows, separator_of


def rows_of(table: str) -> tuple[Row, ...]:
    """The rows below the line of columns. Raises BadRows where that line, or the table, cannot be read."""
    rows = csv_rows(table, FIELDS, (PERSON,), separator=separator_of(table), called=column)
    if not rows:
        raise BadRows([Problem(0, 0, "", words.EMPTY)])
    if all(isinstance(row.value, dict) and set(row.value) <= {PERSON} for row in rows):
        raise BadRows([Problem(0, 0, "", words.NO_COLUMN)])
    return rows
