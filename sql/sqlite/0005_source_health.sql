-- How each source is doing, beside what was read of it; and indexes along which its canaries look.

ALTER TABLE read_source ADD COLUMN newest_document_at TEXT;
ALTER TABLE read_source ADD COLUMN degraded_since TEXT;
ALTER TABLE read_source ADD COLUMN degraded_because TEXT;
ALTER TABLE read_source ADD COLUMN affected_commitments TEXT;

CREATE INDEX fetch_run ON fetch (source, run_id, sequence);
CREATE INDEX document_source ON document (source, sequence);
CREATE INDEX document_news ON document (source, coalesce(published_at, seen_at));
CREATE INDEX source_check_canary ON source_check (source, canary, sequence);
CREATE INDEX quarantine_url ON quarantine (url, capture);
