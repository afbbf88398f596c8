"""App Home: drawn when it is opened, and again after an act."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.services import standing
from bot.views import home
from handlers.deps import Body, Deps


def register(app: App, deps: Deps) -> None:
    """Opening the Home tab."""

    @app.event("app_home_opened")
    def opened_home(event: Body, client: WebClient) -> None:
        if event.get("tab") == "home":
            show_home(deps, client, str(event["user"]))


def show_home(deps: Deps, client: WebClient, user_id: str) -> Any:
    """Draw a person's Home as things stand now."""
    with deps.looking(user_id) as act:
        here = standing.standing(act.session, act.actor, now=act.now)
    return client.views_publish(user_id=user_id, view=home.draw(here, deps.bot_name))
