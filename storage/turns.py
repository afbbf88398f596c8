"""One heartbeat at a time, however many bots share a database."""

from sqlalchemy import text
from sqlmodel import Session

HEARTBEAT = 7_315_902
"""A number of ours among PostgreSQL's advisory locks."""


def have_turn(session: Session) -> bool:
    """Whether this transaction is the one heartbeat; False while another one is at it, which does the same work.

    On SQLite a writing transaction is alone anyway.
    """
    if session.get_bind().dialect.name == "sqlite":
        return True
    return bool(session.connection().scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": HEARTBEAT}))
