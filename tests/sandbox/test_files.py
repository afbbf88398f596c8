"""Files by Slack's three steps: an address, the bytes, and a moment later a message; how the page shows them."""

import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from slack_sdk import WebClient

from sandbox.client import Control
from sandbox.files import File
from sandbox.server import Sandbox
from sandbox.ui.files import files_body, weight
from sandbox.web_api.files import LONGEST_ALT_TEXT
from tests.sandbox.conftest import MANIFEST, SMALL, Json, refusal, web_client

PICTURE = b"\x89PNG\r\n\x1a\n and the rest of a picture"
Named = list[dict[str, str | None]]
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def send(url: str, content: bytes, content_type: str = "application/octet-stream") -> int:
    """The status of a POST of these bytes."""
    asked = urllib.request.Request(url, content, {"Content-Type": content_type})
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return int(refused.code)


def uploaded(client: WebClient, name: str, content: bytes, **more: Any) -> str:
    """The id of a file whose bytes are there."""
    ticket = client.files_getUploadURLExternal(filename=name, length=len(content), **more)
    assert send(ticket["upload_url"], content) == 200
    return str(ticket["file_id"])


def im(client: WebClient, user: str = "U0ANA") -> str:
    return str(client.conversations_open(users=[user])["channel"]["id"])


def shared(control: Control, place: str) -> Json:
    """The message of the file, once it is there."""
    control.until(lambda: any(message.get("files") for message in control.messages(place)))
    return next(message for message in control.messages(place) if message.get("files"))


def fetched(url: str) -> tuple[bytes, dict[str, str]]:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read(), dict(answer.headers)


def test_a_file_goes_by_three_steps_and_stands_in_its_conversation_a_moment_later(
    client: WebClient, control: Control
) -> None:
    place = im(client)
    file_id = uploaded(client, "lunch.png", PICTURE, alt_txt="Two people at a table")
    answer = client.files_completeUploadExternal(
        files=[{"id": file_id, "title": "Lunch"}], channel_id=place, initial_comment="Here it *is*"
    )
    assert (answer["files"][0]["id"], answer["files"][0]["shares"]) == (file_id, {})
    assert control.messages(place) == []
    message = shared(control, place)
    assert (message["subtype"], message["text"], message["user"]) == ("file_share", "Here it *is*", "U0SANDBOX01")
    file = message["files"][0]
    assert (file["title"], file["mimetype"], file["alt_txt"]) == ("Lunch", "image/png", "Two people at a table")
    assert "metadata" not in message


def test_blocks_introduce_a_file_where_no_comment_does(client: WebClient, control: Control) -> None:
    place = im(client)
    blocks = '[{"type": "section", "text": {"type": "mrkdwn", "text": "With *blocks*"}}]'
    for comment, expected in [("", "section"), ("A comment", None)]:
        files: Named = [{"id": uploaded(client, "a.ics", CALENDAR)}]
        client.files_completeUploadExternal(files=files, channel_id=place, blocks=blocks, initial_comment=comment)
        message = shared(control, place)
        assert (message["text"], (message.get("blocks") or [{}])[0].get("type")) == (comment, expected)
        client.chat_delete(channel=place, ts=message["ts"])


def test_sdk_s_own_way_of_three_steps_works_here(client: WebClient, control: Control) -> None:
    place = im(client)
    client.files_upload_v2(channel=place, content=CALENDAR, filename="meeting.ics", title="Meeting")
    assert shared(control, place)["files"][0]["pretty_type"] == "ICS"


def test_an_address_takes_the_bytes_announced_and_takes_them_once(client: WebClient) -> None:
    ticket = client.files_getUploadURLExternal(filename="a.ics", length=len(CALENDAR))
    assert send(ticket["upload_url"], CALENDAR[1:]) == 400
    assert send(ticket["upload_url"], CALENDAR) == 200
    assert send(ticket["upload_url"], CALENDAR) == 404
    assert send(ticket["upload_url"] + "x", CALENDAR) == 404


def test_a_form_brings_the_bytes_as_well(client: WebClient) -> None:
    ticket = client.files_getUploadURLExternal(filename="a.ics", length=len(CALENDAR))
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.ics"\r\n\r\n'
    assert send(ticket["upload_url"], head + CALENDAR + b"\r\n--x--\r\n", "multipart/form-data; boundary=x") == 200


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"filename": "a.png", "length": 0}, "missing_argument"),
        ({"filename": "a.png", "length": "many"}, "invalid_arguments"),
        ({"filename": "a.png"}, "invalid_arguments"),
        ({"length": 5}, "invalid_arguments"),
        ({"filename": "a.png", "length": 5, "alt_txt": "x" * (LONGEST_ALT_TEXT + 1)}, "alt_txt_too_large"),
        ({"filename": "a.py", "length": 5, "snippet_type": "nonsense"}, "unknown_snippet_type"),
        ({"filename": "a.py", "length": 2_000_000, "snippet_type": "python"}, "snippet_too_large"),
        ({"filename": "a.mkv", "length": 2_000_000_000}, "file_upload_size_restricted"),
    ],
)
def test_no_address_is_given_for_what_slack_refuses(client: WebClient, given: Json, error: str) -> None:
    assert refusal(lambda: client.api_call("files.getUploadURLExternal", params=given))["error"] == error


def test_a_file_is_shared_with_a_conversation_the_app_is_in_and_never_with_a_user_id(client: WebClient) -> None:
    files: Named = [{"id": uploaded(client, "a.ics", CALENDAR)}]

    def refused(**given: Any) -> Json:
        return refusal(lambda: client.files_completeUploadExternal(**{"files": files, **given}))

    person = refused(channel_id="U0ANA")
    assert person["error"] == "invalid_arguments"
    assert "input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$" in person["response_metadata"]["messages"][0]
    assert refused(channel_id="C000000404")["error"] == "channel_not_found"
    assert refused(channel_id="C0GENERAL")["error"] == "not_in_channel"
    assert refused(channel_id=im(client), thread_ts="1.1")["error"] == "thread_not_found"
    assert refused(channel_id=im(client), blocks='[{"type": "nonsense"}]')["error"] == "invalid_blocks"
    assert refused(channels=["C0GENERAL"])["error"] == "invalid_arguments"


def test_only_a_file_whose_bytes_are_there_is_completed_and_only_once(client: WebClient) -> None:
    def refused(files: Any) -> str:
        return str(refusal(lambda: client.api_call("files.completeUploadExternal", json={"files": files}))["error"])

    empty = client.files_getUploadURLExternal(filename="a.ics", length=5)["file_id"]
    done = uploaded(client, "a.ics", CALENDAR)
    client.files_completeUploadExternal(files=[{"id": done}])
    for files in ([{"id": "F404"}], [{"id": empty}], [{"id": done}]):
        assert refused(files) == "file_not_found"
    for nonsense in ([], ["F1"], [{"title": "nameless"}], "[", None):
        assert refused(nonsense) == "invalid_arguments"


def test_both_methods_ask_for_the_scope_to_write_files(tmp_path: Path) -> None:
    less = tmp_path / "manifest.yml"
    less.write_text(MANIFEST.read_text().replace("files:write, ", ""))
    sandbox = Sandbox(SMALL, less)
    sandbox.start()
    try:
        client = web_client(sandbox)
        asked = refusal(lambda: client.files_getUploadURLExternal(filename="a.ics", length=5))
        done = refusal(lambda: client.files_completeUploadExternal(files=[{"id": "F1"}]))
        assert [(each["error"], each["needed"]) for each in (asked, done)] == [("missing_scope", "files:write")] * 2
    finally:
        sandbox.stop()


def test_a_lost_answer_leaves_a_file_that_was_shared_all_the_same(client: WebClient, control: Control) -> None:
    place = im(client)
    files: Named = [{"id": uploaded(client, "a.ics", CALENDAR)}]
    control.faults(method="files.completeUploadExternal", drop="after", times=1)
    with pytest.raises(OSError, match=r"reset|closed|end"):
        client.files_completeUploadExternal(files=files, channel_id=place)
    assert shared(control, place)["files"][0]["name"] == "a.ics"


def test_a_bad_day_can_begin_with_the_bytes(client: WebClient, control: Control) -> None:
    ticket = client.files_getUploadURLExternal(filename="a.ics", length=len(CALENDAR))
    control.faults(method="upload", status=503, times=1)
    assert send(ticket["upload_url"], CALENDAR) == 503
    assert send(ticket["upload_url"], CALENDAR) == 200


def test_what_skips_time_waits_for_a_file_on_its_way(client: WebClient, control: Control) -> None:
    place = im(client)
    client.files_completeUploadExternal(files=[{"id": uploaded(client, "a.ics", CALENDAR)}], channel_id=place)
    control.advance("P1D")
    assert [message["files"][0]["name"] for message in control.messages(place)] == ["a.ics"]


def test_an_image_is_handed_out_as_one_and_anything_else_only_to_be_saved(
    sandbox: Sandbox, client: WebClient, control: Control
) -> None:
    place = im(client)
    named = {"lunch.png": PICTURE, "page.png": b"<script>alert(1)</script>", "page.svg": b"<svg onload=alert(1)>"}
    for name, content in named.items():
        client.files_completeUploadExternal(files=[{"id": uploaded(client, name, content)}], channel_id=place)
    control.until(lambda: len(control.messages(place)) == 3)
    files = {message["files"][0]["name"]: message["files"][0] for message in control.messages(place)}
    heads = {}
    for name, file in files.items():
        content, heads[name] = fetched(f"{sandbox.url}/files/{file['id']}/{name}")
        assert content == named[name]
        assert heads[name]["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in heads[name]["Content-Security-Policy"]
    kinds = {name: (head["Content-Type"], head["Content-Disposition"].split(";")[0]) for name, head in heads.items()}
    to_save = ("application/octet-stream", "attachment")
    assert kinds == {"lunch.png": ("image/png", "inline"), "page.png": to_save, "page.svg": to_save}
    assert {files[name]["mimetype"] for name in ("page.png", "page.svg")} == {"application/octet-stream"}


def test_nobody_gets_a_file_that_was_not_completed(sandbox: Sandbox, client: WebClient) -> None:
    file_id = uploaded(client, "a.ics", CALENDAR)
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        fetched(f"{sandbox.url}/files/{file_id}/a.ics")
    refused.value.close()


def test_a_workspace_taken_up_again_has_its_files(tmp_path: Path) -> None:
    kept = tmp_path / "workspace.json"
    first = Sandbox(SMALL, MANIFEST, state_file=kept)
    first.start()
    client = web_client(first)
    place = im(client)
    client.files_completeUploadExternal(files=[{"id": uploaded(client, "lunch.png", PICTURE)}], channel_id=place)
    file_id = shared(Control(first.url), place)["files"][0]["id"]
    first.stop()
    second = Sandbox(SMALL, MANIFEST, state_file=kept)
    second.start()
    try:
        assert fetched(f"{second.url}/files/{file_id}/lunch.png")[0] == PICTURE
    finally:
        second.stop()


def test_a_picture_is_drawn_with_its_words_and_another_file_as_a_card() -> None:
    shape = {"id": "F1", "name": "a <b>.png", "title": "A <b>", "size": 1300, "pretty_type": "PNG"}
    picture = files_body([{**shape, "mimetype": "image/png", "alt_txt": 'Two "people"'}])
    assert 'alt="Two &#34;people&#34;"' in picture
    assert 'src="/files/F1/a%20%3Cb%3E.png"' in picture
    card = files_body([{**shape, "mimetype": "text/calendar"}])
    assert "<img" not in card
    assert "A &lt;b&gt;" in card
    assert "PNG · 1 kB" in card
    assert files_body([]) == Markup("")


@pytest.mark.parametrize(("size", "said"), [(812, "812 bytes"), (4200, "4 kB"), (1_300_000, "1.3 MB")])
def test_a_file_s_weight_is_told_as_people_tell_it(size: int, said: str) -> None:
    assert weight(size) == said


def test_what_a_file_is_is_told_by_its_bytes_first() -> None:
    jpeg = File("F1", "s", "a.png", 5, 0, content=b"\xff\xd8\xff\xe0.")
    assert (jpeg.image_type, jpeg.media_type) == ("image/jpeg", "image/jpeg")
    assert File("F1", "s", "meeting.ics", 5, 0, content=b"BEGIN").media_type == "text/calendar"
