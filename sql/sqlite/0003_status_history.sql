-- The status of every target on every day, as known at every instant; and which read models stopped, and where.
--
-- A row of read_target_interval is a rectangle: days from valid_from to before valid_to, known from known_from(_at) to before known_to(_at).
-- The rectangles of a target cover everything and never overlap, so a day and an instant give exactly one row a target. Rows are made by the
-- fold in Python, whose rules decide; SQL only compares. Later knowledge ends a row, but never changes what it says of the time before.

CREATE TABLE read_target_interval (
    commitment         TEXT NOT NULL,
    target             TEXT NOT NULL,
    valid_from         TEXT NOT NULL,  -- 0001-01-01 where it has no beginning
    valid_to           TEXT CHECK (valid_to > valid_from),
    known_from         INTEGER NOT NULL CHECK (known_from >= 0),
    known_to           INTEGER CHECK (known_to > known_from),
    known_from_at      TEXT NOT NULL,
    known_to_at        TEXT CHECK (known_to_at > known_from_at),
    status             TEXT NOT NULL,
    basis              TEXT,
    occurred_on        TEXT,
    occurred_precision TEXT,
    straddles          INTEGER NOT NULL CHECK (straddles IN (0, 1)),
    start_not_found    INTEGER NOT NULL CHECK (start_not_found IN (0, 1)),
    slippage_days      INTEGER,
    unread_sources     TEXT,
    PRIMARY KEY (commitment, target, known_from, valid_from),
    CHECK ((known_to IS NULL) = (known_to_at IS NULL))
) STRICT;
CREATE INDEX read_target_interval_open ON read_target_interval (commitment, target, valid_from) WHERE known_to IS NULL;
CREATE INDEX read_target_interval_known ON read_target_interval (known_to_at);

CREATE TABLE projection_failure (  -- read models that stopped before an event that they cannot take
    name     TEXT PRIMARY KEY,
    category TEXT NOT NULL CHECK (category IN ('unreadable', 'poison', 'refused')),
    position INTEGER NOT NULL CHECK (position >= 1),
    detail   TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT;
