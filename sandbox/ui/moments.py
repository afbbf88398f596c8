"""Moments as Slack words them, in the reader's own time zone. Pure.

The tokens are those of https://docs.slack.dev/messaging/formatting-message-text/#date-formatting.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_TOKEN = re.compile(r"\{([a-z_]+)\}")


def zone(name: str | None) -> ZoneInfo:
    """The zone called `name`; UTC where it is missing or unknown."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def moment_of(ts: str) -> datetime:
    """The instant of a message's `ts` ("1775455200.000100"), aware UTC; the epoch where it is no number."""
    seconds = ts.partition(".")[0]
    return datetime.fromtimestamp(int(seconds) if seconds.isdigit() else 0, UTC)


def clock_time(moment: datetime, tz: str | None) -> str:
    """`10:05`"""
    return moment.astimezone(zone(tz)).strftime("%H:%M")


def ordinal(day: int) -> str:
    """`1st`, `2nd`, `23rd`, `11th`"""
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def pretty(moment: datetime, now: datetime, tz: str | None, otherwise: str) -> str:
    """`Today`, `Yesterday`, `Tomorrow` as the reader's calendar sees it, else `otherwise`."""
    days = (moment.astimezone(zone(tz)).date() - now.astimezone(zone(tz)).date()).days
    return {0: "Today", -1: "Yesterday", 1: "Tomorrow"}.get(days, otherwise)


def day_label(moment: datetime, now: datetime, tz: str | None) -> str:
    """The words between two days of a conversation: `Today`, `Tuesday, April 7th`, with the year if not this one."""
    local = moment.astimezone(zone(tz))
    words = f"{local:%A}, {local:%B} {ordinal(local.day)}"
    if local.year != now.astimezone(zone(tz)).year:
        words = f"{words}, {local.year}"
    return pretty(moment, now, tz, words)


def ago(moment: datetime, now: datetime) -> str:
    """`3 minutes ago`, `in 2 days`, `just now`"""
    seconds = int((now - moment).total_seconds())
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        count = abs(seconds) // size
        if count:
            words = f"{count} {unit}{'s' if count > 1 else ''}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "just now"


def _tokens(local: datetime) -> dict[str, str]:
    day = ordinal(local.day)
    return {
        "date_num": f"{local:%Y-%m-%d}",
        "date_slash": f"{local:%m/%d/%Y}",
        "date": f"{local:%B} {day}, {local.year}",
        "date_short": f"{local:%b} {local.day}, {local.year}",
        "date_long": f"{local:%A}, {local:%B} {day}, {local.year}",
        "date_long_full": f"{local:%A}, {local:%B} {local.day}, {local.year}",
        "time": f"{local:%H:%M}",
        "time_secs": f"{local:%H:%M:%S}",
    }


def format_date(seconds: int, pattern: str, *, tz: str | None, now: datetime) -> str:
    """What `<!date^seconds^pattern|...>` shows to a reader in `tz`.

    An unknown `{token}` stays as it is written, as on Slack.

    Raises:
        ValueError, OverflowError, OSError: `seconds` is no moment a calendar knows.
    """
    moment = datetime.fromtimestamp(seconds, UTC)
    tokens = _tokens(moment.astimezone(zone(tz)))

    def word(match: re.Match[str]) -> str:
        name = match[1]
        if name == "ago":
            return ago(moment, now)
        if name == "day_divider_pretty":
            return day_label(moment, now, tz)
        if name.endswith("_pretty"):
            plain = tokens.get(name.removesuffix("_pretty"))
            return match[0] if plain is None else pretty(moment, now, tz, plain)
        return tokens.get(name, match[0])

    return _TOKEN.sub(word, pattern)


def next_weekday(now: datetime, weekday: int, hour: int, tz: str | None) -> datetime:
    """The first moment after `now` that is `weekday` (Monday 0) at `hour`:00 on the wall in `tz`, in UTC."""
    local = now.astimezone(zone(tz))
    day = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    day += timedelta(days=(weekday - local.weekday()) % 7)
    if day <= local:
        day += timedelta(days=7)
    return day.astimezone(UTC)
