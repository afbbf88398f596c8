"""What people see. Importing the package makes every notice drawable: those around a match have a file of their own."""

from bot.views import considering

__all__ = ["considering"]
