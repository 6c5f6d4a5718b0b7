"""What a figure tells of itself, as the object the command line promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.model.provenance import Provenance

Object = dict[str, Any]


def add_provenance(form: Object, figures: Figures, code: str) -> None:
    """Put a key `provenance` into each of the measures of a municipality's object."""
    from jobcentre_desk.desk.provenance import provenance_of

    for measure in form["measures"]:
        told = provenance_of(
            figures,
            measure["id"],
            code,
            period=measure["period"],
            group=form["group"],
            source=measure["source"] or "",
        )
        measure["provenance"] = provenance_form(told)


def provenance_form(told: Provenance | None) -> Object | None:
    """Source, release, definition version, former values, and where a figure of a service was read."""
    if told is None:
        return None
    return {
        "source": told.source,
        "publisher": told.publisher_name,
        "release": told.release,
        "released": told.released,
        "definition_version": told.definition_version,
        "former": [
            {
                "value": None if one.value is None else float(one.value),
                "state": one.state.value,
                "until_release": one.changed_by,
                "changed_at": one.changed_at,
            }
            for one in told.former
        ],
        "read_at": None
        if told.read_at is None
        else {
            "table": told.read_at.table,
            "request": told.read_at.request,
            "fetched_at": told.read_at.fetched_at,
            "row": told.read_at.row,
            "column": told.read_at.column,
        },
        "demonstration": told.demonstration,
    }
