"""What `mentor tick` and `mentor calendar` say in a terminal: plain lines for whoever gives support."""

from bot.domain.cadence import Rest
from bot.domain.nudges import Withheld

NOT_ASKED = {
    Withheld.PAUSED: "they are on a break",
    Withheld.PARTNER_PAUSED: "their partner is on a break",
    Withheld.QUIET_WEEK: "a quiet week of the program",
    Withheld.NO_WORKING_DAY: "no working day is left in that week",
    Withheld.BOT_AWAY: "the bot was away until the week was over",
    Withheld.DO_NOT_DISTURB: "Slack's do-not-disturb was on until the week was over",
    Withheld.ONE_A_WEEK: "the week has its one message already",
    Withheld.ANSWERED_FIRST: "it was answered before it was asked",
    Withheld.ENDED_FIRST: "the pair ended before it was asked",
}
DAYS_OFF = {
    Rest.PAUSED: "on a break",
    Rest.QUIET_WEEK: "a quiet week of their program",
    Rest.FREE_DAY: "a free day",
    Rest.HOLIDAY: "a public holiday",
    Rest.OUTSIDE_HOURS: "outside their hours",
    Rest.DO_NOT_DISTURB: "Slack's do-not-disturb",
}

HEADING = "{name} ({user_id}): {days} {start:%H:%M}-{end:%H:%M} in {timezone}, public holidays of {place}."
UNDISTURBED = "Slack's do-not-disturb is on from {start} to {end}."
TAKES_ALL_HOURS = (
    "It takes all of their hours. As long as it does, what is due on a working day goes when it ends, "
    "until {until:%H:%M}."
)
NO_PLACE = "nowhere"
WAITING = "Waiting to be sent:"
COMING = "Coming, if nobody answers or takes a lesson; what has the same time is one message:"
QUESTION = "{when}  question {step} of {steps} about {partners}"
LESSON = "{when}  lesson {number}: {title}"
NO_QUESTION = "week of {week}  no question about {partners}: {why}"
ENDS = "{when}  the round ends"
NOTHING_COMING = "Nothing until {until}: {why}."
NO_PAIR = "they have no partner just now"
SILENT = "three questions were asked, and now it is their turn"
NOT_DUE = "no meeting is due by then"
OVER = "their round is over"
DAYS_OFF_HEADING = "Working days on which nobody writes to them:"
LATELY = "Not sent in the last four weeks:"
NEVER_ASKED = "week of {week}  no question: {why}"
NO_REASON = "no reason was kept"

TICK = "A tick at {moment}. Nothing was sent and nothing changed."
BUSY = "The bot is ticking just now. Ask again in a moment."
WOULD_SEND = "It would send:"
WOULD_MOVE = "It would send later:"
WOULD_DROP = "It would let go:"
WOULD_NOT_ASK = "It would not ask:"
NOTHING = "There is nothing to do."
LINE = "{when}  {what} to {to}"
UNASKED = "{user_id}, week of {week}: {why}"

NO_MOMENT = "{typed!r} is no moment. Write it with its zone, as in --at 2026-04-07T09:00Z"
NOBODY = "Nobody the bot has met is called {name}. Use the name Slack shows, or the user id."
SEVERAL = "Several people are called {name}: {ids}. Use a user id."
OF_THE_SANDBOX = "This is the sandbox, {folder}: no Slack is connected yet."
NO_DATABASE = "There is no database of this version yet. Start the bot once, or run: mentor migrate"
