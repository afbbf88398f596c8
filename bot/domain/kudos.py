"""Thanks from one colleague to another, and whether the channel may hear them."""

from enum import StrEnum


class Consent(StrEnum):
    """The answer to "OK to post?": silence by the deadline means private."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    EXPIRED = "expired"


MOST_A_DAY = 10
"""People someone thanks in a day: thanks to everyone are read as thanks to nobody."""
LONGEST_REASON = 500
"""Characters of thanks: the consent question quotes them whole, and stays readable."""
