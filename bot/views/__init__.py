"""What people see. Importing the package makes every notice drawable: some stand beside what they lead to."""

from bot.views import celebrations, considering, delivering, steering

__all__ = ["celebrations", "considering", "delivering", "steering"]
