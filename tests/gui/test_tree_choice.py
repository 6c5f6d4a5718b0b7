"""Ticks in trees of codes and areas."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jobcentre_desk.gui.tree_choice import AreaChoice, CodeChoice, Tick
from jobcentre_desk.model.classifications import Code, CodeTree

TREE = CodeTree(
    [
        Code("G", "Handel", "Trade"),
        Code("46", "Engros", "Wholesale", "G", 2),
        Code("47", "Detail", "Retail", "G", 2),
        Code("47.1", "Varehuse", "Department stores", "47", 3),
        Code("47.2", "Fødevarer", "Food", "47", 3),
        Code("H", "Transport", "Transport"),
        Code("49", "Land", "Land transport", "H", 2),
    ]
)
CODES = [code.code for code in TREE]
REGION = {"82": ("730", "751"), "730": ("730",), "751": ("751",)}


def test_a_ticked_branch_ticks_all_under_it_and_partly_ticks_what_is_above() -> None:
    choice = CodeChoice(TREE).toggled("47")
    assert choice.codes == {"47"}
    assert choice.tick("47.1") is Tick.ON
    assert choice.tick("G") is Tick.PARTLY
    assert choice.tick("H") is Tick.OFF


def test_unticking_one_under_a_ticked_branch_keeps_its_siblings() -> None:
    choice = CodeChoice(TREE, frozenset({"G"})).toggled("47.1")
    assert choice.codes == {"46", "47.2"}
    assert choice.tick("47") is Tick.PARTLY


def test_ticking_the_last_sibling_ticks_the_branch_above() -> None:
    choice = CodeChoice(TREE, frozenset({"46", "47.2"})).toggled("47.1")
    assert choice.codes == {"G"}


@given(st.lists(st.sampled_from(CODES), max_size=12))
def test_a_second_click_undoes_the_first_and_no_code_is_held_twice_over(clicks: list[str]) -> None:
    choice = CodeChoice(TREE)
    for code in clicks:
        before = choice.tick(code)
        choice = choice.toggled(code)
        assert (choice.tick(code) is Tick.ON) == (before is not Tick.ON)
        assert all(not {a.code for a in TREE.ancestors(c)} & choice.codes for c in choice.codes)


@given(st.sets(st.sampled_from(["46", "47.1", "47.2", "49"])), st.sampled_from(CODES))
def test_a_click_changes_nothing_outside_the_code_clicked(chosen: set[str], code: str) -> None:
    choice = CodeChoice(TREE)
    for each in sorted(chosen):
        choice = choice.toggled(each)
    outside = [c for c in ("46", "47.1", "47.2", "49") if c not in TREE.closure([code])]
    after = choice.toggled(code)
    assert [after.tick(c) for c in outside] == [choice.tick(c) for c in outside]


def test_a_region_is_only_its_municipalities() -> None:
    choice = AreaChoice(lambda code: REGION[code]).toggled("730")
    assert choice.tick("82") is Tick.PARTLY
    assert choice.toggled("82").codes == {"730", "751"}
    assert choice.toggled("82").toggled("82").codes == frozenset()
