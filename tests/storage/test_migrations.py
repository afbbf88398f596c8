"""The revisions make exactly the tables, on both databases, together or not at all."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel, select

import storage.migrate
from storage.engine import make_engine, reading_scope, session_scope
from storage.migrate import MIGRATIONS, config, current, downgrade, head, upgrade
from storage.tables import Organizer, Program, Workspace

MONDAY = datetime(2026, 3, 30, 9, tzinfo=UTC)


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = make_engine(empty_url, pool_size=2)
    yield engine
    engine.dispose()


def test_migrating_an_empty_database_makes_exactly_the_tables(empty: Engine) -> None:
    assert upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_checks_and_partial_indexes_are_those_of_the_tables_too(empty: Engine) -> None:
    """Alembic compares neither: so the database's own description of both is compared."""
    upgrade(empty)
    migrated = described(empty)
    with empty.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        SQLModel.metadata.drop_all(connection)
        SQLModel.metadata.create_all(connection)
    assert migrated == described(empty)
    assert any("ix_outbox_pending" in line and "status" in line for line in migrated)


def described(engine: Engine) -> set[str]:
    """Every CHECK and every index, in the database's own words, without its alembic_version."""
    found = inspect(engine)
    return {
        f"{table} {thing}"
        for table in found.get_table_names()
        if table != "alembic_version"
        for thing in [*found.get_check_constraints(table), *map(index_words, found.get_indexes(table))]
    }


def index_words(index: Any) -> str:
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return f"{index['name']} {index['column_names']} {index['unique']} {options}"


def test_migrating_again_has_nothing_to_do_and_does_not_import_alembic(sqlite_file: Path) -> None:
    script = (
        "import sys; from storage.engine import make_engine; from storage.migrate import upgrade\n"
        "print(upgrade(make_engine(sys.argv[1])), any(name.startswith('alembic') for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, f"sqlite+pysqlite:///{sqlite_file}"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False False\n"


def test_the_revision_read_from_file_names_is_alembics_head(engine: Engine) -> None:
    with engine.connect() as connection:
        heads = ScriptDirectory.from_config(config(connection)).get_heads()
    assert heads == [head()]
    assert current(engine) == head()


def test_downgrading_leaves_nothing_and_upgrading_works_again(empty: Engine) -> None:
    upgrade(empty)
    downgrade(empty)
    assert inspect(empty).get_table_names() == ["alembic_version"]
    assert current(empty) is None
    assert upgrade(empty)
    assert current(empty) == head()


def test_four_starters_at_once_upgrade_once(empty_url: str) -> None:
    script = (
        "import sys; from storage.engine import make_engine; from storage.migrate import upgrade\n"
        "engine = make_engine(sys.argv[1], pool_size=1); sys.stdin.read(); print(upgrade(engine)); engine.dispose()"
    )
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", script, empty_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    answers = [starter.communicate()[0] for starter in starters]
    assert [starter.returncode for starter in starters] == [0, 0, 0, 0]
    assert sorted(answers) == ["False\n", "False\n", "False\n", "True\n"]


HALF = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999_half", "{head}"


def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO half VALUES (1)")
    op.execute("INSERT INTO nowhere VALUES (1)")
"""


def with_a_revision_more(tmp_path: Path, name: str, body: str) -> Path:
    """A copy of the migrations that has one more."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for file in [*MIGRATIONS.glob("*.mako"), MIGRATIONS / "env.py", *MIGRATIONS.glob("versions/0*.py")]:
        (folder / file.relative_to(MIGRATIONS)).write_text(file.read_text())
    (folder / "versions" / f"{name}.py").write_text(body.replace("{head}", head()))
    return folder


def test_a_migration_that_fails_half_way_leaves_no_trace(
    database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = head()
    monkeypatch.setattr(storage.migrate, "MIGRATIONS", with_a_revision_more(tmp_path, "9999_half", HALF))
    with pytest.raises(Exception, match="nowhere"):
        upgrade(database)
    assert not inspect(database).has_table("half")
    assert current(database) == before
    monkeypatch.undo()
    assert not upgrade(database)


ALTER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999_alter", "{head}"


def upgrade():
    with op.batch_alter_table("program") as batch:
        batch.alter_column("name", existing_type=sa.String(), type_=sa.String(200), existing_nullable=False)
"""


def test_altering_a_parent_table_keeps_its_children(
    database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session_scope(database) as session:
        session.add(Workspace(id="T1", name="Acme", bot_user_id="UBOT"))
        session.flush()
        session.add(Program(id=7, workspace_id="T1", name="Peers", timezone="UTC", created_at=MONDAY))
        session.flush()
        session.add(Organizer(program_id=7, user_id="U1", workspace_id="T1"))
    monkeypatch.setattr(storage.migrate, "MIGRATIONS", with_a_revision_more(tmp_path, "9999_alter", ALTER))
    assert upgrade(database)
    with reading_scope(database) as session:
        assert session.exec(select(Organizer.user_id)).one() == "U1"
