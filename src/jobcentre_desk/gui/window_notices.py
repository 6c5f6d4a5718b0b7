"""The notices of the window: whatever bar stands at the moment, and how a sync is told in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobcentre_desk import text
from jobcentre_desk.errors import SourceUnreachable
from jobcentre_desk.gui.figures_age import newest_fetch
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.desk.sync import SourceResult, SyncResult
    from jobcentre_desk.gui.context import Link, PageContext
    from jobcentre_desk.gui.main_window import MainWindow

SYNC = "sync"


class WindowNotices:
    """Passes every notice to the bar of the window, which is built anew when the language changes."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def inform(self, text: str, links: tuple[Link, ...] = (), *, cause: str = "") -> None:
        """Say something that needs no answer."""
        self._window.notice_bar.inform(text, links, cause=cause)

    def warn(self, text: str, links: tuple[Link, ...] = (), *, cause: str = "") -> None:
        """Say that something is not as it should be, and what then."""
        self._window.notice_bar.warn(text, links, cause=cause)

    def fail(self, text: str, links: tuple[Link, ...] = (), *, cause: str = "") -> None:
        """Say that something could not be done, and what then; stays until closed."""
        self._window.notice_bar.fail(text, links, cause=cause)

    def clear(self, cause: str) -> None:
        """Take away the notice of `cause`, if it is still there."""
        self._window.notice_bar.clear(cause)

    def tell_sync(self, result: SyncResult, context: PageContext, *, asked_by_person: bool) -> None:
        """One notice for a whole sync: refused, unreachable, new or nothing new.

        One that nobody asked for tells new figures alone: how the others stand is seen on Figures and at the foot.
        """
        failed = [outcome for outcome in result.sources if outcome.result == "failed"]
        refused = [outcome for outcome in failed if outcome.error_id != SourceUnreachable.id]
        if failed and not asked_by_person:
            self._tell_new(result)
        elif refused:
            self._tell_refused(refused, context)
        elif failed:
            self._tell_unreachable(context)
        else:
            self._tell_done(result, asked_by_person=asked_by_person)

    def _tell_refused(self, refused: list[SourceResult], context: PageContext) -> None:
        sentence = _n(
            "The new release of {name} was not taken over. The figures you had stay in use.",
            "The new releases of {n} sources were not taken over. The figures you had stay in use.",
            len(refused),
        ).format(name=refused[0].name, n=text.count(len(refused)))
        self.fail(sentence, ((_("See why"), lambda: context.open_page("figures")),), cause=SYNC)

    def _tell_unreachable(self, context: PageContext) -> None:
        figures = context.figures()
        fetched = newest_fetch(figures.sources) if figures is not None else None
        if fetched is None:
            sentence = _("No connection, and no figures yet. A folder or a stick works without one.")
        else:
            sentence = _("No connection. The figures are from {date} and can be used as they are.").format(
                date=text.date(fetched.date())
            )
        again = (_("Try now"), lambda: context.sync(()))
        self.warn(sentence, (again, (_("See sources"), lambda: context.open_page("figures"))), cause=SYNC)

    def _tell_done(self, result: SyncResult, *, asked_by_person: bool) -> None:
        self.clear(SYNC)
        if not self._tell_new(result) and asked_by_person:
            self.inform(_("Nothing new: you have the newest release of every source."), cause=SYNC)

    def _tell_new(self, result: SyncResult) -> bool:
        new = [outcome for outcome in result.sources if outcome.result == "new"]
        if new:
            sentence = _n("New figures from {name} are in use.", "New figures from {n} sources are in use.", len(new))
            self.inform(sentence.format(name=new[0].name, n=text.count(len(new))), cause=SYNC)
        return bool(new)


def is_online(result: SyncResult | None) -> bool | None:
    """Whether the last sync reached what it asked for; None before the first."""
    if result is None:
        return None
    return all(outcome.result != "failed" or outcome.error_id != SourceUnreachable.id for outcome in result.sources)
