"""The words of several programs in one workspace: which one is meant."""

WHICH = "You run more than one program. Which one is this about?"
WHICH_IN_WORDS = "You run more than one program. Say which, as in `/mentor admin in {program}`."
THIS_ONE = "This one"
SWITCH = "Look at this one"
OTHERS = "You also run other programs. Any command may name one, as in `/mentor admin people in {program}`."
WORDS_TOO_LONG = "Say which program right away: end your words with `in {program}`."
