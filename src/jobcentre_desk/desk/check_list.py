"""The check list that goes with a publication on a stick, in Danish and English whatever the program speaks."""

from __future__ import annotations

import hashlib
import tomllib

from jobcentre_desk.desk.handing_on import HandedOn
from jobcentre_desk.model.publication import Access
from jobcentre_desk.paths import shipped

LANGUAGES = ("da", "en")
LINE_UNDER = "\n" + "-" * 100 + "\n"


def check_list(handed: HandedOn) -> bytes:
    """The text file: UTF-8 with a mark and line ends as the simplest editor of Windows wants them."""
    words = tomllib.loads((shipped("resources") / "check_list.toml").read_text(encoding="utf-8"))
    parts = (_filled(words[language], handed).lstrip("\n") for language in LANGUAGES)
    return LINE_UNDER.join(parts).replace("\n", "\r\n").encode("utf-8-sig")


def _filled(words: dict[str, str], handed: HandedOn) -> str:
    publication = handed.publication
    return words["text"].format(
        publisher=publication.publisher_name,
        publisher_id=publication.publisher,
        key_id=handed.key_id,
        sequence=publication.sequence,
        released=publication.released,
        files=handed.files,
        bytes=handed.bytes,
        description_hash=hashlib.sha256(handed.description).hexdigest(),
        access=_access(words, handed),
    )


def _access(words: dict[str, str], handed: HandedOn) -> str:
    if handed.publication.demonstration:
        return words["demonstration"]
    return words["authority"] if handed.publication.access is Access.AUTHORITY else ""
