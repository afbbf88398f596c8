"""The words of invitations: what the invited read, and what organizers read of them. Labels fit in 24 characters."""

INVITED = (
    "Hello {name}. {inviter} invites you to {program}: colleagues of similar standing pair up and help each other "
    "grow, about 45 minutes every {cadence} for {length}. You say what you can help with and what you want help with; "
    "I find your partner."
)
REMINDED = (
    "Hello {name}. {inviter}'s invitation to {program} is open until {day}. If it is not for you just now, there is "
    "nothing to do: no answer means no, and I will not remind you again."
)
TOLD_MORE = (
    "*How {program} works:* joining takes two minutes. I suggest a partner and say why you two. You meet about every "
    "{cadence} for {length}, take turns to lead, and may stop any time, with no fault. I write once a week at most. "
    "I cannot read what you two write to each other."
)
COUNT_ME_IN = "Count me in"
TELL_ME_MORE = "Tell me more"
NOT_THIS_TIME = "Not this time"
INVITED_GREY = "{inviter} invited you. Answer until {day}; no answer means no, and nobody is told who says no."
REMINDED_GREY = "This is the only reminder. Nobody is told who says no."

CLOSED = {
    "joined": "You are in {program}. `/mentor` shows where you stand.",
    "declined": (
        "Thank you for saying so. I will not invite you to {program} again, and nobody is told. Should you like to "
        "join one day, `/mentor join` is there."
    ),
    "lapsed": (
        "This invitation to {program} is over, which is fine: nobody is told. Should you like to join one day, "
        "`/mentor join` is there."
    ),
}
CLOSED_GREY = "{program}. You were invited."

TITLE = "Invite colleagues"
WORDS = (
    "*{program}.* Each gets a personal message in their working hours, and one reminder. No answer means no. You see "
    "how many joined, never who said no. Before more than {few} hear of it, I show you what they will read."
)
PEOPLE = "Colleagues"
CHANNEL = "Everyone in a channel"
CHANNEL_HINT = "I can see public channels, and private ones I was invited to."
SUBMIT = "Invite"
INVITE = "Invite"
INVITE_MORE = "Invite colleagues"
INVITING = "Inviting… this takes a moment."

SURE_TITLE = "Invite them?"
SURE = "*Invite {people} to {program}?*"
MORE_NOW = "There are more people than a moment ago, so nothing was sent yet."
EACH = (
    "Each gets one message, in their working hours, and one reminder; who answered me before is not asked again. What "
    "was sent cannot be taken back."
)
THEY_READ = "*What each of them will read*, here with a made-up name:"
SEND = "Send"
NOT_NOW = "Not now"
NOT_SENT = "Nobody was invited to {program}: nothing was sent. `/mentor admin invite` is there when you like."

DONE = (
    "Invited to {program}: {people}. Each hears from me once, in their working hours; who answered me before is not "
    "asked again."
)
NOBODY = "Nobody to invite to {program} there."
CANNOT = "{count} cannot be invited (in already, a bot, a guest, an unused account, or you)."
NEXT = "Nothing else to do: `/mentor admin` shows how many joined."
TOTALS = "{joined:,} joined of {invited:,} invited. {running} time to answer, {no:,} did not join."
HAVE = {1: "1 has"}
HAVE_MANY = "{count:,} have"

CHOOSE = "Choose colleagues, a channel, or both."
TOO_MANY_NAMED = "That is {count} people by name. Name up to {most} at once, or the channel they are in."
TOO_MANY = "That is {count} people. Up to {most} at once, so that each can be answered: choose a smaller channel."
CHANNEL_UNSEEN = "I cannot see who is in that channel. If it is private, type `/invite @{bot}` there first."
SLACK_WANTS_PATIENCE = (
    "Slack asked me to slow down while I looked these people up, so nothing was done. Please try again in a minute."
)
OVER = "This invitation is answered, or over. `/mentor join` is all it takes."
EVERY = {1: "week", 2: "two weeks", 3: "three weeks", 4: "four weeks"}
"""After "every": a cadence in weeks; any other is `{count} weeks`."""
