-- The one definition of the totals. Sum within one unit only: a dated target is a target too.
CREATE VIEW scoreboard_counts AS
SELECT
    place,
    unit,
    status,
    status_en,
    status_zh,
    basis,
    basis_en,
    basis_zh,
    count,
    as_of_position,
    as_of_on
FROM read_status_count;
