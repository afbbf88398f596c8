"""A pair that falls silent: the ladder, then silence; the organizer sees that it is quiet; who asks finds another."""

from tests.stories.eight import EIGHT_ARE_PAIRED, Ana, Chloe, Dev, Eva, Gita, Hugo
from tests.stories.stage import CHANNEL, Place, Stage, Step, play, skip

ASKED = "How does it stand?"
THIRD = "keep going, take a break, or wrap up"
NEW_YORK = "America/New_York"

THE_LADDER = [
    *EIGHT_ARE_PAIRED,
    skip("Tue 27 Jan 10:00", "Europe/London"),
    (Ana + Chloe + Dev).presses("We met"),
    skip("Tue 27 Jan 10:00", NEW_YORK),
    (Gita + Hugo).sees("introduced a little while ago", ASKED),
    skip("Tue 3 Feb 10:00", NEW_YORK),
    (Gita + Hugo).sees(ASKED),
    skip("Tue 10 Feb 10:00", NEW_YORK),
    (Gita + Hugo).sees(THIRD, "I will not ask again"),
    skip("Mon 23 Feb 10:00", NEW_YORK),
    (Gita + Hugo).sees_no(ASKED),
    Ana.types("/mentor admin people quiet"),
    Ana.sees("No pair is quiet"),
    skip("Tue 24 Feb 10:00", NEW_YORK),
    (Gita + Hugo).sees_no(ASKED),
    Ana.types("/mentor admin people quiet"),
    Ana.sees("Gita", "Hugo", "Quiet for four weeks"),
    Ana.types("/mentor admin"),
    Ana.sees("Quiet for four weeks: Gita and Hugo", "0 waiting"),
]

THE_WAY_OUT = [
    Gita.types("/mentor match"),
    Gita.presses("Not a fit", "Hugo"),
    Gita.sees("nobody is told why", "Match me again"),
    Gita.presses("Match me again", "nobody is told why"),
    Gita.sees("You are in line", "during this round"),
    Hugo.sees("Gita's plans have changed", "says nothing about you"),
    Hugo.presses("Match me again"),
    Hugo.sees("during this round"),
    Ana.types("/mentor admin"),
    Ana.sees("Both who wait are ready for a partner in this round; no two of them can be partners yet", "invite more"),
    Dev.types("/mentor match"),
    Dev.presses("Not a fit", "Eva"),
    Dev.types("/mentor"),
    Dev.presses("Match me again", "in line"),
    Dev.sees("during this round"),
    Ana.types("/mentor admin people unmatched"),
    Ana.sees("Dev", "Eva", "Gita", "Hugo"),
    Ana.types("/mentor admin"),
    Ana.sees("Of the 4 who wait, 3 are ready for a partner in this round; 1 pair is possible now", "Monday 6 April"),
]


def nobody_meets_their_old_partner(stage: Stage) -> None:
    places = [channel for channel in stage.control.state()["channels"] if channel.get("is_mpim")]
    groups = [set(channel["members"]) - {stage.bot} for channel in places]
    assert len(groups) == 5, groups
    new = groups[-1]
    assert "U0DEV" in new, new
    assert len(new & {"U0GITA", "U0HUGO"}) == 1, new


A_REMATCH = [
    Ana.presses("Preview a rematch"),
    Ana.sees("2 of 3 in 1 pair, 1 waiting", "these pairs join the running round and end with it, on Monday 6 April"),
    Ana.submits(),
    Ana.sees("This sends *1 message*"),
    Ana.submits(),
    Ana.sees("Released: 1 introduction"),
    Ana.closes(),
    Dev.sees("Why you two"),
    Eva.sees_no("Why you two, "),
    Step("nobody meets their old partner", nobody_meets_their_old_partner),
    Place(CHANNEL).hears_nothing(),
    skip("Tue 10 Mar 10:00", NEW_YORK),
    Dev.sees(ASKED),
    skip("Tue 7 Apr 12:00"),
    Dev.sees("your time with", "It was a quiet round"),
]


def test_a_pair_that_falls_silent_is_seen_and_who_asks_finds_someone_else(stage: Stage) -> None:
    stage.reset()
    play(stage, THE_LADDER + THE_WAY_OUT + A_REMATCH)
