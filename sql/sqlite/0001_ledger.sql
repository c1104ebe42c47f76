-- The ledger and what stands beside it, for SQLite.
--
-- `event` is the truth: append-only, chained, positions 1..n without gaps. All tables but `person` and `projection` are append-only.
-- Text that is a time is `2024-12-18T03:00:00.000000Z`, always six decimals, so that text order is time order; a day is `2024-12-18`.
-- Digests are lower-case hex text, as in Python and in every export: a person can paste one from a report into a query.
--
-- Why so many BEFORE INSERT triggers: `INSERT OR REPLACE` deletes the older row without firing DELETE triggers (unless
-- recursive_triggers is on, which another program need not set). Refusing an insert that repeats a unique value closes that door for every
-- connection. The price: `ON CONFLICT DO NOTHING` raises as well, so duplicates are looked for under the write lock, never left to the table.

-- ---- the log ----------------------------------------------------------------------------------------------------------------

CREATE TABLE log_head (
    single      INTEGER PRIMARY KEY CHECK (single = 1),
    position    INTEGER NOT NULL,
    hash        TEXT NOT NULL,
    recorded_at TEXT NOT NULL  -- of the newest event; the least that Python knows before the first
) STRICT;

INSERT INTO log_head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', '0001-01-01T00:00:00.000000Z');

CREATE TABLE event (
    position           INTEGER PRIMARY KEY CHECK (position >= 1),
    event_id           TEXT NOT NULL UNIQUE CHECK (length(event_id) = 36),
    stream             TEXT NOT NULL CHECK (stream <> ''),
    stream_version     INTEGER NOT NULL CHECK (stream_version >= 1),
    type               TEXT NOT NULL CHECK (type GLOB '[a-z]*.[a-z]*' AND type NOT GLOB '*[^a-z_.]*'),
    schema_version     INTEGER NOT NULL CHECK (schema_version >= 1),
    commitment         TEXT,  -- full key, PA2024/IT-25
    target             TEXT,  -- slug, or `context`
    kind               TEXT,
    state              TEXT CHECK (state IN ('scheduled', 'happened')),
    subject            TEXT,  -- slug of what a milestone is about
    source             TEXT NOT NULL CHECK (source LIKE '_%:_%'),  -- absolute URI
    occurred_on        TEXT CHECK (date(occurred_on) IS occurred_on),
    occurred_precision TEXT CHECK (occurred_precision IN ('day', 'month', 'quarter', 'half', 'year', 'unknown')),
    published_at       TEXT CHECK (published_at GLOB '????-??-??T??:??:??.??????Z'),
    recorded_at        TEXT NOT NULL CHECK (recorded_at GLOB '????-??-??T??:??:??.??????Z'),
    claim_key          TEXT NOT NULL CHECK (claim_key <> ''),
    content_digest     TEXT NOT NULL CHECK (length(content_digest) = 64 AND content_digest NOT GLOB '*[^0-9a-f]*'),
    confidence         INTEGER CHECK (confidence BETWEEN 0 AND 100),
    data               TEXT NOT NULL CHECK (json_valid(data)),  -- canonical JSON: these bytes are what is hashed
    document_digest    TEXT REFERENCES document (digest),
    locator            TEXT,
    quote              TEXT CHECK (length(quote) <= 300),
    rule               TEXT,
    rule_version       INTEGER,
    producer           TEXT NOT NULL,
    run_id             TEXT NOT NULL,
    caused_by          TEXT,
    amends             TEXT REFERENCES event (event_id),
    leaf_version       INTEGER NOT NULL CHECK (leaf_version >= 1),
    leaf_hash          TEXT NOT NULL CHECK (length(leaf_hash) = 64 AND leaf_hash NOT GLOB '*[^0-9a-f]*'),
    prev_hash          TEXT NOT NULL UNIQUE CHECK (length(prev_hash) = 64),  -- unique: a fork is a constraint error
    hash               TEXT NOT NULL UNIQUE CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    UNIQUE (stream, stream_version),
    CHECK ((type GLOB 'milestone.*') = (kind IS NOT NULL)),
    CHECK ((kind IS NULL) = (state IS NULL)),
    CHECK ((type GLOB '*.amended' OR type GLOB '*.retracted') = (amends IS NOT NULL))
) STRICT;

CREATE INDEX event_claim ON event (claim_key, position);
CREATE INDEX event_commitment ON event (commitment, position);

CREATE TRIGGER event_admits_only_the_next_link BEFORE INSERT ON event
BEGIN
    SELECT CASE
        WHEN NEW.position IS NOT head.position + 1 THEN RAISE(ABORT, 'event: position is not the next one')
        WHEN NEW.prev_hash IS NOT head.hash THEN RAISE(ABORT, 'event: prev_hash is not the hash of the newest event')
        WHEN NEW.recorded_at < head.recorded_at THEN RAISE(ABORT, 'event: recorded_at is before that of the newest event')
    END FROM log_head AS head;
    SELECT RAISE(ABORT, 'event: this event_id is recorded') FROM event WHERE event_id = NEW.event_id;
    SELECT RAISE(ABORT, 'event: this hash is recorded') FROM event WHERE hash = NEW.hash OR prev_hash = NEW.prev_hash;
    SELECT RAISE(ABORT, 'event: stream_version is not the next one')
    WHERE NEW.stream_version IS NOT 1 + (SELECT coalesce(max(stream_version), 0) FROM event WHERE stream = NEW.stream);
    SELECT RAISE(ABORT, 'event: amends is no earlier event')
    WHERE NEW.amends IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event WHERE event_id = NEW.amends);
    SELECT RAISE(ABORT, 'event: document_digest is of no document')  -- foreign keys are off unless a connection asks for them
    WHERE NEW.document_digest IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document WHERE digest = NEW.document_digest);
END;

CREATE TRIGGER event_moves_the_head AFTER INSERT ON event
BEGIN
    UPDATE log_head SET position = NEW.position, hash = NEW.hash, recorded_at = NEW.recorded_at;
END;

CREATE TRIGGER event_refuses_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only: UPDATE refused'); END;
CREATE TRIGGER event_refuses_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only: DELETE refused'); END;

-- The head may only follow an event that stands right behind it; so nobody can wind it back, on, or to another chain.
CREATE TRIGGER log_head_follows_events BEFORE UPDATE ON log_head
WHEN NEW.single IS NOT OLD.single OR NEW.position IS NOT OLD.position + 1 OR NOT EXISTS (
    SELECT 1 FROM event
    WHERE position = NEW.position AND hash = NEW.hash AND prev_hash = OLD.hash AND recorded_at = NEW.recorded_at
)
BEGIN
    SELECT RAISE(ABORT, 'log_head moves only with an event: UPDATE refused');
END;
CREATE TRIGGER log_head_refuses_insert BEFORE INSERT ON log_head BEGIN SELECT RAISE(ABORT, 'log_head has one row: INSERT refused'); END;
CREATE TRIGGER log_head_refuses_delete BEFORE DELETE ON log_head BEGIN SELECT RAISE(ABORT, 'log_head has one row: DELETE refused'); END;

-- ---- what the sources said --------------------------------------------------------------------------------------------------

CREATE TABLE capture (
    digest       TEXT PRIMARY KEY CHECK (length(digest) = 64 AND digest NOT GLOB '*[^0-9a-f]*'),  -- of the WARC record in the archive
    url          TEXT NOT NULL,
    body_sha256  TEXT NOT NULL CHECK (length(body_sha256) = 64),
    retrieved_at TEXT NOT NULL CHECK (retrieved_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;

CREATE TABLE fetch (  -- every attempt, also those without an answer
    sequence     INTEGER PRIMARY KEY CHECK (sequence >= 1),
    source       TEXT NOT NULL,
    url          TEXT NOT NULL,
    status       INTEGER,
    error        TEXT,
    capture      TEXT REFERENCES capture (digest),
    retrieved_at TEXT NOT NULL CHECK (retrieved_at GLOB '????-??-??T??:??:??.??????Z'),
    run_id       TEXT NOT NULL
) STRICT;
CREATE INDEX fetch_source ON fetch (source, sequence);

CREATE TABLE document (
    sequence     INTEGER PRIMARY KEY CHECK (sequence >= 1),
    digest       TEXT NOT NULL UNIQUE CHECK (length(digest) = 64 AND digest NOT GLOB '*[^0-9a-f]*'),  -- over version, capture and content
    document_id  TEXT NOT NULL,
    version      INTEGER NOT NULL CHECK (version >= 1),
    url          TEXT NOT NULL,
    source       TEXT NOT NULL,
    form         TEXT NOT NULL,
    language     TEXT NOT NULL,
    headline     TEXT NOT NULL,
    text_digest  TEXT NOT NULL CHECK (length(text_digest) = 64),
    published_at TEXT CHECK (published_at GLOB '????-??-??T??:??:??.??????Z'),
    day          TEXT CHECK (date(day) IS day),
    twin_url     TEXT,
    capture      TEXT NOT NULL REFERENCES capture (digest),
    seen_at      TEXT NOT NULL CHECK (seen_at GLOB '????-??-??T??:??:??.??????Z'),
    content      TEXT NOT NULL CHECK (json_valid(content)),  -- canonical JSON of the whole document
    UNIQUE (document_id, version)
) STRICT;
CREATE INDEX document_url ON document (url);

CREATE TABLE source_check (
    sequence   INTEGER PRIMARY KEY CHECK (sequence >= 1),
    source     TEXT NOT NULL,
    canary     TEXT NOT NULL,
    passed     INTEGER NOT NULL CHECK (passed IN (0, 1)),
    detail     TEXT NOT NULL,
    checked_at TEXT NOT NULL CHECK (checked_at GLOB '????-??-??T??:??:??.??????Z'),
    run_id     TEXT NOT NULL
) STRICT;

CREATE TABLE coverage (  -- the newest row of (source, feed, day) is what is known of that day
    sequence   INTEGER PRIMARY KEY CHECK (sequence >= 1),
    source     TEXT NOT NULL,
    feed       TEXT NOT NULL,
    day        TEXT NOT NULL CHECK (date(day) IS day),
    listed     INTEGER NOT NULL CHECK (listed >= 0),
    read       INTEGER NOT NULL CHECK (read >= 0),
    closed     INTEGER NOT NULL CHECK (closed IN (0, 1)),
    checked_at TEXT NOT NULL CHECK (checked_at GLOB '????-??-??T??:??:??.??????Z'),
    run_id     TEXT NOT NULL
) STRICT;
CREATE INDEX coverage_day ON coverage (source, feed, day, sequence);

CREATE TABLE quarantine (
    sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
    source   TEXT NOT NULL,
    url      TEXT NOT NULL,
    capture  TEXT REFERENCES capture (digest),
    stage    TEXT NOT NULL,
    reason   TEXT NOT NULL,
    at       TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z'),
    run_id   TEXT NOT NULL
) STRICT;

-- ---- what we read in it -----------------------------------------------------------------------------------------------------

CREATE TABLE reading (
    reading_id      INTEGER PRIMARY KEY CHECK (reading_id >= 1),
    document_digest TEXT NOT NULL REFERENCES document (digest),
    text_digest     TEXT NOT NULL,
    rules           TEXT NOT NULL,  -- version of the rules
    read_at         TEXT NOT NULL CHECK (read_at GLOB '????-??-??T??:??:??.??????Z'),
    run_id          TEXT NOT NULL,
    UNIQUE (document_digest, rules)
) STRICT;

CREATE TABLE candidate (
    candidate_id   INTEGER PRIMARY KEY CHECK (candidate_id >= 1),
    reading_id     INTEGER NOT NULL REFERENCES reading (reading_id),
    claim_key      TEXT NOT NULL,
    content_digest TEXT NOT NULL CHECK (length(content_digest) = 64),
    confidence     INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 100),
    decision       TEXT NOT NULL CHECK (decision IN ('append', 'review', 'drop')),
    content        TEXT NOT NULL CHECK (json_valid(content))
) STRICT;
CREATE INDEX candidate_reading ON candidate (reading_id);
CREATE INDEX candidate_claim ON candidate (claim_key, candidate_id);

CREATE TABLE candidate_outcome (  -- the newest row of a candidate is its outcome; `held` is followed by what a person made of it
    outcome_id   INTEGER PRIMARY KEY CHECK (outcome_id >= 1),
    candidate_id INTEGER NOT NULL REFERENCES candidate (candidate_id),
    outcome      TEXT NOT NULL CHECK (outcome IN ('appended', 'same', 'held', 'dropped', 'quarantined')),
    reason       TEXT NOT NULL,
    position     INTEGER NOT NULL CHECK (position >= 0),  -- the newest event at that time
    at           TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z'),
    run_id       TEXT NOT NULL
) STRICT;
CREATE INDEX candidate_outcome_candidate ON candidate_outcome (candidate_id, outcome_id);

-- ---- keeping it -------------------------------------------------------------------------------------------------------------

CREATE TABLE checkpoint (
    tree_size INTEGER PRIMARY KEY CHECK (tree_size >= 0),
    root      TEXT NOT NULL CHECK (length(root) = 64 AND root NOT GLOB '*[^0-9a-f]*'),
    note      TEXT NOT NULL,  -- the signed note as published
    made_at   TEXT NOT NULL CHECK (made_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;

CREATE TABLE migration (  -- what was run on this database; `views` once for every set of views
    sequence   INTEGER PRIMARY KEY CHECK (sequence >= 1),
    file       TEXT NOT NULL,
    sha256     TEXT NOT NULL CHECK (length(sha256) = 64),
    applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z')
) STRICT;

-- Who is behind a pseudonym: outside the chain, changeable, erasable.
CREATE TABLE person (
    person_id TEXT PRIMARY KEY,
    name      TEXT,
    address   TEXT
) STRICT;

-- How far each read model has come: disposable, like the read models themselves.
CREATE TABLE projection (
    name     TEXT PRIMARY KEY,
    version  INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    as_of    TEXT NOT NULL,
    digest   TEXT NOT NULL CHECK (length(digest) = 64)
) STRICT;

-- ---- append-only, all of them -----------------------------------------------------------------------------------------------

CREATE TRIGGER capture_refuses_update BEFORE UPDATE ON capture BEGIN SELECT RAISE(ABORT, 'capture is append-only: UPDATE refused'); END;
CREATE TRIGGER capture_refuses_delete BEFORE DELETE ON capture BEGIN SELECT RAISE(ABORT, 'capture is append-only: DELETE refused'); END;
CREATE TRIGGER capture_refuses_replace BEFORE INSERT ON capture WHEN EXISTS (SELECT 1 FROM capture WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'capture is append-only: REPLACE refused'); END;

CREATE TRIGGER fetch_refuses_update BEFORE UPDATE ON fetch BEGIN SELECT RAISE(ABORT, 'fetch is append-only: UPDATE refused'); END;
CREATE TRIGGER fetch_refuses_delete BEFORE DELETE ON fetch BEGIN SELECT RAISE(ABORT, 'fetch is append-only: DELETE refused'); END;
CREATE TRIGGER fetch_refuses_replace BEFORE INSERT ON fetch WHEN EXISTS (SELECT 1 FROM fetch WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'fetch is append-only: REPLACE refused'); END;

CREATE TRIGGER document_refuses_update BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'document is append-only: UPDATE refused'); END;
CREATE TRIGGER document_refuses_delete BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'document is append-only: DELETE refused'); END;
CREATE TRIGGER document_refuses_replace BEFORE INSERT ON document WHEN EXISTS (
    SELECT 1 FROM document
    WHERE sequence = NEW.sequence OR digest = NEW.digest OR (document_id = NEW.document_id AND version = NEW.version)
)
BEGIN SELECT RAISE(ABORT, 'document is append-only: REPLACE refused'); END;

CREATE TRIGGER source_check_refuses_update BEFORE UPDATE ON source_check
BEGIN SELECT RAISE(ABORT, 'source_check is append-only: UPDATE refused'); END;
CREATE TRIGGER source_check_refuses_delete BEFORE DELETE ON source_check
BEGIN SELECT RAISE(ABORT, 'source_check is append-only: DELETE refused'); END;
CREATE TRIGGER source_check_refuses_replace BEFORE INSERT ON source_check
WHEN EXISTS (SELECT 1 FROM source_check WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'source_check is append-only: REPLACE refused'); END;

CREATE TRIGGER coverage_refuses_update BEFORE UPDATE ON coverage BEGIN SELECT RAISE(ABORT, 'coverage is append-only: UPDATE refused'); END;
CREATE TRIGGER coverage_refuses_delete BEFORE DELETE ON coverage BEGIN SELECT RAISE(ABORT, 'coverage is append-only: DELETE refused'); END;
CREATE TRIGGER coverage_refuses_replace BEFORE INSERT ON coverage WHEN EXISTS (SELECT 1 FROM coverage WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'coverage is append-only: REPLACE refused'); END;

CREATE TRIGGER quarantine_refuses_update BEFORE UPDATE ON quarantine
BEGIN SELECT RAISE(ABORT, 'quarantine is append-only: UPDATE refused'); END;
CREATE TRIGGER quarantine_refuses_delete BEFORE DELETE ON quarantine
BEGIN SELECT RAISE(ABORT, 'quarantine is append-only: DELETE refused'); END;
CREATE TRIGGER quarantine_refuses_replace BEFORE INSERT ON quarantine
WHEN EXISTS (SELECT 1 FROM quarantine WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'quarantine is append-only: REPLACE refused'); END;

CREATE TRIGGER reading_refuses_update BEFORE UPDATE ON reading BEGIN SELECT RAISE(ABORT, 'reading is append-only: UPDATE refused'); END;
CREATE TRIGGER reading_refuses_delete BEFORE DELETE ON reading BEGIN SELECT RAISE(ABORT, 'reading is append-only: DELETE refused'); END;
CREATE TRIGGER reading_refuses_replace BEFORE INSERT ON reading WHEN EXISTS (
    SELECT 1 FROM reading WHERE reading_id = NEW.reading_id OR (document_digest = NEW.document_digest AND rules = NEW.rules)
)
BEGIN SELECT RAISE(ABORT, 'reading is append-only: REPLACE refused'); END;

CREATE TRIGGER candidate_refuses_update BEFORE UPDATE ON candidate BEGIN SELECT RAISE(ABORT, 'candidate is append-only: UPDATE refused'); END;
CREATE TRIGGER candidate_refuses_delete BEFORE DELETE ON candidate BEGIN SELECT RAISE(ABORT, 'candidate is append-only: DELETE refused'); END;
CREATE TRIGGER candidate_refuses_replace BEFORE INSERT ON candidate
WHEN EXISTS (SELECT 1 FROM candidate WHERE candidate_id = NEW.candidate_id)
BEGIN SELECT RAISE(ABORT, 'candidate is append-only: REPLACE refused'); END;

CREATE TRIGGER candidate_outcome_refuses_update BEFORE UPDATE ON candidate_outcome
BEGIN SELECT RAISE(ABORT, 'candidate_outcome is append-only: UPDATE refused'); END;
CREATE TRIGGER candidate_outcome_refuses_delete BEFORE DELETE ON candidate_outcome
BEGIN SELECT RAISE(ABORT, 'candidate_outcome is append-only: DELETE refused'); END;
CREATE TRIGGER candidate_outcome_refuses_replace BEFORE INSERT ON candidate_outcome
WHEN EXISTS (SELECT 1 FROM candidate_outcome WHERE outcome_id = NEW.outcome_id)
BEGIN SELECT RAISE(ABORT, 'candidate_outcome is append-only: REPLACE refused'); END;

CREATE TRIGGER checkpoint_refuses_update BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only: UPDATE refused'); END;
CREATE TRIGGER checkpoint_refuses_delete BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only: DELETE refused'); END;
CREATE TRIGGER checkpoint_refuses_replace BEFORE INSERT ON checkpoint
WHEN EXISTS (SELECT 1 FROM checkpoint WHERE tree_size = NEW.tree_size)
BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only: REPLACE refused'); END;

CREATE TRIGGER migration_refuses_update BEFORE UPDATE ON migration BEGIN SELECT RAISE(ABORT, 'migration is append-only: UPDATE refused'); END;
CREATE TRIGGER migration_refuses_delete BEFORE DELETE ON migration BEGIN SELECT RAISE(ABORT, 'migration is append-only: DELETE refused'); END;
CREATE TRIGGER migration_refuses_replace BEFORE INSERT ON migration WHEN EXISTS (SELECT 1 FROM migration WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'migration is append-only: REPLACE refused'); END;
