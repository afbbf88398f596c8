"""The words of the modals: titles fit in 24 characters, placeholders in 150."""

JOIN_TITLE = "Join peer mentoring"
PROFILE_TITLE = "My profile"
OFFERS = "What I can help with"
ASKS = "What I want help with"
SKILLS_HINT = "Type a few letters; up to five. Either list may be empty."
SKILLS_MERGED_HINT = "Type a few letters; up to ten."
SKILLS_PLACEHOLDER = "e.g. public speaking"
GOAL = "My goal, in one line"
GOAL_HINT = "Your partner and the organizers may read it."
GOAL_PLACEHOLDER = "e.g. run my first workshop"
STYLE = {
    "planning": "Our meetings: I like to …",
    "feedback": "From a partner I like …",
    "thinking": "With a problem, I like to …",
    "rhythm": "Our talks: I like them …",
}
NO_PREFERENCE = "No preference"
HOURS_FROM = "My best hours, from"
HOURS_TO = "My best hours, until"
WEEKDAYS = "The days I work"
PLACE = "Public holidays of"
PLACE_HINT = "I stay quiet on them. Type a country or region to change it; empty it and I keep none."
PLACE_PLACEHOLDER = "e.g. Portugal"
CELEBRATE = "Celebrate me"
CELEBRATIONS = {
    "ask": "Ask me each time",
    "channel": "Fine in the channel",
    "private": "Just tell me privately",
    "never": "Not at all",
}
AVOID = "Someone not to match me with"
AVOID_HINT = "Never shown to anyone."
JOIN_SUBMIT = "Count me in"
SAVE = "Save"
CANCEL = "Cancel"
CLOSE = "Close"

CHECK_IN_TITLE = "How does it stand?"
STATES = {
    "met": "We met",
    "scheduled": "In the diary",
    "not_yet": "Not yet",
    "stuck": "Something's stuck",
    "wrap_up": "Wrap up",
}
MET_ON = "When did you meet?"
MINUTES = "How many minutes?"
NEXT_TRY = "One thing to try next"
NEXT_TRY_HINT = "Your partner sees this too."
WORTH_IT = "Was it worth the time?"
WORTH_UNSAID = "I'd rather not say"
WORTH_WORDS = {5: "Very much", 4: "Yes", 3: "So-so", 2: "Not much", 1: "No"}
DIARY_ON = "Which day?"
DIARY_AT = "At what time?"
DIARY_AT_HINT = "With it, your calendar file is of the hour. Leave it open if you only know the day."
DIARY_AT_ZONE = "On your own clock ({zone}); your partner's differs. Leave it open if you only know the day."
STUCK_WHY = "What is it about?"
STUCK_WHYS = {"timing": "Finding time", "fit": "The fit", "no_reply": "No reply", "serious": "Something serious"}
STUCK_WHO = "Who may see this?"
STUCK_NOBODY = "Nobody, I just wanted to say it"
STUCK_ORGANIZER = "{name}, who runs the program"
NOTE = "A note"
NOTE_HINT = "Only you see it."
NOTE_STUCK_HINT = "Seen only by whom you choose above."
WRAP_UP_WORDS = "This ends the pairing well. Your partner gets a kind word."
DONE = "Done"
PARTNER_SAYS_NOTHING = "Your partner does not see what you answer."
PARTNER_SEES_TRY = "Your partner sees only what to try next."

PAUSE_TITLE = "Take a break"
PAUSE_UNTIL = "Back on"
PAUSE_HINT = (
    "Nothing comes from me until then. On that day you are back, with nothing to do. A partner who looks sees that "
    "day, and nothing else."
)
PAUSE_SUBMIT = "Pause"

QUIET_TITLE = "Holidays, quiet weeks"
QUIET_WEEKS = "Quiet weeks"
QUIET_HINT = "In these weeks I write to nobody in the program on my own account."
QUIET_PLACEHOLDER = "None"
QUIET_WEEK = "Week of {day}"
HOLIDAYS_COMING = "*Public holidays in the next four weeks* (each person's own are kept anyway)"
HOLIDAYS_NONE = "No public holidays in the next four weeks where your people are."
HOLIDAY_LINE = "{day}: {name} ({places})"

MATCH_TITLE = "The next match"
MATCH_SUBMIT = "Release…"
CONFIRM_TITLE = "Release this match?"
CONFIRM_SUBMIT = "Release"
BACK = "Back"
AGENDA_TITLE = "A good first meeting"
REFUSED_TITLE = "Not just now"
JOINED_TITLE = "You are in"
SAVED_TITLE = "Saved"
DONE_TITLE = "Done"
ANSWER_TITLE = "Here you are"
RELEASED_TITLE = "Released"
ADD_SKILL = "Add “{words}”"
"""The first suggestion, so that nobody has to find their words in a list."""
PRIVATE_CHANNEL_UNSEEN = "I cannot see that private channel. Type /invite with my name there first, then save again."
OPEN_FORM = "Open the form"
FORM_NEEDS_BUTTON = "Here is the form for that:"
