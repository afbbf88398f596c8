"""The words of several programs in one workspace: which one is meant."""

TO_JOIN = "There is more than one program for you here. Which one would you like to join?"
TO_CHANGE = "You are in more than one program. Whose profile would you like to change?"
TO_LEAVE = (
    "You are in more than one program. Which one would you like to leave? A partner hears only that your plans have "
    "changed, and you can always return."
)
SURE = "Leave the program?"
SURE_OF = "{program} ends for you, and you can always come back. Your other programs go on."
LEAVE = "Leave"
CHANGE = "Change"
TAKE_A_BREAK = "Take a break instead"
BREAK_IS_FROM_ALL = (
    "A break is one from all your programs at once, so nothing is paused yet. To stop with {program} alone, leave it; "
    "you can always return."
)
BREAK_FROM_ALL = "Take a break from all"
LEAVE_THIS = "Leave this one"
IN_SEVERAL = "Hello {name}. You are in {count} programs."
PAIRED = "{program}: {with_whom}. {next}"
LESSONS = "{program}: {lessons} come before a match."
WAITING_WEEK = "{program}: in line for the match on {day}."
WAITING = "{program}: in line for the next match."
FORM_OF = "This is for {program}."

ALL = "All programs"
"""Over what an organizer does for the whole workspace."""
WHICH = "You run more than one program. Which one is this about?"
WHICH_IN_WORDS = "You run more than one program. Say which, as in `/mentor admin in {program}`."
THIS_ONE = "This one"
SWITCH = "Look at this one"
OTHERS = "You also run other programs. Any command may name one, as in `/mentor admin people in {program}`."
WORDS_TOO_LONG = "Say which program right away: end your words with `in {program}`."
