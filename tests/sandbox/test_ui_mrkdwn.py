"""mrkdwn and plain text as HTML: what Slack shows, and nothing a person typed as markup."""

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.ui.emoji import EMOJI, emoji
from sandbox.ui.moments import ago, day_label, next_weekday
from sandbox.ui.mrkdwn import Reader, plain_words, render_mrkdwn, render_plain

READER = Reader(
    now=datetime(2026, 4, 7, 9, 0, tzinfo=UTC),
    tz="Europe/Lisbon",
    user="U1",
    people={"U1": "Ana", "U2": 'Bo "<b>" B'},
    channels={"C1": "general"},
)
TUESDAY_TEN = int(datetime(2026, 4, 7, 9, 0, tzinfo=UTC).timestamp())
LINK = '<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>'

SHOWN = {
    "plain words": "plain words",
    "*bold* and _italic_ and ~gone~": "<strong>bold</strong> and <em>italic</em> and <s>gone</s>",
    "*bold with _both_ in it*": "<strong>bold with <em>both</em> in it</strong>",
    "2*3*4 and snake_case_name": "2*3*4 and snake_case_name",
    "* not bold * and _ not italic _": "* not bold * and _ not italic _",
    "(*bold*), _it_.": "(<strong>bold</strong>), <em>it</em>.",
    "`a *b* < c`": "<code>a *b* &lt; c</code>",
    "```\nif x < 2:\n    *y*\n```\nafter": "<pre>if x &lt; 2:\n    *y*</pre>after",
    "one\ntwo": "one<br>two",
    "> quoted\n> twice\nafter": "<blockquote>quoted<br>twice</blockquote>after",
    "&gt; quoted": "<blockquote>quoted</blockquote>",
    ">>> all\nof it": "<blockquote>all<br>of it</blockquote>",
    "• one\n• two": '<span class="list-item">• one</span><br><span class="list-item">• two</span>',
    "1. first": '<span class="list-item">1. first</span>',
    ":tada: :no_such_thing: at 10:30:45": "🎉 :no_such_thing: at 10:30:45",
    "<@U1>": '<span class="mention mention-me">@Ana</span>',
    "<@U2>": '<span class="mention">@Bo &#34;&lt;b&gt;&#34; B</span>',
    "<@U9|carol>": '<span class="mention">@carol</span>',
    "<@U9>": '<span class="mention">@U9</span>',
    "<#C1> <#C1|>": '<span class="mention">#general</span> <span class="mention">#general</span>',
    "<#C9|secret>": '<span class="mention">#secret</span>',
    "<!here>": '<span class="mention mention-me">@here</span>',
    "<!channel|channel>": '<span class="mention mention-me">@channel</span>',
    "<!subteam^S1|@designers>": '<span class="mention">@designers</span>',
    "<https://a.example/?x=1&amp;y=2|la &amp; bel>": LINK.format("https://a.example/?x=1&amp;y=2", "la &amp; bel"),
    "<https://a.example>": LINK.format("https://a.example", "https://a.example"),
    "<mailto:ana@a.example>": LINK.format("mailto:ana@a.example", "ana@a.example"),
    "see https://a.example/b_c_d.": "see " + LINK.format("https://a.example/b_c_d", "https://a.example/b_c_d") + ".",
    f"<!date^{TUESDAY_TEN}^{{date_short_pretty}} at {{time}}|7 April>": '<time title="7 April">Today at 10:00</time>',
    f"<!date^{TUESDAY_TEN}^{{date_long}}|x>": '<time title="x">Tuesday, April 7th, 2026</time>',
    "<!date^nonsense^{date}|7 April>": "7 April",
    f"<!date^{10**30}^{{date}}|far away>": "far away",
}

HARMLESS = {
    "<script>alert(1)</script>": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&lt;script&gt;": "&lt;script&gt;",
    "&amp;lt;b&amp;gt;": "&amp;lt;b&amp;gt;",
    "<javascript:alert(1)|click>": "&lt;javascript:alert(1)|click&gt;",
    "<JaVaScRiPt:alert(1)>": "&lt;JaVaScRiPt:alert(1)&gt;",
    "<data:text/html,x|click>": "&lt;data:text/html,x|click&gt;",
    "&lt;!channel&gt;": "&lt;!channel&gt;",
    "\"quotes\" & 'ticks'": "&#34;quotes&#34; &amp; &#39;ticks&#39;",
    '<https://a.example/"onmouseover="x|y>': LINK.format("https://a.example/&#34;onmouseover=&#34;x", "y"),
    "*<b>*": "<strong>&lt;b&gt;</strong>",
    "`<img src=x onerror=y>`": "<code>&lt;img src=x onerror=y&gt;</code>",
    "<!date^1^{date}^javascript:alert(1)|x>": '<time title="x">January 1st, 1970</time>',
}


@pytest.mark.parametrize("typed", SHOWN)
def test_mrkdwn_is_drawn_as_slack_draws_it(typed: str) -> None:
    assert str(render_mrkdwn(typed, READER)) == SHOWN[typed]


@pytest.mark.parametrize("typed", HARMLESS)
def test_nothing_a_person_typed_becomes_markup(typed: str) -> None:
    assert str(render_mrkdwn(typed, READER)) == HARMLESS[typed]


class _Tags(HTMLParser):
    """Collects what a browser would take for tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"@{name}" for name, _ in attrs)}
        self.links += [str(value) for name, value in attrs if name == "href"]


OURS = {"strong", "em", "s", "code", "pre", "blockquote", "br", "span", "a", "time"}
OURS |= {"@class", "@href", "@target", "@rel", "@title"}
PIECES = st.sampled_from(
    [*"*_~`<>&|\n\"'!@#^: ", "```", "<script>", "<http://", "<!date^1^", "javascript:", "&lt;", "a", "b c"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_whatever_is_typed_only_our_own_tags_come_out(typed: str) -> None:
    tags = _Tags()
    tags.feed(str(render_mrkdwn(typed, READER)) + str(render_plain(typed)))
    tags.close()
    assert tags.found <= OURS
    assert all(link.lower().startswith(("http://", "https://", "mailto:", "tel:")) for link in tags.links)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a < b & *c*", "a &lt; b &amp; *c*"),
        ("two\nlines", "two<br>lines"),
        (":wave: hello", "👋 hello"),
        ("<@U1> <!here>", "&lt;@U1&gt; &lt;!here&gt;"),
    ],
)
def test_plain_text_stays_plain(typed: str, shown: str) -> None:
    assert str(render_plain(typed)) == shown


def test_plain_text_keeps_its_colons_where_emoji_are_off() -> None:
    assert str(render_plain(":wave:", emojis=False)) == ":wave:"


def test_a_label_is_mrkdwn_without_its_markup() -> None:
    assert plain_words("*Bold* <https://a.example|link> & <@U2>", READER) == 'Bold link & @Bo "<b>" B'


def test_every_shortcode_draws_something_else_than_itself() -> None:
    assert len(EMOJI) > 150
    assert all(emoji(code) and emoji(code) != code for code in EMOJI)
    assert emoji("+1::skin-tone-3") == "👍"
    assert emoji("not_there") is None


def test_a_day_is_named_by_the_readers_own_calendar() -> None:
    late_in_lisbon = datetime(2026, 4, 7, 22, 30, tzinfo=UTC)
    assert day_label(late_in_lisbon, READER.now, "Europe/Lisbon") == "Today"
    assert day_label(late_in_lisbon, READER.now, "Asia/Tokyo") == "Tomorrow"
    assert day_label(datetime(2025, 12, 31, 12, tzinfo=UTC), READER.now, "UTC") == "Wednesday, December 31st, 2025"


@pytest.mark.parametrize(
    ("seconds", "words"), [(-5, "just now"), (120, "2 minutes ago"), (3600, "1 hour ago"), (-172800, "in 2 days")]
)
def test_ago_counts_in_the_largest_unit(seconds: int, words: str) -> None:
    assert ago(datetime.fromtimestamp(TUESDAY_TEN - seconds, UTC), READER.now) == words


@pytest.mark.parametrize(
    ("now", "tz", "expected"),
    [
        ("2026-01-12T09:00Z", "Europe/Lisbon", "2026-01-13T10:00+00:00"),
        ("2026-01-13T09:59Z", "Europe/Lisbon", "2026-01-13T10:00+00:00"),
        ("2026-01-13T10:00Z", "Europe/Lisbon", "2026-01-20T10:00+00:00"),
        ("2026-01-12T20:00Z", "Australia/Sydney", "2026-01-12T23:00+00:00"),
        # The clocks go forward in Europe on 29 March.
        ("2026-03-25T09:00Z", "Europe/Berlin", "2026-03-31T08:00+00:00"),
    ],
)
def test_next_tuesday_at_ten_is_the_persons_own(now: str, tz: str, expected: str) -> None:
    assert next_weekday(datetime.fromisoformat(now), 1, 10, tz) == datetime.fromisoformat(expected)
