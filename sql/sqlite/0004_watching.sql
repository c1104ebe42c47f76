-- Watching the sources: what lists named, what servers said of versions, how pages are built, what others count. Append-only, like all
-- that sources said.

CREATE TABLE listed_link (  -- what lists named; a document without a row in `document` is still to be read
    sequence  INTEGER PRIMARY KEY CHECK (sequence >= 1),
    source    TEXT NOT NULL,
    feed      TEXT NOT NULL,
    url       TEXT NOT NULL,
    day       TEXT CHECK (date(day) IS day),
    headline  TEXT NOT NULL,
    listed_at TEXT NOT NULL CHECK (listed_at GLOB '????-??-??T??:??:??.??????Z'),
    run_id    TEXT NOT NULL,
    UNIQUE (source, url)
) STRICT;
CREATE INDEX listed_link_day ON listed_link (source, day);

CREATE TABLE closed_list (  -- days whose list was read whole after they were over
    sequence  INTEGER PRIMARY KEY CHECK (sequence >= 1),
    source    TEXT NOT NULL,
    feed      TEXT NOT NULL,
    day       TEXT NOT NULL CHECK (date(day) IS day),
    listed    INTEGER NOT NULL CHECK (listed >= 0),
    listed_at TEXT NOT NULL CHECK (listed_at GLOB '????-??-??T??:??:??.??????Z'),
    run_id    TEXT NOT NULL
) STRICT;
CREATE INDEX closed_list_day ON closed_list (source, feed, day, sequence);

CREATE TABLE validator (  -- what servers said of the version of a page, for asking only if it changed
    sequence      INTEGER PRIMARY KEY CHECK (sequence >= 1),
    url           TEXT NOT NULL,
    capture       TEXT NOT NULL REFERENCES capture (digest),
    etag          TEXT,
    last_modified TEXT,
    noted_at      TEXT NOT NULL CHECK (noted_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;
CREATE INDEX validator_url ON validator (url, sequence);

CREATE TABLE page_shape (  -- the first page of each shape that pages of a layout have
    sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
    source   TEXT NOT NULL,
    layout   TEXT NOT NULL,
    shape    TEXT NOT NULL CHECK (length(shape) = 64 AND shape NOT GLOB '*[^0-9a-f]*'),
    features TEXT NOT NULL CHECK (json_valid(features)),
    url      TEXT NOT NULL,
    capture  TEXT NOT NULL REFERENCES capture (digest),
    seen_at  TEXT NOT NULL CHECK (seen_at GLOB '????-??-??T??:??:??.??????Z'),
    UNIQUE (source, layout, shape)
) STRICT;

CREATE TABLE count_check (  -- what others count, against what we know; the newest row of (source, feed, day, counted_by) stands
    sequence   INTEGER PRIMARY KEY CHECK (sequence >= 1),
    source     TEXT NOT NULL,
    feed       TEXT NOT NULL,
    day        TEXT NOT NULL CHECK (date(day) IS day),
    counted_by TEXT NOT NULL,
    theirs     INTEGER NOT NULL CHECK (theirs >= 0),
    ours       INTEGER NOT NULL CHECK (ours >= 0),
    checked_at TEXT NOT NULL CHECK (checked_at GLOB '????-??-??T??:??:??.??????Z'),
    run_id     TEXT NOT NULL
) STRICT;
CREATE INDEX count_check_day ON count_check (source, feed, day, counted_by, sequence);

CREATE INDEX fetch_url ON fetch (url, sequence);
CREATE INDEX source_check_source ON source_check (source, sequence);

CREATE TRIGGER listed_link_refuses_update BEFORE UPDATE ON listed_link
BEGIN SELECT RAISE(ABORT, 'listed_link is append-only: UPDATE refused'); END;
CREATE TRIGGER listed_link_refuses_delete BEFORE DELETE ON listed_link
BEGIN SELECT RAISE(ABORT, 'listed_link is append-only: DELETE refused'); END;
CREATE TRIGGER listed_link_refuses_replace BEFORE INSERT ON listed_link
WHEN EXISTS (SELECT 1 FROM listed_link WHERE sequence = NEW.sequence OR (source = NEW.source AND url = NEW.url))
BEGIN SELECT RAISE(ABORT, 'listed_link is append-only: REPLACE refused'); END;

CREATE TRIGGER closed_list_refuses_update BEFORE UPDATE ON closed_list
BEGIN SELECT RAISE(ABORT, 'closed_list is append-only: UPDATE refused'); END;
CREATE TRIGGER closed_list_refuses_delete BEFORE DELETE ON closed_list
BEGIN SELECT RAISE(ABORT, 'closed_list is append-only: DELETE refused'); END;
CREATE TRIGGER closed_list_refuses_replace BEFORE INSERT ON closed_list
WHEN EXISTS (SELECT 1 FROM closed_list WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'closed_list is append-only: REPLACE refused'); END;

CREATE TRIGGER validator_refuses_update BEFORE UPDATE ON validator
BEGIN SELECT RAISE(ABORT, 'validator is append-only: UPDATE refused'); END;
CREATE TRIGGER validator_refuses_delete BEFORE DELETE ON validator
BEGIN SELECT RAISE(ABORT, 'validator is append-only: DELETE refused'); END;
CREATE TRIGGER validator_refuses_replace BEFORE INSERT ON validator
WHEN EXISTS (SELECT 1 FROM validator WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'validator is append-only: REPLACE refused'); END;

CREATE TRIGGER page_shape_refuses_update BEFORE UPDATE ON page_shape
BEGIN SELECT RAISE(ABORT, 'page_shape is append-only: UPDATE refused'); END;
CREATE TRIGGER page_shape_refuses_delete BEFORE DELETE ON page_shape
BEGIN SELECT RAISE(ABORT, 'page_shape is append-only: DELETE refused'); END;
CREATE TRIGGER page_shape_refuses_replace BEFORE INSERT ON page_shape
WHEN EXISTS (SELECT 1 FROM page_shape WHERE sequence = NEW.sequence OR (source = NEW.source AND layout = NEW.layout AND shape = NEW.shape))
BEGIN SELECT RAISE(ABORT, 'page_shape is append-only: REPLACE refused'); END;

CREATE TRIGGER count_check_refuses_update BEFORE UPDATE ON count_check
BEGIN SELECT RAISE(ABORT, 'count_check is append-only: UPDATE refused'); END;
CREATE TRIGGER count_check_refuses_delete BEFORE DELETE ON count_check
BEGIN SELECT RAISE(ABORT, 'count_check is append-only: DELETE refused'); END;
CREATE TRIGGER count_check_refuses_replace BEFORE INSERT ON count_check
WHEN EXISTS (SELECT 1 FROM count_check WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'count_check is append-only: REPLACE refused'); END;
