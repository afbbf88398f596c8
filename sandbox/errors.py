"""What Slack answers when it refuses."""

from collections.abc import Sequence


class SlackError(Exception):
    """A refusal in Slack's own words.

    `error` is Slack's error string (`invalid_blocks`, `channel_not_found`, ...); `messages` are the lines Slack puts in
    `response_metadata.messages` to say where and why.
    """

    def __init__(self, error: str, messages: Sequence[str] = ()) -> None:
        super().__init__(error)
        self.error = error
        self.messages = list(messages)
