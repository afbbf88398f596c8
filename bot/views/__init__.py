"""What people see. Importing the package makes every notice drawable: some stand beside what they lead to."""

from bot.views import agreement, celebrations, closings, considering, delivering, inviting, rounding_up, steering

__all__ = ["agreement", "celebrations", "closings", "considering", "delivering", "inviting", "rounding_up", "steering"]
