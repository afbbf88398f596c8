"""Listeners, one file per conversation: a button, its modal and its submission read top to bottom in one place."""

from slack_bolt import App

from handlers import (
    acks,
    agreeing,
    checkins,
    closings,
    commands,
    considering,
    delivering,
    events,
    failures,
    filing,
    goals,
    home,
    importing,
    inviting,
    joining,
    kudos,
    learning,
    matches,
    preparing,
    rematching,
    reviewing,
    setting_up,
    setup,
    skills,
    steering,
    values,
)
from handlers.deps import Deps


def register(app: App, deps: Deps) -> None:
    """Everything the bot listens to. The catch-alls of `failures` come last."""
    acks.register(app)
    commands.register(app, deps)
    joining.register(app, deps)
    checkins.register(app, deps)
    closings.register(app, deps)
    steering.register(app, deps)
    filing.register(app, deps)
    kudos.register(app, deps)
    learning.register(app, deps)
    preparing.register(app, deps)
    goals.register(app, deps)
    agreeing.register(app, deps)
    home.register(app, deps)
    setup.register(app, deps)
    setting_up.register(app, deps)
    skills.register(app, deps)
    values.register(app, deps)
    matches.register(app, deps)
    rematching.register(app, deps)
    considering.register(app, deps)
    importing.register(app, deps)
    inviting.register(app, deps)
    reviewing.register(app, deps)
    delivering.register(app, deps)
    events.register(app, deps)
    failures.register(app, deps)
