"""The words, and nothing else: what the bot says, asks and answers. Names in braces are filled in by the views."""
