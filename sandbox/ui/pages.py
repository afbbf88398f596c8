"""The routes of the page: the whole of it at `/`, and its parts under `/ui/` for live updates.

Who looks and where they look is in the address (`/?user=U0ANA&channel=C0GENERAL`), so any spot can be linked to. What
people do goes to `/_control`, as it does from scripts.
"""

import json
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web
from markupsafe import Markup

from sandbox.ui.blocks import BlockContext, environment, render_blocks
from sandbox.ui.files import Downloads
from sandbox.ui.moments import next_weekday
from sandbox.ui.reads import Reads
from sandbox.ui.scene import Place, Scene, can_be_played, first_words, unread_counts, with_unread
from sandbox.ui.stream import Stream
from sandbox.ui.timeline import SHOWN, KnownBodies, Row, rows
from sandbox.workspace import Workspace

STATIC = Path(__file__).parent / "static"
_NOT_YET_READ = "0"
# Nothing but this server's own files runs here, whatever a message says; a block's images may come from anywhere.
_POLICY = (
    "default-src 'self'; img-src 'self' https: http: data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
)
_TUESDAY = 1


class Shown(Protocol):
    """What the page needs of the sandbox."""

    @property
    def workspace(self) -> Workspace: ...


@dataclass(frozen=True)
class Look:
    """Who looks (`scene`), and at which conversation or Home."""

    scene: Scene
    place: Place
    app: dict[str, Any] | None
    tab: str

    @property
    def at_home(self) -> bool:
        return self.app is not None and self.tab == "home"


class Pages:
    """Draws the workspace for whoever asks."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._reads = Reads()
        self._bodies = KnownBodies()
        self._templates = environment()
        self._templates.globals["pretty"] = _pretty

    # Who looks, and where

    def scene(self, user_id: str) -> Scene:
        """The workspace for one person; for an ordinary member where the id says nobody who can be played."""
        state = self._workspace.state()
        people = [user for user in state["users"] if can_be_played(user)]
        known = {user["id"] for user in people}
        ordinary = [user for user in people if not (user.get("is_admin") or user.get("is_owner"))]
        full = [user for user in ordinary if not user.get("is_restricted")]
        first = [*full, *ordinary, *people][0]["id"]
        return Scene(state, user_id if user_id in known else first, datetime.fromisoformat(state["now"]))

    def look(self, request: web.Request) -> Look:
        """What the address says; its gaps filled with the first sensible place."""
        scene = self.scene(request.query.get("user", ""))
        own = self._workspace.app_im(scene.user_id)["id"]
        scene = replace(scene, state=self._workspace.state())
        places = {place.id: place for place in scene.places()}
        asked = request.query.get("channel", "")
        # Whoever becomes someone else while looking at the app stays at the app.
        wanted = own if self._is_app_im(scene, asked) else asked
        place = places.get(wanted) or self._first_place(scene, places)
        app = scene.app_of(place)
        tab = request.query.get("tab", "messages")
        return Look(scene, place, dict(app) if app else None, tab if tab in {"home", "messages"} else "messages")

    def _is_app_im(self, scene: Scene, channel_id: str) -> bool:
        bots = {app["bot_user_id"] for app in scene.apps}
        found = (channel for channel in scene.state["channels"] if channel["id"] == channel_id)
        return any(channel.get("is_im") and bots & set(channel["members"]) for channel in found)

    def _first_place(self, scene: Scene, places: dict[str, Place]) -> Place:
        general = {channel["id"] for channel in scene.state["channels"] if channel.get("is_general")}
        ordered = sorted(places.values(), key=lambda place: (place.id not in general, place.kind != "channel"))
        return ordered[0]

    # What is drawn

    def _draw(self, template: str, look: Look, **more: object) -> str:
        common = {"scene": look.scene, "me": look.scene.me, "look": look, "place": look.place}
        return self._templates.get_template(template).render(**common, **more)

    def page(self, request: web.Request) -> str:
        """The whole page."""
        look = self.look(request)
        self._workspace.played.add(look.scene.user_id)
        unread_from = self._reads.last(look.scene.user_id, look.place.id)
        content = self.home(look) if look.at_home else self.messages(look, unread_from)
        return self._draw(
            "page.html",
            look,
            content=Markup(content),
            sidebar=Markup(self.sidebar(look)),
            view=Markup(self.view(look)),
            people=Markup(self.people(look)),
            unread_from=unread_from,
            clock=self.clock(look),
            directory=self._directory(look.scene),
            first_words=self._first_words(look.scene),
        )

    def _first_words(self, scene: Scene) -> str:
        """What to type to begin; nothing for someone who has begun."""
        if self._workspace.traffic.has_begun(scene.user_id):
            return ""
        return next((first_words(app) for app in scene.apps), "")

    def sidebar(self, look: Look) -> str:
        """Channels, direct messages and apps with their unread marks."""
        user_id = look.scene.user_id
        self._reads.forget_after(str(look.scene.now.timestamp() + 1))
        places = with_unread(
            look.scene.places(), user_id, self._workspace.messages, lambda place: self._reads.last(user_id, place)
        )
        apps = [(place, look.scene.app_of(place)) for place in places]
        return self._draw(
            "sidebar.html",
            look,
            channels=[place for place in places if place.kind == "channel"],
            directs=[place for place, app in apps if place.kind != "channel" and app is None],
            apps=[(place, app) for place, app in apps if app],
        )

    def people(self, look: Look) -> str:
        """Everyone a visitor may be, with how many direct messages wait for them."""
        waiting = {person.id: self._waiting(look.scene, person.id) for person in look.scene.playable}
        return self._draw("people.html", look, unread=waiting)

    def _waiting(self, scene: Scene, user_id: str) -> int:
        direct = [channel for channel in scene.state["channels"] if channel["is_im"] or channel["is_mpim"]]
        mine = [channel["id"] for channel in direct if user_id in channel["members"]]
        last = self._reads.last
        return sum(unread_counts(self._workspace.messages(place), user_id, last(user_id, place))[0] for place in mine)

    def messages(self, look: Look, unread_from: str, everything: bool = False) -> str:
        """The rows of the conversation; what is shown counts as read."""
        found = self._workspace.messages(look.place.id)
        if found:
            self._reads.mark(look.scene.user_id, look.place.id, found[-1]["ts"])
        shown = found if everything else found[-SHOWN:]
        drawn = rows(shown, look.scene.people, look.scene.reader, unread_from=unread_from, body=self._bodies)
        inside = [self._row(look, row) for row in drawn]
        return self._draw("messages.html", look, rows=inside, earlier=len(found) - len(shown))

    def _row(self, look: Look, row: Row) -> Markup:
        body = self._draw("row.html", look, row=row)
        return Markup('<div class="row row-{}" data-key="{}" data-hash="{:x}">{}</div>').format(
            row.kind, row.key, zlib.crc32(body.encode()), Markup(body)
        )

    def home(self, look: Look) -> str:
        """The app's Home for this person."""
        home = self._workspace.home(look.scene.user_id)
        blocks = render_blocks(home["blocks"], self._context(look, home, "home")) if home else None
        return self._draw("home.html", look, blocks=blocks)

    def view(self, look: Look) -> str:
        """The topmost modal of this person, or nothing."""
        view = self._workspace.top_view(look.scene.user_id)
        if view is None:
            return ""
        return self._draw(
            "view.html", look, view=view, blocks=render_blocks(view["blocks"], self._context(look, view, "modal"))
        )

    def _context(self, look: Look, view: dict[str, Any], surface: str) -> BlockContext:
        values = (view.get("state") or {}).get("values") or {}
        return BlockContext(
            look.scene.reader, surface=surface, values=values, errors=view.get("errors") or {}, prefix=view["id"]
        )

    def log(self, since: int) -> str:
        """The newest lines of the traffic above `since`."""
        entries = self._workspace.log(since)[-200:]
        return self._templates.get_template("log.html").render(entries=entries)

    def clock(self, look: Look) -> dict[str, Any]:
        """The present, and where the clock's buttons lead, for the page's JavaScript."""
        now, tz = look.scene.now, look.scene.me.tz
        return {
            "now": now.isoformat(),
            "tz": tz,
            "next_day": (now + timedelta(days=1)).isoformat(),
            "next_tuesday": next_weekday(now, _TUESDAY, 10, tz).isoformat(),
            "twelve_weeks": (now + timedelta(weeks=12)).isoformat(),
        }

    def _directory(self, scene: Scene) -> dict[str, Any]:
        """People, places and commands, for menus, mentions and the quick switcher."""
        people = [
            {"id": user["id"], "name": scene.people[user["id"]].name, "real": scene.people[user["id"]].real_name}
            for user in scene.state["users"]
            if not user.get("deleted")
        ]
        channels = [
            {"id": channel["id"], "name": channel["name"], "private": bool(channel.get("is_private"))}
            for channel in scene.state["channels"]
            if not (channel.get("is_im") or channel.get("is_mpim")) and _listed(channel, scene.user_id)
        ]
        commands = [dict(command) for app in scene.apps for command in app.get("commands", ())]
        return {"people": people, "channels": channels, "commands": commands, "apps": scene.apps}


def _listed(channel: Mapping[str, Any], user_id: str) -> bool:
    """Whether a channel's name may be shown to this person."""
    seen = not channel.get("is_private") or user_id in channel["members"]
    return seen and not channel.get("is_archived")


def _pretty(payload: object) -> str:
    return json.dumps(payload, indent=2, ensure_ascii=False)


def _html(text: str) -> web.Response:
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return web.Response(text=text, content_type="text/html", headers=headers)


class Routes:
    """One coroutine per address."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    async def page(self, request: web.Request) -> web.StreamResponse:
        look = self._pages.look(request)
        asked = (request.query.get("user"), request.query.get("channel"))
        if any(asked) and asked != (look.scene.user_id, look.place.id):
            tab = "&tab=home" if look.at_home else ""
            raise web.HTTPFound(f"/?user={look.scene.user_id}&channel={look.place.id}{tab}")
        return _html(self._pages.page(request))

    async def sidebar(self, request: web.Request) -> web.StreamResponse:
        return _html(self._pages.sidebar(self._pages.look(request)))

    async def messages(self, request: web.Request) -> web.StreamResponse:
        query = request.query
        look = self._pages.look(request)
        return _html(self._pages.messages(look, query.get("unread_from", ""), query.get("everything") == "yes"))

    async def home(self, request: web.Request) -> web.StreamResponse:
        return _html(self._pages.home(self._pages.look(request)))

    async def people(self, request: web.Request) -> web.StreamResponse:
        return _html(self._pages.people(self._pages.look(request)))

    async def view(self, request: web.Request) -> web.StreamResponse:
        return _html(self._pages.view(self._pages.look(request)))

    async def clock(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self._pages.clock(self._pages.look(request)))

    async def log(self, request: web.Request) -> web.StreamResponse:
        since = request.query.get("since", "0")
        return _html(self._pages.log(int(since) if since.isdigit() else 0))


def add_routes(app: web.Application, sandbox: Shown) -> None:
    """Add the page to the server: `/`, `/ui/...` and `/static/...`."""
    routes, stream = Routes(Pages(sandbox.workspace)), Stream(sandbox.workspace)
    app.router.add_get("/", routes.page)
    for name in ("sidebar", "messages", "people", "home", "view", "clock", "log"):
        answer: Callable[[web.Request], Awaitable[web.StreamResponse]] = getattr(routes, name)
        app.router.add_get(f"/ui/{name}", answer)
    app.router.add_get("/ui/events", stream.serve)
    app.router.add_static("/static", STATIC)
    app.router.add_get("/files/{id}/{name}", Downloads(sandbox.workspace).serve)
    app.on_shutdown.append(stream.end)
