"""Connections and transactions, alike on SQLite and PostgreSQL; nothing else in the house begins or commits one.

SQLite before 3.51.3 can corrupt a WAL database when two connections of one process write at once, so a writer
holds a lock of the whole process from BEGIN IMMEDIATE through COMMIT. IMMEDIATE, because a read that turns into a write
fails at once with SQLITE_BUSY_SNAPSHOT, whatever the timeout.
"""

import fcntl
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlmodel import Session, SQLModel, delete

PRAGMAS = ("busy_timeout = 20000", "journal_mode = wal", "synchronous = full", "foreign_keys = on")
IDLE_SECONDS = 30
READING = {"mentor_reading": True, "postgresql_readonly": True}
_ACTS = "after_commit"
_READS_ONLY = "reads_only"


class AlreadyRunning(Exception):
    """Another runner holds this database file."""


class NestedWrite(RuntimeError):
    """A thread that is writing began a second writing scope: it would wait for itself."""


class _WriterLock:
    """One writer in this process. Not reentrant, and says so rather than waiting forever."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: int | None = None

    def __enter__(self) -> None:
        if self._holder == threading.get_ident():
            raise NestedWrite("This thread is already inside a session_scope.")
        self._lock.acquire()
        self._holder = threading.get_ident()

    def __exit__(self, *_: object) -> None:
        self._holder = None
        self._lock.release()


_writer = _WriterLock()


def make_engine(url: str, *, pool_size: int = 5) -> Engine:
    """An engine for `sqlite+pysqlite:///path` or `postgresql+psycopg://...`.

    `pool_size` is the number of threads that use it at once; a few more connections are allowed for.
    """
    if not is_sqlite(url):
        engine = create_engine(url, pool_size=pool_size, pool_pre_ping=True)
        event.listen(engine, "connect", _limit_idling)
        return engine
    engine = create_engine(url, pool_size=pool_size, connect_args={"isolation_level": None, "timeout": 20})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def is_sqlite(url: str) -> bool:
    """Whether the embedded file is meant, rather than a server."""
    return make_url(url).get_backend_name() == "sqlite"


def sqlite_path(engine: Engine) -> Path | None:
    """The file behind the engine, or None for a server."""
    database = engine.url.database
    return Path(database) if engine.dialect.name == "sqlite" and database else None


@contextmanager
def session_scope(engine: Engine) -> Iterator[Session]:
    """A session that commits once at the end, or rolls back on any error; then does what `on_commit` was given."""
    with _sole_writer(engine), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session
    for act in session.info.pop(_ACTS, ()):
        act()


@contextmanager
def reading_scope(engine: Engine) -> Iterator[Session]:
    """A session over one consistent moment; the database itself refuses a write in it."""
    with Session(engine.execution_options(**READING), expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def trial_scope(engine: Engine) -> Iterator[Session]:
    """A session over all there is, whose changes nobody ever sees. On SQLite it is a copy that a running bot does not
    wait for; on PostgreSQL it is rolled back."""
    with ExitStack() as stack:
        path = sqlite_path(engine)
        if path is not None:
            copy = Path(stack.enter_context(TemporaryDirectory())) / path.name
            with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
            engine = make_engine(f"sqlite+pysqlite:///{copy}", pool_size=1)
            stack.callback(engine.dispose)
        with Session(engine, expire_on_commit=False) as session:
            yield session
            session.rollback()


def on_commit(session: Session, act: Callable[[], object]) -> None:
    """Do `act` once after this session has committed, outside its transaction; never when it rolled back."""
    session.info.setdefault(_ACTS, {})[act] = None


def insert(session: Session) -> Callable[[Any], postgresql.Insert | sqlite.Insert]:
    """The database's own INSERT, which can say ON CONFLICT DO NOTHING."""
    return sqlite.insert if engine_of(session).dialect.name == "sqlite" else postgresql.insert


def engine_of(session: Session) -> Engine:
    """The engine behind a session."""
    bind = session.get_bind()
    return bind if isinstance(bind, Engine) else bind.engine


def empty(engine: Engine) -> None:
    """Take every row out of every table, and leave the schema: for a sandbox that starts anew."""
    with session_scope(engine) as session:
        for table in reversed(SQLModel.metadata.sorted_tables):
            session.exec(delete(table))


@contextmanager
def runner_lock(path: Path) -> Iterator[None]:
    """Hold the SQLite file at `path` as its one runner.

    Several processes on one file stall each other for more than a second. Raises AlreadyRunning at once; the kernel
    releases the lock of a killed runner, so nothing needs cleaning up.
    """
    with path.with_name(path.name + ".runner").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(str(path)) from error
        yield


def _sole_writer(engine: Engine) -> AbstractContextManager[None]:
    return _writer if engine.dialect.name == "sqlite" else nullcontext()


def _set_pragmas(connection: Any, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _limit_idling(connection: Any, _record: object) -> None:
    """A process frozen in a transaction holds locks that all others wait for: the server ends it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = {IDLE_SECONDS * 1000}")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("mentor_reading", False)
    if connection.info.get(_READS_ONLY, False) != reading:
        connection.exec_driver_sql(f"PRAGMA query_only = {int(reading)}")
        connection.info[_READS_ONLY] = reading
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
