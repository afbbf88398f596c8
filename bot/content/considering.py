"""The words around a match: being asked before it, and the weekly one of rolling programs."""

ASKED = (
    "Hello {name}. Your next match is near. It could be one of these people, or somebody else. "
    "Is there anyone you would rather not meet this time? No answer is fine, too."
)
ASKED_NOBODY = "Hello {name}. Your next match is near. Is there someone you would like to be matched with?"
ANSWERED = "Noted, {name}. Until the answers are in, you can change them here."
NAMED = "Possible: {names}."
LINE = "{name}: {why}"
LINE_RATHER_NOT = "{name}: you would rather not, this time."
SUGGESTED = "You suggested {names}."
ASKED_GREY = "{program}. Until {until}. Nobody else sees what you choose here, and it counts for this match alone."
YOU = "you"
"""The reader's own name in the reason: `Ben can help with SQL, which you asked for`."""
RATHER_NOT = "Rather not"
UNDO = "Undo"
FINE = "That's fine"
SUGGEST = "Suggest someone"

CLOSED = "The next match is being made, so there is nothing left to do here. What you said, or did not, stays with you."

SUGGEST_TITLE = "Suggest someone"
SUGGEST_WHO = "Who would suit you?"
SUGGEST_HINT = "Up to three. Choose nobody to take it back."
SUGGEST_WORDS = (
    "If you suggest each other, the match keeps you two together, where the rules and the organizers allow it. The "
    "organizers also hear the name of anyone who is not in the program yet, never whose idea it was. "
    "Nobody hears anything else."
)

ANSWERS_IN = "The answers are in: {answered} of {asked} people answered. Next step: look at the match."
TO_INVITE = "Suggested for the program, and not in it yet: {names}."
ANSWERS_IN_GREY = "{program}. You asked people before the match. What they said stays with them; the match knows it."
PREVIEW = "Preview the match"

ASK_TITLE = "Ask people first?"
ASK_WORDS = (
    "People can say whom they would rather not meet this time, or suggest someone. *This sends {messages}*, with "
    "answers until {until}; then I tell you. Nobody sees what they say, you neither."
)
ASK_SUBMIT = "Ask now"
SKIP = "Skip and match"
ASKING = "Asking… this takes a moment."
ASKED_DONE = "Asked: {messages}, each in people's working hours. I tell you when the answers are in, after {until}."
ASKING_NOW = "*{answered} of {asked} have answered so far.* Answers come until {until}; then I tell you."
MATCH_NOW = "Match now"
MATCH_NOW_SURE = "Whoever has not answered yet loses nothing, and cannot say any more whom they would rather not meet."

WEEKLY_MATCHED = "This week's match is out: {introductions}{waiting}. Nothing for you to do."
WEEKLY_WAITING = ", {waiting} waiting for the next one"
WEEKLY_GREY = "{program} matches by itself every Monday. `/mentor admin setup` changes that."
MATCH_READY = "A match is ready: {pairs}, {waiting} waiting. Nobody is told until you release it."
MATCH_READY_GREY = "{program} matches every Monday, after you agree. `/mentor admin setup` changes that."
REVIEW = "Review"

ASKS_FIRST = "Before a match"
ASKS_FIRST_CHOICES = {"ask": "Ask people first (three working days)", "match": "Match at once"}
ASKS_FIRST_HINT = "People may say whom they would rather not meet. For rounds that you release."
ROUNDS = "When are people matched?"
ROUNDS_CHOICES = {
    "release": "When I release a match",
    "weekly": "Every Monday, by themselves",
    "weekly_approved": "Every Monday, after I agree",
}
