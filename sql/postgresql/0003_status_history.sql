-- The status of every target on every day, as known at every instant; and which read models stopped, and where.
--
-- A row of read_target_interval is a rectangle: days from valid_from to before valid_to, known from known_from(_at) to before known_to(_at).
-- The rectangles of a target cover everything and never overlap, so a day and an instant give exactly one row a target. Rows are made by the
-- fold in Python, whose rules decide; SQL only compares. Later knowledge ends a row, but never changes what it says of the time before.

CREATE TABLE read.read_target_interval (
    commitment         text COLLATE "C" NOT NULL,
    target             text COLLATE "C" NOT NULL,
    valid_from         date NOT NULL,
    valid_to           date CHECK (valid_to > valid_from),
    known_from         bigint NOT NULL CHECK (known_from >= 0),
    known_to           bigint CHECK (known_to > known_from),
    known_from_at      timestamptz NOT NULL,
    known_to_at        timestamptz CHECK (known_to_at > known_from_at),
    status             text COLLATE "C" NOT NULL,
    basis              text COLLATE "C",
    occurred_on        date,
    occurred_precision text COLLATE "C",
    straddles          boolean NOT NULL,
    start_not_found    boolean NOT NULL,
    slippage_days      integer,
    unread_sources     text,
    PRIMARY KEY (commitment, target, known_from, valid_from),
    CHECK ((known_to IS NULL) = (known_to_at IS NULL))
);
CREATE INDEX read_target_interval_open ON read.read_target_interval (commitment, target, valid_from) WHERE known_to IS NULL;
CREATE INDEX read_target_interval_known ON read.read_target_interval (known_to_at);

COMMENT ON TABLE read.read_target_interval IS 'The status of each target on every day, as known at every instant: one row for each run of days and span of knowledge. Rebuilt; never edited.';
COMMENT ON COLUMN read.read_target_interval.commitment IS 'Full key of the commitment.';
COMMENT ON COLUMN read.read_target_interval.target IS 'Slug of the target.';
COMMENT ON COLUMN read.read_target_interval.valid_from IS 'First day of the status; 0001-01-01 where it has no beginning.';
COMMENT ON COLUMN read.read_target_interval.valid_to IS 'First day on which it no longer holds; null where it has no end.';
COMMENT ON COLUMN read.read_target_interval.known_from IS 'Ledger position from which on this was known (the first event recorded at that instant); 0: before anything was recorded.';
COMMENT ON COLUMN read.read_target_interval.known_to IS 'Ledger position from which on something else was known; null while this holds.';
COMMENT ON COLUMN read.read_target_interval.known_from_at IS 'Instant from which on this was known.';
COMMENT ON COLUMN read.read_target_interval.known_to_at IS 'Instant from which on something else was known; null while this holds.';
COMMENT ON COLUMN read.read_target_interval.status IS 'Status of the target on those days.';
COMMENT ON COLUMN read.read_target_interval.basis IS 'What overdue rests on; null for any other status.';
COMMENT ON COLUMN read.read_target_interval.occurred_on IS 'Day of the act that decides, or of the scheduled one; null where none decides, as in progress.';
COMMENT ON COLUMN read.read_target_interval.occurred_precision IS 'How exactly that day is known.';
COMMENT ON COLUMN read.read_target_interval.straddles IS 'Whether its stated month reaches over the deadline.';
COMMENT ON COLUMN read.read_target_interval.start_not_found IS 'Whether the interval of a from-deadline is over without a start.';
COMMENT ON COLUMN read.read_target_interval.slippage_days IS 'Days between deadline and completion, for met_late; how late something overdue is on a day is that day minus its deadline.';
COMMENT ON COLUMN read.read_target_interval.unread_sources IS 'Sources that were not read over the whole time to the deadline, by the newest coverage.';

CREATE TABLE read.projection_failure (
    name     text COLLATE "C" PRIMARY KEY,
    category text COLLATE "C" NOT NULL CHECK (category IN ('unreadable', 'poison', 'refused')),
    position bigint NOT NULL CHECK (position >= 1),
    detail   text NOT NULL,
    at       timestamptz NOT NULL
);

COMMENT ON TABLE read.projection_failure IS 'Read models that stopped before an event that they cannot take; empty while all is well.';
COMMENT ON COLUMN read.projection_failure.name IS 'Name of the read model: read-tables or status-history.';
COMMENT ON COLUMN read.projection_failure.category IS 'unreadable (the row is no event), poison (folding it fails) or refused (the database does not take the rows).';
COMMENT ON COLUMN read.projection_failure.position IS 'Ledger position of the event that it stopped before.';
COMMENT ON COLUMN read.projection_failure.detail IS 'What went wrong, in one line.';
COMMENT ON COLUMN read.projection_failure.at IS 'When it was tried last.';
