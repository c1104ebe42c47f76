-- What was promised: one row for each commitment, without its state, so that a join to it multiplies nothing.
CREATE VIEW dim_commitment AS
SELECT
    commitment,
    place,
    policy_document,
    policy_document_en,
    policy_document_zh,
    promised_on,
    section_en,
    section_zh,
    heading_en,
    heading_zh,
    title_en,
    title_zh,
    description_en,
    description_zh,
    bullet,
    bureaux,
    as_of_position
FROM read_commitment;
