"""Slack's refusals: nothing invalid is ever posted or opened. Tables of rules, and a small interpreter of them."""

from sandbox.validation.answers import refused_answers
from sandbox.validation.messages import check_message
from sandbox.validation.views import check_options, check_view

__all__ = ["check_message", "check_options", "check_view", "refused_answers"]
