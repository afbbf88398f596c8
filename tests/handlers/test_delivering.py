"""An organizer looks at what could not be delivered and presses a button for each."""

import pytest

from bot.domain.milestones import MilestoneKind
from bot.domain.notices import MilestoneShoutout
from bot.views.ids import Action
from storage import outbox
from storage.tables import OutboxRow, OutboxStatus
from tests.builders import TEAM
from tests.handlers.desk import Desk
from tests.stories.reading import words_of


@pytest.fixture
def uncertain(desk: Desk) -> str:
    """The value of the buttons below a channel post that may be there."""
    notice = MilestoneShoutout("Peer mentoring", MilestoneKind.HALFWAY, ("Ana", "Ben"))
    with desk.world.writing() as session:
        outbox.enqueue(session, TEAM, notice, key="shoutout", to="channel:C1", due_at=desk.world.now)
    row = desk.world.row(OutboxRow, key="shoutout")
    desk.world.change(row, status=OutboxStatus.UNCERTAIN)
    return f"letter:{row.id}"


@pytest.fixture
def organizer(desk: Desk) -> str:
    """Ada administers the workspace, and asked for the overview."""
    desk.control.change_user("U0ANA", is_admin=True)
    desk.command("admin")
    return "U0ANA"


def test_the_overview_counts_them_and_the_command_lists_them(desk: Desk, uncertain: str, organizer: str) -> None:
    assert "1 message could not be delivered" in words_of(desk.control.messages("C0GENERAL")[-1])
    desk.command("admin undelivered")
    assert "only a look into the channel tells" in words_of(desk.control.messages("C0GENERAL")[-1])


@pytest.mark.parametrize(
    ("action", "status"),
    [
        (Action.POST_AGAIN, OutboxStatus.PENDING),
        (Action.IT_IS_THERE, OutboxStatus.SENT),
        (Action.LET_IT_GO, OutboxStatus.DROPPED),
    ],
)
def test_a_button_decides_and_the_list_is_drawn_anew(
    desk: Desk, uncertain: str, organizer: str, action: Action, status: OutboxStatus
) -> None:
    desk.press(action, uncertain, organizer)
    assert desk.world.row(OutboxRow, key="shoutout").status is status
    assert desk.said(desk.dm(organizer)) == "Everything I had to say has been said."


def test_the_list_opens_over_home_and_is_drawn_anew_in_place(desk: Desk, uncertain: str, organizer: str) -> None:
    desk.hear("pressed_in_view", organizer, action_id=Action.SHOW_UNDELIVERED, view_id="V1", view_type="home")
    shown = desk.open_view(organizer)
    assert "1 message could not be delivered" in words_of(shown)
    desk.hear(
        *("pressed_in_view", organizer),
        **{"action_id": Action.IT_IS_THERE, "value": uncertain, "view_id": shown["id"], "view_type": "modal"},
    )
    assert (desk.open_view(organizer)["id"], "has been said" in words_of(desk.open_view(organizer))) == (
        shown["id"],
        True,
    )


def test_a_member_sees_and_decides_nothing(desk: Desk, uncertain: str) -> None:
    desk.command("admin undelivered", "U0BEN")
    assert "Only an organizer" in desk.said()
    desk.press(Action.POST_AGAIN, uncertain, "U0BEN")
    assert desk.world.row(OutboxRow, key="shoutout").status is OutboxStatus.UNCERTAIN
