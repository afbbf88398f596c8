"""The reason in words: what both may read, in the voice of whoever reads, and nothing private."""

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.matching import (
    Audience,
    Candidate,
    MatchPlan,
    PlannedPair,
    Rules,
    Skill,
    Weights,
    overlap_sentence,
    plan,
    plan_to_json,
    reason,
)
from bot.domain.matching.sentences import plain, segments_from_json, segments_to_json

NAMES = {"U1": "Ana", "U2": "Ben", "U3": "Chloé", "U4": "Dev"}
ANA = Candidate("U1", ("SQL",), ("giving feedback",), style={"rhythm": "a"}, timezone="Europe/Lisbon", hours=(540, 900))
BEN = Candidate(
    "U2", ("Giving  feedback",), ("sql",), style={"rhythm": "a"}, timezone="Europe/London", hours=(600, 1020)
)


def match(*people: Candidate, rules: Rules | None = None) -> MatchPlan:
    return plan(people, rules=rules or Rules(), weights=Weights(), on=date(2026, 1, 14), seed=1)


def only(*people: Candidate) -> PlannedPair:
    (pair,) = match(*people).pairs
    return pair


def said(*people: Candidate, audience: Audience = Audience.PAIR) -> str:
    pair = only(*people)
    return plain(reason(pair.clauses, pair.members, NAMES, audience))


def test_the_introduction_of_the_product_page() -> None:
    assert said(ANA, BEN) == (
        "Ben can help with *giving feedback*, which Ana asked for; Ana offers *sql*, which Ben wants;"
        " you both like short, frequent talks."
    )
    assert overlap_sentence(only(ANA, BEN).overlap) == "Your hours overlap 10:00-15:00."


def test_an_organizer_reads_about_them_and_not_about_you() -> None:
    assert said(ANA, BEN, audience=Audience.ORGANIZER).endswith("; they both like short, frequent talks.")
    assert overlap_sentence(only(ANA, BEN).overlap, Audience.ORGANIZER).startswith("Their hours overlap")


def test_hours_in_two_zones_are_told_in_both_clocks() -> None:
    far = replace(BEN, timezone="America/New_York", hours=(540, 1020))
    near = replace(ANA, hours=(540, 1020))
    assert overlap_sentence(only(near, far).overlap) == (
        "Your hours overlap 14:00-17:00 in Lisbon, 09:00-12:00 in New York."
    )
    assert overlap_sentence(None) == ""


def test_peoples_own_words_stay_marked_and_untouched_for_the_view_to_escape() -> None:
    wild = "<!channel> & *bold*"
    pair = only(replace(ANA, asks=(wild,)), replace(BEN, offers=(wild,)))
    segments = reason(pair.clauses, pair.members, NAMES)
    assert segments[:3] == ("Ben can help with ", Skill(wild), ", which Ana asked for; Ana offers ")
    assert segments_from_json(json.loads(json.dumps(segments_to_json(segments)))) == segments


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ({}, {}, "you two are new to each other."),
        ({"department": "A"}, {"department": "B"}, "you two come from different departments."),
        ({"goals": ("Lead a team",)}, {"goals": ("lead a team.",)}, "you two share the goal *Lead a team*."),
        (
            {"goals": ("leading remote teams",)},
            {"goals": ("remote work", "team health")},
            "your goals meet at *remote* and *teams*.",
        ),
        ({"style": {"thinking": "b"}}, {"style": {"thinking": "b"}}, "you both like to think first."),
        ({"style": {"thinking": "b"}}, {"style": {"thinking": "a"}}, "you two are new to each other."),
        ({"style": {"thinking": "?"}}, {"style": {"thinking": "?"}}, "you two are new to each other."),
    ],
)
def test_every_reason_has_its_words(one: dict[str, object], other: dict[str, object], sentence: str) -> None:
    assert said(Candidate("U1", **one), Candidate("U2", **other)) == sentence  # type: ignore[arg-type]


def test_a_trio_is_told_who_helps_whom_by_name() -> None:
    third = Candidate("U3", offers=("SQL",), goals=("hiring",), style={"rhythm": "a"})
    told = said(replace(ANA, goals=("Hiring",)), BEN, third)
    assert "Chloé can help with *sql*, which Ben asked for" in told
    assert "Ana and Chloé share the goal *Hiring*" in told
    assert overlap_sentence(only(ANA, BEN, third).overlap) == ""


def test_three_of_one_mind_are_all_and_not_both() -> None:
    same = [Candidate(name, style={"rhythm": "b"}) for name in ("U1", "U2", "U3")]
    assert said(*same) == "you all like long, rare talks."


def test_no_word_of_a_plan_tells_of_avoiding_vetoes_or_managers() -> None:
    private = [
        replace(ANA, avoid=frozenset({"U3"})),
        BEN,
        Candidate("U3", manager="U4"),
        Candidate("U4", avoid=frozenset({"U1"})),
    ]
    rules = Rules(vetoes=frozenset({frozenset(("U2", "U4"))}))
    told = json.dumps(plan_to_json(match(*private, rules=rules))).casefold()
    assert not any(word in told for word in ("avoid", "veto", "manager", "report"))


def test_where_the_plan_is_the_same_private_rules_change_no_byte_of_it() -> None:
    quiet = match(ANA, BEN)
    for hidden in (
        match(replace(ANA, avoid=frozenset({"U9"})), BEN),
        match(ANA, BEN, rules=Rules(vetoes=frozenset({frozenset(("U1", "U9"))}))),
    ):
        assert json.dumps(plan_to_json(hidden)) == json.dumps(plan_to_json(quiet))
