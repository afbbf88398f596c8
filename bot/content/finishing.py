"""The words at the end of a round: to whoever has no partner then, and to the organizers."""

from bot.domain.matching.sentences import LeftoverReason

STILL_WAITING = (
    "{name}, this round is over, and you have no partner just now{why}. {place}. {next}, and I write either way."
)
STILL_WHY = {
    LeftoverReason.NO_SHARED_HOURS: ": nobody free shares two working hours with you yet",
    LeftoverReason.NOBODY_ALLOWED: ": nobody who is free can be your partner yet",
}
WHY_UNKNOWN = ", which says nothing about you"
COMES_FIRST = "You come first in the next match"
IS_NEXT = "You are in the next match"
AN_ORGANIZER = "An organizer makes it"
STARTS = "It starts on {day}"
STILL_LESSONS = (
    "{name}, this round is over. {place} once you have read {lessons}: five minutes each, so that partners begin with "
    "the same footing."
)
STILL_GREY = "{program}. This came once, because a round ended."

ROUND_ENDED = "The round is over{pairs}{waiting}. {next}"
FINISHED = ": {pairs} finished"
ONE_WAITED = ", and one person has no partner yet"
MANY_WAITED = ", and {count:,} people have no partner yet"
NEXT_MATCH = "{ready:,} people are free for the next match. Next step: preview it. Nobody is told until you release."
NEXT_INVITE = "Next step: invite a few colleagues, as a match needs two people who are free."
PREVIEW = "Preview the next match"
ROUND_ENDED_GREY = "{program}. You get this once a round, as an organizer."
