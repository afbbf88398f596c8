"""Alembic runs this for every command, with the connection of `storage.migrate`."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import DateTime, String
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import storage.tables  # noqa: F401  (the tables register themselves with the metadata)
from storage.types import UtcDateTime


def in_plain_words(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Revisions name SQLAlchemy's own types, so that they still run when ours have moved."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return repr_with_sa(DateTime(timezone=True))
    if kind == "type" and isinstance(item, AutoString):
        return repr_with_sa(String(item.length))
    return False


def repr_with_sa(item: Any) -> str:
    """How a revision writes a type."""
    return f"sa.{item!r}"


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=in_plain_words,
    compare_type=True,
)
context.run_migrations()
