-- What happened: one current row for each milestone, whatever the number of documents that tell of it, so that a plain COUNT(*) is right.
-- A step that is only announced has state `scheduled`; count what happened with WHERE state = 'happened'.
CREATE VIEW fct_milestone AS
SELECT
    milestone_id,
    commitment,
    target,
    kind,
    kind_en,
    kind_zh,
    state,
    state_en,
    state_zh,
    subject,
    occurred_on,
    occurred_precision,
    occurred_first_on,
    occurred_last_on,
    evidence_count,
    url,
    quote,
    published_at,
    confidence,
    first_position,
    last_position,
    first_recorded_at,
    moved_from_on,
    as_of_position,
    as_of_on
FROM read_milestone;
