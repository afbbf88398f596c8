"""What Slack tells on its own: people change or go, the bot is invited or removed. Nothing depends on hearing it."""

from slack_bolt import App

from bot.services import administering, remembering
from handlers.deps import ANEW, Body, Deps
from storage.engine import session_scope


def register(app: App, deps: Deps) -> None:
    """People and channels."""

    @app.event("user_change")
    @app.event("team_join")
    def person_changed(event: Body) -> None:
        user_id = str(event["user"]["id"])
        if user_id in deps.met:  # user_change fires for every status change of the whole workspace
            deps.meet(user_id, now=deps.clock.now(), fresh=ANEW)

    @app.event("dnd_updated_user")
    def wants_quiet(event: Body) -> None:
        user_id = str(event["user"])
        if user_id in deps.met:
            told = deps.directory.undisturbed([user_id])
            with session_scope(deps.engine) as session:
                remembering.told_undisturbed(session, deps.workspace_id, told, now=deps.clock.now())

    @app.event("member_joined_channel")
    def joined_channel(event: Body) -> None:
        if event.get("user") == deps.bot_user_id:
            with session_scope(deps.engine) as session:
                administering.bot_joined_channel(session, deps.workspace_id, str(event["channel"]))

    @app.event("channel_left")
    @app.event("group_left")
    @app.event("channel_archive")
    @app.event("group_archive")
    def lost_channel(event: Body) -> None:
        with session_scope(deps.engine) as session:
            channel_id = str(event["channel"])
            administering.channel_lost(session, deps.workspace_id, channel_id, now=deps.clock.now())
