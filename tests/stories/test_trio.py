"""Nine people are three pairs and a trio; when one of the three leaves, two go on in a conversation of their own."""

from tests.stories.eight import A_MATCH_IS_RELEASED, A_PROGRAM_IS_SET_UP, EIGHT_JOIN, Ana, Ben, join
from tests.stories.stage import CHANNEL, Cast, Place, Stage, Step, play, skip

Ines = Cast("U0INES")
ASKED = "How does it stand?"

NINE_ARE_MATCHED = [
    *A_PROGRAM_IS_SET_UP,
    *EIGHT_JOIN,
    *join(Ines, offers=["giving feedback"], asks=["SQL"]),
    *A_MATCH_IS_RELEASED,
    skip("Mon 12 Jan 16:00"),
    (Ana + Ben + Ines).sees("Why you three"),
    skip("Tue 27 Jan 15:00"),
    Ana.presses("We met"),
    Ana.sees("Noted: you, Ben and"),
]

ONE_LEAVES = [
    Ines.types("/mentor leave"),
    Ines.sees("the other two go on in a new conversation, which does not mention you"),
    Ines.presses("Leave"),
    Ines.sees("You have left", "Thank you for taking part"),
    Ines.types("/mentor pause 2w"),
    Ines.sees("You have left the program, so there is nothing to pause"),
    (Ana + Ben).sees("Ana and Ben, you go on as two in Peer mentoring. Why you two: ", "just the two of you"),
    (Ana + Ben).sees_no("plans have changed"),
    Ines.sees("nothing to answer here"),
    Place(CHANNEL).hears_nothing(),
]


def the_two_have_a_place_without_the_third(stage: Stage) -> None:
    places = [channel for channel in stage.control.state()["channels"] if channel.get("is_mpim")]
    groups = [set(channel["members"]) - {stage.bot} for channel in places]
    assert groups[-1] == {"U0ANA", "U0BEN"}, groups


THE_TWO_GO_ON = [
    Step("the two have a place of their own", the_two_have_a_place_without_the_third),
    Ben.types("/mentor match"),
    Ben.sees("Ana", "Why you two", "*giving feedback*"),
    Ana.types("/mentor admin people unmatched"),
    Ana.sees("Everyone who takes part has a partner"),
    skip("Tue 10 Feb 15:00"),
    (Ana + Ben).sees(ASKED),
    Ines.sees_no(ASKED),
    Ines.joins(offers=["giving feedback"], asks=["SQL"]),
    Ana.types("/mentor admin people unmatched"),
    Ana.sees("In", "(waiting)"),
]


def test_when_one_of_three_leaves_the_two_go_on(stage: Stage) -> None:
    stage.reset()
    play(stage, NINE_ARE_MATCHED + ONE_LEAVES + THE_TWO_GO_ON)
