"""After "not yet" and when stuck: the next step for each reason, and times to meet at."""

NEXT_WEEK = "Next week"
IN_TWO_WEEKS = "In two weeks"
FIND_A_TIME = "Help us find a time"
ASK_ME_AGAIN = "Ask me again"
TELL_MY_ORGANIZER = "Tell my organizer"
END_IT_KINDLY = "End it kindly"
TAKE_A_BREAK = "Take a break"

MET_BEFORE = (
    "Noted: {you} met{minutes} on {day}. {diary} stays in the diary, and I will not ask again before {again}. "
    "If this was that meeting, take it out."
)
TAKE_OUT = "Take it out"

YOUR_NOTE = "Your note, which only you see:"

NOT_YET = "No problem. Shall I ask about {partners} again? Until you choose, I will not before {again}."
SETTLED = "Good. I will not ask about {partners} before {again}."

STUCK = "Thank you for saying so. {help} I will leave {you} in peace until {again}."
STUCK_SETTLED = "Good. I will ask you again from {again} on."
STUCK_HELP = {
    "timing": "Shorter often works: twenty minutes over a coffee count.",
    "fit": "It happens, and it is nobody's fault: a pairing ends without a reason being told.",
    "no_reply": "People get busy, and one short message with two times often helps. I ask your partner nothing.",
    "serious": "{organizers}I am no help line: if someone's safety is at stake, please talk to a person today.",
}
WHO_CAN_LISTEN = "{names} {run} this program and can listen. "
RUN = {1: "runs"}
RUN_TOGETHER = "run"
TOLD_GREY = "{organizer} hears of it, because you chose so; your partner does not."

TIMES_TITLE = "Find a time"
TIMES = "All of you work at these times"
TIMES_WHERE = "On your clock ({zone}), for {minutes} minutes."
TIMES_SEND = "Send it"
TIMES_GO_WHERE = "The one you choose goes to your conversation with {partners}, and counts as in the diary for you."
TIMES_NONE = (
    "I see no time in the next ten working days at which all of you work. `/mentor profile` widens your hours; "
    "or write to {partners} and choose one together."
)
TIME_SENT = "Sent to your conversation with {partners}."
TIME_OPTION = "{day}, {start:%H:%M}-{end:%H:%M}"

MOMENT = "{day} {local:%H:%M} ({zone})"
TIME_PROPOSED = "{chooser} suggests {moment} for {names}, {minutes} minutes. If it does not suit, say so here."
TIME_PROPOSED_GREY = "{program}. I cannot read this conversation; I only see the buttons you press."
IT_IS_IN_MY_DIARY = "It's in my diary"

TELL_TITLE = "Tell an organizer"
TELL_WHO = "Who should know?"
TELL_NOTE = "What should they know?"
TELL_NOTE_HINT = "Only the one you choose reads it. Your partner does not learn of this."
TELL_SEND = "Tell them"
TOLD = "Done. {organizer} hears of it, and your partner does not. A private word should come to you."
NOBODY_TO_TELL = "There is no organizer but your partner, so I told nobody. A workspace admin can help."
