"""The words of the program templates: what each is for, and where its messages differ."""

from bot.domain.templates import Purpose

NAMES = {
    Purpose.SKILLS: "Peer mentoring",
    Purpose.LEADERSHIP: "Leadership circle",
    Purpose.CULTURE: "Across the house",
    Purpose.ONBOARDING: "Onboarding buddies",
}
"""What a program is called until its organizer names it."""

LABELS = {
    Purpose.SKILLS: "Skills",
    Purpose.LEADERSHIP: "Leadership",
    Purpose.CULTURE: "Culture",
    Purpose.ONBOARDING: "Onboarding buddies",
}
LINES = {
    Purpose.SKILLS: "Colleagues teach each other what they are good at.",
    Purpose.LEADERSHIP: "People who lead, or soon will, think together.",
    Purpose.CULTURE: "People who would never have met get to know each other.",
    Purpose.ONBOARDING: "Newcomers find someone to ask, from their first week on.",
}
"""At most 75 characters: they stand below a choice."""

FIRST_STEPS = {
    Purpose.SKILLS: "First step: pick a time in the next {days} days.",
    Purpose.LEADERSHIP: "First step: pick a time in the next {days} days, and each bring one situation you lead.",
    Purpose.CULTURE: "First step: pick a time in the next {days} days. A walk or a coffee counts.",
    Purpose.ONBOARDING: "First step: say hello here, and pick a time in the next {days} days.",
}
QUESTIONS_FIRST = {
    Purpose.ONBOARDING: "{You} were introduced a little while ago. Have you found a moment yet?",
}
"""Where the first question reads better otherwise."""
