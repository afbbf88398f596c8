"""The words around what an organizer brings of people."""

TITLE = "Bring people's details"
WORDS = (
    "Paste what Slack does not know. The first line names the columns: *person*, and any of *department*, *manager*, "
    "*level*, *location*, *start date*, with commas between them."
)
GREY = (
    "People by @name, member id, or a name that only one has. Days as 2024-03-01. An empty cell changes nothing; "
    "- takes back. Only the match uses it; partners may read that their departments differ."
)
ROWS = "The table"
ROWS_HINT = "Up to 3,000 characters; for more, type “mentor people import” on the command line, or paste in parts."
PLACEHOLDER = "person, department, manager\n@ana, Sales, @ben"
SUBMIT = "Bring them"
IMPORTING = "Reading the table… this takes a moment."
OPEN = "Bring details"

NOTHING_KEPT = "*Nothing was kept yet: please look at {problems}.* Correct the table below, and send it again."
LINE = "• {problem}"
MORE = "… and {count} more."
DONE = "{people} read: {changed} changed, {same} as before. All of it is kept; the same table again changes nothing."
NEXT = "Next step: none. The next match knows it."
NEXT_PREVIEW = (
    "Next step: open the match again with `/mentor admin match`. Where this changes it, it is made anew and says how "
    "many pairs changed."
)
EMPTY = "There is no row below the line of columns. Paste the table with its first line."
NO_COLUMN = "There is nothing but a person in each row. Add a column, such as department."

FILE_REFUSED = "{path} cannot be taken, so nothing was kept:"
WOULD_DO = "{path} is fine. Nothing was kept, as you asked: {people} read, {changed} would change."
DONE_HERE = "{people} read: {changed} changed, {same} as before. The same file again changes nothing."
BOT_RUNS = (
    "The bot is running on {path}, and SQLite has room for one. Type `/mentor admin people import` in Slack, stop the "
    "bot first, or look what would happen with --dry-run."
)
WHICH_WORKSPACE = "There are several workspaces here. Say which: --workspace {ids}"
NO_WORKSPACE = "There is no workspace {id} here."
SLACK_SILENT = "Slack could not be asked who is who ({why}). Nothing was kept; try again."
