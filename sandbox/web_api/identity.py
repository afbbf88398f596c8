"""auth.test and apps.connections.open."""

from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.workspace import APP_ID, BOT_ID, BOT_USER_ID


def test(call: Call) -> Json:
    """auth.test: who this token is."""
    team = call.workspace.team
    return {
        "url": f"https://{team['domain']}.slack.com/",
        "team": team["name"],
        "user": call.workspace.people.get(BOT_USER_ID)["name"],
        "team_id": team["id"],
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "is_enterprise_install": False,
    }


def open_connection(call: Call) -> Json:
    """apps.connections.open: an address for one WebSocket."""
    address = call.url.replace("http://", "ws://")
    return {"url": f"{address}/link?ticket={call.workspace.permits.ticket()}&app_id={APP_ID}"}
