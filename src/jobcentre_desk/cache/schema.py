"""The tables of a snapshot, readable by anyone with sqlite-utils.

`outcomes.id` = source * 10^13 + quarter index * 10^8 + line, where the quarter index is that of
`model.periods.Quarter`, and `employers.id` = source * 10^9 + number. Rows of outcomes, their blocks and what follows
from them name an employer by that number within the source, which never changes once given; so are codes named by
small ids. Blocks of unchanged quarters therefore stay true, and one source never touches what another one brought.
A job count is NULL when hidden or not yet known; `completed` is NULL only when hidden.

Published columns keep their names but for three: `source` is `origin` (source is ours: where the row came from),
`group` is `grp` and a file's table is `tbl` (both words belong to SQL). `files.body` keeps the gzip bytes of code
lists and employers, so that the next release is compared line by line. `changes` holds what each sync changed.

`SCHEMA` is the first version; `SERVICES` came with the second: figures asked of a service point at the answer, row
and column they were read from (`answers.body` keeps it compressed with gzip, `hash` and `bytes` are of the body as it
came), `revisions` keeps every figure that a later release changed, `problems` what a sync
could not use, and `breaks` the periods from which a measure is counted otherwise. `OUTCOMES_PER_SOURCE` are the
tables of the third version, in which several sources may bring outcomes; those of the same name before them go.
"""

from __future__ import annotations

SCHEMA_VERSION = 3
OUTCOME_ID_FACTOR = 100_000_000
"""Ids of outcomes that one quarter of a source has room for."""
QUARTER_FACTOR = 100_000
"""Quarters that one source has room for; the years 0-24999."""
EMPLOYER_ID_FACTOR = 1_000_000_000
"""Ids of employers that one source has room for."""


def outcome_ids(source: int, quarter: int) -> tuple[int, int]:
    """The first id of a quarter's outcomes, and the first that is none of them."""
    first = (source * QUARTER_FACTOR + quarter) * OUTCOME_ID_FACTOR
    return first, first + OUTCOME_ID_FACTOR


def outcome_ids_of_source(source: int) -> tuple[int, int]:
    """The first id of a source's outcomes, and the first that is none of them."""
    return outcome_ids(source, 0)[0], outcome_ids(source + 1, 0)[0]


def employer_ids_of_source(source: int) -> tuple[int, int]:
    """The id of a source's employer number 0, and the first that is none of its employers."""
    return source * EMPLOYER_ID_FACTOR, (source + 1) * EMPLOYER_ID_FACTOR


SCHEMA = """
CREATE TABLE sources (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, location TEXT NOT NULL, key_id TEXT NOT NULL,
    publisher TEXT NOT NULL, publisher_name TEXT NOT NULL, sequence INTEGER NOT NULL, released TEXT NOT NULL,
    next_release TEXT, stale_after TEXT, definitions_version TEXT NOT NULL, known_through INTEGER,
    access TEXT NOT NULL, minimum_count INTEGER NOT NULL, share_minimum_count INTEGER NOT NULL,
    demonstration INTEGER NOT NULL, unsigned INTEGER NOT NULL, sole_proprietors INTEGER NOT NULL,
    outcome_window INTEGER NOT NULL, next_key TEXT, etag TEXT, description BLOB NOT NULL,
    signature BLOB NOT NULL, synced_at TEXT NOT NULL
) STRICT;
CREATE TABLE publishers (
    key_id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, description_hash TEXT NOT NULL
) STRICT;
CREATE TABLE files (
    source INTEGER NOT NULL REFERENCES sources(id), path TEXT NOT NULL, name TEXT NOT NULL, tbl TEXT NOT NULL,
    quarter INTEGER, hash TEXT NOT NULL, content_hash TEXT NOT NULL, bytes INTEGER NOT NULL, rows INTEGER NOT NULL,
    body BLOB, PRIMARY KEY (source, path)
) STRICT;
CREATE TABLE changes (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, sequence INTEGER NOT NULL, synced_at TEXT NOT NULL,
    tbl TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, column_name TEXT NOT NULL, old TEXT, new TEXT
) STRICT;
CREATE TABLE areas (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name_da TEXT NOT NULL,
    name_en TEXT NOT NULL, parent TEXT NOT NULL, peer_group TEXT NOT NULL, tile_column INTEGER, tile_row INTEGER,
    neighbours TEXT NOT NULL
) STRICT;
CREATE TABLE branches (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, parent TEXT NOT NULL, level INTEGER NOT NULL,
    title_da TEXT NOT NULL, title_en TEXT NOT NULL
) STRICT;
CREATE TABLE occupations (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, parent TEXT NOT NULL, level INTEGER NOT NULL,
    title_da TEXT NOT NULL, title_en TEXT NOT NULL
) STRICT;
CREATE TABLE benefit_groups (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, title_da TEXT NOT NULL, title_en TEXT NOT NULL
) STRICT;
CREATE TABLE programmes (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, title_da TEXT NOT NULL, title_en TEXT NOT NULL
) STRICT;
CREATE TABLE employers (
    id INTEGER PRIMARY KEY, cvr TEXT NOT NULL UNIQUE, name TEXT NOT NULL, branch INTEGER NOT NULL,
    municipality INTEGER NOT NULL, size_band TEXT NOT NULL, sole_proprietor INTEGER NOT NULL,
    advertising_protected INTEGER NOT NULL, listed INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE outcomes (
    id INTEGER PRIMARY KEY, employer INTEGER NOT NULL, municipality INTEGER NOT NULL, branch INTEGER NOT NULL,
    occupation INTEGER NOT NULL, benefit_group INTEGER NOT NULL, programme INTEGER NOT NULL,
    started INTEGER, completed INTEGER, job_same_employer INTEGER, job_same_branch INTEGER,
    job_other_branch INTEGER
) STRICT;
CREATE VIEW outcomes_readable AS
SELECT printf('%04dQ%02d', (o.id / 100000000) / 4, (o.id / 100000000) % 4 + 1) AS quarter,
    e.cvr AS cvr, e.name AS name, a.code AS municipality, b.code AS branch, c.code AS occupation,
    g.code AS benefit_group, p.code AS programme, o.started, o.completed, o.job_same_employer,
    o.job_same_branch, o.job_other_branch
FROM outcomes o JOIN employers e ON e.id = o.employer JOIN areas a ON a.id = o.municipality
    JOIN branches b ON b.id = o.branch JOIN occupations c ON c.id = o.occupation
    JOIN benefit_groups g ON g.id = o.benefit_group JOIN programmes p ON p.id = o.programme;
CREATE TABLE blocks (
    quarter INTEGER NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (quarter, name)
) STRICT;
CREATE TABLE employer_blocks (name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE priors (
    window INTEGER NOT NULL, level_code TEXT NOT NULL, alpha REAL NOT NULL, beta REAL NOT NULL,
    employers INTEGER NOT NULL, capped INTEGER NOT NULL, PRIMARY KEY (window, level_code)
) STRICT;
CREATE TABLE first_page (id INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT;
CREATE TABLE measures (
    source INTEGER NOT NULL, id TEXT NOT NULL, name_da TEXT NOT NULL, name_en TEXT NOT NULL,
    sentence_da TEXT NOT NULL, sentence_en TEXT NOT NULL, numerator TEXT NOT NULL, denominator TEXT NOT NULL,
    unit TEXT NOT NULL, polarity TEXT NOT NULL, follow_up TEXT NOT NULL, origin TEXT NOT NULL,
    valid_from TEXT NOT NULL, definition_version TEXT NOT NULL, why_it_may_differ_da TEXT NOT NULL,
    why_it_may_differ_en TEXT NOT NULL, author TEXT NOT NULL, next_review TEXT NOT NULL, PRIMARY KEY (source, id)
) STRICT;
CREATE TABLE figures (
    source INTEGER NOT NULL, measure TEXT NOT NULL, area TEXT NOT NULL, period TEXT NOT NULL, grp TEXT NOT NULL,
    value TEXT, numerator INTEGER, denominator INTEGER, state TEXT NOT NULL,
    PRIMARY KEY (source, measure, period, grp, area)
) STRICT, WITHOUT ROWID;
CREATE TABLE evidence (
    source INTEGER NOT NULL, id TEXT NOT NULL, instrument TEXT NOT NULL, target_group TEXT NOT NULL,
    outcome TEXT NOT NULL, direction INTEGER NOT NULL, design TEXT NOT NULL, country TEXT NOT NULL,
    quality REAL, method REAL, geography REAL, journal REAL, combination REAL, effect_size REAL,
    effect_unit TEXT NOT NULL, cost_level INTEGER, year INTEGER, citation TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (source, id)
) STRICT;
CREATE TABLE practices (
    source INTEGER NOT NULL, id TEXT NOT NULL, municipality TEXT NOT NULL, title TEXT NOT NULL,
    description TEXT NOT NULL, instrument TEXT NOT NULL, target_group TEXT NOT NULL, verdict TEXT NOT NULL,
    published TEXT NOT NULL, PRIMARY KEY (source, id)
) STRICT;
CREATE TABLE cards (
    source INTEGER NOT NULL, id TEXT NOT NULL, component TEXT NOT NULL, title_da TEXT NOT NULL,
    title_en TEXT NOT NULL, theme_da TEXT NOT NULL, theme_en TEXT NOT NULL, why_da TEXT NOT NULL,
    why_en TEXT NOT NULL, finding_measure TEXT NOT NULL, comparison TEXT NOT NULL, threshold TEXT NOT NULL,
    questions_da TEXT NOT NULL, questions_en TEXT NOT NULL, practice_da TEXT NOT NULL, practice_en TEXT NOT NULL,
    look_at_da TEXT NOT NULL, look_at_en TEXT NOT NULL, time_needed TEXT NOT NULL, origin TEXT NOT NULL,
    reviewed TEXT NOT NULL, PRIMARY KEY (source, id)
) STRICT;
"""

SERVICES = """
ALTER TABLE sources ADD COLUMN kind TEXT NOT NULL DEFAULT 'publication';
ALTER TABLE figures ADD COLUMN answer INTEGER;
ALTER TABLE figures ADD COLUMN answer_row INTEGER;
ALTER TABLE figures ADD COLUMN answer_column TEXT;
CREATE TABLE answers (
    source INTEGER NOT NULL REFERENCES sources(id), id INTEGER NOT NULL, tbl TEXT NOT NULL, title TEXT NOT NULL,
    request TEXT NOT NULL, updated TEXT NOT NULL, next_update TEXT NOT NULL, fetched_at TEXT NOT NULL,
    hash TEXT NOT NULL, bytes INTEGER NOT NULL, rows INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (source, id)
) STRICT;
CREATE TABLE queries (
    source INTEGER NOT NULL REFERENCES sources(id), tbl TEXT NOT NULL, title TEXT NOT NULL, query TEXT NOT NULL,
    updated TEXT NOT NULL, next_update TEXT NOT NULL, PRIMARY KEY (source, tbl, query)
) STRICT;
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources(id), sequence INTEGER NOT NULL,
    synced_at TEXT NOT NULL, measure TEXT NOT NULL, area TEXT NOT NULL, period TEXT NOT NULL, grp TEXT NOT NULL,
    old_value TEXT, old_state TEXT NOT NULL, new_value TEXT, new_state TEXT NOT NULL
) STRICT;
CREATE INDEX revisions_of_figure ON revisions (measure, area, period, grp);
CREATE TABLE problems (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources(id), synced_at TEXT NOT NULL,
    file TEXT NOT NULL, row INTEGER NOT NULL, column_name TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE TABLE breaks (
    source INTEGER NOT NULL REFERENCES sources(id), measure TEXT NOT NULL, period TEXT NOT NULL,
    sentence_da TEXT NOT NULL, sentence_en TEXT NOT NULL, PRIMARY KEY (source, measure, period)
) STRICT;
"""

OUTCOMES_PER_SOURCE = """
CREATE TABLE employers (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources(id), cvr TEXT NOT NULL, name TEXT NOT NULL,
    branch INTEGER NOT NULL, municipality INTEGER NOT NULL, size_band TEXT NOT NULL, sole_proprietor INTEGER NOT NULL,
    advertising_protected INTEGER NOT NULL, listed INTEGER NOT NULL DEFAULT 1, UNIQUE (source, cvr),
    CHECK (id / 1000000000 = source)
) STRICT;
CREATE TABLE blocks (
    source INTEGER NOT NULL REFERENCES sources(id), quarter INTEGER NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (source, quarter, name)
) STRICT;
CREATE TABLE employer_blocks (
    source INTEGER NOT NULL REFERENCES sources(id), name TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (source, name)
) STRICT;
CREATE TABLE priors (
    source INTEGER NOT NULL REFERENCES sources(id), window INTEGER NOT NULL, level_code TEXT NOT NULL,
    alpha REAL NOT NULL, beta REAL NOT NULL, employers INTEGER NOT NULL, capped INTEGER NOT NULL,
    PRIMARY KEY (source, window, level_code)
) STRICT;
CREATE TABLE first_page (source INTEGER PRIMARY KEY REFERENCES sources(id), data TEXT NOT NULL) STRICT;
CREATE VIEW outcomes_readable AS
SELECT s.name AS source,
    printf('%04dQ%02d', (o.id / 100000000 % 100000) / 4, (o.id / 100000000 % 100000) % 4 + 1) AS quarter,
    e.cvr AS cvr, e.name AS name, a.code AS municipality, b.code AS branch, c.code AS occupation,
    g.code AS benefit_group, p.code AS programme, o.started, o.completed, o.job_same_employer,
    o.job_same_branch, o.job_other_branch
FROM outcomes o JOIN sources s ON s.id = o.id / 10000000000000
    JOIN employers e ON e.id = o.id / 10000000000000 * 1000000000 + o.employer
    JOIN areas a ON a.id = o.municipality JOIN branches b ON b.id = o.branch
    JOIN occupations c ON c.id = o.occupation JOIN benefit_groups g ON g.id = o.benefit_group
    JOIN programmes p ON p.id = o.programme;
"""
