"""Where `user:U7`, `pair:42` and `channel:C3` are in Slack, as far as it is known."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select, update

from storage import people
from storage.tables import OutboxRow, Pair, PairMember, Person

AT_ONCE = 20


@dataclass(frozen=True)
class Address:
    """A conversation, by `channel_id` once it was opened; until then the `user_ids` to open it with."""

    channel_id: str | None
    user_ids: tuple[str, ...] = ()


def address_of(session: Session, workspace_id: str, to: str) -> Address | None:
    """Where to post; None when there is nobody: a person who is gone, or a pair that never was."""
    kind, _, name = to.partition(":")
    if kind == "user":
        return _address_of_a_person(session, workspace_id, name)
    if kind == "pair":
        return _address_of_a_pair(session, workspace_id, int(name))
    return Address(name)


def with_readers(session: Session, rows: Sequence[OutboxRow]) -> Iterator[OutboxRow]:
    """The same rows; the people they go to are read a few at a time rather than one by one."""
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        places = {(row.workspace_id, row.to.removeprefix("user:")) for row in some if row.to.startswith("user:")}
        at_hand = people.of_readers(session, places)  # the session finds them again as long as somebody holds them
        yield from some
        del at_hand


def check_address(to: str) -> None:
    """Raises ValueError for what could never be delivered."""
    if not re.fullmatch(r"user:\w+|pair:\d+|channel:\w+", to, re.ASCII):
        raise ValueError(f"Nobody lives at {to!r}: an address is user:U7, pair:42 or channel:C3.")


def remember_address(session: Session, workspace_id: str, to: str, channel_id: str) -> None:
    """Keep the conversation that Slack opened for a person or a pair."""
    kind, _, name = to.partition(":")
    if kind == "user":
        person = update(Person).where(col(Person.workspace_id) == workspace_id, col(Person.user_id) == name)
        session.exec(person.values(dm_id=channel_id))
    if kind == "pair":
        pair = update(Pair).where(col(Pair.workspace_id) == workspace_id, col(Pair.id) == int(name))
        session.exec(pair.values(channel_id=channel_id))


def _address_of_a_person(session: Session, workspace_id: str, user_id: str) -> Address | None:
    person = session.get(Person, (workspace_id, user_id))
    if person is None:
        return Address(None, (user_id,))
    return None if person.is_gone else Address(person.dm_id, (user_id,))


def _address_of_a_pair(session: Session, workspace_id: str, pair_id: int) -> Address | None:
    pair = session.exec(select(Pair).where(Pair.workspace_id == workspace_id, Pair.id == pair_id)).first()
    if pair is None:
        return None
    members = select(PairMember.user_id).where(PairMember.pair_id == pair_id).order_by(PairMember.user_id)
    return Address(pair.channel_id, tuple(session.exec(members)))
