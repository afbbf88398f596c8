"""Settings come from the environment and `.env`, and a slip is answered with the next step."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import KNOWN, Settings, prepare_data_folder, read_settings
from bot.errors import SetupError

BOT, APP, USER = "xoxb-1-2-aSecret", "xapp-1-A2-aSecret", "xoxp-1-2-aSecret"
BOTH = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}
EXAMPLE = Path(__file__).parents[1] / ".env.example"


def test_nothing_given_is_a_bot_with_an_embedded_file_and_no_tokens() -> None:
    assert read_settings({}) == Settings()
    assert Settings().database_url == "sqlite+pysqlite:///data/mentor.db"


def test_everything_given_is_kept() -> None:
    settings = read_settings(
        BOTH
        | {
            "SLACK_API_URL": "http://127.0.0.1:3999/api",
            "DATABASE_URL": "postgresql+psycopg://postgres@/db?host=/tmp/pg",
            "PORT": "4000",
            "MENTOR_DATA_FOLDER": "/srv/mentor",
            "MENTOR_ORGANIZERS": "U012AB3CD, W045EF6GH,,U012AB3CD",
            "MENTOR_COMMAND": "/peers",
            "MENTOR_DEPARTMENT_LABEL": "Team",
            "MENTOR_MANAGER_LABEL": "Reports to",
            "MENTOR_THREADS": "8",
        }
    )
    assert settings == Settings(
        slack_bot_token=BOT,
        slack_app_token=APP,
        slack_api_url="http://127.0.0.1:3999/api/",
        database_url="postgresql+psycopg://postgres@/db?host=/tmp/pg",
        data_folder=Path("/srv/mentor"),
        port=4000,
        organizers=("U012AB3CD", "W045EF6GH"),
        command="/peers",
        department_label="Team",
        manager_label="Reports to",
        threads=8,
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgres://a:b@host/name", "postgresql+psycopg://a:b@host/name"),
        ("postgresql://a:b@host:5432/name", "postgresql+psycopg://a:b@host:5432/name"),
        ("postgresql+psycopg://host/name", "postgresql+psycopg://host/name"),
        ("sqlite:///mentor.db", "sqlite+pysqlite:///mentor.db"),
        ("sqlite+pysqlite:////srv/mentor.db", "sqlite+pysqlite:////srv/mentor.db"),
    ],
)
def test_a_database_address_gets_its_driver_written_out(given: str, expected: str) -> None:
    assert read_settings({"DATABASE_URL": given}).database_url == expected


def test_the_embedded_file_lies_in_the_data_folder() -> None:
    settings = read_settings({"MENTOR_DATA_FOLDER": "/srv/mentor"})
    assert settings.database_url == "sqlite+pysqlite:////srv/mentor/mentor.db"


REFUSED = [
    ({"MENTOR_ORGANISERS": "U1"}, "MENTOR_ORGANISERS", "Did you mean MENTOR_ORGANIZERS?"),
    ({"MENTOR_X": "1"}, "no setting MENTOR_X", ".env.example"),
    ({"SLACK_BOT_TOKEN": BOT}, "SLACK_APP_TOKEN is missing", "Basic Information"),
    ({"SLACK_APP_TOKEN": APP}, "SLACK_BOT_TOKEN is missing", "OAuth & Permissions"),
    ({"SLACK_BOT_TOKEN": APP, "SLACK_APP_TOKEN": BOT}, "SLACK_BOT_TOKEN holds an app-level token", "starts with xoxb-"),
    (BOTH | {"SLACK_APP_TOKEN": BOT}, "SLACK_APP_TOKEN holds a bot token", "starts with xapp-"),
    (BOTH | {"SLACK_BOT_TOKEN": USER}, "SLACK_BOT_TOKEN holds a user token", "starts with xoxb-"),
    (BOTH | {"SLACK_BOT_TOKEN": "aSecret"}, "SLACK_BOT_TOKEN holds something else", "starts with xoxb-"),
    (BOTH | {"SLACK_BOT_TOKEN": "xoxb-"}, "only a part of a token", "starts with xoxb-"),
    (BOTH | {"SLACK_BOT_TOKEN": "xoxb-aSecret b"}, "only a part of a token", "starts with xoxb-"),
    ({"PORT": "http"}, "PORT is not a number", "PORT=3999"),
    ({"PORT": "-1"}, "PORT is not a number", "PORT=3999"),
    ({"PORT": "65536"}, "PORT is not a number", "to 65535"),
    ({"PORT": "٣"}, "PORT is not a number", "PORT=3999"),
    ({"MENTOR_THREADS": "0"}, "MENTOR_THREADS is not a number from 1", "MENTOR_THREADS=50"),
    ({"SLACK_API_URL": "localhost"}, "SLACK_API_URL is not a web address", "leave it out"),
    ({"SLACK_API_URL": "ftp://aSecret"}, "SLACK_API_URL is not a web address", "leave it out"),
    ({"SLACK_API_URL": "http://[aSecret"}, "SLACK_API_URL is not a web address", "leave it out"),
    ({"SLACK_API_URL": "http://h:port/"}, "SLACK_API_URL is not a web address", "leave it out"),
    ({"DATABASE_URL": "mysql://u:aSecret@h/n"}, "DATABASE_URL is not an address", "postgresql://"),
    ({"DATABASE_URL": "postgresql://u:aSecret@h:port/n"}, "DATABASE_URL is not an address", "postgresql://"),
    ({"DATABASE_URL": "postgresql://"}, "DATABASE_URL is not an address", "postgresql://"),
    ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL is not an address", "leave it out"),
    ({"DATABASE_URL": "mentor.db"}, "DATABASE_URL is not an address", "leave it out"),
    ({"MENTOR_ORGANIZERS": "@ana"}, "'@ana', which is no member ID", "Copy member ID"),
    ({"MENTOR_ORGANIZERS": "U012AB3CD U045EF6GH"}, "no member ID", "separate several by commas"),
    ({"MENTOR_COMMAND": "mentor"}, "MENTOR_COMMAND is not a slash command", "MENTOR_COMMAND=/mentor"),
    ({"MENTOR_COMMAND": "/Mentor me"}, "MENTOR_COMMAND is not a slash command", "MENTOR_COMMAND=/mentor"),
]


@pytest.mark.parametrize(("environ", "what", "next_step"), REFUSED)
def test_a_slip_is_refused_with_what_is_wrong_and_the_next_step(
    environ: dict[str, str], what: str, next_step: str
) -> None:
    with pytest.raises(SetupError) as refused:
        read_settings(environ)
    assert what in refused.value.user_message
    assert next_step in refused.value.user_message
    assert "\n" not in refused.value.user_message
    assert "aSecret" not in refused.value.user_message


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = read_settings(BOTH | {"DATABASE_URL": "postgresql://u:aSecret@h/n"})
    assert "aSecret" not in repr(settings)


def test_the_environment_wins_over_the_file_and_is_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=4000\nMENTOR_COMMAND=/peers\nMENTOR_MANAGER_LABEL='Reports to $X'\n")
    environ, before = {"PORT": "5000"}, dict(os.environ)
    settings = read_settings(environ, file)
    assert (settings.port, settings.command, settings.manager_label) == (5000, "/peers", "Reports to $X")
    assert environ == {"PORT": "5000"}
    assert dict(os.environ) == before


def test_a_blank_value_in_the_environment_takes_the_file_s_away(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"SLACK_BOT_TOKEN={BOT}\nSLACK_APP_TOKEN={APP}\nPORT\n")
    assert read_settings({}, file).slack_bot_token == BOT
    assert read_settings({"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": " "}, file) == Settings()


def test_a_missing_file_is_no_trouble_and_one_of_bytes_is_refused(tmp_path: Path) -> None:
    assert read_settings({}, tmp_path / ".env") == Settings()
    (tmp_path / "bytes").write_bytes(b"PORT=\xff\xfe")
    with pytest.raises(SetupError, match="plain UTF-8 text file"):
        read_settings({}, tmp_path / "bytes")


def test_the_folders_are_made(tmp_path: Path) -> None:
    settings = read_settings(
        {"MENTOR_DATA_FOLDER": f"{tmp_path}/data/deep", "DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere/my.db"}
    )
    assert prepare_data_folder(settings) == tmp_path / "data" / "deep"
    assert (tmp_path / "data" / "deep").is_dir()
    assert (tmp_path / "elsewhere").is_dir()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["MENTOR_DATA_FOLDER", "DATABASE_URL"])
def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    bad = {"MENTOR_DATA_FOLDER": f"{tmp_path}/file/data", "DATABASE_URL": f"sqlite:///{tmp_path}/file/data/my.db"}
    environ = {"MENTOR_DATA_FOLDER": f"{tmp_path}/data"} | {name: bad[name]}
    with pytest.raises(SetupError, match=re.escape(f"{tmp_path}/file/data cannot be written to")):
        prepare_data_folder(read_settings(environ))


def test_a_read_only_folder_is_refused() -> None:
    with pytest.raises(SetupError, match="MENTOR_DATA_FOLDER"):
        prepare_data_folder(Settings(data_folder=Path("/proc/mentor"), database_url="postgresql+psycopg://h/n"))


def test_the_example_names_every_setting_each_with_a_comment_and_none_in_force(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text().splitlines()
    offered = [index for index, line in enumerate(lines) if re.match(r"# [A-Z_]+=", line)]
    names = {lines[index][2:].partition("=")[0] for index in offered}
    assert names == {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL", "DATABASE_URL", "PORT", *KNOWN}
    assert all(lines[index - 1].startswith("# ") for index in offered)
    assert read_settings({}, EXAMPLE) == Settings()
    in_force = tmp_path / ".env"
    in_force.write_text("\n".join(lines[index][2:] for index in offered if "..." not in lines[index]))
    assert read_settings({}, in_force).organizers == ("U012AB3CD", "U045EF6GH")


def test_reading_settings_imports_nothing_heavy() -> None:
    heavy = {"sqlalchemy", "slack_sdk", "slack_bolt", "apscheduler", "typer", "aiohttp"}
    code = f"import bot.config, sys; print(*({heavy!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
