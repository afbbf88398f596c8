"""Answers that depend on where a person stands."""

import pytest

from bot.views import answers
from tests.views.notices import Words
from tests.views.surfaces import standings

HERE = standings(Words())


@pytest.mark.parametrize("name", [name for name, here in HERE.items() if not here.pairs])
def test_who_has_no_partner_is_told_where_they_stand(name: str) -> None:
    """Not that they are in line: they may not have joined, or be on a break."""
    assert answers.match(HERE[name]) == answers.status(HERE[name])
