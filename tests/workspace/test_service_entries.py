"""A source that is a service keeps its base address and its queries from one start to the next."""

from __future__ import annotations

from jobcentre_desk.model.services import SourceKind, TableQuery
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.paths import Home
from jobcentre_desk.workspace.store import Workspace


def test_queries_are_read_back_as_they_were_kept(home: Home) -> None:
    query = TableQuery(table="y25i01", measures=("mgrpi01_1",), dimensions=(("_nykom", ("*",)),), period_kind="M")
    entry = SourceEntry(
        name="jobindsats",
        location="",
        key="",
        kind=SourceKind.JOBINDSATS,
        address="http://127.0.0.1:1/v3",
        queries=(query,),
    )
    Workspace.open(home).add_source(entry)
    assert Workspace.open(home).sources() == [entry]
