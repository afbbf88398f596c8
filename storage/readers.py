"""Many people at once, whichever workspaces they are in."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col

Reader = tuple[str, str]
"""A workspace's id and a user's."""


def among(table: Any, readers: Collection[Reader]) -> ColumnElement[bool]:
    """Rows of these people in a table with a workspace and a user.

    A condition for each workspace, as SQLite reads a whole table to compare two columns with a list of pairs.
    """
    by_workspace: dict[str, list[str]] = {}
    for workspace_id, user_id in readers:
        by_workspace.setdefault(workspace_id, []).append(user_id)
    return or_(
        false(),
        *(
            and_(col(table.workspace_id) == workspace_id, col(table.user_id).in_(user_ids))
            for workspace_id, user_ids in by_workspace.items()
        ),
    )
