-- How each source is doing, beside what was read of it; and indexes along which its canaries look.

ALTER TABLE read.read_source ADD COLUMN newest_document_at timestamptz;
ALTER TABLE read.read_source ADD COLUMN degraded_since timestamptz;
ALTER TABLE read.read_source ADD COLUMN degraded_because text;
ALTER TABLE read.read_source ADD COLUMN affected_commitments text COLLATE "C";

COMMENT ON COLUMN read.read_source.newest_document_at IS 'When the newest document of the source was published, or seen first where its publisher states no time; null if there is none.';
COMMENT ON COLUMN read.read_source.degraded_since IS 'Since when the source is degraded (two failures in a row); null while it is not.';
COMMENT ON COLUMN read.read_source.degraded_because IS 'Why, in one line.';
COMMENT ON COLUMN read.read_source.affected_commitments IS 'Of a source that is degraded, or whose newest answer could not be read: the open commitments that rest on it, joined by a comma; null otherwise.';

CREATE INDEX fetch_run ON ledger.fetch (source, run_id, sequence);
CREATE INDEX document_source ON ledger.document (source, sequence);
CREATE INDEX document_news ON ledger.document (source, (coalesce(published_at, seen_at)));
CREATE INDEX source_check_canary ON ledger.source_check (source, canary, sequence);
CREATE INDEX quarantine_url ON ledger.quarantine (url, capture);
