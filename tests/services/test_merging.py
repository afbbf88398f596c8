"""Organizers say which phrases are one: in every profile at once, and for whoever types one later."""

import pytest
from sqlmodel import Session

from bot.domain.matching import Inputs
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow, WrongWords
from bot.services import enrolling, matchmaking, merging, previewing, suggesting
from bot.views.models import Meant, SkillsPage
from storage.tables import Enrollment, MatchRun, Organizer, Program, SkillAlias, Workspace
from tests.builders import ORGANIZER, TEAM, World, profile

OLGA = Actor(TEAM, ORGANIZER)
THREE = ("UANA", "UBEN", "UCHLOE")


def wrote(world: World, phrase: str, *users: str, asked: bool = False) -> None:
    for user in users:
        actor = world.person(user, enrolled=False)
        world.do(enrolling.join, actor, world.program_id, profile([] if asked else [phrase], [phrase] if asked else []))


def page(world: World, actor: Actor = OLGA) -> SkillsPage:
    return world.look(lambda session: merging.page(session, actor, world.program_id))


def grouped(world: World) -> list[list[str]]:
    return [[phrase.wording for phrase in group] for group in page(world).groups]


def merge(world: World, wording: str, *phrases: str) -> int:
    return world.do(merging.merge, OLGA, world.program_id, phrases, wording)


def suggested(world: World, typed: str) -> list[str]:
    return suggesting.looking_like(typed, world.look(lambda session: suggesting.shared(session, TEAM)))


def meant(world: World, user: str, *phrases: str) -> tuple[Meant, ...]:
    def read(session: Session) -> tuple[Meant, ...]:
        among = suggesting.shared(session, TEAM)
        return suggesting.meant(session, Actor(TEAM, user), world.program_id, phrases, among)

    return world.look(read)


def with_two_wordings(world: World) -> World:
    wrote(world, "Public speaking", *THREE)
    wrote(world, "speaking in public", "UDEV", asked=True)
    wrote(world, "presenting in public", "UEVE", asked=True)
    return world


def test_a_merge_is_in_every_profile_of_the_workspace_at_once(either_world: World) -> None:
    world = with_two_wordings(either_world)
    world.do(enrolling.leave, Actor(TEAM, "UCHLOE"), world.program_id)
    assert grouped(world) == [["Public speaking", "speaking in public"]]
    assert merge(world, "Speaking in public", "Public speaking", "presenting in public", "speaking in public") == 5
    said = {row.user_id: (row.offers, row.asks) for row in world.rows(Enrollment)}
    assert said["UDEV"] == said["UEVE"] == ([], ["Speaking in public"])
    assert said["UANA"] == said["UCHLOE"] == (["Speaking in public"], [])
    assert grouped(world) == []


def test_two_wordings_in_one_profile_become_one(world: World) -> None:
    actor = world.person("UANA", enrolled=False)
    world.do(enrolling.join, actor, world.program_id, profile(["presenting", "SQL", "Public speaking"]))
    assert merge(world, "Public speaking", "presenting") == 1
    assert world.enrollment("UANA").offers == ["Public speaking", "SQL"]


def test_who_types_a_merged_phrase_later_gets_its_name_in_any_spelling(either_world: World) -> None:
    world = with_two_wordings(either_world)
    merge(world, "Public speaking", "presenting in public")
    wrote(world, "PRESENTING-in-public", "UFAY")
    assert world.enrollment("UFAY").offers == ["Public speaking"]
    assert suggested(world, "present") == ["Public speaking"]


def test_a_merge_of_a_merge_takes_along_what_stood_for_it(world: World) -> None:
    wrote(world, "presenting", "UANA")
    merge(world, "Public speaking", "presenting")
    merge(world, "Talks", "Public speaking")
    assert {row.key: row.wording for row in world.rows(SkillAlias)} == {
        "presenting": "Talks",
        "public speaking": "Talks",
    }
    merge(world, "presenting", "Talks")
    assert {row.key: row.wording for row in world.rows(SkillAlias)} == {
        "talks": "presenting",
        "public speaking": "presenting",
    }
    assert world.enrollment("UANA").offers == ["presenting"]


def test_after_a_split_people_write_it_their_own_way_again_and_profiles_stay(either_world: World) -> None:
    world = with_two_wordings(either_world)
    merge(world, "Public speaking", "speaking in public")
    with world.writing() as session:
        merging.split(session, OLGA, world.program_id, "speaking in public")
    assert world.enrollment("UDEV").asks == ["Public speaking"]
    wrote(world, "speaking in public", "UDEV")
    assert world.enrollment("UDEV").offers == ["speaking in public"]
    assert grouped(world) == []
    assert page(world).merged == ()


def test_what_is_kept_apart_is_proposed_to_nobody_again(either_world: World) -> None:
    world = with_two_wordings(either_world)
    assert [one.wording for one in meant(world, "UDEV", "speaking in public")] == ["Public speaking"]
    for _ in range(2):
        with world.writing() as session:
            assert merging.group_around(session, OLGA, world.program_id, "public speaking")
            merging.keep_apart(session, OLGA, world.program_id, "public speaking")
            session.flush()
            with pytest.raises(NotPossibleNow):
                merging.keep_apart(session, OLGA, world.program_id, "public speaking")
            session.rollback()
    with world.writing() as session:
        merging.keep_apart(session, OLGA, world.program_id, "public speaking")
    assert grouped(world) == []
    assert meant(world, "UDEV", "speaking in public") == ()


def test_a_merge_needs_another_wording_and_a_name(world: World) -> None:
    for phrases, wording in ((["SQL"], "sql"), ([], "SQL"), (["SQL"], "…")):
        with pytest.raises(WrongWords):
            merge(world, wording, *phrases)


def test_an_approved_phrase_is_suggested_however_few_wrote_it(either_world: World) -> None:
    world = either_world
    wrote(world, "burnout", "UANA")
    assert suggested(world, "burn") == []
    world.do(merging.approve, OLGA, world.program_id, ["Burnout", "burnout", "…"])
    assert suggested(world, "burn") == ["Burnout"]
    assert page(world).approved == ("Burnout",)
    world.do(merging.approve, OLGA, world.program_id, [])
    assert suggested(world, "burn") == []


def test_who_wrote_a_near_phrase_is_told_of_the_shared_one_and_may_use_it(either_world: World) -> None:
    world = with_two_wordings(either_world)
    (one,) = meant(world, "UDEV", "speaking in public")
    assert (one.wording, one.people) == ("Public speaking", 3)
    with world.writing() as session:
        among = suggesting.shared(session, TEAM)
        suggesting.use(session, Actor(TEAM, "UDEV"), world.program_id, "speaking in public", among)
        with pytest.raises(NotPossibleNow):
            suggesting.use(session, Actor(TEAM, "UDEV"), world.program_id, "never written", among)
    assert world.enrollment("UDEV").asks == ["Public speaking"]


def test_nobody_is_asked_about_what_is_not_in_their_own_profile(world: World) -> None:
    with_two_wordings(world)
    assert meant(world, "UANA", "speaking in public") == ()
    assert meant(world, "UNOBODY", "speaking in public") == ()


def test_a_phrase_of_one_person_is_never_what_another_may_have_meant(world: World) -> None:
    wrote(world, "burnout recovery", "UANA")
    wrote(world, "recovery from burnout", "UBEN")
    assert meant(world, "UBEN", "recovery from burnout") == ()


def test_only_organizers_review_merge_split_and_approve(world: World) -> None:
    ana = world.person("UANA")
    acts = (
        lambda: page(world, ana),
        lambda: world.do(merging.merge, ana, world.program_id, ["a", "b"], "c"),
        lambda: world.do(merging.approve, ana, world.program_id, ["a"]),
        lambda: world.look(lambda session: merging.split(session, ana, world.program_id, "a")),
        lambda: world.look(lambda session: merging.keep_apart(session, ana, world.program_id, "a")),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_an_organizer_sees_the_phrases_of_their_own_programs_alone(world: World) -> None:
    with world.writing() as session:
        other = Program(workspace_id=TEAM, name="Other", timezone="Europe/London", created_at=world.now)
        session.add(other)
        session.flush()
        session.add(Organizer(program_id=other.id, user_id="UPAT", workspace_id=TEAM))
        other_id = other.id
    world.person("UPAT", enrolled=False)
    with_two_wordings(world)
    seen = world.look(lambda session: merging.page(session, Actor(TEAM, "UPAT"), other_id))
    assert seen.groups == ()


def test_a_merge_stays_in_its_workspace(world: World) -> None:
    with world.writing() as session:
        session.add(Workspace(id="T2", name="Elsewhere", bot_user_id="UBOT2"))
        session.flush()
        program = Program(workspace_id="T2", name="Theirs", timezone="UTC", created_at=world.now)
        session.add(program)
        session.flush()
        session.add(
            Enrollment(
                workspace_id="T2", program_id=program.id, user_id="UX", offers=["presenting"], joined_at=world.now
            )
        )
    assert merge(world, "Public speaking", "presenting") == 0
    assert world.enrollment("UX").offers == ["presenting"]


def preview(world: World) -> MatchRun:
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    return world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan())


def test_merged_phrases_complement_each_other_in_the_match(world: World) -> None:
    wrote(world, "presenting", "UANA")
    wrote(world, "Public speaking", "UBEN", asked=True)

    def inputs() -> Inputs:
        return world.do(matchmaking.prepare, OLGA, world.program_id).inputs

    before = inputs().plan().pairs[0].score
    merge(world, "Public speaking", "presenting")
    assert inputs().plan().pairs[0].score > before


def test_a_profile_written_during_a_merge_is_matched_by_the_merged_name(world: World) -> None:
    wrote(world, "SQL", "UANA", "UBEN")
    merge(world, "Public speaking", "presenting")
    world.change(world.enrollment("UANA"), offers=["presenting"])
    (ana, _) = world.do(matchmaking.prepare, OLGA, world.program_id).inputs.candidates
    assert ana.offers == ("Public speaking",)


def test_a_preview_made_before_a_merge_can_still_be_read_and_is_released_only_when_made_anew(world: World) -> None:
    with_two_wordings(world)
    run = preview(world)
    merge(world, "Public speaking", "speaking in public", "presenting in public")
    shown = world.look(lambda session: previewing.read_preview(session, run))
    assert shown.pairs
    with pytest.raises(NotPossibleNow):
        world.do(matchmaking.release, OLGA, run.id)
    again = preview(world)
    assert world.do(matchmaking.release, OLGA, again.id).pairs


@pytest.mark.parametrize(
    "phrase", ["<!channel>", "&amp; & <b>", "💃🏽" * 30, "عرض تقديمي\u202e", "x" * 10_000, "a\nb\tc"]
)
def test_any_words_can_be_merged_and_suggested(either_world: World, phrase: str) -> None:
    world = either_world
    wrote(world, phrase, *THREE)
    assert merge(world, "Public speaking", phrase) == 3
    assert world.enrollment("UANA").offers == ["Public speaking"]
    assert suggested(world, phrase[:60]) == ["Public speaking"]
