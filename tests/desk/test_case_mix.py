"""What is usual of people like those an employer took: its strata, what chance gives, and what may leave the screen."""

from __future__ import annotations

from typing import Any

import pytest

from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.employer_page import employer_page
from jobcentre_desk.desk.exports import shared_employer_page
from jobcentre_desk.model.case_mix import CaseMix, Widened
from jobcentre_desk.model.outcomes import Scope, Verdict

OWN = "10000000"
NBSP = "\N{NO-BREAK SPACE}"


def mix(world: Any) -> CaseMix:
    found = compare_employer(world.figures(), OWN, scope=Scope()).case_mix
    assert found is not None
    return found


def test_the_strata_are_held_against_others_like_them(world: Any) -> None:
    world.add(0, 6, same=3)
    world.add(0, 4, same=1, occupation="5223", group="sickness")
    world.add_others(24, 10, same=4, elsewhere=0)
    world.add_others(24, 10, same=1, elsewhere=0, occupation="5223", group="sickness")
    found = mix(world)
    told = [(one.occupation, one.benefit_group, one.completed, one.others_jobs, one.others_completed, one.widened)
            for one in found.strata]  # fmt: skip
    assert told == [("9333", "cash", 6, 96, 240, Widened.NOT), ("5223", "sickness", 4, 24, 240, Widened.NOT)]
    assert found.expected == pytest.approx(6 * 0.4 + 4 * 0.1)
    assert found.variance == pytest.approx(6 * 0.4 * 0.6 + 4 * 0.1 * 0.9)


def test_a_stratum_of_few_others_says_how_far_it_was_widened(world: Any) -> None:
    world.add(0, 10, same=5, group="sickness")
    world.add(0, 10, same=5, occupation="5223")
    world.add_others(2, 10, same=4, elsewhere=0)
    page = employer_page(world.figures(), OWN, scope=Scope())
    assert page.case_mix is not None
    others = {row[1]: row[-1] for row in page.case_mix.table.rows}
    assert others["en 9333"] == "the same branch and occupation, all benefit groups"
    assert others["en 5223"].startswith("the whole country")


def test_the_sentence_says_what_is_usual_and_what_chance_gives(world: Any) -> None:
    world.add(0, 20, same=18)
    world.add_others(24, 10, same=4, elsewhere=0)
    page = employer_page(world.figures(), OWN, scope=Scope())
    assert page.case_mix is not None
    assert f"usually 40{NBSP}%. Here it is 90{NBSP}%." in page.case_mix_line
    assert page.case_mix_line.endswith(f"19–61{NBSP}%: a difference this large seldom comes about so.")
    bar = page.case_mix.groups[0].bars[0]
    assert (bar.verdict, bar.reference, bar.note) == (Verdict.ABOVE, 0.4, "18 in a job, 8.0 expected")
    world.reset()
    world.add(0, 20, same=9)
    world.add_others(24, 10, same=4, elsewhere=0)
    inside = employer_page(world.figures(), OWN, scope=Scope())
    assert inside.case_mix_line.endswith("so the difference may be chance.")


def test_strata_of_few_people_are_nowhere_in_what_leaves_the_screen(world: Any) -> None:
    world.add(0, 18, same=8)
    world.add(0, 2, same=1, occupation="5223")
    world.add_others(24, 10, same=4, elsewhere=0)
    shown = employer_page(world.figures(), OWN, scope=Scope()).case_mix
    assert shown is not None
    assert len(shown.table.rows) == 2
    shared = shared_employer_page(world.figures(), OWN, scope=Scope()).case_mix
    assert shared is not None
    assert shared.table.rows == (("hidden", "", "", "", "", "", ""),)
    world.reset()
    world.add(0, 4, same=2)
    world.add_others(24, 10, same=4, elsewhere=0)
    assert shared_employer_page(world.figures(), OWN, scope=Scope()).case_mix is None


def test_programmes_are_told_apart_where_there_are_several(world: Any) -> None:
    world.add(0, 12, same=6)
    assert employer_page(world.figures(), OWN, scope=Scope()).programmes is None
    world.add(0, 20, same=5, programme="subsidy")
    for scope in (Scope(), Scope(programmes=("traineeship",))):
        chart = employer_page(world.figures(), OWN, scope=scope).programmes
        assert chart is not None
        assert [(bar.label, bar.note) for bar in chart.groups[0].bars] == [
            ("en subsidy", "5 of 20"), ("en traineeship", "6 of 12"),
        ]  # fmt: skip
        assert len(chart.table.rows) == 2
