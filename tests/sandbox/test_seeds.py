"""The seeds are Slack only, consistent in themselves, and as varied as real workspaces are."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

SEEDS = Path(__file__).parents[2] / "sandbox" / "seeds"
USER_KEYS = {
    "id", "name", "real_name", "display_name", "title", "tz", "is_admin", "is_owner", "is_bot", "deleted",
    "is_restricted", "is_ultra_restricted", "is_stranger", "is_invited_user", "fields",
}  # fmt: skip
OUTSIDE = ("is_bot", "deleted", "is_restricted", "is_stranger", "is_invited_user")


def load(name: str) -> dict[str, Any]:
    seed: dict[str, Any] = yaml.safe_load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"))
    return seed


@pytest.fixture(params=["company", "small", "world"])
def seed(request: pytest.FixtureRequest) -> dict[str, Any]:
    return load(request.param)


def full_members(seed: dict[str, Any]) -> list[dict[str, Any]]:
    return [u for u in seed["users"] if u["id"] != "USLACKBOT" and not any(u.get(flag) for flag in OUTSIDE)]


def managers_above(seed: dict[str, Any], user_id: str) -> Iterator[str]:
    manager = {u["id"]: u.get("fields", {}).get("Manager") for u in seed["users"]}
    above = manager[user_id]
    while above:
        yield above
        above = manager[above]


def test_ids_and_names_are_unique(seed: dict[str, Any]) -> None:
    for things in (seed["users"], seed["channels"], seed["profile_fields"]):
        assert len({thing["id"] for thing in things}) == len(things)
    assert len({u["name"] for u in seed["users"]}) == len(seed["users"])


def test_every_reference_exists(seed: dict[str, Any]) -> None:
    ids = {u["id"] for u in seed["users"]}
    labels = {f["label"] for f in seed["profile_fields"]}
    for user in seed["users"]:
        assert set(user) <= USER_KEYS
        assert set(user.get("fields", {})) <= labels
        assert user.get("fields", {}).get("Manager", user["id"]) in ids
    for channel in seed["channels"]:
        assert channel["members"] == "all" or set(channel["members"]) <= ids


def test_nobody_manages_themselves_however_far_up(seed: dict[str, Any]) -> None:
    for user in seed["users"]:
        above = []
        for manager in managers_above(seed, user["id"]):
            assert manager != user["id"]
            above.append(manager)
            assert len(above) <= 4


def test_every_time_zone_is_real(seed: dict[str, Any]) -> None:
    for user in seed["users"]:
        assert ZoneInfo(user["tz"]).key == user["tz"]


def test_the_clock_starts_on_a_weekday_morning(seed: dict[str, Any]) -> None:
    start = datetime.fromisoformat(seed["clock"]["start"])
    assert start.tzinfo is not None
    assert start.weekday() < 5
    assert 6 <= start.hour < 12


def test_a_seed_knows_nothing_of_mentorship_but_one_channel_name() -> None:
    for path in SEEDS.glob("*.yaml"):
        words = path.read_text(encoding="utf-8").lower().replace("name: peer-mentoring", "")
        assert "mentor" not in words.replace("c0peermentoring", "")


def test_the_company_is_thirty_people_on_four_continents_in_six_departments() -> None:
    people = full_members(load("company"))
    assert len(people) == 30
    continents = {p["tz"].split("/")[0] for p in people}
    assert continents >= {"Europe", "America", "Asia", "Africa", "Australia"}
    departments = {p["fields"]["Department"] for p in people if p.get("fields", {}).get("Department")}
    assert len(departments) == 6
    near = [p for p in people if p["tz"].split("/")[0] in ("Europe", "America")]
    assert len(near) >= 22  # most can find shared hours


def test_the_reporting_tree_is_three_to_four_levels_deep_and_has_gaps() -> None:
    company = load("company")
    depths = [len(list(managers_above(company, p["id"]))) + 1 for p in full_members(company)]
    assert max(depths) in (3, 4)
    assert any("Department" not in p.get("fields", {}) for p in full_members(company))
    assert sum("Manager" not in p.get("fields", {}) for p in full_members(company)) >= 3


def test_the_company_holds_every_kind_of_account_slack_knows() -> None:
    users = load("company")["users"]
    for flag in (*OUTSIDE, "is_ultra_restricted", "is_admin", "is_owner"):
        assert any(u.get(flag) for u in users), flag
    assert any(u["id"] == "USLACKBOT" and not u.get("is_bot") for u in users)
    assert any(not u["display_name"] for u in users)
    assert any(not u["real_name"].isascii() for u in users)


def test_a_single_channel_guest_is_in_one_channel() -> None:
    company = load("company")
    single = [u["id"] for u in company["users"] if u.get("is_ultra_restricted")]
    rooms = [c["name"] for c in company["channels"] if c["members"] != "all" and single[0] in c["members"]]
    assert len(rooms) == 1


def test_the_small_workspace_is_nine_people_and_three_who_are_none() -> None:
    small = load("small")
    assert [p["display_name"] for p in full_members(small)] == [
        "Ana", "Ben", "Chloé", "Dev", "Eva", "Femi", "Gita", "Hugo", "Inês",
    ]  # fmt: skip
    assert sum(bool(u.get("is_admin")) for u in small["users"]) == 1
    assert {c["name"] for c in small["channels"]} == {"general", "peer-mentoring"}


def test_the_world_is_three_hundred_people_in_twelve_countries() -> None:
    world = load("world")
    zones = [user["tz"] for user in full_members(world)]
    assert len(zones) == 300
    assert {zones.count(zone) for zone in set(zones)} == {25}
    assert len(set(zones)) == 12
