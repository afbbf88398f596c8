"""The least a Bolt app can do, with the bot's own executor and connection: it acknowledges, and that is all."""

import logging
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App

from bot.config import read_settings
from bot.runtime.slack import sending_client
from bot.runtime.socket import connection


def main() -> None:
    """Listen until told to stop."""
    settings = read_settings(os.environ)
    client = sending_client(settings.slack_bot_token or "", settings.slack_api_url)
    logging.getLogger("slack_bolt.App").setLevel(logging.ERROR)  # it reads SLACK_BOT_TOKEN too, and warns of two
    executor = ThreadPoolExecutor(settings.threads)
    app = App(client=client, token_verification_enabled=False, listener_executor=executor)

    @app.command(settings.command)
    def asked(ack: Any) -> None:
        ack()

    socket = connection(app, settings.slack_app_token or "", settings.threads)
    socket.connect()
    print("Connected", flush=True)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    stopped.wait()
    socket.close()
    executor.shutdown()


if __name__ == "__main__":
    main()
