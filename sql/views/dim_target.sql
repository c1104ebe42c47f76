-- What is to be reached: one row for each target, without its state. Milestones of target `context` bear on no target and have no row here.
CREATE VIEW dim_target AS
SELECT
    commitment,
    target,
    place,
    title_en,
    title_zh,
    nature,
    nature_en,
    nature_zh,
    deadline_kind,
    deadline_printed,
    deadline_first_on,
    deadline_last_on,
    quantity_value,
    quantity_unit,
    quantity_basis,
    as_of_position
FROM read_target;
