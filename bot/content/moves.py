"""Why a move cannot be made: a sentence for each that is in no table of bot/domain/lifecycle.py."""

from collections.abc import Mapping
from typing import Any

from bot.content import refusals
from bot.domain.checkins import CheckInState
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.inviting import InvitationStatus
from bot.domain.kudos import Consent
from bot.domain.lifecycle import (
    CheckInAct,
    ConsentAct,
    EnrollmentAct,
    InvitationAct,
    MatchAct,
    MilestoneAct,
    PairAct,
    QuestionAct,
    QuestionStatus,
    RoundAct,
)
from bot.domain.milestones import MilestoneStatus
from bot.domain.pairs import PairStatus
from bot.domain.programs import CycleStatus, RunStatus

ENROLLMENT = {
    (None, EnrollmentAct.PAUSE): "You are not in the program yet, so there is nothing to pause. `/mentor join` begins.",
    (None, EnrollmentAct.RESUME): refusals.NOT_ENROLLED,
    (None, EnrollmentAct.MATCH_AGAIN): "You are not in the program yet. `/mentor join` puts you in line for a match.",
    (None, EnrollmentAct.LEAVE): "You are not in the program, so there is nothing to leave. `/mentor join` begins.",
    (EnrollmentStatus.ACTIVE, EnrollmentAct.RESUME): refusals.NOT_PAUSED,
    (EnrollmentStatus.LEFT, EnrollmentAct.PAUSE): (
        "You have left the program, so there is nothing to pause. `/mentor join` brings you back."
    ),
    (EnrollmentStatus.LEFT, EnrollmentAct.RESUME): "You have left the program. `/mentor join` brings you back.",
    (EnrollmentStatus.LEFT, EnrollmentAct.MATCH_AGAIN): (
        "You have left the program since. `/mentor join` brings you back, and in line for the next match."
    ),
    (EnrollmentStatus.LEFT, EnrollmentAct.LEAVE): "You have left that program already: nothing more comes from it.",
}

PAIR = {
    (PairStatus.ENDED, PairAct.ANSWER): refusals.PAIR_ENDED,
    (PairStatus.ENDED, PairAct.WRAP_UP): (
        "That pairing has ended already, so there is nothing to wrap up. `/mentor` shows where you stand."
    ),
    (PairStatus.ENDED, PairAct.NOT_A_FIT): (
        "That pairing has ended already, and nobody is told why. `/mentor` shows where you stand."
    ),
    (PairStatus.ENDED, PairAct.LEAVE): "That pairing had ended before you left.",
    (PairStatus.ENDED, PairAct.GO): "That pairing had ended before they were gone.",
    (PairStatus.ENDED, PairAct.FINISH): "That pairing had ended before its round did.",
    (PairStatus.ENDED, PairAct.TAKE_BACK): "That pairing had ended by itself, so it stays as it is.",
}

QUESTION = {
    (QuestionStatus.CLOSED, QuestionAct.ANSWER): refusals.ALREADY_ANSWERED,
    (QuestionStatus.CLOSED, QuestionAct.PAIR_ENDS): "That question was closed before the pairing ended.",
}

CHECK_IN = {
    (CheckInState.MET, CheckInAct.ASK_ANOTHER_DAY): (
        "You said that you met, so I ask again when the next meeting is due. `/mentor checkin` changes that."
    ),
    (CheckInState.MET, CheckInAct.FIND_A_TIME): (
        "You said that you met. For the next time, say *Not yet* with `/mentor checkin`; then I can offer times."
    ),
    (CheckInState.MET, CheckInAct.TELL_ORGANIZER): (
        "You said that you met, so there is nothing to pass on. `/mentor checkin stuck` has a private way."
    ),
    (CheckInState.SCHEDULED, CheckInAct.ADD_DETAILS): (
        "That meeting is still in the diary. Say *We met* with `/mentor checkin` once it was; then it takes details."
    ),
    (CheckInState.SCHEDULED, CheckInAct.ASK_ANOTHER_DAY): (
        "It is in the diary, so I ask the day after. Another date? `/mentor checkin scheduled` with the new day."
    ),
    (CheckInState.SCHEDULED, CheckInAct.FIND_A_TIME): (
        "It is in the diary already. Say *Not yet* with `/mentor checkin` if that fell through; then I can offer times."
    ),
    (CheckInState.SCHEDULED, CheckInAct.TELL_ORGANIZER): (
        "It is in the diary, so there is nothing to pass on. `/mentor checkin stuck` has a private way."
    ),
    (CheckInState.NOT_YET, CheckInAct.ADD_DETAILS): (
        "You said that you have not met yet. `/mentor checkin met` notes a meeting, with its details."
    ),
    (CheckInState.NOT_YET, CheckInAct.TELL_ORGANIZER): (
        "You said *Not yet*, and nobody is told of that. `/mentor checkin stuck` has a private way to an organizer."
    ),
    (CheckInState.STUCK, CheckInAct.ADD_DETAILS): (
        "You said that something is stuck. If you have met since, `/mentor checkin met` notes it, with its details."
    ),
    (CheckInState.WRAP_UP, CheckInAct.ADD_DETAILS): "You wrapped up, so that meeting takes no more details.",
    (CheckInState.WRAP_UP, CheckInAct.ASK_ANOTHER_DAY): "You wrapped up, so I ask nothing more about this pairing.",
    (CheckInState.WRAP_UP, CheckInAct.FIND_A_TIME): "You wrapped up, so there is no next meeting to find a time for.",
    (CheckInState.WRAP_UP, CheckInAct.TELL_ORGANIZER): (
        "You wrapped up, so there is nothing to pass on. You can always write to an organizer yourself."
    ),
    (CheckInState.KEEP, CheckInAct.ADD_DETAILS): (
        "You chose to keep going. `/mentor checkin met` notes a meeting, with its details."
    ),
    (CheckInState.KEEP, CheckInAct.ASK_ANOTHER_DAY): (
        "You chose to keep going, so I ask when a meeting is due. `/mentor checkin not yet` offers another day."
    ),
    (CheckInState.KEEP, CheckInAct.FIND_A_TIME): (
        "You chose to keep going. Say *Not yet* with `/mentor checkin`; then I can offer times that suit you both."
    ),
    (CheckInState.KEEP, CheckInAct.TELL_ORGANIZER): (
        "You chose to keep going, so there is nothing to pass on. `/mentor checkin stuck` has a private way."
    ),
}

CONSENT = {
    (Consent.GIVEN, ConsentAct.SAY_YES): "You said yes to this already. Nothing more to do.",
    (Consent.GIVEN, ConsentAct.SAY_NO): (
        "You said yes to this already, so it may be on its way. An organizer can remove it from the channel."
    ),
    (Consent.GIVEN, ConsentAct.LAPSE): "A yes was there in time.",
    (
        Consent.REFUSED,
        ConsentAct.SAY_YES,
    ): "You kept this private, and it stays so. You can tell people yourself.",
    (Consent.REFUSED, ConsentAct.SAY_NO): "You kept this private already. It stays so.",
    (Consent.REFUSED, ConsentAct.LAPSE): "A no was there in time.",
    (Consent.EXPIRED, ConsentAct.SAY_YES): (
        "There was no answer in time, so it stayed private. You can always tell people yourself."
    ),
    (Consent.EXPIRED, ConsentAct.SAY_NO): "There was no answer in time, so it stayed private anyway.",
    (Consent.EXPIRED, ConsentAct.LAPSE): "That time was over already.",
}

MILESTONE = {
    (MilestoneStatus.SHARED, MilestoneAct.ALL_AGREE): "The channel has heard of it already.",
    (MilestoneStatus.SHARED, MilestoneAct.NOT_ALL_AGREE): "The channel has heard of it: everyone had said yes.",
    (MilestoneStatus.PRIVATE, MilestoneAct.ALL_AGREE): "It stays private: not everyone had said yes.",
    (MilestoneStatus.PRIVATE, MilestoneAct.NOT_ALL_AGREE): "It is private already.",
}

MATCH = {
    (RunStatus.PREVIEWED, MatchAct.TAKE_BACK): "This match was not released, so there is nothing to take back.",
    (RunStatus.RELEASED, MatchAct.RELEASE): refusals.ALREADY_RELEASED,
    (RunStatus.RELEASED, MatchAct.REPLACE): (
        "This match was released, so it cannot be changed. `/mentor admin match` makes the next one."
    ),
    (RunStatus.SUPERSEDED, MatchAct.RELEASE): refusals.PREVIEW_STALE,
    (RunStatus.SUPERSEDED, MatchAct.REPLACE): refusals.PREVIEW_CHANGED,
    (
        RunStatus.SUPERSEDED,
        MatchAct.TAKE_BACK,
    ): "Another match took this one's place: there is nothing to take back.",
    (RunStatus.TAKEN_BACK, MatchAct.RELEASE): (
        "This match was taken back, so nothing was released. `/mentor admin match` shows it as it can be released anew."
    ),
    (RunStatus.TAKEN_BACK, MatchAct.REPLACE): (
        "This match was taken back. `/mentor admin match` shows the one that can be changed."
    ),
    (RunStatus.TAKEN_BACK, MatchAct.TAKE_BACK): refusals.ALREADY_TAKEN_BACK,
}

ROUND = {
    (CycleStatus.FINISHED, RoundAct.FINISH): "This round is over already.",
    (CycleStatus.FINISHED, RoundAct.TAKE_BACK): "This round is over, so it cannot be taken back.",
    (CycleStatus.TAKEN_BACK, RoundAct.FINISH): "This round was taken back, so it has no end.",
    (CycleStatus.TAKEN_BACK, RoundAct.TAKE_BACK): "This round was taken back already.",
}

INVITATION = {
    (InvitationStatus.OPEN, InvitationAct.INVITE_AGAIN): "They have an invitation that is still open.",
    (InvitationStatus.LAPSED, InvitationAct.SAY_NO): (
        "This invitation is over, so there is nothing to say no to. `/mentor join` is there, should you like to."
    ),
    (InvitationStatus.LAPSED, InvitationAct.LAPSE): "This invitation is over already.",
    (InvitationStatus.DECLINED, InvitationAct.SAY_NO): "You said so already, and I will not invite you again.",
    (InvitationStatus.DECLINED, InvitationAct.LAPSE): "This invitation was answered in time.",
    (InvitationStatus.DECLINED, InvitationAct.INVITE_AGAIN): "A no is respected: there is no second invitation.",
    (InvitationStatus.JOINED, InvitationAct.SAY_NO): (
        "You are in already. `/mentor leave` is the way out; nobody is told why."
    ),
    (InvitationStatus.JOINED, InvitationAct.LAPSE): "Who was invited has joined.",
    (InvitationStatus.JOINED, InvitationAct.INVITE_AGAIN): "They joined after an invitation already.",
}

REFUSED: Mapping[str, Mapping[Any, str]] = {
    "enrollment": ENROLLMENT,
    "pair": PAIR,
    "question": QUESTION,
    "check-in": CHECK_IN,
    "consent": CONSENT,
    "milestone": MILESTONE,
    "match": MATCH,
    "round": ROUND,
    "invitation": INVITATION,
}
"""By the name of the table: the state and the act -> the sentence."""
