"""What a pair celebrates, with whom, and how its time ends: the closing message, and a certificate to keep."""

import urllib.request

import pytest

from tests.stories.eight import EIGHT_ARE_PAIRED, Ana, Ben, Chloe, Femi
from tests.stories.stage import CHANNEL, Place, Stage, play, skip

the_channel = Place(CHANNEL)


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


def test_halfway_and_the_last_lesson_are_lines_of_friday_s_round_up(eight: Stage) -> None:
    """Two pairs are halfway on the same Monday, Ana has taken all lessons; Gita and Hugo never said that they met."""
    lessons = [
        step
        for number in range(1, 7)
        for step in (Ana.types(f"/mentor learn {number}"), Ana.submits(question_0="0", question_1="0"), Ana.closes())
    ]
    play(
        eight,
        [
            skip("Tue 20 Jan 10:01"),
            Ana.types("/mentor checkin met 45m"),
            Chloe.types("/mentor checkin met"),
            skip("Mon 23 Feb 16:00"),
            (Ana + Ben).presses("Post it", "halfway"),
            (Chloe + Femi).presses("Post it", "halfway"),
            Ana.sees("halfway through your time together", "It will be in Friday's round-up"),
            *lessons,
            skip("Tue 24 Feb 16:00"),
            Ana.sees("You have taken all the lessons. May Friday's round-up in #peer-mentoring say so?"),
            Ben.sees_no("taken all the lessons"),
            Ana.presses("Post it", "all the lessons"),
            Ana.sees("You have taken all the lessons. It will be in Friday's round-up"),
            Ben.types("/mentor kudos @Chloé for the drawing"),
            skip("Wed 25 Feb 16:00"),
            Chloe.presses("Post it", "the drawing"),
            the_channel.hears_nothing(),
            skip("Fri 27 Feb 15:01"),
            the_channel.hears(
                "One person has taken all the lessons: Ana.",
                "Two pairs are halfway through their time together: Ana and Ben; Chloé and Femi.",
                "Thanks heard:",
                "the drawing",
                "Say thanks to someone",
            ),
        ],
    )
