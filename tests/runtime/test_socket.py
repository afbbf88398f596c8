"""Who stands at the door, and whose form is still to be acknowledged."""

import threading

from bot.runtime.socket import Door

LONGEST = 10.0


def test_who_updates_a_modal_waits_until_its_form_is_acknowledged() -> None:
    door, order = Door(), []
    taken = threading.Event()

    def update() -> None:
        taken.wait(LONGEST)
        door.wait_until_acknowledged("1")
        order.append("updated")

    updating = threading.Thread(target=update)
    updating.start()
    with door.taking("1"), door.taking("2"):
        taken.set()
        updating.join(0.2)
        order.append("acknowledged")
    updating.join(LONGEST)
    assert order == ["acknowledged", "updated"]


def test_another_s_form_and_one_that_was_acknowledged_before_hold_up_nobody() -> None:
    door, order = Door(), []
    with door.taking("1"):
        pass
    with door.taking("2"):
        door.wait_until_acknowledged("1")
        order.append("updated")
    assert order == ["updated"]
