"""Answers to a person's own act: where they stand, what they can do, what just happened."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from bot.content import answers as words
from bot.content import delivering, importing, inviting, skills, thanking
from bot.content import programs as several
from bot.content import rematching as again
from bot.content.considering import SUGGEST
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.notices import PairClosed
from bot.domain.people import Those
from bot.views import agreement, learning, programs, rematching
from bot.views import inviting as invited
from bot.views.ids import Action, Ref
from bot.views.kit import (
    LONGEST_TEXT,
    Message,
    actions,
    and_list,
    button,
    confirm,
    counted,
    day_words,
    diary_words,
    drawn,
    emphasised,
    escape,
    fitting,
    grey,
    in_words,
    message,
    section,
)
from bot.views.matches import groups
from bot.views.messages import (
    count_word,
    lessons_named,
    names,
    not_a_fit_button,
    read_first_button,
    reason,
    wrap_up_button,
)
from bot.views.models import Ended, InProgram, Listed, OrganizerStanding, PairStanding, Standing

MOST_NAMED = 2


class HelpLine(Protocol):
    """A verb as the help shows it."""

    @property
    def line(self) -> str: ...
    @property
    def example(self) -> str: ...


def status(here: Standing) -> Message:
    """The next step, and up to three buttons."""
    text, buttons = next_step(here), next_buttons(here)[: 2 if here.organizer else 3]
    buttons += [button("For organizers", Action.SHOW_OVERVIEW)] if here.organizer else []
    return message(text, *([actions(*buttons)] if buttons else []))


def next_step(here: Standing) -> str:
    """One or two sentences: where the person stands and what comes next."""
    name = escape(here.first_name)
    if not here.may_join:
        return words.HELLO_NOT_ELIGIBLE
    if here.program is None:
        return words.HELLO_NO_PROGRAM.format(name=name)
    if here.status is None:
        return words.HELLO_STRANGER.format(name=name) + _dated(words.JOIN_BY, here.join_by)
    if here.status is EnrollmentStatus.PAUSED and here.paused_until:
        return words.HELLO_PAUSED.format(name=name, day=day_words(here.paused_until))
    if here.each:
        head = several.IN_SEVERAL.format(name=name, count=in_words(len(here.each)))
        return "\n".join([head, *[f"• {_stands(one)}" for one in here.each]])
    if here.pairs:
        return words.HELLO_PAIRED.format(name=name, with_whom=_with_whom(here.pairs), next=next_for(here.pairs[0]))
    stands = [has_ended(here.ended)] if here.ended else []
    return words.HELLO.format(name=name, stands=" ".join([*stands, _waits(here, escape(here.program))]))


def _waits(here: Standing, program: str) -> str:
    """What someone without a partner waits for."""
    if here.lessons_first:
        return words.LESSONS_FIRST.format(program=program, lessons=lessons_named(here.lessons_first))
    if here.next_week:
        return words.WAITING_WEEK.format(program=program, day=day_words(here.next_week))
    return words.WAITING.format(program=program) + _dated(words.STARTS, here.starts_on)


def has_ended(ended: Ended) -> str:
    """That a pair has ended, for who has not heard of it yet; why is nobody's to read here."""
    if isinstance(ended, PairClosed):
        return words.PAIR_CLOSED.format(partners=escape(ended.partner))
    return words.PAIR_FINISHED.format(partners=names(ended.partners))


def _stands(one: InProgram) -> str:
    """Where someone of several programs stands in one of them."""
    waits = _waits_in(one)
    return f"{waits} {has_ended(one.ended)}" if one.ended and not one.pairs else waits


def _waits_in(one: InProgram) -> str:
    program = emphasised(one.name)
    if one.pairs:
        return several.PAIRED.format(program=program, with_whom=_with_whom(one.pairs), next=next_for(one.pairs[0]))
    if one.lessons_first:
        return several.LESSONS.format(program=program, lessons=lessons_named(one.lessons_first))
    if one.next_week:
        return several.WAITING_WEEK.format(program=program, day=day_words(one.next_week))
    return several.WAITING.format(program=program)


def _with_whom(pairs: Sequence[PairStanding]) -> str:
    """`with Ben and with Chloe and Dev`: one pair after the other."""
    return and_list([words.WITH.format(partners=names(pair.partners)) for pair in pairs])


def _dated(sentence: str, day: date | None) -> str:
    """One more sentence with a date, where there is one."""
    return f" {sentence.format(day=day_words(day))}" if day else ""


def next_for(pair: PairStanding) -> str:
    """What comes next for a pair, as its member may know it."""
    if pair.diary:
        return words.NEXT_DIARY.format(day=escape(diary_words(pair.diary, pair.moment)))
    if pair.away:
        partner, until = pair.away
        return words.NEXT_AWAY.format(partner=escape(partner), day=day_words(until))
    return words.NEXT_ASK.format(day=day_words(pair.asks_from)) if pair.asks_from else words.NEXT_SAY


def next_buttons(here: Standing) -> list[ButtonElement]:
    """At most three, the first one primary."""
    if not here.may_join:
        return []
    if here.program is None:
        return []
    if here.status is None:
        return [
            button("Count me in", Action.OPEN_JOIN, primary=True),
            button("What can I do here?", Action.SHOW_HELP),
        ]
    if here.status is EnrollmentStatus.PAUSED:
        return [button("I'm back", Action.RESUME, primary=True), button("My profile", Action.OPEN_PROFILE)]
    if here.pairs:
        return [
            button("Check in", Action.OPEN_CHECK_IN, Ref("pair", here.pairs[0].pair_id), primary=True),
            button("Say thanks", Action.OPEN_KUDOS),
            button("Take a break", Action.OPEN_PAUSE),
        ]
    if here.lessons_first:
        return [read_first_button(here.lessons_first), button("My profile", Action.OPEN_PROFILE)]
    if here.again_id is not None:
        another = button("Match me again", Action.MATCH_ME_AGAIN, Ref("enrollment", here.again_id), primary=True)
        return [another, button("My profile", Action.OPEN_PROFILE), button("Take a break", Action.OPEN_PAUSE)]
    considered = here.considered_id
    suggest = [button(SUGGEST, Action.OPEN_SUGGEST, Ref("considered", considered))] if considered else []
    profile = button("My profile", Action.OPEN_PROFILE, primary=True)
    return [profile, *suggest, button("Take a break", Action.OPEN_PAUSE)]


def match(here: Standing) -> Message:
    """Who, why, what is next, and the way out."""
    if not here.pairs:
        return status(here)
    blocks = drawn(pairs_below_each_other(here.pairs, primary=True))
    return Message(f"{names(here.pairs[0].partners)}. {next_for(here.pairs[0])}", blocks)


def pairs_below_each_other(pairs: Sequence[PairStanding], *, primary: bool) -> list[Block]:
    """Someone's partners, a line between two pairs; `primary`: the first one's check-in is the next step."""
    each = [pair_blocks(pair, primary=primary and at == 0) for at, pair in enumerate(pairs)]
    return [block for blocks in each for block in (DividerBlock(), *blocks)][1:]


def pair_blocks(pair: PairStanding, *, primary: bool) -> list[Block]:
    """A partner as their partner sees them; not `primary` where something else is the next step."""
    met = words.MET_TIMES.get(pair.meetings, words.MET_MANY.format(count=in_words(pair.meetings)))
    lines = [
        emphasised(and_list(pair.partners)),
        words.WHY.format(count=count_word(len(pair.partners) + 1), reason=reason(pair.why)),
        f"{met} {next_for(pair)}",
    ]
    lines += [words.LAST_TRY.format(words=escape(pair.next_try))] if pair.next_try else []
    return [
        section("\n".join(lines)),
        agreement.line(pair),
        actions(
            button("Check in", Action.OPEN_CHECK_IN, Ref("pair", pair.pair_id), primary=primary),
            button("See agenda", Action.SHOW_AGENDA, Ref("pair", pair.pair_id)),
            wrap_up_button(Ref("pair", pair.pair_id)),
            not_a_fit_button(pair.pair_id),
        ),
    ]


def help_lines(lines: Sequence[HelpLine], organizer: Sequence[HelpLine]) -> Message:
    """What this person may do, each with an example."""
    paragraphs = [words.HELP, _listing(lines)]
    paragraphs += [f"{words.HELP_ORGANIZER}\n{_listing(organizer)}"] if organizer else []
    blocks = [section(paragraph) for paragraph in paragraphs]
    return Message("\n".join(paragraphs), drawn([*blocks, grey(words.HELP_THREADS)]))


def _listing(lines: Iterable[HelpLine]) -> str:
    return "\n".join(f"• `/mentor {line.example}`  {line.line}" for line in lines)


def unknown(typed: str, suggestion: str | None) -> Message:
    """What was not understood, the nearest thing that would be, and help."""
    shown = " ".join(typed.split())[:60].replace("`", "'")
    near = words.UNKNOWN_NEAR.format(suggestion=suggestion) if suggestion else ""
    return message(" ".join(filter(None, [words.UNKNOWN.format(typed=escape(shown)), near, words.UNKNOWN_HELP])))


def say(text: str) -> Message:
    """A sentence of ours."""
    return message(text)


def leave_sure(program: str, program_id: int, others: Sequence[str] = (), *, of_three: bool = False) -> Message:
    """The question before it, which needs no second one. `others`: the programs they stay in; `of_three`: they have two
    partners in this one, who go on together."""
    leave = button(words.LEAVE, Action.LEAVE, Ref("program", program_id), danger=True)
    sure = words.LEAVE_ONE_SURE if others else words.LEAVE_SURE
    one = words.PARTNER_IN_IT_HEARS if others else words.PARTNER_HEARS
    partners = words.TWO_GO_ON if of_three else one
    return message(
        sure.format(program=escape(program), partners=partners, others=_go_on(others)),
        actions(leave, button("Take a break instead", Action.OPEN_PAUSE)),
    )


def left(program: str, others: Sequence[str]) -> Message:
    """Someone has left a program; `others`: those they stay in."""
    said = words.LEFT_ONE if others else words.LEFT
    return message(said.format(program=escape(program), others=_go_on(others)))


def _go_on(others: Sequence[str]) -> str:
    if len(others) > MOST_NAMED:
        return words.GO_ON_MANY.format(count=len(others))
    return words.GO_ON.get(len(others), words.GO_ON_TOGETHER).format(names=names(others))


def leave_button(program_id: int) -> ButtonElement:
    """The way out, behind a question."""
    sure = confirm("Leave the program?", "You can always come back.", words.LEAVE, danger=True)
    return button(words.LEAVE, Action.LEAVE, Ref("program", program_id), confirm=sure)


def organizer(here: OrganizerStanding, zone: str, bot: str) -> Message:
    """The program at a glance and the organizer's next step."""
    blocks = [section(words.ADMIN_WELCOME.format(program=escape(here.program), zone=zone)), *organizer_blocks(here)]
    step = organizer_step(here, bot)
    foot = programs.other_programs(here.others)
    text = f"{escape(here.program)}: {step}" if foot else step
    return Message(text, drawn([*blocks, section(step), *organizer_buttons(here), *foot]))


def organizer_blocks(here: OrganizerStanding) -> list[Block]:
    """The health line, which pairs are quiet, and what could not be delivered."""
    pairs = groups([3] * here.trios + [2] * (here.paired - here.trios))
    health = words.HEALTH.format(enrolled=here.enrolled, pairs=pairs, waiting=here.waiting, paused=here.paused)
    quiet = "; ".join(names(pair) for pair in here.quiet[:20])
    lines = [invited.totals(here.invited)] if here.invited else []
    lines += [words.QUIET.format(pairs=quiet)] if quiet else []
    lines += [rematching.line(here.rematch, here.waiting)] if here.rematch else []
    if here.learning and here.learning.begun:
        lines += [learning.totals(here.learning)]
    if here.undelivered:
        lines += [delivering.HEALTH_LINE.format(messages=counted(here.undelivered, "message"))]
    return [section(health), *map(section, lines)]


def organizer_step(here: OrganizerStanding, bot: str) -> str:
    """One next step."""
    if not here.channel:
        return words.ADMIN_NEXT_CHANNEL
    if here.blocked:
        return words.ADMIN_NEXT_INVITE.format(bot=bot, channel=escape(here.channel))
    if here.waiting == 0:
        return words.ADMIN_NEXT_NONE if here.paired else words.ADMIN_NEXT_JOIN
    if here.rematch:
        return rematching.next_step(here.rematch)
    if here.waiting == 1:
        return words.ADMIN_NEXT_ONE
    if here.none_fit:
        return words.ADMIN_NEXT_NO_TWO.format(waiting=here.waiting)
    if here.next_week:
        return words.ADMIN_NEXT_WEEK.format(waiting=here.waiting, day=day_words(here.next_week))
    return words.ADMIN_NEXT_MATCH.format(waiting=here.waiting)


def organizer_buttons(here: OrganizerStanding, *, leads: bool = True) -> list[Block]:
    """What there is to do in a row, and below it what is set up once: a phone shows either at a glance. The next step
    is the primary one, where nothing else `leads`; where nothing can be done before it, its row comes first."""
    to_do, to_set = actions(*_to_do(here, leads=leads)), actions(*_to_set_up(here, leads=leads))
    return [to_do, to_set] if here.channel else [to_set, to_do]


def _to_do(here: OrganizerStanding, *, leads: bool) -> list[ButtonElement]:
    ref, ready = Ref("program", here.program_id), bool(here.channel) and here.waiting >= 2
    during, match = rematching.is_possible(here.rematch) and ready, again.NEW_ROUND if here.rematch else words.LOOK
    next_is_match = ready and not here.rematch and not here.next_week and not here.none_fit
    return [
        *([button(again.PREVIEW, Action.PREVIEW_REMATCH, ref, primary=leads)] if during else []),
        button(match, Action.OPEN_MATCHING, ref, primary=leads and next_is_match),
        button(inviting.INVITE, Action.OPEN_INVITE, ref, primary=leads and bool(here.channel) and _wants_people(here)),
        button("People", Action.SHOW_PEOPLE, ref),
        *([button(delivering.SHOW, Action.SHOW_UNDELIVERED, ref)] if here.undelivered else []),
    ]


def _to_set_up(here: OrganizerStanding, *, leads: bool) -> list[ButtonElement]:
    ref = Ref("program", here.program_id)
    return [
        button("Set up", Action.OPEN_SETUP, ref, primary=leads and not here.channel),
        button("Holidays", Action.OPEN_QUIET_WEEKS, ref),
        button(skills.OVERVIEW, Action.OPEN_SKILLS, ref),
        button(thanking.VALUES_OPEN, Action.OPEN_VALUES, ref),
    ]


def _wants_people(here: OrganizerStanding) -> bool:
    """Whether more people are the next step: nobody is paired, only one waits, or none of those who do fit."""
    none_fit = here.none_fit or (here.rematch is not None and not rematching.is_possible(here.rematch))
    return none_fit or here.waiting == 1 or (here.waiting == 0 and not here.paired)


def people(listed: Sequence[Listed], program_id: int, those: Those | None = None) -> Message:
    """Everyone in the program and their partner (or only some of them): whether, never what."""
    bring = actions(button(importing.OPEN, Action.OPEN_IMPORT, Ref("program", program_id)))
    if not listed:
        return message(words.PEOPLE_NONE[those] if those else words.PEOPLE_EMPTY, bring)
    head = [section(f"*{words.PEOPLE_HEAD[those]}*")] if those else []
    lines = [f"• {escape(one.name)}{_beside(one)}" for one in listed]
    shown = fitting(lines)
    more = [grey(words.MORE_PEOPLE.format(count=len(lines) - shown))] if shown < len(lines) else []
    text = f"{words.PEOPLE_HEAD[those]}: " if those else ""
    blocks = [*head, *paragraphs(lines[:shown]), *more, bring]
    return Message(text + counted(len(listed), "person", "people"), drawn(blocks))


def paragraphs(lines: Sequence[str]) -> Iterator[Block]:
    """Lines in as few sections as hold them."""
    while lines:
        count = max(1, fitting(lines, LONGEST_TEXT))
        yield section("\n".join(lines[:count]))
        lines = lines[count:]


def _beside(one: Listed) -> str:
    if one.status is EnrollmentStatus.PAUSED:
        return f" (on a break until {day_words(one.paused_until)})" if one.paused_until else " (on a break)"
    return f" with {names(one.partners)}" if one.partners else " (waiting)"


def paused(until: date) -> Message:
    """A pause, with its end."""
    return message(words.PAUSED.format(day=day_words(until)), actions(button("I'm back", Action.RESUME)))


def resumed() -> Message:
    """A pause ended early."""
    return message(words.RESUMED)


def avoiding(user_id: str, pair_id: int | None = None) -> Message:
    """For the author's eyes only. `pair_id`: the pair that they are in now, which a wish does not end."""
    if pair_id is None:
        return message(words.AVOIDING.format(user=user_id))
    return message(words.AVOIDING_PARTNER.format(user=user_id), actions(not_a_fit_button(pair_id)))


def no_longer_avoiding(user_id: str) -> Message:
    """For the author's eyes only."""
    return message(words.NOT_AVOIDING.format(user=user_id))


def avoid_list(user_ids: Sequence[str]) -> Message:
    """For the author's eyes only."""
    if not user_ids:
        return message(words.AVOID_EMPTY)
    return message(words.AVOID_LIST.format(names=", ".join(f"<@{user_id}>" for user_id in user_ids)))
