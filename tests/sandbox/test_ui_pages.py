"""The page over real HTTP: who looks where, what is theirs to see, and what keeps scripts out."""

import html
import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from sandbox.client import Control
from sandbox.server import Sandbox

SEED = Path(__file__).parents[2] / "sandbox" / "seeds" / "company.yaml"
MANIFEST = {
    "display_information": {"name": "Helper"},
    "features": {
        "bot_user": {"display_name": "Helper"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/help-me", "description": "Helps", "usage_hint": "[now | later]"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
    "settings": {"socket_mode_enabled": True, "interactivity": {"is_enabled": True}},
}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    manifest = tmp_path_factory.mktemp("ui") / "manifest.yml"
    manifest.write_text(yaml.safe_dump(MANIFEST), "utf-8")
    started = Sandbox(SEED, manifest)
    started.start()
    yield started
    started.stop()


@pytest.fixture
def control(sandbox: Sandbox) -> Control:
    control = Control(sandbox.url)
    control.reset()
    return control


def fetched(sandbox: Sandbox, path: str) -> tuple[int, dict[str, str], str]:
    """Status, headers (lower case) and text of a page, redirects not followed."""
    connection = http.client.HTTPConnection(urlsplit(sandbox.url).netloc)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read().decode()
    finally:
        connection.close()


def shown(sandbox: Sandbox, path: str) -> str:
    status, _, text = fetched(sandbox, path)
    assert status == 200
    return text


def went_to(sandbox: Sandbox, path: str) -> dict[str, str]:
    """Where a redirect leads, as its query."""
    status, headers, _ = fetched(sandbox, path)
    assert status == 302
    return {name: values[0] for name, values in parse_qs(urlsplit(headers["location"]).query).items()}


def app_im(sandbox: Sandbox, user: str) -> str:
    shown(sandbox, f"/?user={user}&channel=C0GENERAL")
    found = (channel for channel in Control(sandbox.url).state()["channels"] if channel["is_im"])
    return next(str(channel["id"]) for channel in found if user in channel["members"])


def test_the_bare_address_is_the_page_itself(sandbox: Sandbox, control: Control) -> None:
    page = shown(sandbox, "/")
    assert 'data-channel="C0GENERAL"' in page
    assert "data-user=" in page


@pytest.mark.parametrize("query", ["?user=U0NOBODY", "?user=U0CALBOT", "?user=USLACKBOT", "?channel=C0NOWHERE"])
def test_an_address_that_names_nobody_leads_to_an_ordinary_member_in_general(
    sandbox: Sandbox, control: Control, query: str
) -> None:
    found = went_to(sandbox, f"/{query}")
    user = next(user for user in control.state()["users"] if user["id"] == found["user"])
    assert found["channel"] == "C0GENERAL"
    assert not any(user.get(flag) for flag in ("is_admin", "is_owner", "is_bot", "deleted", "is_restricted"))


def test_a_conversation_one_is_not_in_is_not_shown(sandbox: Sandbox, control: Control) -> None:
    assert went_to(sandbox, "/?user=U0LUKAS&channel=C0LEADERSHIP") == {"user": "U0LUKAS", "channel": "C0GENERAL"}
    assert "leadership" not in shown(sandbox, "/?user=U0LUKAS&channel=C0GENERAL")
    assert "leadership" in shown(sandbox, "/?user=U0ANA&channel=C0GENERAL")


def test_whoever_becomes_someone_else_at_the_apps_home_stays_at_the_apps_home(
    sandbox: Sandbox, control: Control
) -> None:
    of_ana = app_im(sandbox, "U0ANA")
    found = went_to(sandbox, f"/?user=U0BEN&channel={of_ana}&tab=home")
    assert found == {"user": "U0BEN", "channel": app_im(sandbox, "U0BEN"), "tab": "home"}


def test_the_one_who_looks_is_played(sandbox: Sandbox, control: Control) -> None:
    shown(sandbox, "/?user=U0BEN&channel=C0GENERAL")
    assert control.state()["played"] == ["U0BEN"]


def test_nothing_but_the_pages_own_scripts_may_run(sandbox: Sandbox, control: Control) -> None:
    _, headers, text = fetched(sandbox, "/?user=U0BEN&channel=C0GENERAL")
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert all(re.search(r'src="/static/|type="application/json"', tag) for tag in re.findall(r"<script[^>]*>", text))
    assert not re.search(r'\s(?:style|on\w+)="', text)


def test_a_name_full_of_markup_stays_a_name(sandbox: Sandbox, control: Control) -> None:
    nasty = "</script><img src=x onerror=alert(1)>'\""
    control.change_user("U0BEN", display_name=nasty, title=nasty)
    control.message("C0GENERAL", "U0BEN", nasty)
    for user in ("U0BEN", "U0ANA"):
        text = shown(sandbox, f"/?user={user}&channel=C0GENERAL")
        assert "<img" not in text
        assert html.escape(nasty, quote=False)[:20] in text


def test_the_directory_is_json_the_page_can_read(sandbox: Sandbox, control: Control) -> None:
    text = shown(sandbox, "/?user=U0BEN&channel=C0GENERAL")
    found = re.search(r'id="directory">(.*?)</script>', text, re.DOTALL)
    assert found
    directory = json.loads(found[1])
    assert [command["command"] for command in directory["commands"]] == ["/help-me"]
    assert "Helper" in {person["name"] for person in directory["people"]}


def test_the_hint_is_made_of_the_apps_own_words(sandbox: Sandbox, control: Control) -> None:
    assert "/help-me now" in shown(sandbox, "/?user=U0BEN&channel=C0GENERAL")


def test_who_has_begun_is_not_told_how_to_begin(sandbox: Sandbox, control: Control) -> None:
    control.command("C0GENERAL", "U0BEN", "/help-me", "now")
    assert 'id="hint-command"' not in shown(sandbox, "/?user=U0BEN&channel=C0GENERAL")
    assert 'id="hint-command"' in shown(sandbox, "/?user=U0ANA&channel=C0GENERAL")


def test_times_are_the_readers_own(sandbox: Sandbox, control: Control) -> None:
    control.message("C0GENERAL", "U0BEN", "now")
    assert ">09:0" in shown(sandbox, "/ui/messages?user=U0BEN&channel=C0GENERAL")
    assert ">14:3" in shown(sandbox, "/ui/messages?user=U0PRIYA&channel=C0GENERAL")


def test_unread_goes_once_the_conversation_is_shown(sandbox: Sandbox, control: Control) -> None:
    control.message("C0RANDOM", "U0ANA", "hello <@U0BEN>")
    sidebar = "/ui/sidebar?user=U0BEN&channel=C0GENERAL"
    assert "1 unread" in shown(sandbox, sidebar)
    shown(sandbox, "/?user=U0BEN&channel=C0RANDOM")
    assert "unread" not in shown(sandbox, sidebar)


def test_the_clocks_buttons_lead_to_the_persons_own_tuesday(sandbox: Sandbox, control: Control) -> None:
    clock = json.loads(shown(sandbox, "/ui/clock?user=U0PRIYA&channel=C0GENERAL"))
    assert clock["next_tuesday"].startswith("2026-01-13T04:30:00")
    assert clock["next_day"][:16] == "2026-01-13T09:00"
    assert clock["twelve_weeks"][:10] == "2026-04-06"


def test_the_traffic_is_drawn_from_where_one_stopped_reading(sandbox: Sandbox, control: Control) -> None:
    control.command("C0GENERAL", "U0BEN", "/help-me", "<b>first</b>")
    control.command("C0GENERAL", "U0BEN", "/help-me", "second")
    first, second = control.log()
    text = shown(sandbox, "/ui/log")
    assert "&lt;b&gt;first&lt;/b&gt;" in text
    assert "<b>first" not in text
    later = shown(sandbox, f"/ui/log?since={first['n']}")
    assert f'data-n="{second["n"]}"' in later
    assert "first" not in later


def test_a_long_conversation_shows_its_end_first(sandbox: Sandbox, control: Control) -> None:
    for number in range(160):
        control.message("C0GENERAL", "U0BEN", f"line {number}.")
    end = shown(sandbox, "/ui/messages?user=U0BEN&channel=C0GENERAL")
    assert "Show 10 earlier messages" in end
    assert "line 9." not in end
    assert "line 9." in shown(sandbox, "/ui/messages?user=U0BEN&channel=C0GENERAL&everything=yes")


def test_an_open_page_is_told_of_a_message(sandbox: Sandbox, control: Control) -> None:
    connection = http.client.HTTPConnection(urlsplit(sandbox.url).netloc, timeout=5)
    connection.request("GET", "/ui/events")
    answer = connection.getresponse()
    assert answer.getheader("content-type", "").startswith("text/event-stream")
    assert answer.readline() == b"retry: 500\n"
    control.message("C0GENERAL", "U0BEN", "hello")
    told: list[dict[str, object]] = []
    while not any(change["kind"] == "message" for change in told):
        line = answer.readline()
        told += json.loads(line[6:]) if line.startswith(b"data: ") else []
    answer.close()
    connection.close()
    assert [change["channel"] for change in told if change["kind"] == "message"] == ["C0GENERAL"]
