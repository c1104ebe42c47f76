-- The ledger and what stands beside it, for PostgreSQL 13 or later.
--
-- Schema `ledger` holds what is true and only grows, schema `read` what can be rebuilt. `event` is chained, positions 1..n without gaps and
-- in the order of commits: every writer takes the one row of `log_head` first (BIGSERIAL positions become visible out of order, and a
-- reader that follows them loses events).
-- Digests are lower-case hex text, as in Python and in every export: a person can paste one from a report into a query, and SQLite holds
-- the same. It costs 32 bytes more per digest than bytea.
-- Triggers are ENABLE ALWAYS, or session_replication_role = replica would walk past them, and refuse per statement, or TRUNCATE would.

CREATE SCHEMA IF NOT EXISTS ledger;
CREATE SCHEMA IF NOT EXISTS read;

-- Roles belong to the whole server; another database may have made them, perhaps this very moment.
DO $$
DECLARE
    wanted name;
BEGIN
    IF (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) THEN
        FOREACH wanted IN ARRAY ARRAY['ledger_owner', 'ledger_writer', 'ledger_projector', 'ledger_reader']::name[] LOOP
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
                BEGIN
                    EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                END;
            END IF;
        END LOOP;
    END IF;
END
$$;

CREATE DOMAIN ledger.digest AS text COLLATE "C" CHECK (VALUE ~ '^[0-9a-f]{64}$');

-- ---- the log ----------------------------------------------------------------------------------------------------------------

CREATE TABLE ledger.log_head (
    single      boolean PRIMARY KEY CHECK (single),
    position    bigint NOT NULL,
    hash        ledger.digest NOT NULL,
    recorded_at timestamptz NOT NULL  -- of the newest event; the least that Python knows before the first
);

INSERT INTO ledger.log_head VALUES (true, 0, repeat('0', 64), '0001-01-01 00:00:00+00');

CREATE TABLE ledger.document (
    sequence     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest       ledger.digest NOT NULL UNIQUE,  -- over version, capture and content
    document_id  text COLLATE "C" NOT NULL,
    version      integer NOT NULL CHECK (version >= 1),
    url          text COLLATE "C" NOT NULL,
    source       text COLLATE "C" NOT NULL,
    form         text NOT NULL,
    language     text NOT NULL,
    headline     text NOT NULL,
    text_digest  ledger.digest NOT NULL,
    published_at timestamptz,
    day          date,
    twin_url     text,
    capture      ledger.digest NOT NULL,
    seen_at      timestamptz NOT NULL,
    content      text NOT NULL CHECK (content::jsonb IS NOT NULL),  -- canonical JSON of the whole document
    UNIQUE (document_id, version)
);
CREATE INDEX document_url ON ledger.document (url);

CREATE TABLE ledger.event (
    position           bigint PRIMARY KEY CHECK (position >= 1),
    event_id           uuid NOT NULL UNIQUE,
    stream             text COLLATE "C" NOT NULL CHECK (stream <> ''),
    stream_version     integer NOT NULL CHECK (stream_version >= 1),
    type               text COLLATE "C" NOT NULL CHECK (type ~ '^[a-z][a-z_]*\.[a-z][a-z_]*$'),
    schema_version     smallint NOT NULL CHECK (schema_version >= 1),
    commitment         text COLLATE "C",  -- full key, PA2024/IT-25
    target             text COLLATE "C",  -- slug, or `context`
    kind               text COLLATE "C",
    state              text COLLATE "C" CHECK (state IN ('scheduled', 'happened')),
    subject            text COLLATE "C",  -- slug of what a milestone is about
    source             text COLLATE "C" NOT NULL CHECK (source LIKE '_%:_%'),  -- absolute URI
    occurred_on        date,
    occurred_precision text COLLATE "C" CHECK (occurred_precision IN ('day', 'month', 'quarter', 'half', 'year', 'unknown')),
    published_at       timestamptz,
    recorded_at        timestamptz NOT NULL,
    claim_key          text COLLATE "C" NOT NULL CHECK (claim_key <> ''),
    content_digest     ledger.digest NOT NULL,
    confidence         smallint CHECK (confidence BETWEEN 0 AND 100),
    data               text NOT NULL,  -- canonical JSON: these bytes are what is hashed; jsonb would not keep them
    data_json          jsonb GENERATED ALWAYS AS (data::jsonb) STORED,  -- the same for queries; also the check that it is JSON
    document_digest    ledger.digest REFERENCES ledger.document (digest),
    locator            text,
    quote              text CHECK (length(quote) <= 300),
    rule               text COLLATE "C",
    rule_version       integer,
    producer           text NOT NULL,
    run_id             text NOT NULL,
    caused_by          uuid,
    amends             uuid REFERENCES ledger.event (event_id),
    leaf_version       smallint NOT NULL CHECK (leaf_version >= 1),
    leaf_hash          ledger.digest NOT NULL,
    prev_hash          ledger.digest NOT NULL UNIQUE,  -- unique: a fork is a constraint error
    hash               ledger.digest NOT NULL UNIQUE,
    UNIQUE (stream, stream_version),
    CHECK ((type LIKE 'milestone.%') = (kind IS NOT NULL)),
    CHECK ((kind IS NULL) = (state IS NULL)),
    CHECK ((type LIKE '%.amended' OR type LIKE '%.retracted') = (amends IS NOT NULL))
);
CREATE INDEX event_claim ON ledger.event (claim_key, position);
CREATE INDEX event_commitment ON ledger.event (commitment, position);

-- The writer may not touch the head, so the lock is a function of the owner's.
CREATE FUNCTION ledger.lock_head(OUT "position" bigint, OUT hash text, OUT recorded_at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = ledger, pg_temp
AS $$
    SELECT position, hash, recorded_at FROM ledger.log_head FOR UPDATE
$$;

-- Looks at all rows of one INSERT together: one pass and one move of the head for a batch of 500, instead of 500 versions of the head.
CREATE FUNCTION ledger.admit_only_the_next_links() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp
AS $$
DECLARE
    head ledger.log_head%ROWTYPE;
    newest record;
    refused record;
BEGIN
    SELECT * INTO head FROM ledger.log_head FOR UPDATE;
    SELECT position, hash, recorded_at INTO newest FROM fresh ORDER BY position DESC LIMIT 1;
    IF newest IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT judged.position, judged.reason INTO refused
    FROM (
        SELECT link.position, CASE
            WHEN link.position <> link.wanted THEN 'position is not the next one'
            WHEN link.prev_hash <> link.before THEN 'prev_hash is not the hash of the newest event'
            WHEN link.hash <> link.computed THEN 'hash is not the hash of prev_hash and leaf_hash'
            WHEN link.recorded_at < link.not_before THEN 'recorded_at is before that of the newest event'
            WHEN link.stream_version > 1 AND NOT EXISTS (
                SELECT FROM ledger.event AS e
                WHERE e.stream = link.stream AND e.stream_version = link.stream_version - 1 AND e.position < link.position
            ) THEN 'stream_version is not the next one'
            WHEN link.amends IS NOT NULL AND NOT EXISTS (
                SELECT FROM ledger.event AS e WHERE e.event_id = link.amends AND e.position < link.position
            ) THEN 'amends is no earlier event'
        END AS reason
        FROM (
            SELECT
                f.position, f.prev_hash, f.hash, f.recorded_at, f.stream, f.stream_version, f.amends,
                head.position + row_number() OVER in_order AS wanted,
                lag(f.hash::text, 1, head.hash::text) OVER in_order AS before,
                encode(sha256(decode(f.prev_hash || f.leaf_hash, 'hex')), 'hex') AS computed,
                lag(f.recorded_at, 1, head.recorded_at) OVER in_order AS not_before
            FROM fresh AS f
            WINDOW in_order AS (ORDER BY f.position)
        ) AS link
    ) AS judged
    WHERE judged.reason IS NOT NULL
    ORDER BY judged.position
    LIMIT 1;
    IF refused.reason IS NOT NULL THEN
        RAISE EXCEPTION 'event: %', refused.reason USING ERRCODE = 'integrity_constraint_violation', DETAIL = format('position %s', refused.position);
    END IF;
    UPDATE ledger.log_head SET position = newest.position, hash = newest.hash, recorded_at = newest.recorded_at;
    RETURN NULL;
END
$$;

CREATE TRIGGER event_admits_only_the_next_links AFTER INSERT ON ledger.event
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger.admit_only_the_next_links();
ALTER TABLE ledger.event ENABLE ALWAYS TRIGGER event_admits_only_the_next_links;

-- The head moves from within the trigger above, never by a statement of its own, whoever sends it.
CREATE FUNCTION ledger.move_head_only_with_events() RETURNS trigger
LANGUAGE plpgsql SET search_path = ledger, pg_temp
AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'log_head moves only with an event: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER log_head_moves_only_with_events BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger.log_head
FOR EACH STATEMENT EXECUTE FUNCTION ledger.move_head_only_with_events();
ALTER TABLE ledger.log_head ENABLE ALWAYS TRIGGER log_head_moves_only_with_events;

-- ---- what the sources said --------------------------------------------------------------------------------------------------

CREATE TABLE ledger.capture (
    digest       ledger.digest PRIMARY KEY,  -- of the WARC record in the archive
    url          text COLLATE "C" NOT NULL,
    body_sha256  ledger.digest NOT NULL,
    retrieved_at timestamptz NOT NULL
);
ALTER TABLE ledger.document ADD FOREIGN KEY (capture) REFERENCES ledger.capture (digest);

CREATE TABLE ledger.fetch (  -- every attempt, also those without an answer
    sequence     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source       text COLLATE "C" NOT NULL,
    url          text COLLATE "C" NOT NULL,
    status       integer,
    error        text,
    capture      ledger.digest REFERENCES ledger.capture (digest),
    retrieved_at timestamptz NOT NULL,
    run_id       text NOT NULL
);
CREATE INDEX fetch_source ON ledger.fetch (source, sequence);

CREATE TABLE ledger.source_check (
    sequence   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source     text COLLATE "C" NOT NULL,
    canary     text NOT NULL,
    passed     boolean NOT NULL,
    detail     text NOT NULL,
    checked_at timestamptz NOT NULL,
    run_id     text NOT NULL
);

CREATE TABLE ledger.coverage (  -- the newest row of (source, feed, day) is what is known of that day
    sequence   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source     text COLLATE "C" NOT NULL,
    feed       text COLLATE "C" NOT NULL,
    day        date NOT NULL,
    listed     integer NOT NULL CHECK (listed >= 0),
    read       integer NOT NULL CHECK (read >= 0),
    closed     boolean NOT NULL,
    checked_at timestamptz NOT NULL,
    run_id     text NOT NULL
);
CREATE INDEX coverage_day ON ledger.coverage (source, feed, day, sequence);

CREATE TABLE ledger.quarantine (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source   text COLLATE "C" NOT NULL,
    url      text COLLATE "C" NOT NULL,
    capture  ledger.digest REFERENCES ledger.capture (digest),
    stage    text NOT NULL,
    reason   text NOT NULL,
    at       timestamptz NOT NULL,
    run_id   text NOT NULL
);

-- ---- what we read in it -----------------------------------------------------------------------------------------------------

CREATE TABLE ledger.reading (
    reading_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document_digest ledger.digest NOT NULL REFERENCES ledger.document (digest),
    text_digest     ledger.digest NOT NULL,
    rules           text COLLATE "C" NOT NULL,  -- version of the rules
    read_at         timestamptz NOT NULL,
    run_id          text NOT NULL,
    UNIQUE (document_digest, rules)
);

CREATE TABLE ledger.candidate (
    candidate_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reading_id     bigint NOT NULL REFERENCES ledger.reading (reading_id),
    claim_key      text COLLATE "C" NOT NULL,
    content_digest ledger.digest NOT NULL,
    confidence     smallint NOT NULL CHECK (confidence BETWEEN 0 AND 100),
    decision       text NOT NULL CHECK (decision IN ('append', 'review', 'drop')),
    content        text NOT NULL CHECK (content::jsonb IS NOT NULL)
);
CREATE INDEX candidate_reading ON ledger.candidate (reading_id);
CREATE INDEX candidate_claim ON ledger.candidate (claim_key, candidate_id);

CREATE TABLE ledger.candidate_outcome (  -- the newest row of a candidate is its outcome; `held` is followed by what a person made of it
    outcome_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    candidate_id bigint NOT NULL REFERENCES ledger.candidate (candidate_id),
    outcome      text NOT NULL CHECK (outcome IN ('appended', 'same', 'held', 'dropped', 'quarantined')),
    reason       text NOT NULL,
    position     bigint NOT NULL CHECK (position >= 0),  -- the newest event at that time
    at           timestamptz NOT NULL,
    run_id       text NOT NULL
);
CREATE INDEX candidate_outcome_candidate ON ledger.candidate_outcome (candidate_id, outcome_id);

-- ---- keeping it -------------------------------------------------------------------------------------------------------------

CREATE TABLE ledger.checkpoint (
    tree_size bigint PRIMARY KEY CHECK (tree_size >= 0),
    root      ledger.digest NOT NULL,
    note      text NOT NULL,  -- the signed note as published
    made_at   timestamptz NOT NULL
);

CREATE TABLE ledger.migration (  -- what was run on this database; `views` once for every set of views
    sequence   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    file       text NOT NULL,
    sha256     ledger.digest NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- Who is behind a pseudonym: outside the chain, changeable, erasable.
CREATE TABLE ledger.person (
    person_id text COLLATE "C" PRIMARY KEY,
    name      text,
    address   text
);

-- How far each read model has come: disposable, like the read models themselves.
CREATE TABLE read.projection (
    name     text COLLATE "C" PRIMARY KEY,
    version  integer NOT NULL,
    position bigint NOT NULL CHECK (position >= 0),
    as_of    timestamptz NOT NULL,
    digest   ledger.digest NOT NULL
);

-- ---- append-only, all but `person` and `read` -------------------------------------------------------------------------------

CREATE FUNCTION ledger.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = ledger, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END
$$;

DO $$
DECLARE
    kept name;
BEGIN
    FOREACH kept IN ARRAY ARRAY[
        'event', 'capture', 'fetch', 'document', 'source_check', 'coverage', 'quarantine', 'reading', 'candidate', 'candidate_outcome',
        'checkpoint', 'migration'
    ]::name[] LOOP
        EXECUTE format(
            'CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.%I FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()',
            kept || '_refuses_change', kept
        );
        EXECUTE format('ALTER TABLE ledger.%I ENABLE ALWAYS TRIGGER %I', kept, kept || '_refuses_change');
    END LOOP;
END
$$;

-- ---- who may do what --------------------------------------------------------------------------------------------------------
-- The owner migrates and is not used by the application. Where the roles could not be made, the migrating user does it all itself.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;

DO $$
DECLARE
    made record;
BEGIN
    IF (SELECT count(*) FROM pg_roles WHERE rolname IN ('ledger_owner', 'ledger_writer', 'ledger_projector', 'ledger_reader')) < 4 THEN
        RETURN;
    END IF;

    GRANT USAGE ON SCHEMA ledger, read TO ledger_writer, ledger_projector, ledger_reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO ledger_writer;
    GRANT INSERT ON
        ledger.event, ledger.capture, ledger.fetch, ledger.document, ledger.source_check, ledger.coverage, ledger.quarantine,
        ledger.reading, ledger.candidate, ledger.candidate_outcome, ledger.checkpoint
    TO ledger_writer;
    GRANT INSERT, UPDATE, DELETE ON ledger.person TO ledger_writer;
    GRANT EXECUTE ON FUNCTION ledger.lock_head() TO ledger_writer;

    -- Names and addresses of people are for the writer alone.
    GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO ledger_projector, ledger_reader;
    REVOKE ALL ON ledger.person FROM ledger_projector, ledger_reader;

    -- Read tables and views of later migrations are covered as well.
    GRANT SELECT ON ALL TABLES IN SCHEMA read TO ledger_writer, ledger_reader;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA read TO ledger_projector;
    ALTER DEFAULT PRIVILEGES IN SCHEMA read GRANT SELECT ON TABLES TO ledger_writer, ledger_reader;
    ALTER DEFAULT PRIVILEGES IN SCHEMA read GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ledger_projector;

    -- SECURITY DEFINER functions run with their owner's rights: let that be a role without any others, not whoever migrated. A user who
    -- may make roles but is no superuser must first be a member; one who can be none keeps all, and is then the owner that is meant above.
    BEGIN
        IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
            EXECUTE format('GRANT ledger_owner TO %I', current_user);
        END IF;
        GRANT USAGE, CREATE ON SCHEMA ledger TO ledger_owner;
        GRANT USAGE ON SCHEMA read TO ledger_owner;
        FOR made IN SELECT tablename FROM pg_tables WHERE schemaname = 'ledger' LOOP
            EXECUTE format('ALTER TABLE ledger.%I OWNER TO ledger_owner', made.tablename);
        END LOOP;
        ALTER FUNCTION ledger.lock_head() OWNER TO ledger_owner;
        ALTER FUNCTION ledger.admit_only_the_next_links() OWNER TO ledger_owner;
        ALTER FUNCTION ledger.move_head_only_with_events() OWNER TO ledger_owner;
        ALTER FUNCTION ledger.refuse_change() OWNER TO ledger_owner;
    EXCEPTION WHEN insufficient_privilege THEN NULL;
    END;
END
$$;
