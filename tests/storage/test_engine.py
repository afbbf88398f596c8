"""Transactions: one commit, one writer, readers that only read, one runner."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, select

from storage.engine import (
    AlreadyRunning,
    NestedWrite,
    make_engine,
    on_commit,
    reading_scope,
    runner_lock,
    session_scope,
    sqlite_path,
)
from storage.tables import Person, Workspace


def add_workspace(session: Session, team: str = "T1") -> None:
    session.add(Workspace(id=team, name="Acme", bot_user_id="UBOT"))
    session.flush()


def leave_then_fail(session: Session, act: Callable[[], object]) -> None:
    on_commit(session, act)
    add_workspace(session)
    session.add(Person(workspace_id="T404", user_id="U1"))


def workspaces(engine: Engine) -> list[str]:
    with reading_scope(engine) as session:
        return list(session.exec(select(Workspace.id).order_by(Workspace.id)))


def test_a_scope_commits_once_at_its_end(database: Engine) -> None:
    with session_scope(database) as session:
        add_workspace(session)
        assert workspaces(database) == []
    assert workspaces(database) == ["T1"]


def test_rows_stay_readable_after_the_commit(database: Engine) -> None:
    with session_scope(database) as session:
        workspace = Workspace(id="T1", name="Acme", bot_user_id="UBOT")
        session.add(workspace)
    assert workspace.name == "Acme"


def test_an_error_rolls_everything_back_and_leaves_the_next_writer_free(database: Engine) -> None:
    with pytest.raises(IntegrityError), session_scope(database) as session:
        leave_then_fail(session, print)
    with session_scope(database) as session:
        add_workspace(session, "T2")
    assert workspaces(database) == ["T2"]


def test_a_reader_is_refused_a_write_by_the_database_itself(database: Engine) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), reading_scope(database) as session:
        add_workspace(session)
    with session_scope(database) as session:
        add_workspace(session)
    assert workspaces(database) == ["T1"]


def test_a_reader_sees_one_moment_while_a_writer_commits(engine: Engine) -> None:
    with reading_scope(engine) as reading:
        assert reading.exec(select(Workspace)).all() == []
        with session_scope(engine) as session:
            add_workspace(session)
        assert reading.exec(select(Workspace)).all() == []
    assert workspaces(engine) == ["T1"]


def test_what_waits_for_the_commit_is_done_once_and_after_it(database: Engine) -> None:
    seen: list[list[str]] = []

    def look() -> None:
        seen.append(workspaces(database))

    with session_scope(database) as session:
        on_commit(session, look)
        on_commit(session, look)
        add_workspace(session)
        assert seen == []
    assert seen == [["T1"]]


def test_what_waits_for_the_commit_is_forgotten_on_a_rollback(engine: Engine) -> None:
    done: list[int] = []
    with pytest.raises(IntegrityError), session_scope(engine) as session:
        leave_then_fail(session, lambda: done.append(1))
    with session_scope(engine) as session:
        add_workspace(session)
    assert done == []


def test_an_act_after_the_commit_may_write(engine: Engine) -> None:
    def write_more() -> None:
        with session_scope(engine) as later:
            add_workspace(later, "T2")

    with session_scope(engine) as session:
        on_commit(session, write_more)
        add_workspace(session)
    assert workspaces(engine) == ["T1", "T2"]


def test_a_second_writing_scope_in_one_thread_is_refused_rather_than_waiting_forever(engine: Engine) -> None:
    with session_scope(engine) as session:
        with pytest.raises(NestedWrite), session_scope(engine):
            raise AssertionError("never entered")
        add_workspace(session)
    assert workspaces(engine) == ["T1"]


def test_many_threads_that_read_then_write_lose_no_update(database: Engine) -> None:
    with session_scope(database) as session:
        add_workspace(session)
        session.add(Person(workspace_id="T1", user_id="U1", title="0"))

    def count_up(_: int) -> None:
        with session_scope(database) as session:
            person = session.exec(select(Person).with_for_update()).one()
            person.title = str(int(person.title) + 1)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_up, range(80)))
    with reading_scope(database) as session:
        assert session.exec(select(Person.title)).one() == "80"


def test_only_one_sqlite_writer_is_between_begin_and_commit(engine: Engine) -> None:
    inside, most = 0, 0
    guard = threading.Lock()

    def write(number: int) -> None:
        nonlocal inside, most
        with session_scope(engine) as session:
            with guard:
                inside, most = inside + 1, max(most, inside + 1)
            add_workspace(session, f"T{number}")
            time.sleep(0.002)
            with guard:
                inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(24)))
    assert (most, len(workspaces(engine))) == (1, 24)


def test_every_sqlite_connection_is_durable_and_keeps_foreign_keys(engine: Engine) -> None:
    with reading_scope(engine) as session:
        values = [session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMA_VALUES]
    assert values == list(PRAGMA_VALUES.values())


PRAGMA_VALUES = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 20000, "foreign_keys": 1}


def test_a_row_of_an_unknown_workspace_is_refused(database: Engine) -> None:
    with pytest.raises(IntegrityError), session_scope(database) as session:
        session.add(Person(workspace_id="T404", user_id="U1"))


def test_a_second_runner_on_the_same_file_is_refused_and_the_lock_ends_with_the_first(tmp_path: Path) -> None:
    path = tmp_path / "mentor.db"
    with runner_lock(path), pytest.raises(AlreadyRunning), runner_lock(path):
        raise AssertionError("never entered")
    with runner_lock(path):
        pass


def test_a_killed_runner_leaves_no_lock_behind(tmp_path: Path) -> None:
    path = tmp_path / "mentor.db"
    script = (
        "import sys, time; from pathlib import Path; from storage.engine import runner_lock\n"
        "with runner_lock(Path(sys.argv[1])): print('locked', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True) as runner:
        assert runner.stdout is not None
        assert runner.stdout.readline() == "locked\n"
        with pytest.raises(AlreadyRunning), runner_lock(path):
            raise AssertionError("never entered")
        runner.kill()
        runner.wait()
    with runner_lock(path):
        pass


def test_the_file_behind_an_engine_is_known_and_a_server_has_none(tmp_path: Path) -> None:
    file, server = make_engine(f"sqlite+pysqlite:///{tmp_path}/a.db"), make_engine("postgresql+psycopg://nowhere/a")
    assert sqlite_path(file) == tmp_path / "a.db"
    assert sqlite_path(server) is None


def test_a_new_sqlite_file_in_a_missing_folder_says_so(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite+pysqlite:///{tmp_path}/missing/a.db")
    with pytest.raises(DBAPIError, match="unable to open"), session_scope(engine) as session:
        session.connection().execute(text("SELECT 1"))
