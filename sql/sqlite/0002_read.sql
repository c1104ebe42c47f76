-- The read tables: what pages, mails and BI tools use. Each is deleted and filled anew from the ledger in one transaction, so it can be
-- dropped and rebuilt at any time (`milestones rebuild`). Days are ISO text, instants end in Z, truth values are 0 and 1. The PostgreSQL
-- file of the same name says in comments what each column means.

CREATE TABLE read_commitment (
    commitment         TEXT NOT NULL,
    place              INTEGER NOT NULL,
    policy_document    TEXT NOT NULL,
    policy_document_en TEXT NOT NULL,
    policy_document_zh TEXT NOT NULL,
    promised_on        TEXT NOT NULL,
    section_en         TEXT NOT NULL,
    section_zh         TEXT NOT NULL,
    heading_en         TEXT NOT NULL,
    heading_zh         TEXT NOT NULL,
    title_en           TEXT NOT NULL,
    title_zh           TEXT NOT NULL,
    bureaux            TEXT NOT NULL,
    met                INTEGER NOT NULL,
    of                 INTEGER NOT NULL,
    target_count       INTEGER NOT NULL,
    next_target        TEXT,
    next_deadline_on   TEXT,
    next_status        TEXT,
    next_status_en     TEXT,
    next_status_zh     TEXT,
    as_of_position     INTEGER NOT NULL,
    as_of_on           TEXT NOT NULL,
    PRIMARY KEY (commitment)
) STRICT;

CREATE TABLE read_target (
    commitment         TEXT NOT NULL,
    target             TEXT NOT NULL,
    place              INTEGER NOT NULL,
    title_en           TEXT NOT NULL,
    title_zh           TEXT NOT NULL,
    nature             TEXT NOT NULL CHECK (nature IN ('outcome', 'continuing', 'exploratory')),
    nature_en          TEXT NOT NULL,
    nature_zh          TEXT NOT NULL,
    deadline_kind      TEXT NOT NULL CHECK (deadline_kind IN ('by', 'from', 'none')),
    deadline_printed   TEXT NOT NULL,
    deadline_first_on  TEXT,
    deadline_last_on   TEXT,
    quantity_value     INTEGER,
    quantity_unit      TEXT,
    quantity_basis     TEXT,
    status             TEXT NOT NULL,
    status_en          TEXT NOT NULL,
    status_zh          TEXT NOT NULL,
    basis              TEXT,
    basis_en           TEXT,
    basis_zh           TEXT,
    occurred_on        TEXT,
    occurred_precision TEXT,
    straddles          INTEGER NOT NULL CHECK (straddles IN (0, 1)),
    start_not_found    INTEGER NOT NULL CHECK (start_not_found IN (0, 1)),
    slippage_days      INTEGER,
    unread_sources     TEXT,
    can_be_met         INTEGER NOT NULL CHECK (can_be_met IN (0, 1)),
    documents_searched INTEGER NOT NULL,
    milestone_count    INTEGER NOT NULL,
    evidence_count     INTEGER NOT NULL,
    as_of_position     INTEGER NOT NULL,
    as_of_on           TEXT NOT NULL,
    PRIMARY KEY (commitment, target)
) STRICT;

CREATE TABLE read_milestone (
    milestone_id       TEXT NOT NULL,
    commitment         TEXT NOT NULL,
    target             TEXT NOT NULL,
    kind               TEXT NOT NULL,
    kind_en            TEXT NOT NULL,
    kind_zh            TEXT NOT NULL,
    state              TEXT NOT NULL CHECK (state IN ('scheduled', 'happened')),
    state_en           TEXT NOT NULL,
    state_zh           TEXT NOT NULL,
    subject            TEXT NOT NULL,
    occurred_on        TEXT,
    occurred_precision TEXT NOT NULL,
    occurred_first_on  TEXT,
    occurred_last_on   TEXT,
    evidence_count     INTEGER NOT NULL,
    url                TEXT NOT NULL,
    quote              TEXT,
    published_at       TEXT,
    confidence         INTEGER CHECK (confidence BETWEEN 0 AND 100),
    first_position     INTEGER NOT NULL,
    last_position      INTEGER NOT NULL,
    first_recorded_at  TEXT NOT NULL,
    as_of_position     INTEGER NOT NULL,
    as_of_on           TEXT NOT NULL,
    PRIMARY KEY (milestone_id)
) STRICT;
CREATE INDEX read_milestone_commitment ON read_milestone (commitment, target);

CREATE TABLE read_evidence (
    event_id           TEXT NOT NULL,
    milestone_id       TEXT NOT NULL,
    position           INTEGER NOT NULL,
    commitment         TEXT NOT NULL,
    target             TEXT NOT NULL,
    kind               TEXT NOT NULL,
    kind_en            TEXT NOT NULL,
    kind_zh            TEXT NOT NULL,
    state              TEXT NOT NULL CHECK (state IN ('scheduled', 'happened')),
    state_en           TEXT NOT NULL,
    state_zh           TEXT NOT NULL,
    subject            TEXT NOT NULL,
    occurred_on        TEXT,
    occurred_precision TEXT,
    published_at       TEXT,
    recorded_at        TEXT NOT NULL,
    confidence         INTEGER CHECK (confidence BETWEEN 0 AND 100),
    url                TEXT NOT NULL,
    quote              TEXT,
    locator            TEXT,
    rule               TEXT,
    document_digest    TEXT,
    as_of_position     INTEGER NOT NULL,
    as_of_on           TEXT NOT NULL,
    PRIMARY KEY (event_id)
) STRICT;
CREATE INDEX read_evidence_milestone ON read_evidence (milestone_id);
CREATE INDEX read_evidence_position ON read_evidence (position);

CREATE TABLE read_source (
    source            TEXT NOT NULL,
    feed              TEXT NOT NULL,
    last_good_read_at TEXT,
    last_error        TEXT,
    backlog           INTEGER NOT NULL,
    days_closed       INTEGER NOT NULL,
    first_closed_on   TEXT,
    last_closed_on    TEXT,
    documents_listed  INTEGER NOT NULL,
    documents_read    INTEGER NOT NULL,
    open_gaps         INTEGER NOT NULL,
    gap_days          INTEGER NOT NULL,
    first_gap_on      TEXT,
    last_gap_on       TEXT,
    as_of_position    INTEGER NOT NULL,
    as_of_on          TEXT NOT NULL,
    PRIMARY KEY (source, feed)
) STRICT;

CREATE TABLE read_status_count (
    place          INTEGER NOT NULL,
    unit           TEXT NOT NULL CHECK (unit IN ('target', 'dated_target', 'undated_target')),
    status         TEXT NOT NULL,
    status_en      TEXT NOT NULL,
    status_zh      TEXT NOT NULL,
    basis          TEXT,
    basis_en       TEXT,
    basis_zh       TEXT,
    count          INTEGER NOT NULL CHECK (count >= 0),
    as_of_position INTEGER NOT NULL,
    as_of_on       TEXT NOT NULL,
    PRIMARY KEY (place)
) STRICT;
-- NULLs are distinct in a plain key, and most statuses have no basis.
CREATE UNIQUE INDEX read_status_count_key ON read_status_count (unit, status, coalesce(basis, ''));
