-- Where documents do not agree. And of a step that was put off, the day that was given first.

CREATE TABLE read.read_finding (
    finding_id     text COLLATE "C" NOT NULL,
    about          text COLLATE "C" NOT NULL CHECK (about IN ('days', 'near_days', 'figures')),
    about_en       text NOT NULL,
    about_zh       text NOT NULL,
    commitment     text COLLATE "C" NOT NULL,
    target         text COLLATE "C" NOT NULL,
    kind           text COLLATE "C" NOT NULL,
    kind_en        text NOT NULL,
    kind_zh        text NOT NULL,
    subject        text COLLATE "C" NOT NULL,
    holds          text NOT NULL,
    others         text NOT NULL,
    told           text NOT NULL,
    urls           text NOT NULL,
    first_position bigint NOT NULL CHECK (first_position >= 1),
    as_of_position bigint NOT NULL,
    as_of_on       date NOT NULL,
    PRIMARY KEY (finding_id)
);

ALTER TABLE read.read_milestone ADD COLUMN moved_from_on date;

COMMENT ON TABLE read.read_finding IS 'Where documents do not agree about a step: one row for each disagreement, for a person to look at. Rebuilt; never edited.';
COMMENT ON COLUMN read.read_finding.finding_id IS 'Names the disagreement by what is told, so that another witness of the same makes no new one. 32 hex digits.';
COMMENT ON COLUMN read.read_finding.about IS 'What about: days (of one step), near_days (two steps that may be one) or figures.';
COMMENT ON COLUMN read.read_finding.about_en IS 'Its label in English.';
COMMENT ON COLUMN read.read_finding.about_zh IS 'Its label in Chinese.';
COMMENT ON COLUMN read.read_finding.commitment IS 'Full key of the commitment.';
COMMENT ON COLUMN read.read_finding.target IS 'Slug of the target, or context.';
COMMENT ON COLUMN read.read_finding.kind IS 'Kind of the step.';
COMMENT ON COLUMN read.read_finding.kind_en IS 'Its label in English.';
COMMENT ON COLUMN read.read_finding.kind_zh IS 'Its label in Chinese.';
COMMENT ON COLUMN read.read_finding.subject IS 'What the step is about.';
COMMENT ON COLUMN read.read_finding.holds IS 'The value that the record goes by.';
COMMENT ON COLUMN read.read_finding.others IS 'The other values told, separated by semicolons.';
COMMENT ON COLUMN read.read_finding.told IS 'The disagreement in one line: each value, by how many documents and in which languages.';
COMMENT ON COLUMN read.read_finding.urls IS 'The pages that tell them, separated by spaces.';
COMMENT ON COLUMN read.read_finding.first_position IS 'Ledger position at which it became known.';
COMMENT ON COLUMN read.read_finding.as_of_position IS 'Ledger position that the table was built at; the same in every row of every read table.';
COMMENT ON COLUMN read.read_finding.as_of_on IS 'Day (Hong Kong) that the table was built for.';
COMMENT ON COLUMN read.read_milestone.moved_from_on IS 'First definite day that was announced, where the step was put off or took place on another day; null otherwise.';
