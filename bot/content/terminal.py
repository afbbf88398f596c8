"""What `mentor match` says in a terminal: plain text for whoever organizes the round, ids for names."""

from bot.domain.matching.sentences import LeftoverReason

WAITING_REASONS = {
    LeftoverReason.NO_SHARED_HOURS: "Nobody here shares two working hours with them. Wider hours would change it.",
    LeftoverReason.NOBODY_FREE: (
        "Everyone they could meet has a partner. One more person would change it; "
        "one more in left_out puts them first next time."
    ),
    LeftoverReason.NOBODY_ALLOWED: (
        "Nobody here can be their partner this round. New people, or time since earlier partners, would change it."
    ),
}
SITS_OUT = "Sits this round out: the capacity is 0. A capacity of 1 would change it."

COVERAGE = "{covered} of {total} in {groups}, {waiting} waiting{sitting_out}."
SITTING_OUT = ", {count} sitting out"
PAIRS = {1: "1 pair"}
MANY_PAIRS = "{count} pairs"
TRIOS = {0: "", 1: " and 1 trio"}
MANY_TRIOS = " and {count} trios"
PAIRS_HEADING = "From the weakest to the strongest, of 100 points:"
MENTORS = "{} mentors {}"
LOOK_AT = "To look at: {cautions}."
WAITING_HEADING = "Without a partner:"
TOTAL = "Total {total} points of at most {bound}, seed {seed}, {seconds} seconds."

NO_FILE = "There is no file {path}."
UNREADABLE = "{path} cannot be read: {why}."
TOO_DEEP = "its lists are nested too deep"
PROBLEMS = "{path} cannot be taken, so nobody was matched:"
MORE_PROBLEMS = "and {count} more"
NO_SUCH_DAY = "--on is a day between 1970-01-01 and 2999-12-31."
