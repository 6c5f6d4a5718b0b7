"""Employers and their CVR number."""

from __future__ import annotations

from dataclasses import dataclass

CVR_LENGTH = 8
CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
CVR_MODULUS = 11


def is_cvr(text: str) -> bool:
    """Whether `text` is eight digits whose weighted sum (2 7 6 5 4 3 2 1) is divisible by 11."""
    if len(text) != CVR_LENGTH or not (text.isascii() and text.isdigit()):
        return False
    return sum(int(d) * w for d, w in zip(text, CVR_WEIGHTS, strict=True)) % CVR_MODULUS == 0


@dataclass(frozen=True, slots=True)
class Employer:
    """One employer as published; `branch` and `municipality` are its own (head office), as codes."""

    cvr: str
    name: str
    branch: str
    municipality: str
    size_band: str
    sole_proprietor: bool = False
    advertising_protected: bool = False
