"""The words of giving thanks: the form, its preview, and the values that thanks may carry."""

TITLE = "Say thanks"
TO = "To"
WHY = "For what?"
PLACEHOLDER = "e.g. the patient code review"
HINT = "They decide whether the channel hears of it."
VALUES = "Values it shows"
VALUES_PLACEHOLDER = "None"
PREVIEW = "Preview"

PREVIEW_TITLE = "Before it is sent"
READS = "{names} will read, and nobody else:"
READ_EACH = "{names} will each read, and nobody else:"
CHANNEL_READS = "Only if they say yes, #{channel} reads on Friday:"
CHANNELS_READ = "Only if they say yes, {channels} read on Friday:"
PREVIEW_GREY = "What they choose is theirs: I tell you only that it is on its way."
SEND = "Send thanks"

THANKED = "On its way to {names}. They decide whether anyone else hears of it."
NO_VALUE = {
    1: "{tags} is none of the values here, so it stays as you wrote it.",
    2: "{tags} are none of the values here, so they stay as you wrote them.",
}
VALUES_ARE = "There is {values}."

VALUES_TITLE = "Values for thanks"
VALUES_WORDS = (
    "Words your people know and mean. They can add one to their thanks: chosen in the form, or typed as *#word*. "
    "What they add is shown with it."
)
VALUES_FIELD = "Values"
VALUES_HINT = "Up to {most}, a line each, one word each. Empty: thanks go without."
VALUES_EXAMPLE = "e.g. curiosity"
VALUES_OPEN = "Values"
VALUES_SAVED = "Saved. Next step: try one, as in `/mentor kudos @ana for the patient review #{value}`."
VALUES_EMPTIED = "Saved. Thanks go without values from now on; those that were given keep theirs."

TOO_MANY = "A program has up to {most} values, and these are {count}. Keep those that people would name by heart."
NOT_A_WORD = "“{value}” cannot be typed as #word. One word each, of letters, digits and hyphens, such as care."
TOO_LONG = "“{value}…” is long to type. A value has up to {most} letters."
