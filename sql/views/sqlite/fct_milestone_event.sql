-- Every version of every report of a milestone, as recorded: the history behind `fct_milestone`. Not for counting steps; filter by
-- recorded_at_utc for what was known then. Times are text to the millisecond.
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
    strftime('%Y-%m-%d %H:%M:%f', e.published_at, '+0 hours') AS published_at_utc,
    strftime('%Y-%m-%d %H:%M:%f', e.published_at, '+8 hours') AS published_at_hkt,
    strftime('%Y-%m-%d %H:%M:%f', e.recorded_at, '+0 hours') AS recorded_at_utc,
    strftime('%Y-%m-%d %H:%M:%f', e.recorded_at, '+8 hours') AS recorded_at_hkt,
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
