"""Every id the bot puts into a message or a view, and the codec of the values they carry.

The set is closed: a test holds that each rendered id has a listener and each listener a rendered id.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: `action_id`."""

    SHOW_AGENDA = "show_agenda"
    PICKED_A_TIME = "picked_a_time"
    NOT_A_FIT = "not_a_fit"
    WE_MET = "we_met"
    IN_THE_DIARY = "in_the_diary"
    NOT_YET = "not_yet"
    STUCK = "stuck"
    WRAP_UP = "wrap_up"
    KEEP_GOING = "keep_going"
    ADD_DETAILS = "add_details"
    TAKE_OUT = "take_out"
    NEXT_WEEK = "next_week"
    IN_TWO_WEEKS = "in_two_weeks"
    FIND_A_TIME = "find_a_time"
    TELL_ORGANIZER = "tell_organizer"
    OPEN_CHECK_IN = "open_check_in"
    CHOOSE_STATE = "choose_state"
    OPEN_PAUSE = "open_pause"
    RESUME = "resume"
    LEAVE = "leave"
    MATCH_ME_AGAIN = "match_me_again"
    OPEN_JOIN = "open_join"
    OPEN_PROFILE = "open_profile"
    SUGGEST_SKILLS_OFFERED = "offers"
    SUGGEST_SKILLS_ASKED = "asks"
    SUGGEST_PLACES = "place"
    OPEN_QUIET_WEEKS = "open_quiet_weeks"
    POST_IT = "post_it"
    KEEP_IT_PRIVATE = "keep_it_private"
    NEVER_ASK_AGAIN = "never_ask_again"
    OPEN_KUDOS = "open_kudos"
    GET_CERTIFICATE = "get_certificate"
    SHOW_HELP = "show_help"
    OPEN_SETUP = "open_setup"
    SHOW_OVERVIEW = "show_overview"
    OPEN_MATCHING = "open_matching"
    RERUN_MATCH = "rerun_match"
    PREVIEW_REMATCH = "preview_rematch"
    REVIEW_PAIR = "review_pair"
    PREVIOUS_PAGE = "previous_page"
    NEXT_PAGE = "next_page"
    ALLOW_AGAIN = "allow_again"
    COMPARE_WEIGHTS = "compare_weights"
    CHOOSE_WEIGHTING = "choose_weighting"
    RELEASE_MATCH = "release_match"
    UNDO_RELEASE = "undo_release"
    SHOW_UNDELIVERED = "show_undelivered"
    POST_AGAIN = "post_again"
    IT_IS_THERE = "it_is_there"
    LET_IT_GO = "let_it_go"
    SHOW_PEOPLE = "show_people"
    RATHER_NOT = "rather_not"
    RATHER_AFTER_ALL = "rather_after_all"
    CONSIDERED_FINE = "considered_fine"
    OPEN_SUGGEST = "open_suggest"
    MATCH_NOW = "match_now"
    OPEN_INVITE = "open_invite"
    OPEN_IMPORT = "open_import"
    ACCEPT_INVITATION = "accept_invitation"
    TELL_ME_MORE = "tell_me_more"
    NOT_THIS_TIME = "not_this_time"
    SEND_INVITATIONS = "send_invitations"
    SEND_NO_INVITATIONS = "send_no_invitations"
    SHOW_LESSONS = "show_lessons"
    READ_LESSON = "read_lesson"
    PREPARE = "prepare"
    CALENDAR_FILE = "calendar_file"
    OPEN_AGREEMENT = "open_agreement"
    STILL_GOOD = "still_good"
    SHOW_GOALS = "show_goals"
    ADD_GOAL = "add_goal"
    OPEN_GOAL = "open_goal"
    REACH_GOAL = "reach_goal"
    REOPEN_GOAL = "reopen_goal"
    DROP_GOAL = "drop_goal"
    FINISH_STEP = "finish_step"
    CHOOSE_PARTNER = "choose_partner"
    CHOOSE_PROGRAM = "choose_program"
    USE_WORDING = "use_wording"
    KEEP_WORDING = "keep_wording"
    OPEN_SKILLS = "open_skills"
    OPEN_MERGE = "open_merge"
    KEEP_APART = "keep_apart"
    SPLIT_SKILL = "split_skill"
    SUGGEST_SKILLS_MERGED = "merged"
    SUGGEST_SKILLS_APPROVED = "approved"
    CHOOSE_TEMPLATE = "choose_template"
    ANOTHER_PROGRAM = "another_program"
    COPY_PROGRAM = "copy_program"
    OPEN_VALUES = "open_values"


class View(StrEnum):
    """Modals: `callback_id`."""

    JOIN = "join"
    PROFILE = "profile"
    CHECK_IN = "check_in"
    PAUSE = "pause"
    FIND_A_TIME = "find_a_time"
    TELL_ORGANIZER = "tell_organizer"
    KUDOS = "kudos"
    KUDOS_PREVIEW = "kudos_preview"
    VALUES = "values"
    SETUP_TEMPLATE = "setup_template"
    SETUP = "setup"
    SETUP_PREVIEW = "setup_preview"
    QUIET_WEEKS = "quiet_weeks"
    MATCH_PREVIEW = "match_preview"
    MATCH_CONFIRM = "match_confirm"
    SUGGEST = "suggest"
    ASK_FIRST = "ask_first"
    INVITE = "invite"
    INVITE_SURE = "invite_sure"
    IMPORT = "import"
    MATCH_SWAP = "match_swap"
    MATCH_COMPARE = "match_compare"
    LESSON = "lesson"
    GOAL = "goal"
    AGREEMENT = "agreement"
    SKILLS = "skills"
    MERGE_SKILLS = "merge_skills"
    PLAIN = "plain"


@dataclass(frozen=True)
class Ref:
    """What a button is about: a noun and the row's number, written `nudge:17`."""

    noun: str
    number: int

    def __str__(self) -> str:
        return f"{self.noun}:{self.number}"


def parse_ref(value: str | None, noun: str) -> int | None:
    """The number in `noun:number`, or None when the value is anything else: people can forge what a client sends."""
    found = re.fullmatch(rf"{re.escape(noun)}:([1-9][0-9]{{0,8}})", value or "", re.ASCII)
    return int(found[1]) if found else None


@dataclass(frozen=True)
class Spoken:
    """A Ref and the words that are to be carried out about it, written `pair:42 goals done 1`: what a person typed
    before they were asked which one they meant."""

    ref: Ref
    words: str

    def __str__(self) -> str:
        return f"{self.ref} {self.words}"


def of_time(pair_id: int, start: datetime) -> Spoken:
    """A time that was suggested to a pair, in whole seconds."""
    return Spoken(Ref("pair", pair_id), str(int(start.timestamp())))


def parse_spoken(value: str | None, noun: str) -> tuple[int, str] | None:
    """The number and the words in `noun:number words`, or None."""
    ref, _, words = (value or "").partition(" ")
    number = parse_ref(ref, noun)
    return (number, words) if number is not None and words else None


@dataclass(frozen=True)
class Invitees:
    """Whom an organizer is asked about before they are invited, written `program:1 12 U0BEN C0GENERAL`: the program,
    how many people they have read it would be, and the people and channels they named."""

    program_id: int
    counted: int
    named: tuple[str, ...]

    @property
    def users(self) -> tuple[str, ...]:
        """The people among them."""
        return tuple(one for one in self.named if one[0] in "UW")

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels whose members are meant."""
        return tuple(one for one in self.named if one[0] not in "UW")

    def __str__(self) -> str:
        return " ".join([str(Ref("program", self.program_id)), str(self.counted), *self.named])


def parse_invitees(value: str | None) -> Invitees | None:
    """What `Invitees` wrote, or None."""
    program_id, said = parse_spoken(value, "program") or (0, "")
    found = re.fullmatch(r"([1-9][0-9]{0,3})((?: [UWCG][A-Z0-9]{1,20})+)", said, re.ASCII)
    return Invitees(program_id, int(found[1]), tuple(found[2].split())) if found else None
