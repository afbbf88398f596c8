"""Modals and App Homes: the views a person has open."""

from collections import defaultdict

from sandbox.errors import SlackError
from sandbox.shapes import Json

# https://docs.slack.dev/surfaces/modals: a stack holds at most three views.
DEEPEST = 3


class Surfaces:
    """The stack of modals and the Home of every person; views by id."""

    def __init__(self) -> None:
        self._stacks: defaultdict[str, list[Json]] = defaultdict(list)
        self._homes: dict[str, Json] = {}
        self._by_id: dict[str, tuple[str, Json]] = {}

    def top(self, user_id: str) -> Json | None:
        """The topmost modal of this person, or None."""
        stack = self._stacks.get(user_id)
        return stack[-1] if stack else None

    def home(self, user_id: str) -> Json | None:
        return self._homes.get(user_id)

    def owner(self, view_id: str) -> str:
        """Who has this view open. Raises SlackError("not_found")."""
        return self._found(view_id)[0]

    def get(self, view_id: str) -> Json:
        """An open modal or published Home. Raises SlackError("not_found")."""
        return self._found(view_id)[1]

    def external(self, external_id: str) -> str | None:
        """The id of the open view with this external_id."""
        found = (view["id"] for _, view in self._by_id.values() if view["external_id"] == external_id)
        return next(found, None)

    def open(self, user_id: str, view: Json) -> None:
        """Show a modal in place of whatever this person had open."""
        self.close_all(user_id)
        self._place(user_id, view)

    def push(self, user_id: str, view: Json) -> None:
        """Lay a modal over the topmost one. Raises SlackError("push_limit_reached")."""
        stack = self._stacks[user_id]
        if len(stack) >= DEEPEST:
            raise SlackError("push_limit_reached")
        if stack:
            view["previous_view_id"] = stack[-1]["id"]
            view["root_view_id"] = stack[0]["id"]
        self._place(user_id, view)

    def publish(self, user_id: str, view: Json) -> None:
        old = self._homes.get(user_id)
        if old is not None:
            del self._by_id[old["id"]]
        self._homes[user_id] = view
        self._by_id[view["id"]] = (user_id, view)

    def close_top(self, user_id: str) -> Json | None:
        stack = self._stacks[user_id]
        if not stack:
            return None
        view = stack.pop()
        del self._by_id[view["id"]]
        return view

    def close_all(self, user_id: str) -> list[Json]:
        """Close the whole stack; returns it, topmost first."""
        closed = []
        while (view := self.close_top(user_id)) is not None:
            closed.append(view)
        return closed

    def homes(self) -> dict[str, Json]:
        return dict(self._homes)

    def _place(self, user_id: str, view: Json) -> None:
        self._stacks[user_id].append(view)
        self._by_id[view["id"]] = (user_id, view)

    def _found(self, view_id: str) -> tuple[str, Json]:
        if view_id not in self._by_id:
            raise SlackError("not_found")
        return self._by_id[view_id]
