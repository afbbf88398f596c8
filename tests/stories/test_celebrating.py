"""What a pair celebrates, with whom, and how its time ends: the closing message, and a certificate to keep."""

import urllib.request

import pytest

from tests.stories.eight import EIGHT_ARE_PAIRED, Ana, Ben
from tests.stories.stage import Stage, play, skip


@pytest.fixture
def eight(stage: Stage) -> Stage:
    stage.reset()
    play(stage, EIGHT_ARE_PAIRED)
    return stage


def test_who_ended_well_hears_what_it_came_to_and_may_have_a_certificate(eight: Stage) -> None:
    play(
        eight,
        [
            Ana.types("/mentor goals add run my first workshop"),
            Ana.types("/mentor goals done 1"),
            skip("Tue 20 Jan 10:01"),
            Ana.types("/mentor checkin met 45m"),
            skip("Wed 21 Jan 10:01"),
            Ana.types("/mentor checkin wrap"),
            Ana.submits(),
            Ana.sees("You wrapped up with Ben"),
            skip("Fri 23 Jan 10:01"),
            Ben.sees("good end together", "Together: one meeting (45 min) and one goal reached", "Certificate"),
            Ana.sees("your time with Ben is complete", "Together: one meeting (45 min)", "Certificate", "Only you see"),
            Ana.presses("Certificate", about="your time with Ben"),
            Ana.sees("Here is your certificate, Ana", "names nobody but you"),
            Ben.sees_no("Here is your certificate"),
        ],
    )
    (message,) = [one for one in eight.shown_to("U0ANA") if one.get("files")]
    file = message["files"][0]
    assert (file["name"], file["mimetype"]) == ("certificate.png", "image/png")
    assert "Ben" not in file["alt_txt"]
    with urllib.request.urlopen(
        f"{eight.rehearsal.sandbox.url}/files/{file['id']}/{file['name']}", timeout=5
    ) as answer:
        assert answer.read().startswith(b"\x89PNG")
