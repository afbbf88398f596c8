"""What may be opened: modals and the Home tab (docs.slack.dev/reference/views)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from sandbox.errors import SlackError
from sandbox.validation.limits import MOST
from sandbox.validation.messages import refuse
from sandbox.validation.objects import OPTION_ANSWER, plain_text
from sandbox.validation.rules import Json, Problem, Rule, Shape, String, Truth, typed
from sandbox.validation.surfaces import block_problems

Kind = Literal["modal", "home"]


class _Anything:
    """The blocks, judged by themselves."""

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        return iter(())


COMMON: Mapping[str, Rule] = {
    "private_metadata": String(MOST["view.private_metadata"], least=0),
    "callback_id": String(MOST["view.callback_id"], least=0),
    "external_id": String(MOST["view.external_id"], least=0),
}
VIEWS: Mapping[str, Shape] = {
    "modal": typed(
        "modal",
        {"title": plain_text(MOST["view.title"]), "blocks": _Anything()},
        {
            **COMMON,
            "submit": plain_text(MOST["view.submit"]),
            "close": plain_text(MOST["view.close"]),
            "clear_on_close": Truth(),
            "notify_on_close": Truth(),
        },
    ),
    "home": typed("home", {"blocks": _Anything()}, COMMON),
}


def check_view(view: Mapping[str, Any], kind: Kind) -> None:
    """Refuse what Slack would refuse to open, update or publish.

    `view` is the decoded `view` argument. Raises SlackError: invalid_arguments with lines that point below /view,
    view_too_large.
    """
    found = [*VIEWS[kind].check(view, "/view")]
    if isinstance(view, Mapping) and "blocks" in view:
        found += block_problems(view["blocks"], kind, "/view/blocks")
    if not found and kind == "modal":
        found += _unsubmittable(view)
    preface = [Problem("/view", "failed to match all allowed schemas")] if found else []
    refuse("invalid_arguments", preface + found)
    size = len(json.dumps(view, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    if size > MOST["view.bytes"]:
        raise SlackError("view_too_large")


def check_options(answer: Mapping[str, Any]) -> None:
    """Refuse an answer to a block_suggestion that Slack would not show. Raises SlackError invalid_arguments."""
    refuse("invalid_arguments", [*OPTION_ANSWER.check(answer, "")])


def _unsubmittable(view: Json) -> Iterator[Problem]:
    if "submit" in view:
        return
    for n, block in enumerate(view["blocks"]):
        if block["type"] == "input":
            yield Problem(f"/view/blocks/{n}/input", "must define `submit` to use an `input` block in modals")
