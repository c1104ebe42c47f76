-- Every version of every report of a milestone, as recorded: the history behind `fct_milestone`. Not for counting steps; filter by
-- recorded_at_utc for what was known then. Times are without zone, as their names say which they are in.
CREATE VIEW fct_milestone_event AS
SELECT
    e.position,
    e.event_id,
    e.type,
    e.type <> 'milestone.retracted' AND NOT EXISTS (SELECT 1 FROM event AS later WHERE later.amends = e.event_id) AS is_current,
    e.amends,
    e.commitment,
    e.target,
    e.kind,
    e.state,
    e.subject,
    e.occurred_on,
    e.occurred_precision,
    e.published_at AT TIME ZONE 'UTC' AS published_at_utc,
    e.published_at AT TIME ZONE 'Asia/Hong_Kong' AS published_at_hkt,
    e.recorded_at AT TIME ZONE 'UTC' AS recorded_at_utc,
    e.recorded_at AT TIME ZONE 'Asia/Hong_Kong' AS recorded_at_hkt,
    e.confidence,
    e.source AS url,
    e.quote,
    e.locator,
    e.rule,
    e.rule_version,
    e.producer,
    e.document_digest,
    h.position AS as_of_position
FROM event AS e
CROSS JOIN log_head AS h
WHERE e.type IN ('milestone.reported', 'milestone.amended', 'milestone.retracted');

COMMENT ON VIEW fct_milestone_event IS 'Every version of every report of a milestone, as recorded; fct_milestone has the current ones. Not for counting steps.';
COMMENT ON COLUMN fct_milestone_event.position IS 'Position in the ledger.';
COMMENT ON COLUMN fct_milestone_event.event_id IS 'Id of the event.';
COMMENT ON COLUMN fct_milestone_event.type IS 'milestone.reported, milestone.amended or milestone.retracted.';
COMMENT ON COLUMN fct_milestone_event.is_current IS 'Whether what it claims still stands: not amended, not retracted, and no retraction itself.';
COMMENT ON COLUMN fct_milestone_event.amends IS 'Id of the event that it amends or retracts; null for a report.';
COMMENT ON COLUMN fct_milestone_event.commitment IS 'Full key of the commitment.';
COMMENT ON COLUMN fct_milestone_event.target IS 'Slug of the target, or context.';
COMMENT ON COLUMN fct_milestone_event.kind IS 'What sort of step it tells of.';
COMMENT ON COLUMN fct_milestone_event.state IS 'scheduled or happened, as the document says.';
COMMENT ON COLUMN fct_milestone_event.subject IS 'Slug of what the step is about.';
COMMENT ON COLUMN fct_milestone_event.occurred_on IS 'Day of the step as the document says.';
COMMENT ON COLUMN fct_milestone_event.occurred_precision IS 'How exactly the document gives it.';
COMMENT ON COLUMN fct_milestone_event.published_at_utc IS 'When the document was published, as it states, in UTC.';
COMMENT ON COLUMN fct_milestone_event.published_at_hkt IS 'The same in Hong Kong time.';
COMMENT ON COLUMN fct_milestone_event.recorded_at_utc IS 'When the event was recorded, in UTC: what was known on a day is what was recorded by its end.';
COMMENT ON COLUMN fct_milestone_event.recorded_at_hkt IS 'The same in Hong Kong time.';
COMMENT ON COLUMN fct_milestone_event.confidence IS '0 to 100, of the reading that it rests on; null where no reading did.';
COMMENT ON COLUMN fct_milestone_event.url IS 'Address of the publisher''s page.';
COMMENT ON COLUMN fct_milestone_event.quote IS 'Words of that page.';
COMMENT ON COLUMN fct_milestone_event.locator IS 'Where in the page they stand.';
COMMENT ON COLUMN fct_milestone_event.rule IS 'Rule that read them; person.recorded or person.amended where a person said it; of a retraction, that of what it retracts.';
COMMENT ON COLUMN fct_milestone_event.rule_version IS 'Version of that rule.';
COMMENT ON COLUMN fct_milestone_event.producer IS 'Program and version that recorded the event. The pseudonym of a person who decided stands in the column data of table event.';
COMMENT ON COLUMN fct_milestone_event.document_digest IS 'Version of the document, as lower-case hex.';
COMMENT ON COLUMN fct_milestone_event.as_of_position IS 'Newest position of the ledger.';
