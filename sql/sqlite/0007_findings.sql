-- Where documents do not agree. The PostgreSQL file of the same name says in comments what each column means. And of a step that was put off,
-- the day that was given first.

CREATE TABLE read_finding (
    finding_id     TEXT NOT NULL,
    about          TEXT NOT NULL CHECK (about IN ('days', 'near_days', 'figures')),
    about_en       TEXT NOT NULL,
    about_zh       TEXT NOT NULL,
    commitment     TEXT NOT NULL,
    target         TEXT NOT NULL,
    kind           TEXT NOT NULL,
    kind_en        TEXT NOT NULL,
    kind_zh        TEXT NOT NULL,
    subject        TEXT NOT NULL,
    holds          TEXT NOT NULL,
    others         TEXT NOT NULL,
    told           TEXT NOT NULL,
    urls           TEXT NOT NULL,
    first_position INTEGER NOT NULL CHECK (first_position >= 1),
    as_of_position INTEGER NOT NULL,
    as_of_on       TEXT NOT NULL,
    PRIMARY KEY (finding_id)
) STRICT;

ALTER TABLE read_milestone ADD COLUMN moved_from_on TEXT;
