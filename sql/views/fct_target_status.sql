-- What was so on a day, and what was known of it at an instant: range-filter both, and each target gives one row.
--   WHERE valid_from <= DAY AND (valid_to IS NULL OR valid_to > DAY)
--     AND known_from_at <= INSTANT AND (known_to_at IS NULL OR known_to_at > INSTANT)
-- Without a condition on the instant but `known_to_at IS NULL` it is what is known now.
CREATE VIEW fct_target_status AS
SELECT
    i.commitment,
    i.target,
    t.place,
    i.valid_from,
    i.valid_to,
    i.known_from,
    i.known_to,
    i.known_from_at,
    i.known_to_at,
    i.status,
    l.status_en,
    l.status_zh,
    i.basis,
    l.basis_en,
    l.basis_zh,
    t.deadline_last_on,
    i.occurred_on,
    i.occurred_precision,
    i.straddles,
    i.start_not_found,
    i.slippage_days,
    i.unread_sources,
    p.position AS as_of_position
FROM read_target_interval AS i
LEFT JOIN read_target AS t ON t.commitment = i.commitment AND t.target = i.target
LEFT JOIN read_status_count AS l ON l.unit = 'target' AND l.status = i.status AND coalesce(l.basis, '') = coalesce(i.basis, '')
LEFT JOIN projection AS p ON p.name = 'status-history';
