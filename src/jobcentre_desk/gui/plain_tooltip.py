"""Tooltips that show outside text as text: Qt would render anything that looks like HTML."""

from __future__ import annotations

import html


def plain_tooltip(words: str) -> str:
    """`words` for `setToolTip` or ToolTipRole, shown letter for letter; a long one wraps."""
    return f"<p>{html.escape(words)}</p>" if words else ""
