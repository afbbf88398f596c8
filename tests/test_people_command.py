"""`mentor people import`: a file whole or not at all, politely beside a running bot, and looked at with --dry-run."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from bot.rehearsal import MANIFEST, SEEDS
from bot.services import remembering
from sandbox.server import Sandbox
from storage.engine import make_engine, runner_lock, session_scope
from storage.migrate import upgrade
from storage.tables import Brought
from tests.builders import MONDAY, person_facts

MENTOR = Path(sys.executable).with_name("mentor")
TABLE = "person;department;level\r\n@ana;Sales;3\r\nBen;Legal;2\r\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a bot's database in it, which has met two people."""
    (tmp_path / "data").mkdir()
    engine = make_engine(f"sqlite+pysqlite:///{tmp_path}/data/mentor.db", pool_size=1)
    upgrade(engine)
    with session_scope(engine) as session:
        remembering.remember_workspace(session, "T1", "Small Works", "UBOT", "mentor")
        for user_id, name in (("UANA", "Ana"), ("UBEN", "Ben")):
            remembering.remember(session, "T1", person_facts(user_id, name), now=MONDAY)
    engine.dispose()
    return tmp_path


def mentor(home: Path, *arguments: str, **settings: str) -> tuple[int, str]:
    """The exit code, and what was said."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    environment = {**kept, "HOME": str(home), "MENTOR_DATA_FOLDER": str(home / "data"), **settings}
    command = [str(MENTOR), "people", "import", *arguments]
    done = subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def file(home: Path, content: str | bytes) -> str:
    path = home / "people.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path.name


def kept(home: Path) -> dict[str, str | None]:
    engine = make_engine(f"sqlite+pysqlite:///{home}/data/mentor.db", pool_size=1)
    with session_scope(engine) as session:
        found = {row.user_id: row.department for row in session.exec(select(Brought))}
    engine.dispose()
    return found


def test_a_file_is_looked_at_then_kept_and_the_second_time_changes_nothing(home: Path) -> None:
    name = file(home, b"\xef\xbb\xbf" + TABLE.encode())
    code, said = mentor(home, name, "--dry-run")
    assert (code, kept(home)) == (0, {})
    assert "Nothing was kept, as you asked: 2 people read, 2 would change." in said
    assert mentor(home, name) == (0, "2 people read: 2 changed, 0 as before. The same file again changes nothing.\n")
    assert kept(home) == {"UANA": "Sales", "UBEN": "Legal"}
    assert "2 people read: 0 changed, 2 as before" in mentor(home, name)[1]


def test_every_problem_of_a_file_is_named_and_nothing_is_kept(home: Path) -> None:
    code, said = mentor(home, file(home, "person,level,start date\nana,high,2024-02-31\nzoe,2,\n"))
    assert code == 1
    assert said.splitlines()[0] == "people.csv cannot be taken, so nothing was kept:"
    assert len(said.splitlines()) == 4
    assert 'line 2, "start date": there is no such day as "2024-02-31"' in said
    assert kept(home) == {}


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"PK\x03\x04 and so on", "this is an Excel file"),
        ("person,level\nana,3".encode("utf-16"), "this is UTF-16 text"),
        (b"person\nChlo\xe9", "line 2: this is not UTF-8 text"),
        ("person,level\n" + "zoe,3\n" * 30, "and 10 more"),
    ],
)
def test_a_file_that_is_no_table_is_named_for_what_it_is(home: Path, content: str | bytes, wanted: str) -> None:
    code, said = mentor(home, file(home, content))
    assert code == 1
    assert wanted in said


def test_a_file_that_is_not_there_and_a_workspace_that_is_not(home: Path) -> None:
    assert mentor(home, "nowhere.csv") == (1, "There is no file nowhere.csv.\n")
    assert "There is no workspace T9 here." in mentor(home, file(home, TABLE), "--workspace", "T9")[1]


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    sandbox = Sandbox(SEEDS / "small.yaml", MANIFEST)
    sandbox.start()
    yield sandbox
    sandbox.stop()


def tokens(slack: Sandbox) -> dict[str, str]:
    """The settings of a bot in that Slack."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.slack_api_url,
    }


def test_with_a_token_slack_says_who_everybody_is(home: Path, slack: Sandbox) -> None:
    """Chloé and Femi never met the bot; a guest and someone who left are in Slack's list, and are nobody here."""
    settings = tokens(slack)
    name = file(home, "\ufeffperson;department;manager\n@chloé;Product;U0FEMI\n")
    assert "nobody here is called" in mentor(home, name)[1], "without a token only whom the bot has met"
    assert mentor(home, name, **settings) == (
        0,
        "1 person read: 1 changed, 0 as before. The same file again changes nothing.\n",
    )
    assert kept(home) == {"U0CHLOE": "Product"}
    code, said = mentor(home, file(home, "person,level\nNadia,3\nJoan,3\n"), **settings)
    assert code == 1
    assert said.count("nobody here is called") == 2


def test_slack_that_does_not_answer_is_said_and_nothing_is_kept(home: Path, slack: Sandbox) -> None:
    code, said = mentor(home, file(home, TABLE), **tokens(slack) | {"SLACK_BOT_TOKEN": "xoxb-wrong"})
    assert (code, kept(home)) == (1, {})
    assert said == "Slack could not be asked who is who (invalid_auth). Nothing was kept; try again.\n"


def test_beside_a_running_bot_it_refuses_and_says_what_to_do(home: Path) -> None:
    name = file(home, TABLE)
    with runner_lock(home / "data" / "mentor.db"):
        code, said = mentor(home, name)
        assert code == 1
        assert "/mentor admin people import" in said
        assert kept(home) == {}
        assert mentor(home, name, "--dry-run")[0] == 0


def test_five_thousand_rows(home: Path) -> None:
    engine = make_engine(f"sqlite+pysqlite:///{home}/data/mentor.db", pool_size=1)
    many = [person_facts(f"U{number:04}", f"Person {number}") for number in range(5000)]
    with session_scope(engine) as session:
        remembering.remember_listed(session, "T1", many)
    engine.dispose()
    rows = [f"Person {number},Department {number % 9},{number % 7}" for number in range(5000)]
    assert mentor(home, file(home, "\n".join(["person,department,level", *rows])))[0] == 0
    assert len(kept(home)) == 5000
