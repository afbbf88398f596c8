"""A pair's goals: the list with its steps, the form of one goal, and a line on App Home."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock, HeaderBlock, PlainTextObject

from bot.content import forms
from bot.content import goals as words
from bot.domain.goals import LONGEST, MOST_OPEN, MOST_STEPS, Goal, Step
from bot.views import fields
from bot.views.ids import Action, Ref, Spoken, View
from bot.views.kit import (
    LONGEST_TEXT,
    Message,
    actions,
    and_list,
    button,
    confirm,
    counted,
    drawn,
    emphasised,
    escape,
    fitted,
    grey,
    message,
    section,
)
from bot.views.messages import names, you
from bot.views.modals import Drawn, modal
from bot.views.models import PairGoals, PairStanding

ROOM = 6000
"""Characters of a list that goals may take together: a message holds little more."""
LATEST = 5
LONGEST_REACHED = 500
LABEL = 75


def listing(here: Sequence[PairGoals], note: str = "", *, thank: bool = False) -> Message:
    """The goals of one pair, or of several, below what just happened: `note` is mrkdwn of ours. `thank`: there is
    something to say thanks for."""
    room = ROOM // max(1, sum(len(pair.open) for pair in here))
    lines = [_where(pair) for pair in here]
    blocks: list[Block] = [section(note)] if note else []
    for pair, line in zip(here, lines, strict=True):
        blocks += [*([DividerBlock()] if blocks else []), section(line), *_of_pair(pair, min(room, LONGEST_TEXT))]
        blocks += _ways_on(pair, thank=thank)
    partners = and_list([names(pair.partners) for pair in here])
    return Message(note or " ".join(lines), drawn([*blocks, grey(words.GREY.format(partners=partners))]))


def _where(pair: PairGoals) -> str:
    pattern = words.LIST if pair.goals else words.LIST_NONE
    reached = sum(goal.reached for goal in pair.goals)
    return pattern.format(partners=names(pair.partners), reached=reached, count=len(pair.goals))


def _of_pair(pair: PairGoals, room: int) -> list[Block]:
    blocks: list[Block] = []
    for goal in pair.open:
        blocks += [section(fitted(_lines(goal), room)), actions(*_buttons(goal))]
    reached = [goal for goal in pair.goals if goal.reached][-LATEST:]
    return [*blocks, *([_reached(reached)] if reached else [])]


def _lines(goal: Goal) -> str:
    lines = [words.GOAL.format(number=goal.number, goal=emphasised(goal.text))]
    if goal.steps:
        lines[0] += f" · {progress(goal)}"
    return "\n".join([*lines, *(_step(goal, step) for step in goal.steps)])


def _step(goal: Goal, step: Step) -> str:
    pattern = words.STEP_DONE if step.done else words.STEP
    return pattern.format(number=goal.number, step=step.number, text=escape(step.text))


def progress(goal: Goal) -> str:
    """`2 of 4 steps`."""
    return words.PROGRESS.format(done=goal.done, steps=counted(len(goal.steps), "step"))


def _buttons(goal: Goal) -> list[ButtonElement]:
    ref = Ref("goal", goal.goal_id)
    return [
        *_next_step(goal),
        button(words.REACHED, Action.REACH_GOAL, ref),
        button(words.OPEN, Action.OPEN_GOAL, ref),
    ]


def _next_step(goal: Goal) -> list[ButtonElement]:
    if goal.next_step is None:
        return []
    label = _short(words.STEP_IS_DONE.format(step=goal.next_step.text))
    return [button(label, Action.FINISH_STEP, Ref("step", goal.next_step.step_id))]


def _short(label: str) -> str:
    return label if len(label) <= LABEL else label[: LABEL - 1] + "…"


def _reached(goals: Sequence[Goal]) -> Block:
    """The latest, and the way back for the very last."""
    line = words.REACHED_ONES.format(goals=", ".join(emphasised(goal.text) for goal in goals))
    return section(
        fitted(line, LONGEST_REACHED), button(words.NOT_YET, Action.REOPEN_GOAL, Ref("goal", goals[-1].goal_id))
    )


def _ways_on(pair: PairGoals, *, thank: bool) -> list[Block]:
    ref, room = Ref("pair", pair.pair_id), len(pair.open) < MOST_OPEN
    ways = [button(words.ADD, Action.ADD_GOAL, ref, primary=not pair.open)] if room else []
    ways += [button(words.THANK, Action.OPEN_KUDOS, ref)] if thank else []
    return [actions(*ways)] if ways else []


def with_whom(here: Sequence[PairGoals], said: str) -> Message:
    """Which partner a person with several means; `said` is carried out about the one they choose."""
    rows = [section(emphasised(and_list(pair.partners)), _chosen(pair, said)) for pair in here]
    return message(words.WITH_WHOM, *rows)


def _chosen(pair: PairGoals, said: str) -> ButtonElement:
    return button(words.THIS_ONE, Action.CHOOSE_PARTNER, Spoken(Ref("pair", pair.pair_id), said))


def added(goal: str) -> str:
    """A new goal, in a sentence."""
    return words.ADDED.format(goal=emphasised(goal))


def steps_added(goal: str) -> str:
    """A new step."""
    return words.STEPS_ADDED.format(goal=emphasised(goal))


def reached(goal: str, partners: Sequence[str]) -> str:
    """A small celebration."""
    return words.REACHED_NOTE.format(goal=emphasised(goal), you=you(partners))


def reopened(goal: str) -> str:
    """Not reached after all."""
    return words.REOPENED.format(goal=emphasised(goal))


def dropped(goal: str) -> str:
    """Let go."""
    return words.DROPPED.format(goal=emphasised(goal))


def step_done(goal: Goal, step: str) -> str:
    """A step done, and how far that is."""
    pattern = words.STEP_DONE_NOTE if goal.next_step else words.LAST_STEP_NOTE
    return pattern.format(step=emphasised(step), progress=progress(goal))


def drop_offer(partners: Sequence[str], goal: Goal) -> Message:
    """The question before a goal is let go."""
    return message(words.DROP_SURE.format(partners=names(partners)), actions(drop_button(partners, goal)))


def drop_button(partners: Sequence[str], goal: Goal) -> ButtonElement:
    """Lets a goal go, after a question."""
    text = words.DROP_SURE.format(partners=names(partners))
    sure = confirm(words.DROP_TITLE, fitted(text, 300), words.DROP_YES, danger=True)
    return button(words.DROP, Action.DROP_GOAL, Ref("goal", goal.goal_id), danger=True, confirm=sure)


def form(pair: PairGoals, goal: Goal | None = None, typed: str = "", *, theirs: bool = False) -> Drawn:
    """A goal to add, or one to change. `theirs`: a partner changed it meanwhile, and `typed` is what this one typed."""
    steps = goal.steps if goal else ()
    room = MOST_STEPS - len(steps)
    blocks: list[Block] = []
    if goal and theirs:
        blocks.append(section(words.CHANGED_MEANWHILE.format(theirs=emphasised(goal.text))))
    hint = words.FIELD_HINT.format(partners=and_list(pair.partners))
    blocks.append(
        fields.line(
            *("goal", words.FIELD, typed or (goal.text if goal else ""), words.PLACEHOLDER),
            most=LONGEST,
            optional=False,
            hint=hint,
        )
    )
    blocks += [_ticks(steps)] if steps else []
    if room:
        hint = words.STEPS_HINT.format(room=room)
        label = words.MORE_STEPS if steps else words.STEPS
        most = room * (LONGEST + 1)
        blocks.append(fields.note("steps", label, most=most, placeholder=words.STEPS_PLACEHOLDER, hint=hint))
    blocks += [actions(drop_button(pair.partners, goal))] if goal else []
    return modal(View.GOAL, words.TITLE, blocks, submit=forms.SAVE, about=_about(pair, goal))


def _ticks(steps: Sequence[Step]) -> Block:
    options = {str(step.number): _short(step.text) for step in steps}
    return fields.ticks("done", words.DONE_STEPS, options, [str(step.number) for step in steps if step.done])


def _about(pair: PairGoals, goal: Goal | None) -> dict[str, object]:
    if goal is None:
        return {"pair": pair.pair_id}
    return {"goal": goal.goal_id, "version": goal.version, "done": [step.number for step in goal.steps if step.done]}


def shown(list_of: Message) -> Drawn:
    """The list in a modal; closing it closes what lies beneath."""
    listed = modal(View.PLAIN, words.SHOW, Block.parse_all(list_of.blocks), close=forms.CLOSE)
    return {**listed, "clear_on_close": True}


def at_home(here: Sequence[PairStanding]) -> list[Block]:
    """How far each pair is, and the way to its goals."""
    lines = [section(_home_line(pair), _home_button(pair)) for pair in here]
    return [DividerBlock(), HeaderBlock(text=PlainTextObject(text=words.HOME)), *lines]


def _home_line(pair: PairStanding) -> str:
    reached_ones, count = pair.goals
    pattern = words.HOME_SOME if count else words.HOME_NONE
    return pattern.format(partners=names(pair.partners), reached=reached_ones, count=count)


def _home_button(pair: PairStanding) -> ButtonElement:
    ref = Ref("pair", pair.pair_id)
    return button(words.SHOW, Action.SHOW_GOALS, ref) if pair.goals[1] else button(words.SET, Action.ADD_GOAL, ref)
