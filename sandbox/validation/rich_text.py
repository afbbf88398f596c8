"""The rich_text block (docs.slack.dev/reference/block-kit/blocks/rich-text-block)."""

from collections.abc import Mapping

from sandbox.validation.limits import MOST
from sandbox.validation.rules import Integer, Items, OneOf, Rule, Shape, String, Truth, typed

STYLE = Shape(
    {}, {name: Truth() for name in ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight")}
)
STYLED: Mapping[str, Rule] = {"style": STYLE}

INLINE = OneOf(
    {
        "text": typed("text", {"text": String()}, STYLED),
        "link": typed("link", {"url": String()}, {**STYLED, "text": String(least=0), "unsafe": Truth()}),
        "user": typed("user", {"user_id": String()}, STYLED),
        "usergroup": typed("usergroup", {"usergroup_id": String()}, STYLED),
        "channel": typed("channel", {"channel_id": String()}, STYLED),
        "team": typed("team", {"team_id": String()}, STYLED),
        "emoji": typed(
            "emoji", {"name": String()}, {**STYLED, "unicode": String(), "skin_tone": Integer(1, 6), "url": String()}
        ),
        "date": typed(
            "date",
            {"timestamp": Integer(0), "format": String()},
            {**STYLED, "url": String(), "fallback": String()},
        ),
        "broadcast": typed("broadcast", {"range": String(among=("here", "channel", "everyone"))}, STYLED),
        "color": typed("color", {"value": String()}, STYLED),
    }
)
SECTION = typed("rich_text_section", {"elements": Items(INLINE, least=0)})
BORDER = Integer(0, 1)
RICH_TEXT = typed(
    "rich_text",
    {
        "elements": Items(
            OneOf(
                {
                    "rich_text_section": SECTION,
                    "rich_text_list": typed(
                        "rich_text_list",
                        {
                            "style": String(among=("bullet", "ordered")),
                            "elements": Items(OneOf({"rich_text_section": SECTION})),
                        },
                        {"indent": Integer(0, 8), "offset": Integer(0), "border": BORDER},
                    ),
                    "rich_text_preformatted": typed(
                        "rich_text_preformatted", {"elements": Items(INLINE)}, {"border": BORDER, "language": String()}
                    ),
                    "rich_text_quote": typed("rich_text_quote", {"elements": Items(INLINE)}, {"border": BORDER}),
                }
            )
        )
    },
    {"block_id": String(MOST["block_id"])},
)
