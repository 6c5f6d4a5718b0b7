"""The colours of documents: the light palette, as hex."""

from __future__ import annotations

from jobcentre_desk.model.outcomes import Verdict

TEXT = "#17212B"
SECONDARY = "#434F5B"
TERTIARY = "#56626D"
LINE = "#D3D9DD"
CONTROL_EDGE = "#73808B"
PAPER = "#FFFFFF"
ACCENT = "#0F5C66"
INFORMATION = "#E3F0F1"
ABOVE = "#1B5FAA"
ABOVE_TINT = "#E2EDF8"
ABOVE_STRONG = "#B9D5F0"
BELOW = "#A34409"
BELOW_TINT = "#FAE9DD"
BELOW_STRONG = "#F3C6A6"
CANNOT_TELL = "#56626E"
INTERVAL = "#75818D"
BAND = "#DDE3E7"
BAND_TINT = "#EDF0F2"
DEMO = "#6B3FA0"


def word_colour(verdict: Verdict) -> str:
    """The colour of a badge's mark and word."""
    return {Verdict.ABOVE: ABOVE, Verdict.BELOW: BELOW}.get(verdict, CANNOT_TELL)


def bar_colour(verdict: Verdict) -> str:
    """The colour of an interval bar."""
    return {Verdict.ABOVE: ABOVE, Verdict.BELOW: BELOW}.get(verdict, INTERVAL)
