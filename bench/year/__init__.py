"""A year of a company in 12 countries, under one seed, looked over by somebody who knows none of the bot's rules.

Everything but Slack is the bot itself: its services, heartbeat, database, sender and words. People answer, thank, take
breaks, want quiet and move (people.py); the bot is away for hours or days, and so is Slack (seeded_slack.py), which
also asks for patience and loses answers. The checker (naive_calendar.py) is told what was sent.
"""
