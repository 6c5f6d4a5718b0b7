"""The command line: the same program without a window, for scheduled syncs, analysts and tests."""

from jobcentre_desk.cli.main import main

__all__ = ["main"]
