"""Which tables of a service are chosen, and what is asked of each: pure rules, without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from jobcentre_desk.model.services import TableOffer, TableQuery
from jobcentre_desk.text import translate as _


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChoice:
    """What a service offers, what is chosen for everyone (`presets`), and the tables chosen now.

    `former` are the queries of the source as it stands: a table that stays chosen keeps them as they are.
    """

    offers: tuple[TableOffer, ...]
    presets: tuple[TableQuery, ...]
    former: tuple[TableQuery, ...]
    chosen: frozenset[str]

    @classmethod
    def of(
        cls, offers: Sequence[TableOffer], presets: Sequence[TableQuery], former: Sequence[TableQuery]
    ) -> TableChoice:
        """The choice to begin with: what the source fetches now, else what is chosen for everyone.

        Tables that are chosen but not offered (the service did not answer, or has ended them) are listed all the same.
        """
        begin = frozenset(query.table for query in (former or presets))
        listed = {offer.table for offer in offers}
        subject = _("Not in the list of the service") if offers else _("Chosen so far")
        missing = tuple(
            TableOffer(table=table, title=table, subject=subject, updated="", next_update="")
            for table in sorted(begin - listed)
        )
        return cls(offers=(*offers, *missing), presets=tuple(presets), former=tuple(former), chosen=begin)

    def toggled(self, table: str) -> TableChoice:
        """The choice after a click on the box of `table`."""
        return replace(self, chosen=self.chosen ^ {table})

    def is_preset(self, table: str) -> bool:
        """Whether the table is chosen for everyone from the start."""
        return any(query.table == table for query in self.presets)

    def queries(self) -> tuple[TableQuery, ...]:
        """What is asked: of a table that was chosen before as before, of a preset one as preset, of others the totals.

        No queries at all stand for the presets, so that a later program may improve them.
        """
        if self.chosen == frozenset(query.table for query in self.presets) and not self.former:
            return ()
        return tuple(query for table in self._in_order() for query in self._queries_of(table))

    def groups(self, *, fitting: str = "", only_chosen: bool = False) -> tuple[tuple[str, tuple[TableOffer, ...]], ...]:
        """Subjects with their tables in the order of the service; with those only that fit the words."""
        found: dict[str, list[TableOffer]] = {}
        for offer in self.offers:
            if (not only_chosen or offer.table in self.chosen) and _fits(offer, fitting):
                found.setdefault(offer.subject or _("Other tables"), []).append(offer)
        return tuple((subject, tuple(tables)) for subject, tables in found.items())

    def _in_order(self) -> list[str]:
        return [offer.table for offer in self.offers if offer.table in self.chosen]

    def _queries_of(self, table: str) -> tuple[TableQuery, ...]:
        for known in (self.former, self.presets):
            found = tuple(query for query in known if query.table == table)
            if found:
                return found
        return (TableQuery(table=table),)


def fold_ahead(offers: Sequence[TableOffer]) -> None:
    """Fold the words of all tables once, so that the first letter typed is answered as fast as the next."""
    for offer in offers:
        _folds(f"{offer.table} {offer.title} {offer.subject}")


def _fits(offer: TableOffer, typed: str) -> bool:
    if not typed:
        return True
    first, second = _folds(f"{offer.table} {offer.title} {offer.subject}")
    return all(a in first or b in second for a, b in (_folds(word) for word in typed.split()))


@lru_cache(maxsize=8192)
def _folds(words: str) -> tuple[str, str]:
    from jobcentre_desk.cache.names import fold, second_fold

    return fold(words), second_fold(words)
