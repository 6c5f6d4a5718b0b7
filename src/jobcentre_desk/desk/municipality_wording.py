"""Every sentence about a municipality: expected against actual, its peers, the gap in persons, the official rank."""

from __future__ import annotations

from decimal import Decimal

from jobcentre_desk.desk.wording import Sentence
from jobcentre_desk.model.cards import Component
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.text import NO_BREAK_SPACE, count, decimal
from jobcentre_desk.text import month as month_text
from jobcentre_desk.text import quarter as quarter_text
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n


def group_name(group: str) -> str:
    """The name of a benefit group of y30r21, as it stands within a sentence."""
    return {
        "all": _("public benefits"),
        "unemployment_benefit": _("unemployment benefit"),
        "sickness_benefit": _("sickness benefit"),
        "cash_benefit": _("cash benefit"),
    }.get(group, group)


def group_title(group: str) -> str:
    """The name of a benefit group of y30r21 at the head of a line or on a button."""
    return {
        "all": _("All benefit groups"),
        "unemployment_benefit": _("Unemployment benefit"),
        "sickness_benefit": _("Sickness benefit"),
        "cash_benefit": _("Cash benefit"),
    }.get(group, group)


def period_words(period: str) -> str:
    """A published period in words: "the year to the end of Q4 2022"; a code that cannot be read stands as it is."""
    parsed = PublishedPeriod.parse(period)
    if parsed is None:
        return period
    if parsed.kind == "QMAT":
        return _("the year to the end of {quarter}").format(quarter=quarter_text(parsed.year, parsed.number))
    if parsed.kind == "Q":
        return quarter_text(parsed.year, parsed.number)
    if parsed.kind == "M":
        return month_text(parsed.year, parsed.number)
    if parsed.kind == "Y":
        return str(parsed.year)
    return _("month {month} of {year}").format(month=parsed.number, year=parsed.year)


def published_number(digits: str | Decimal | None, *, signed: bool = False) -> str:
    """Published digits in the language in use, none rounded away: "10,05", signed "−0,05"; "–" for none."""
    if digits is None:
        return "–"
    value = Decimal(digits)
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return decimal(float(value), places=places, signed=signed)


def published_percent(digits: str | Decimal | None) -> str:
    """A published share in percent: "10,05 %"; "–" for none."""
    return "–" if digits is None else f"{published_number(digits)}{NO_BREAK_SPACE}%"


def expected_sentence(
    name: str, group: str, *, actual: Decimal | None, expected: Decimal | None, persons: int | None
) -> Sentence:
    """Actual share beside what was expected, and the difference in full-time persons."""
    if actual is None or expected is None:
        return Sentence(_("Nothing is published about expected and actual share in {name}.").format(name=name))
    first = _(
        "In {name}, {actual} were on {group}, where {expected} was to be expected with the framework conditions "
        "of the municipality."
    ).format(name=name, actual=published_percent(actual), group=group_name(group), expected=published_percent(expected))
    if persons is None:
        return Sentence(first)
    if persons == 0:
        return Sentence(first + " " + _("That is as many full-time persons as expected."))
    strong = persons_more_or_fewer(persons)
    return Sentence(first + " " + _("That is {persons} than expected.").format(persons=strong), strong)


def persons_more_or_fewer(persons: int) -> str:
    """A difference in full-time persons: "30 full-time persons fewer"."""
    number = abs(persons)
    if persons > 0:
        text = _n("{n} full-time person more", "{n} full-time persons more", number)
    else:
        text = _n("{n} full-time person fewer", "{n} full-time persons fewer", number)
    return text.format(n=count(number))


def peers_sentence(peers_by: str, peers: int, middle: Decimal | None) -> str:
    """Where the middle of the peers lies beside what was expected of them."""
    if not peers or middle is None:
        return _("No peers are published to compare with.")
    subject = {
        "expected": _n(
            "{n} municipality with nearly the same expected share",
            "{n} municipalities with nearly the same expected share",
            peers,
        ),
        "distance": _n(
            "{n} municipality with a similar background", "{n} municipalities with a similar background", peers
        ),
        "statbank_group": _n(
            "{n} municipality of the same group at Statistics Denmark",
            "{n} municipalities of the same group at Statistics Denmark",
            peers,
        ),
        "own": _n("{n} municipality of your own group", "{n} municipalities of your own group", peers),
    }[peers_by].format(n=count(peers))
    if middle == 0:
        return _("The middle of {peers} lies where it was expected.").format(peers=subject)
    if middle < 0:
        text = _("The middle of {peers} lies {points} percentage points below the expected.")
    else:
        text = _("The middle of {peers} lies {points} percentage points above the expected.")
    return text.format(peers=subject, points=published_number(abs(middle)))


def one_sided_sentence(name: str, own: Decimal | None, peers: list[Decimal]) -> str:
    """Said when the nearest peers all lie on one side of the municipality; else ""."""
    if own is None or not peers:
        return ""
    if all(share > own for share in peers):
        return _("All of them have a higher expected share than {name}.").format(name=name)
    if all(share < own for share in peers):
        return _("All of them have a lower expected share than {name}.").format(name=name)
    return ""


def gap_words(persons: int | None, group: str) -> Sentence:
    """The gap to the middle of the peers: the big figure, and (as `strong`) the line that explains it; "" for none."""
    if persons is None:
        return Sentence("")
    number = abs(persons)
    text = _n("≈ {n} person", "≈ {n} persons", number).format(n=count(number)).replace(" ", NO_BREAK_SPACE)
    if persons == 0:
        return Sentence(text, _("from the middle of the peers"))
    if persons > 0:
        return Sentence(
            text, _("fewer on {group} at a time, to be like the middle of the peers").format(group=group_name(group))
        )
    return Sentence(text, _("fewer on {group} at a time than the middle of the peers").format(group=group_name(group)))


def history_sentence(above: int, known: int, *, axis_from: str) -> str:
    """In how many periods the actual share lay above the expected, and where the axis starts."""
    if not known:
        return _("No period is published.")
    first = _n("Above the expected in {above} of {n} period.", "Above the expected in {above} of {n} periods.", known)
    return " ".join(
        [
            first.format(above=count(above), n=count(known)),
            _("Lower means fewer people on benefits."),
            _("The axis starts at {start}.").format(start=axis_from),
        ]
    )


def rank_words(rank: int | None, of: int) -> str:
    """The official rank, always beside `official_note`: "no. 57 of 98"."""
    return "–" if rank is None else _("no. {rank} of {of}").format(rank=count(rank), of=count(of))


def official_note() -> str:
    """What stands beside every official rank."""
    return _("The rank is the official one of y30r21 (STAR); it does not say what the difference is due to.")


def definition_line(period: str) -> str:
    """What expected and actual mean, for which period, and the note on the rank."""
    definition = _(
        "Expected = the share of full-time persons on benefits that the official model expects with the "
        "framework conditions of the municipality. Actual = what it was."
    )
    return " · ".join([definition, period_words(period), official_note()])


def suggested_reason(*, name: str, group: str, persons: int, above: int, known: int) -> str:
    """Why a card is suggested, in figures."""
    first = _("{name} has {persons} on {group} than expected").format(
        name=name, persons=persons_more_or_fewer(persons), group=group_name(group)
    )
    second = _n(
        "above the expected in {above} of the last {n} period",
        "above the expected in {above} of the last {n} periods",
        known,
    ).format(above=count(above), n=count(known))
    return _("{first}, and it lay {second}.").format(first=first, second=second)


def no_gap_reason(*, name: str, group: str = "") -> str:
    """What stands on a card that the figures do not suggest; `group` is the one it looks at, "" for all of them."""
    if not group:
        return _("No gap found: in {name} no benefit group lies clearly and lastingly above the expected.").format(
            name=name
        )
    return _("No gap found: on {group}, {name} does not lie clearly and lastingly above the expected.").format(
        name=name, group=group_name(group)
    )


def component_title(component: Component) -> str:
    """The name of one of the four components of the handbook."""
    return {
        Component.EMPLOYER_CONTACT: _("Employer contact"),
        Component.INTERNAL_ORGANISATION: _("Internal organisation and cooperation"),
        Component.CITIZEN_CONTACT: _("Contact with citizens"),
        Component.MUNICIPAL_COOPERATION: _("Cooperation between municipalities"),
    }[component]
