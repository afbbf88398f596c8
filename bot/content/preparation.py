"""Two minutes before a meeting: two questions for oneself, and what may start the talk. All of it is mrkdwn."""

TITLE = "Before you meet"
MINUTES = "Two minutes, for you alone. Nothing is kept."
QUESTIONS = (
    "*What has moved* since you last spoke, and what has not?",
    "*What do you want to leave with*, so that the time was worth it?",
)
I_DRIVE = "You lead the next meeting: agenda and date are yours."
THEY_DRIVE = "{driver} leads the next meeting."
PREPARE = "Prepare"
STARTERS = "*Three ways to start*"
STARTER = "•  {starter}"

ABOUT_A_GOAL = (
    "Your goal is {words}: what would be its smallest next step?",
    "Your goal is {words}: what is in its way just now?",
    "Your goal is {words}: how would your partner notice that you are there?",
)
ABOUT_COMMON_GROUND = (
    "You were brought together by {words}: when did it last matter at work?",
    "You were brought together by {words}: what did you learn about it the hard way?",
    "You were brought together by {words}: what would you like to try together?",
)
ABOUT_ANYTHING = (
    "What surprised you at work since you last spoke?",
    "What would you do differently if you could have last week again?",
    "Whom at work do you learn from, and what?",
)
ABOUT_A_LESSON = {
    1: (
        "What has to stay between the two of you?",
        "How will you tell each other when something does not work?",
        "What would make this time worth it for both of you?",
    ),
    2: (
        "Tell something that is unsolved. The other asks three questions before any advice.",
        "When did someone last listen to you well, and what did they do?",
        "What do you notice when you want to interrupt?",
    ),
    3: (
        "What have you tried already, and what came of it?",
        "How will you know that it is done?",
        "What is the question that you would rather not be asked?",
    ),
    4: (
        "Name one situation, what you did in it, and what came of it.",
        "Which feedback helped you most, and how was it given?",
        "What would you like to hear about your work that nobody says?",
    ),
    5: (
        "What do people expect of you that they do not say?",
        "Where do you two see the same thing differently?",
        "Which habit of your team would a newcomer find odd?",
    ),
    6: (
        "What is hard between you two just now, if anything?",
        "What will you have learned from each other by the end?",
        "What would a good ending look like?",
    ),
}
