"""Moves the people nobody is playing: they press what they are shown and fill in what opens."""

import asyncio
from collections import Counter
from collections.abc import Callable

from sandbox.autopilot import choose_action, fill_view
from sandbox.blocks import elements
from sandbox.clock import elapsed
from sandbox.errors import SlackError
from sandbox.interactions import Interactions
from sandbox.modal_acts import ModalActs
from sandbox.payloads import view_place
from sandbox.seed import is_full_member
from sandbox.shapes import Json
from sandbox.workspace import Workspace

# An app that has not called for so long has finished what an act caused; at most so long is waited.
QUIET_SECONDS = 0.03
LONGEST_WAIT = 1.0
# A message that is updated to ask on is answered on, but not for ever.
ACTS_PER_MESSAGE = 3
MODALS_PER_ACT = 3


class Crowd:
    """The autopilot's hands. `quiet_for` tells how long the app has not called."""

    def __init__(
        self,
        workspace: Workspace,
        interactions: Interactions,
        modals: ModalActs,
        quiet_for: Callable[[], float],
        seed: int,
    ) -> None:
        self._workspace = workspace
        self._interactions = interactions
        self._modals = modals
        self._quiet_for = quiet_for
        self._seed = seed
        self._acts: Counter[tuple[str, str, str]] = Counter()
        self._looks: Counter[str] = Counter()
        self._turns: dict[tuple[str, str], dict[str, int]] = {}

    def clear(self) -> None:
        self._acts.clear()
        self._looks.clear()
        self._turns.clear()

    async def act(self) -> None:
        """Everyone looks at what the app wrote since the last time; people in different places act at once."""
        unseen = self._workspace.unseen
        waiting: dict[str, list[str]] = {}
        while unseen:
            channel_id, ts = unseen.popleft()
            if ts not in waiting.setdefault(channel_id, []):
                waiting[channel_id].append(ts)
        await asyncio.gather(*(self._read(channel_id, stamps) for channel_id, stamps in waiting.items()))
        left = [user["id"] for user in self._workspace.people.all() if self._workspace.top_view(user["id"])]
        await asyncio.gather(*(self._fill(user_id) for user_id in left if self._is_ours(user_id)))

    async def settle(self) -> None:
        """Wait until the app is quiet."""
        began = elapsed()
        while self._quiet_for() < QUIET_SECONDS and elapsed() - began < LONGEST_WAIT:
            await asyncio.sleep(0.005)

    async def _read(self, channel_id: str, stamps: list[str]) -> None:
        for ts in stamps:
            for user_id in self._readers(channel_id, ts):
                await self._consider(channel_id, ts, user_id)

    def _readers(self, channel_id: str, ts: str) -> list[str]:
        """Who may act on a message: everyone in a DM, one person in a channel."""
        channel = self._workspace.conversations.get(channel_id)
        ours = [member for member in channel["members"] if self._is_ours(member)]
        if channel["is_im"] or channel["is_mpim"] or not ours:
            return ours
        self._looks[channel_id] += 1
        return [ours[(self._seed + self._looks[channel_id]) % len(ours)]]

    def _is_ours(self, user_id: str) -> bool:
        return self._workspace.people.is_human(user_id) and user_id not in self._workspace.played

    async def _consider(self, channel_id: str, ts: str, user_id: str) -> None:
        message = self._workspace.conversations.message(channel_id, ts)
        if message is None or message.get("ephemeral_to", user_id) != user_id:
            return
        acts = self._acts[channel_id, ts, user_id]
        known = {**message, "ts": f"{self._place_in_turn(channel_id, ts, user_id)}:{acts}"}
        action = choose_action(known, user_id, seed=self._seed)
        if action is None or acts >= ACTS_PER_MESSAGE:
            return
        self._acts[channel_id, ts, user_id] += 1
        await self._interactions.press(channel_id, ts, user_id, action)
        await self._wait_for_modal(user_id)
        await self._fill(user_id)

    def _place_in_turn(self, channel_id: str, ts: str, user_id: str) -> str:
        """What a message is called in every run: who reads there, and how many they read there before it.

        Real microseconds stand in a ts, the order of first words in the id of a DM, and people act at once.
        """
        channel = self._workspace.conversations.get(channel_id)
        place = ",".join(sorted(channel["members"])) if channel["is_im"] or channel["is_mpim"] else channel_id
        turns = self._turns.setdefault((channel_id, user_id), {})
        return f"{place}:{turns.setdefault(ts, len(turns))}"

    async def _wait_for_modal(self, user_id: str) -> None:
        began = elapsed()
        while self._workspace.top_view(user_id) is None and elapsed() - began < LONGEST_WAIT:
            if min(self._quiet_for(), elapsed() - began) >= QUIET_SECONDS:
                return
            await asyncio.sleep(0.005)

    async def _fill(self, user_id: str) -> None:
        for _ in range(MODALS_PER_ACT):
            view = self._workspace.top_view(user_id)
            if view is None:
                return
            if view["submit"] is None or not await self._submitted(view, user_id):
                await self._modals.close(user_id, clear=True)
                return

    async def _submitted(self, view: Json, user_id: str) -> bool:
        offered = await self._offered(view, user_id)
        now = self._workspace.clock.now()
        values = fill_view(view, user_id, now=now, seed=self._seed, options=offered)
        answer = await self._modals.submit(user_id, values)
        return bool(answer["ok"])

    async def _offered(self, view: Json, user_id: str) -> Json:
        colleagues = [user["id"] for user in self._workspace.people.all() if is_full_member(user)]
        channels = [
            channel["id"]
            for channel in self._workspace.conversations.by_id.values()
            if not channel["is_private"] and self._workspace.conversations.is_member(channel["id"], user_id)
        ]
        external = {}
        for block, element in elements(view["blocks"]):
            if element["type"].endswith("external_select"):
                external[element["action_id"]] = await self._suggestions(view, user_id, block, element)
        return {"users": colleagues, "channels": channels, "conversations": channels, "external": external}

    async def _suggestions(self, view: Json, user_id: str, block: Json, element: Json) -> list[Json]:
        asked = {"action_id": element["action_id"], "block_id": block["block_id"], "value": ""}
        try:
            answer = await self._interactions.options(user_id, view_place(view), view["blocks"], view["id"], asked)
        except SlackError:
            return []
        grouped = [option for group in answer.get("option_groups") or () for option in group["options"]]
        return [*(answer.get("options") or ()), *grouped]
