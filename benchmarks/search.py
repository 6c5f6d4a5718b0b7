"""Text search in all names: three letters and more, and two, beside SQLite's LIKE and its trigram index."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator

from benchmarks.ground import Ground
from benchmarks.results import Limit, Result

from jobcentre_desk.cache.names import fold

TEXTS = 120
PEER_TEXTS = 20


def measure(ground: Ground) -> list[Result]:
    """Pieces of real names, as a person types them."""
    figures = ground.figures()
    names = [figures.employers.name(i) for i in figures.employers.listed.nonzero()[0].tolist()]
    long, short = (_texts(names, letters, ground.repeats(TEXTS)) for letters in ((3, 4, 5, 7), (2,)))

    def scan(text: str) -> object:
        return figures.employers.index.find(text, len(figures.employers))

    scan("warm")
    results = [
        Result(
            job="search: three letters and more",
            samples=tuple(_timed(scan, long)),
            limits=(Limit(statistic="median", at_most=5),),
        ),
        Result(
            job="search: two letters",
            samples=tuple(_timed(scan, short)),
            limits=(Limit(statistic="median", at_most=20), Limit(statistic="p95", at_most=100)),
        ),
        *_peers(names, long),
    ]
    figures.snapshot.close()
    return results


def _texts(names: list[str], letters: tuple[int, ...], count: int) -> list[str]:
    chance = random.Random(7)
    found: list[str] = []
    while len(found) < count:
        name, length = chance.choice(names), chance.choice(letters)
        start = chance.randrange(max(1, len(name) - length))
        piece = name[start : start + length].strip()
        found += [piece] if len(piece) == length else []
    return found


def _timed(search: Callable[[str], object], texts: list[str]) -> Iterator[float]:
    for text in texts:
        started = time.perf_counter()
        search(text)
        yield (time.perf_counter() - started) * 1000


def _peers(names: list[str], texts: list[str]) -> Iterator[Result]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE plain (name TEXT)")
    connection.execute("CREATE VIRTUAL TABLE trigrams USING fts5(name, tokenize = 'trigram')")
    for table in ("plain", "trigrams"):
        connection.executemany(f"INSERT INTO {table} (name) VALUES (?)", [(fold(name),) for name in names])

    def like(text: str) -> object:
        return connection.execute("SELECT rowid FROM plain WHERE name LIKE ?", (f"%{fold(text)}%",)).fetchall()

    def trigram(text: str) -> object:
        quoted = fold(text).replace('"', '""')
        return connection.execute("SELECT rowid FROM trigrams WHERE trigrams MATCH ?", (f'"{quoted}"',)).fetchall()

    yield Result(job="peer: SQLite LIKE, one fold", samples=tuple(_timed(like, texts[:PEER_TEXTS])))
    yield Result(job="peer: FTS5 trigrams, one fold", samples=tuple(_timed(trigram, texts[:PEER_TEXTS])))
    connection.close()
