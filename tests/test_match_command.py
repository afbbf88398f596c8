"""`mentor match`: files in, a plan or every problem out, and the same bytes for the same people in any order."""

import json
import os
import random
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.terminal import WAITING_REASONS
from bot.domain.matching import LeftoverReason, Mode
from bot.domain.matching.roster import PERSON_FIELDS
from bot.errors import SetupError
from bot.match_command import MOST_PROBLEMS, Files, as_json, as_text, match

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs" / "roster.example.json"
MENTOR = Path(sys.executable).with_name("mentor")
ON = date(2026, 11, 23)


def written(folder: Path, name: str, content: object) -> Path:
    """A file of that content: bytes and text as they are, anything else as JSON."""
    path = folder / name
    text = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def matched(files: Files, mode: Mode = Mode.PEERS) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(as_json(match(files, on=ON, seed=7, mode=mode)))
    assert document.pop("seconds") >= 0
    return document


def refused(files: Files) -> str:
    """What is said of files that cannot be taken, without the folder they lie in."""
    with pytest.raises(SetupError) as said:
        match(files, on=ON, seed=7)
    return said.value.user_message.replace(f"{files.roster.parent}/", "")


def mentor(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command on a machine whose terminal knows no letters but the English ones."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "COLUMNS": "120"}
    command = [str(MENTOR), "match", *map(str, arguments)]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60)


def test_the_example_matches_everyone_who_can_be() -> None:
    made = matched(Files(EXAMPLE))
    assert [pair["members"] for pair in made["pairs"]] == [["chloé", "dai"], ["elif", "femi"], ["ana", "ben"]]
    assert [one["id"] for one in made["leftover"]] == ["grace", "hiro"]
    assert "two working hours" in made["leftover"][0]["reason"]
    assert "capacity is 0" in made["leftover"][1]["reason"]
    assert made["worst"] == made["pairs"][0]["score"]
    assert made["total"] == made["bound"] == round(sum(pair["score"] for pair in made["pairs"]), 3)
    assert made["seed"] == 7


def test_parts_add_up_and_the_sentence_names_the_ids() -> None:
    best = matched(Files(EXAMPLE))["pairs"][-1]
    assert round(sum(best["parts"].values()), 3) == best["score"] <= 100
    assert best["sentence"].startswith("ben can help with *public speaking*, which ana asked for; ana offers")


def test_the_text_leads_with_who_is_covered() -> None:
    text = as_text(match(Files(EXAMPLE), on=ON, seed=7))
    assert text.startswith("6 of 7 in 3 pairs, 1 waiting, 1 sitting out.\n\nFrom the weakest to the strongest")
    assert text.index("chloé, dai") < text.index("ana, ben") < text.index("grace")
    assert "Their hours overlap 09:00-15:30 in London, 10:00-16:30 in Berlin." in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 100


def test_mentors_come_first_in_their_pairs_and_have_as_many_as_they_want() -> None:
    made = matched(Files(EXAMPLE), Mode.MENTORS)
    roles = {person["id"]: person.get("role", "both") for person in people_of_the_example()}
    for mentor_id, mentee_id in (pair["members"] for pair in made["pairs"]):
        assert roles[mentor_id] in ("mentor", "both")
        assert roles[mentee_id] in ("mentee", "both")
    mentors = [pair["members"][0] for pair in made["pairs"]]
    assert mentors.count("dai") <= 1
    assert mentors.count("elif") <= 2
    text = as_text(match(Files(EXAMPLE), on=ON, seed=7, mode=Mode.MENTORS))
    assert all(f"{one} mentors {other}\n" in text for one, other in (pair["members"] for pair in made["pairs"]))


def test_without_roles_all_may_be_mentors_and_mentees(tmp_path: Path) -> None:
    roster = written(tmp_path, "roster.json", [{"id": "ana", "asks": ["SQL"]}, {"id": "ben", "offers": ["SQL"]}])
    assert [pair["members"] for pair in matched(Files(roster), Mode.MENTORS)["pairs"]] == [["ben", "ana"]]


def test_whoever_waits_for_the_plan_hears_how_far_it_is() -> None:
    heard: list[str] = []
    match(Files(EXAMPLE), on=ON, seed=7, tell=heard.append)
    assert heard[0] == "Comparing all pairs of 7 people"


def test_every_reason_to_wait_has_words_with_what_would_change_it() -> None:
    assert set(WAITING_REASONS) == set(LeftoverReason)
    assert all("would change it" in words for words in WAITING_REASONS.values())


def test_history_keeps_partners_apart(tmp_path: Path) -> None:
    history = written(tmp_path, "history.json", [{"members": ["ana", "ben"], "week": 25}])
    assert all({"ana", "ben"} - set(pair["members"]) for pair in matched(Files(EXAMPLE, history))["pairs"])
    long_ago = written(tmp_path, "long_ago.csv", "members,week\nana;ben,26\n")
    assert any(pair["members"] == ["ana", "ben"] for pair in matched(Files(EXAMPLE, long_ago))["pairs"])


def test_weights_decide_what_counts(tmp_path: Path) -> None:
    weights = written(tmp_path, "weights.json", {"complement": 60, "goals": 40})
    for pair in matched(Files(EXAMPLE, weights=weights))["pairs"]:
        assert pair["parts"]["style"] == pair["parts"]["new"] == pair["parts"]["level"] == 0


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_very_few_people_are_a_roster_too(tmp_path: Path, count: int) -> None:
    roster = written(tmp_path, "roster.json", [{"id": f"p{at}"} for at in range(count)])
    made = matched(Files(roster))
    assert [pair["members"] for pair in made["pairs"]] == ([[f"p{at}" for at in range(count)]] if count > 1 else [])
    assert len(made["leftover"]) == (count == 1)
    assert (made["worst"] is None) == (count < 2)
    assert as_text(match(Files(roster), on=ON, seed=7))


def test_one_who_sits_out_still_stands_in_a_reporting_line(tmp_path: Path) -> None:
    line = [{"id": "ana", "manager": "boss"}, {"id": "boss", "manager": "chief", "capacity": 0}, {"id": "chief"}]
    made = matched(Files(written(tmp_path, "roster.json", line)))
    assert made["pairs"] == []
    assert [one["id"] for one in made["leftover"]] == ["ana", "boss", "chief"]


@pytest.mark.parametrize("mode", Mode)
def test_a_shuffled_roster_gives_the_same_bytes(tmp_path: Path, mode: Mode) -> None:
    people = people_of_the_example()
    one = matched(Files(EXAMPLE), mode)
    for at in range(5):
        random.Random(at).shuffle(people)
        other = matched(Files(written(tmp_path, "shuffled.json", people)), mode)
        assert json.dumps(other) == json.dumps(one)


def test_csv_says_the_same_as_json(tmp_path: Path) -> None:
    columns = list(dict.fromkeys(name for person in people_of_the_example() for name in person))
    lines = [",".join(columns)]
    lines += [",".join(_cell(person.get(column)) for column in columns) for person in people_of_the_example()]
    # As a spreadsheet writes it: a mark before the first letter, and lines that end in two characters.
    roster = written(tmp_path, "ROSTER.CSV", "\ufeff" + "\r\n".join(lines) + "\r\n\r\n")
    assert matched(Files(roster)) == matched(Files(EXAMPLE))


def people_of_the_example() -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    return people


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case dict():
            return ";".join(f"{dimension}={side}" for dimension, side in value.items())
        case [int() | str() as start, int() | float() as end]:
            return f"{start}-{end}"
        case list():
            return '"' + " ; ".join(value) + '"'
        case _:
            return str(value)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "line 1, column 1: this is not JSON (Expecting value)"),
        ("[\n  {},\n  {", "line 3, column 4: this is not JSON (Expecting property name"),
        ("[{}\n {}]", "line 2, column 2: this is not JSON (a comma or ] is wanted)"),
        ("[{},\n]", "line 2, column 1: this is not JSON (Expecting value)"),
        ("[{}", "line 1, column 4: this is not JSON (a comma or ] is wanted)"),
        ("[]\n[]", "line 2, column 1: this is not JSON (something follows its end)"),
        ('[{"level": NaN}]', "line 1, column 2: this is not JSON (NaN is not a number)"),
        (f"[{'9' * 5000}]", "line 1, column 2: this is not JSON (Exceeds the limit"),
        ('\n{"id": "ana"}', "line 2: a list of rows is wanted, [{…}, {…}], not an object"),
        ('"ana"', 'line 1: a list of rows is wanted, [{…}, {…}], not "ana"'),
        (b"[\n\n\xff]", "line 3: this is not UTF-8 text; save the file as UTF-8"),
        (
            '\n[\n\n{"id": "ana"},\n{"id": "ben",\n "level": "x"}]',
            'line 5, row 2, level: a whole number from 0 to 1000 is wanted, not "x"',
        ),
        ('[{"id": "ana", "id": "ben"}]', 'line 1, row 1: it names "id" twice'),
        ('[{"id": "ana", "style": {"planning": "a", "planning": "b"}}]', 'line 1, row 1: it names "planning" twice'),
    ],
)
def test_bad_json_is_named_by_its_place(tmp_path: Path, typed: object, said: str) -> None:
    words = refused(Files(written(tmp_path, "roster.json", typed)))
    assert words.startswith(f"roster.json cannot be taken, so nobody was matched:\n  {said}")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "line 1, id: this column is missing"),
        ("name\nana\n", '"name": there is no such field; use id,'),
        ("id,ofers\nana,SQL\n", 'line 1, "ofers": there is no such field; did you mean offers?'),
        ("id,id\nana,ben\n", 'line 1, "id": this column is there twice'),
        ("level\n3\n", "line 1, id: this column is missing"),
        ("id;level\nana;3\n", "line 1: commas are wanted between the columns"),
        ("id,level\nana,3\nben\n", "line 3: 2 cells are wanted, as in the first line, not 1"),
        ('id,goals\nana,"a\nb"\nben,x,y\n', "line 4: 2 cells are wanted, as in the first line, not 3"),
        ('id\n"ana', "line 2: this is not CSV (unexpected end of data)"),
        ("id,level\nana,three\n", 'line 2, level: a whole number from 0 to 1000 is wanted, not "three"'),
        ("id,level\nana,3.5\n", "line 2, level: a whole number from 0 to 1000 is wanted, not 3.5"),
        ("id,hours\nana,9\n", "line 2, hours: from and to are wanted, as [9, 17] (in CSV 9-17), not [9]"),
        ("id,hours\nana,9-25\n", "line 2, hours: hours from 0 to 24 are wanted"),
        ("id,style\nana,planning\n", 'line 2, style: {"planning": "a"} is wanted (in CSV planning=a), not'),
        ("id,style\nana,planning=a;planning=b\n", "line 2, style: "),
        ("id,level\n,3\n", "line 2, id: it is missing"),
    ],
)
def test_bad_csv_is_named_by_its_place(tmp_path: Path, typed: str, said: str) -> None:
    words = refused(Files(written(tmp_path, "roster.csv", typed)))
    assert said in words
    assert words.startswith("roster.csv cannot be taken, so nobody was matched:\n  line ")


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(["UTC", "a", "both"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
likely = st.dictionaries(st.sampled_from(list(PERSON_FIELDS)), anything, max_size=6)


@given(document=st.lists(likely | anything, max_size=4), mode=st.sampled_from(Mode))
def test_whatever_a_file_holds_is_taken_or_refused(
    tmp_path_factory: pytest.TempPathFactory, document: object, mode: Mode
) -> None:
    path = written(tmp_path_factory.getbasetemp(), "arbitrary.json", json.dumps(document))
    try:
        made = match(Files(path), on=ON, seed=7, mode=mode)
        (as_json(made) + as_text(made)).encode()
    except SetupError as error:
        error.user_message.encode()


def test_every_file_s_problems_are_said_at_once(tmp_path: Path) -> None:
    roster = written(tmp_path, "roster.json", [{"id": 7}])
    history = written(tmp_path, "history.csv", "members,week\nana,1\n")
    weights = written(tmp_path, "weights.json", '{"goals": 50, "goals": 50}')
    assert refused(Files(roster, history, weights)).splitlines() == [
        "roster.json cannot be taken, so nobody was matched:",
        "  line 1, row 1, id: text is wanted, not 7",
        "history.csv cannot be taken, so nobody was matched:",
        '  line 2, members: two different ids or more are wanted, not ["ana"]',
        "weights.json cannot be taken, so nobody was matched:",
        '  line 1: it names "goals" twice',
    ]


def test_of_very_many_problems_the_first_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    words = refused(Files(written(tmp_path, "roster.json", [{"id": at} for at in range(MOST_PROBLEMS + 5)])))
    assert len(words.splitlines()) == 1 + MOST_PROBLEMS + 1
    assert words.endswith("\n  and 5 more")


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    assert refused(Files(tmp_path / "none.json")) == "There is no file none.json."
    (tmp_path / "folder.json").mkdir()
    assert refused(Files(tmp_path / "folder.json")) == "folder.json cannot be read: Is a directory."
    deep = written(tmp_path, "deep.json", "[" * 100_000)
    assert refused(Files(deep)) == "deep.json cannot be read: its lists are nested too deep."


def test_a_day_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(SetupError, match="--on is a day between"):
        match(Files(EXAMPLE), on=date(9999, 12, 31), seed=7)


def test_the_command_prints_a_document_that_only_differs_in_seconds() -> None:
    runs = [mentor(EXAMPLE, "--json", "--on", "2026-11-23") for _ in range(2)]
    one, other = (
        [line for line in run.stdout.splitlines() if not line.startswith('  "seconds": ')] for run in runs
    )  # fmt: skip
    assert one == other
    assert len(one) == len(runs[0].stdout.splitlines()) - 1
    assert (runs[0].returncode, runs[0].stderr) == (0, "")
    assert json.loads(runs[0].stdout)["pairs"] == matched(Files(EXAMPLE))["pairs"]


def test_the_readme_s_example_runs() -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Matching a file", 1)[1].split("\n## ", 1)[0]
    _, block, _ = section.split("```", 2)
    command, _, printed = block.partition("\n\n")
    done = mentor(*command.split()[2:])
    assert (done.returncode, done.stderr) == (0, "")
    assert re.sub(r"[\d.]+ seconds", "… seconds", done.stdout) == re.sub(r"[\d.]+ seconds", "… seconds", printed)
    shown = {name for person in people_of_the_example() for name in person}
    assert shown == set(PERSON_FIELDS), "the example has every field"


def test_the_command_matches_mentors_when_it_is_told_to() -> None:
    done = mentor(EXAMPLE, "--mode", "mentors", "--on", "2026-11-23")
    assert (done.returncode, done.stderr) == (0, "")
    assert "dai mentors chloé\n" in done.stdout


def test_the_command_refuses_a_bad_roster_on_stderr_alone(tmp_path: Path) -> None:
    done = mentor(written(tmp_path, "roster.json", [{"id": "ana"}, {"id": "ana"}]), "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith('\n  line 1, row 2, id: "ana" is the id of row 1 too (line 1)\n')
