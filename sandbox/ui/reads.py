"""How far each person has read each conversation, as the page showed it to them."""


class Reads:
    """The `ts` of the last message shown, by person and conversation; empty for what was never opened."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], str] = {}

    def last(self, user_id: str, channel_id: str) -> str:
        return self._last.get((user_id, channel_id), "")

    def mark(self, user_id: str, channel_id: str, ts: str) -> None:
        """All up to `ts` has been seen."""
        self._last[user_id, channel_id] = max(ts, self.last(user_id, channel_id))

    def forget_after(self, ts: str) -> None:
        """Drop marks from a time that has not come yet: the workspace was put back to its beginning."""
        self._last = {place: last for place, last in self._last.items() if last <= ts}
