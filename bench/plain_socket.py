"""A Bolt app as its first page shows it, on the built-in Socket Mode connection with its defaults; until ended."""

import os
import signal
import threading

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient


def main() -> None:
    """Connect and stay."""
    client = WebClient(os.environ.pop("SLACK_BOT_TOKEN"), base_url=os.environ["SLACK_API_URL"])
    handler = SocketModeHandler(App(client=client, token_verification_enabled=False), os.environ["SLACK_APP_TOKEN"])
    handler.connect()
    print("Connected", flush=True)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    stopped.wait()


if __name__ == "__main__":
    main()
