-- Watching the sources: what lists named, what servers said of versions, how pages are built, what others count. Append-only, like all
-- that sources said.

CREATE TABLE ledger.listed_link (  -- what lists named; a document without a row in `document` is still to be read
    sequence  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source    text COLLATE "C" NOT NULL,
    feed      text COLLATE "C" NOT NULL,
    url       text COLLATE "C" NOT NULL,
    day       date,
    headline  text NOT NULL,
    listed_at timestamptz NOT NULL,
    run_id    text NOT NULL,
    UNIQUE (source, url)
);
CREATE INDEX listed_link_day ON ledger.listed_link (source, day);

CREATE TABLE ledger.closed_list (  -- days whose list was read whole after they were over
    sequence  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source    text COLLATE "C" NOT NULL,
    feed      text COLLATE "C" NOT NULL,
    day       date NOT NULL,
    listed    integer NOT NULL CHECK (listed >= 0),
    listed_at timestamptz NOT NULL,
    run_id    text NOT NULL
);
CREATE INDEX closed_list_day ON ledger.closed_list (source, feed, day, sequence);

CREATE TABLE ledger.validator (  -- what servers said of the version of a page, for asking only if it changed
    sequence      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    url           text COLLATE "C" NOT NULL,
    capture       ledger.digest NOT NULL REFERENCES ledger.capture (digest),
    etag          text,
    last_modified text,
    noted_at      timestamptz NOT NULL
);
CREATE INDEX validator_url ON ledger.validator (url, sequence);

CREATE TABLE ledger.page_shape (  -- the first page of each shape that pages of a layout have
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source   text COLLATE "C" NOT NULL,
    layout   text COLLATE "C" NOT NULL,
    shape    ledger.digest NOT NULL,
    features text NOT NULL,
    url      text COLLATE "C" NOT NULL,
    capture  ledger.digest NOT NULL REFERENCES ledger.capture (digest),
    seen_at  timestamptz NOT NULL,
    UNIQUE (source, layout, shape)
);

CREATE TABLE ledger.count_check (  -- what others count, against what we know; the newest row of (source, feed, day, counted_by) stands
    sequence   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source     text COLLATE "C" NOT NULL,
    feed       text COLLATE "C" NOT NULL,
    day        date NOT NULL,
    counted_by text COLLATE "C" NOT NULL,
    theirs     integer NOT NULL CHECK (theirs >= 0),
    ours       integer NOT NULL CHECK (ours >= 0),
    checked_at timestamptz NOT NULL,
    run_id     text NOT NULL
);
CREATE INDEX count_check_day ON ledger.count_check (source, feed, day, counted_by, sequence);

CREATE INDEX fetch_url ON ledger.fetch (url, sequence);
CREATE INDEX source_check_source ON ledger.source_check (source, sequence);

COMMENT ON TABLE ledger.listed_link IS 'What lists named; a document without a row in `document` is still to be read.';
COMMENT ON TABLE ledger.closed_list IS 'Days whose list was read whole after they were over.';
COMMENT ON TABLE ledger.validator IS 'What servers said of the version of a page, for asking only if it changed.';
COMMENT ON TABLE ledger.page_shape IS 'The first page of each shape that pages of a layout have.';
COMMENT ON TABLE ledger.count_check IS 'What others count, against what we know; the newest row of (source, feed, day, counted_by) stands.';

DO $$
DECLARE
    kept name;
BEGIN
    FOREACH kept IN ARRAY ARRAY['listed_link', 'closed_list', 'validator', 'page_shape', 'count_check']::name[] LOOP
        EXECUTE format(
            'CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.%I FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()',
            kept || '_refuses_change', kept
        );
        EXECUTE format('ALTER TABLE ledger.%I ENABLE ALWAYS TRIGGER %I', kept, kept || '_refuses_change');
    END LOOP;
    IF (SELECT count(*) FROM pg_roles WHERE rolname IN ('ledger_owner', 'ledger_writer', 'ledger_projector', 'ledger_reader')) < 4 THEN
        RETURN;
    END IF;
    FOREACH kept IN ARRAY ARRAY['listed_link', 'closed_list', 'validator', 'page_shape', 'count_check']::name[] LOOP
        EXECUTE format('GRANT SELECT ON ledger.%I TO ledger_writer, ledger_projector, ledger_reader', kept);
        EXECUTE format('GRANT INSERT ON ledger.%I TO ledger_writer', kept);
        BEGIN
            EXECUTE format('ALTER TABLE ledger.%I OWNER TO ledger_owner', kept);
        EXCEPTION WHEN insufficient_privilege THEN NULL;
        END;
    END LOOP;
END
$$;
