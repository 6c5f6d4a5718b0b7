"""The demonstration as a source of one's own: written, added once, and a plain reason where it cannot be."""

from __future__ import annotations

import pytest

from jobcentre_desk.desk.demonstration import SOURCE_NAME, add_demonstration
from jobcentre_desk.errors import FileUnwritable
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.trust import DEMONSTRATION_KEY
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace


def test_the_demonstration_is_a_signed_source_added_once(home: Home) -> None:
    workspace = Workspace.open(home)
    for _ in range(2):
        assert add_demonstration(home, workspace, task=Task()) == SOURCE_NAME
    [entry] = workspace.sources()
    assert (entry.name, entry.key, entry.unsigned) == (SOURCE_NAME, DEMONSTRATION_KEY, False)


def test_a_home_that_cannot_be_written_is_named_with_a_remedy(home: Home) -> None:
    home.root.parent.mkdir(exist_ok=True)
    home.root.write_text("a file where the folder should be")
    with pytest.raises(FileUnwritable, match=str(home.root)) as refused:
        add_demonstration(home, Workspace(home), task=Task())
    assert "--home" in refused.value.hint
