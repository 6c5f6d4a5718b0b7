"""Every function that makes a sentence, over a table of interval, reference, n, state and polarity, in both languages.

The table is made from the types and names of the parameters, so that a new function is in it by itself.
"""

from __future__ import annotations

import inspect
import itertools
import random
import re
import types
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from jobcentre_desk.desk import (
    alert_wording,
    branch_wording,
    employer_branch_wording,
    goal_wording,
    measure_wording,
    municipality_wording,
    trend_wording,
    wording,
)
from jobcentre_desk.desk.expected import GROUPS
from jobcentre_desk.desk.wording import Sentence
from jobcentre_desk.model.alerts import AlertUnit
from jobcentre_desk.model.charts import TrendMarker
from jobcentre_desk.model.outcomes import Period, Place, Rate, Verdict
from jobcentre_desk.model.periods import Quarter, QuarterSpan
from jobcentre_desk.statistics.overdispersion import Overdispersion
from jobcentre_desk.text import use_language

WORDINGS = (
    wording,
    municipality_wording,
    measure_wording,
    branch_wording,
    employer_branch_wording,
    trend_wording,
    goal_wording,
    alert_wording,
)
LAST = Quarter.of(2026, 1)
MOST_CASES = 1_500
RATES = (
    Rate(0, 0, None, None, None),
    Rate(0, 1, 0.0, 0.0, 0.79),
    Rate(1, 1, 1.0, 0.21, 1.0),
    Rate(1, 2, 0.5, 0.09, 0.91),
    Rate(1234, 5678, 1234 / 5678, 0.2066, 0.2282),
)
OF_TYPE: dict[Any, tuple[Any, ...]] = {
    int: (0, 1, 2, 1234),
    float: (0.0, 0.004, 0.34, 1.0),
    bool: (False, True),
    Decimal: (Decimal("-0.05"), Decimal(0), Decimal("10.05")),
    Rate: RATES,
    Quarter: (LAST,),
    Period: tuple(
        Period(span=QuarterSpan(LAST.plus(-back), LAST.plus(later)), known_through=LAST, widened=back > 3)
        for back in (0, 3, 11)
        for later in (0, 2)
    ),
    Place: (Place(1, 1), Place(4, 631)),
    Overdispersion: tuple(Overdispersion(2.5, 0.05, 40, found) for found in (False, True)),
    types.NoneType: (None,),
}
OF_NAME: dict[str, tuple[Any, ...]] = {
    "group": (*GROUPS, "another"),
    "period": ("2025QMAT04", "2026M06", "2025Q02", "2025Y01", "unread"),
    "peers_by": ("expected", "distance", "statbank_group"),
    "kind": ("branch", "employer"),
    "names": ((), ("Randers",), ("Randers", "Skive")),
    "difference": (None, (0.01, -0.2, 0.2), (-0.345, -0.5, -0.1), (0.0, 0.0, 0.0)),
    "peers": ([], [Decimal(1)], [Decimal(1), Decimal(12)]),
    "digits": (None, "10.05", Decimal("-1234.5")),
}
OF_FUNCTION: dict[tuple[str, str], tuple[Any, ...]] = {
    ("peers_sentence", "peers"): (0, 1, 5),
    ("direction_word", "direction"): (Verdict.ABOVE, Verdict.BELOW),
    ("trend_words", "direction"): (-1, 0, 1),
    ("dismissed_words", "by"): ("", "Kim"),
    ("gap_in_units", "difference"): ("0.5",),
    ("limit_word", "level"): (0.95, 0.998),
    ("history_sentence", "axis_from"): ("4", "0 %"),
    ("kind_word", "kind"): ("occupation", "benefit_group", "programme"),
    ("fund_sentence", "funds"): (1, 2, 21),
    ("goal_sentence", "year"): (2026,),
    ("no_figure_sentence", "why"): ("", "Why there is none."),
}
MADE_OF_ROWS = {"works_line"}
"""Functions that take rows of figures; their tests stand with those rows."""
YEARS = {"goal_sentence"}
"""Functions that tell a year, which has no sign between its thousands."""
LINES = {"period_sentence"}
"""Functions that make a line of parts with points between them."""
FORBIDDEN = re.compile(r"\b(best|worst|success\w*|bedste?|dårligste?|værste?|ringeste|succes\w*)\b", re.IGNORECASE)
BROKEN = re.compile(r"[{}]|\bNone\b|\bnan\b|\d\.\d{5,}|  |\(\)|\.\.|\s[.,;]|\b1234\b|[a-z_]+\.[A-Z_]{3,}")


def made_by(module: types.ModuleType) -> list[Callable[..., Any]]:
    """The public functions of a module that give words."""
    found = [one for _name, one in inspect.getmembers(module, inspect.isfunction) if one.__module__ == module.__name__]
    words = (str, Sentence, TrendMarker)
    public = [one for one in found if not one.__name__.startswith("_") and one.__name__ not in MADE_OF_ROWS]
    return [one for one in public if get_type_hints(one)["return"] in words]


EVERY = [(module, function) for module in WORDINGS for function in made_by(module)]
SENTENCES = [one for one in EVERY if one[1].__name__.endswith("_sentence") and one[1].__name__ not in LINES]


def values_of(function: Callable[..., Any], name: str, kind: Any) -> Sequence[Any]:
    """What a parameter is tried with."""
    if (function.__name__, name) in OF_FUNCTION:
        return OF_FUNCTION[(function.__name__, name)]
    if get_origin(kind) in (Union, types.UnionType) and name not in OF_NAME:
        return [value for each in get_args(kind) for value in values_of(function, name, each)]
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return list(kind)
    if kind in OF_TYPE:
        return OF_TYPE[kind]
    return OF_NAME.get(name, (f"«{name}»",))


def cases(function: Callable[..., Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """What a function says for every row of its table; a large table is drawn from, always the same way."""
    hints = get_type_hints(function)
    names = list(inspect.signature(function).parameters)
    table = list(itertools.product(*(values_of(function, name, hints[name]) for name in names)))
    for row in random.Random(1).sample(table, MOST_CASES) if len(table) > MOST_CASES else table:
        given = dict(zip(names, row, strict=True))
        parameters = inspect.signature(function).parameters
        places = [given[n] for n in names if parameters[n].kind is not inspect.Parameter.KEYWORD_ONLY]
        keywords = {n: given[n] for n in names if parameters[n].kind is inspect.Parameter.KEYWORD_ONLY}
        yield function(*places, **keywords), given


def texts_of(said: Any) -> tuple[str, ...]:
    """The words of what a function gave."""
    if isinstance(said, Sentence):
        return (said.text, said.strong)
    return (said.word, said.reason) if isinstance(said, TrendMarker) else (said,)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(("module", "function"), EVERY, ids=lambda one: one.__name__.rpartition(".")[2])
def test_every_case_is_whole_and_calls_nobody_best_or_worst(
    module: types.ModuleType, function: Callable[..., Any], language: str
) -> None:
    use_language(language)
    seen = 0
    for said, given in cases(function):
        for words in texts_of(said):
            seen += 1
            assert not FORBIDDEN.search(words), (words, given)
            plain = words if function.__name__ not in YEARS else words.replace("2026", "")
            assert not BROKEN.search(plain), (words, given)
            assert words == words.strip(), (words, given)
            if (module, function) in SENTENCES and not isinstance(said, Sentence):
                assert words == "" or words.endswith("."), (words, given)
    assert seen


@pytest.mark.parametrize(("module", "function"), SENTENCES, ids=lambda one: one.__name__.rpartition(".")[2])
def test_a_sentence_is_said_in_the_language_in_use(module: types.ModuleType, function: Callable[..., Any]) -> None:
    assert function.__module__ == module.__name__
    said: dict[str, list[str]] = {}
    for language in ("da", "en"):
        use_language(language)
        said[language] = [texts_of(one)[0] for one, _given in cases(function)]
    same = {danish for danish, english in zip(said["da"], said["en"], strict=True) if danish == english}
    assert same <= {""}


RANDOM = random.Random(4)
TOLD = [
    (n, RANDOM.choice(list(AlertUnit)), direction) for n in (1, 2, 7) for direction in (Verdict.ABOVE, Verdict.BELOW)
]


@pytest.mark.parametrize(("n", "unit", "direction"), TOLD)
def test_singular_and_plural_of_an_alert(n: int, unit: AlertUnit, direction: Verdict) -> None:
    english = alert_wording.rate_alert_sentence(1, n, reference=0.4, unit=unit, direction=direction)
    assert english.startswith(f"Of {n} completed traineeship{'' if n == 1 else 's'}, 1 went on to a job.")
    assert ("above" in english, "below" in english) == (direction is Verdict.ABOVE, direction is Verdict.BELOW)
    use_language("da")
    danish = alert_wording.rate_alert_sentence(1, n, reference=0.4, unit=unit, direction=direction)
    assert ("over" in danish.partition(".")[2], "under" in danish) == (
        direction is Verdict.ABOVE, direction is Verdict.BELOW,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(("n", "verdict"), list(itertools.product((0, 1, 4, 5, 42), Verdict)))
def test_only_the_rule_says_that_two_cannot_be_told_apart(n: int, verdict: Verdict, language: str) -> None:
    use_language(language)
    apart = {"da": "kan ikke skelnes", "en": "cannot be told apart"}[language]
    words = wording.chance_sentence(n, verdict=verdict)
    assert (apart in words) is (verdict is Verdict.CANNOT_TELL and n >= wording.FEW)
    assert (words == "") is (verdict is Verdict.HIDDEN)
    assert (apart in wording.verdict_word(verdict)) is (verdict is Verdict.CANNOT_TELL)
