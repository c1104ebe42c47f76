-- The read tables: what pages, mails and BI tools use. Each is deleted and filled anew from the ledger in one transaction, so it can be
-- dropped and rebuilt at any time (`milestones rebuild`). BI tools show the comments beside tables and columns.

CREATE TABLE read.read_commitment (
    commitment         text COLLATE "C" NOT NULL,
    place              integer NOT NULL,
    policy_document    text COLLATE "C" NOT NULL,
    policy_document_en text NOT NULL,
    policy_document_zh text NOT NULL,
    promised_on        date NOT NULL,
    section_en         text NOT NULL,
    section_zh         text NOT NULL,
    heading_en         text NOT NULL,
    heading_zh         text NOT NULL,
    title_en           text NOT NULL,
    title_zh           text NOT NULL,
    bureaux            text COLLATE "C" NOT NULL,
    met                integer NOT NULL,
    of                 integer NOT NULL,
    target_count       integer NOT NULL,
    next_target        text COLLATE "C",
    next_deadline_on   date,
    next_status        text COLLATE "C",
    next_status_en     text,
    next_status_zh     text,
    as_of_position     bigint NOT NULL,
    as_of_on           date NOT NULL,
    PRIMARY KEY (commitment)
);

COMMENT ON TABLE read.read_commitment IS 'One current row for each commitment. Rebuilt from the ledger; never edited.';
COMMENT ON COLUMN read.read_commitment.commitment IS 'Full key, such as PA2024/IT-25.';
COMMENT ON COLUMN read.read_commitment.place IS 'Place in document order, from 1.';
COMMENT ON COLUMN read.read_commitment.policy_document IS 'Key of the policy document that made the promise.';
COMMENT ON COLUMN read.read_commitment.policy_document_en IS 'Its title in English.';
COMMENT ON COLUMN read.read_commitment.policy_document_zh IS 'Its title in Chinese.';
COMMENT ON COLUMN read.read_commitment.promised_on IS 'Day on which the policy document was delivered.';
COMMENT ON COLUMN read.read_commitment.section_en IS 'Section of the policy document, in English.';
COMMENT ON COLUMN read.read_commitment.section_zh IS 'Section of the policy document, in Chinese.';
COMMENT ON COLUMN read.read_commitment.heading_en IS 'Heading under which the promise stands, in English.';
COMMENT ON COLUMN read.read_commitment.heading_zh IS 'Heading under which the promise stands, in Chinese.';
COMMENT ON COLUMN read.read_commitment.title_en IS 'What was promised, in our words, in English.';
COMMENT ON COLUMN read.read_commitment.title_zh IS 'What was promised, in our words, in Chinese.';
COMMENT ON COLUMN read.read_commitment.bureaux IS 'Bureaux in charge, as acronyms joined by a comma.';
COMMENT ON COLUMN read.read_commitment.met IS 'Targets met, in time or late.';
COMMENT ON COLUMN read.read_commitment.of IS 'Targets that can be met; most continuing ones cannot.';
COMMENT ON COLUMN read.read_commitment.target_count IS 'All targets, also those that cannot be met.';
COMMENT ON COLUMN read.read_commitment.next_target IS 'Slug of the target that can be met next; null where none is left.';
COMMENT ON COLUMN read.read_commitment.next_deadline_on IS 'Last day of that target''s deadline; null where it has none.';
COMMENT ON COLUMN read.read_commitment.next_status IS 'Status of that target.';
COMMENT ON COLUMN read.read_commitment.next_status_en IS 'Its label in English.';
COMMENT ON COLUMN read.read_commitment.next_status_zh IS 'Its label in Chinese.';
COMMENT ON COLUMN read.read_commitment.as_of_position IS 'Ledger position that the table was built at; the same in every row of every read table.';
COMMENT ON COLUMN read.read_commitment.as_of_on IS 'Day (Hong Kong) that the table was built for.';

CREATE TABLE read.read_target (
    commitment         text COLLATE "C" NOT NULL,
    target             text COLLATE "C" NOT NULL,
    place              integer NOT NULL,
    title_en           text NOT NULL,
    title_zh           text NOT NULL,
    nature             text COLLATE "C" NOT NULL CHECK (nature IN ('outcome', 'continuing', 'exploratory')),
    nature_en          text NOT NULL,
    nature_zh          text NOT NULL,
    deadline_kind      text COLLATE "C" NOT NULL CHECK (deadline_kind IN ('by', 'from', 'none')),
    deadline_printed   text NOT NULL,
    deadline_first_on  date,
    deadline_last_on   date,
    quantity_value     bigint,
    quantity_unit      text COLLATE "C",
    quantity_basis     text COLLATE "C",
    status             text COLLATE "C" NOT NULL,
    status_en          text NOT NULL,
    status_zh          text NOT NULL,
    basis              text COLLATE "C",
    basis_en           text,
    basis_zh           text,
    occurred_on        date,
    occurred_precision text COLLATE "C",
    straddles          boolean NOT NULL,
    start_not_found    boolean NOT NULL,
    slippage_days      integer,
    unread_sources     text COLLATE "C",
    can_be_met         boolean NOT NULL,
    documents_searched integer NOT NULL,
    milestone_count    integer NOT NULL,
    evidence_count     integer NOT NULL,
    as_of_position     bigint NOT NULL,
    as_of_on           date NOT NULL,
    PRIMARY KEY (commitment, target)
);

COMMENT ON TABLE read.read_target IS 'One current row for each target: its definition, and its status on the day as_of_on. Rebuilt from the ledger; never edited.';
COMMENT ON COLUMN read.read_target.commitment IS 'Full key of the commitment.';
COMMENT ON COLUMN read.read_target.target IS 'Slug of the target, one of its commitment''s.';
COMMENT ON COLUMN read.read_target.place IS 'Place in document order, from 1.';
COMMENT ON COLUMN read.read_target.title_en IS 'What is to be reached, in our words, in English.';
COMMENT ON COLUMN read.read_target.title_zh IS 'What is to be reached, in our words, in Chinese.';
COMMENT ON COLUMN read.read_target.nature IS 'outcome, continuing (cannot be completed) or exploratory.';
COMMENT ON COLUMN read.read_target.nature_en IS 'Its label in English.';
COMMENT ON COLUMN read.read_target.nature_zh IS 'Its label in Chinese.';
COMMENT ON COLUMN read.read_target.deadline_kind IS 'by (on or before the last day), from (should start in the interval; never overdue) or none.';
COMMENT ON COLUMN read.read_target.deadline_printed IS 'The deadline as printed in the policy document.';
COMMENT ON COLUMN read.read_target.deadline_first_on IS 'First day that the deadline means; null where there is none.';
COMMENT ON COLUMN read.read_target.deadline_last_on IS 'Last day that the deadline means; null where there is none.';
COMMENT ON COLUMN read.read_target.quantity_value IS 'Number to be reached; null where no number was promised.';
COMMENT ON COLUMN read.read_target.quantity_unit IS 'What is counted.';
COMMENT ON COLUMN read.read_target.quantity_basis IS 'cumulative or level: which official figures count.';
COMMENT ON COLUMN read.read_target.status IS 'Status on the day as_of_on; docs/status.md defines each.';
COMMENT ON COLUMN read.read_target.status_en IS 'Its label in English.';
COMMENT ON COLUMN read.read_target.status_zh IS 'Its label in Chinese.';
COMMENT ON COLUMN read.read_target.basis IS 'What overdue rests on: stated_by_government or no_completion_found; null for any other status.';
COMMENT ON COLUMN read.read_target.basis_en IS 'Its label in English.';
COMMENT ON COLUMN read.read_target.basis_zh IS 'Its label in Chinese.';
COMMENT ON COLUMN read.read_target.occurred_on IS 'Day of the completing, scheduled or latest step that the status rests on; first day of the period where only that is known.';
COMMENT ON COLUMN read.read_target.occurred_precision IS 'How exactly occurred_on is known: day, month, quarter, half, year or unknown.';
COMMENT ON COLUMN read.read_target.straddles IS 'Met in a period that reaches over the deadline, so that met in time is not certain.';
COMMENT ON COLUMN read.read_target.start_not_found IS 'The interval of a from-deadline is over and no start was found.';
COMMENT ON COLUMN read.read_target.slippage_days IS 'Days behind the last day of the original deadline, of a target met late or overdue.';
COMMENT ON COLUMN read.read_target.unread_sources IS 'Sources not read on every day from promise to deadline, of an unknown target, joined by a comma.';
COMMENT ON COLUMN read.read_target.can_be_met IS 'Whether anything completes it; most continuing targets cannot be met.';
COMMENT ON COLUMN read.read_target.documents_searched IS 'Documents read behind the latest step, or the promise, in the sources where a completion would stand.';
COMMENT ON COLUMN read.read_target.milestone_count IS 'Milestones of this target.';
COMMENT ON COLUMN read.read_target.evidence_count IS 'Events that the status rests on.';
COMMENT ON COLUMN read.read_target.as_of_position IS 'Ledger position that the table was built at; the same in every row of every read table.';
COMMENT ON COLUMN read.read_target.as_of_on IS 'Day (Hong Kong) that the table was built for.';

CREATE TABLE read.read_milestone (
    milestone_id       text COLLATE "C" NOT NULL,
    commitment         text COLLATE "C" NOT NULL,
    target             text COLLATE "C" NOT NULL,
    kind               text COLLATE "C" NOT NULL,
    kind_en            text NOT NULL,
    kind_zh            text NOT NULL,
    state              text COLLATE "C" NOT NULL CHECK (state IN ('scheduled', 'happened')),
    state_en           text NOT NULL,
    state_zh           text NOT NULL,
    subject            text COLLATE "C" NOT NULL,
    occurred_on        date,
    occurred_precision text COLLATE "C" NOT NULL,
    occurred_first_on  date,
    occurred_last_on   date,
    evidence_count     integer NOT NULL,
    url                text COLLATE "C" NOT NULL,
    quote              text,
    published_at       timestamptz,
    confidence         integer CHECK (confidence BETWEEN 0 AND 100),
    first_position     bigint NOT NULL,
    last_position      bigint NOT NULL,
    first_recorded_at  timestamptz NOT NULL,
    as_of_position     bigint NOT NULL,
    as_of_on           date NOT NULL,
    PRIMARY KEY (milestone_id)
);

COMMENT ON TABLE read.read_milestone IS 'One current row for each milestone: one real-world step, however many documents tell of it. Rebuilt from the ledger; never edited.';
COMMENT ON COLUMN read.read_milestone.milestone_id IS 'Stable name: a digest of commitment, target, kind, subject and day.';
COMMENT ON COLUMN read.read_milestone.commitment IS 'Full key of the commitment.';
COMMENT ON COLUMN read.read_milestone.target IS 'Slug of the target, or context for what bears on the commitment only.';
COMMENT ON COLUMN read.read_milestone.kind IS 'What sort of step it is, such as bill_first_reading.';
COMMENT ON COLUMN read.read_milestone.kind_en IS 'Its label in English.';
COMMENT ON COLUMN read.read_milestone.kind_zh IS 'Its label in Chinese.';
COMMENT ON COLUMN read.read_milestone.state IS 'scheduled or happened.';
COMMENT ON COLUMN read.read_milestone.state_en IS 'Its label in English.';
COMMENT ON COLUMN read.read_milestone.state_zh IS 'Its label in Chinese.';
COMMENT ON COLUMN read.read_milestone.subject IS 'Slug of what the step is about.';
COMMENT ON COLUMN read.read_milestone.occurred_on IS 'Day of the step; first day of the period where only that is known; null where no document gives any.';
COMMENT ON COLUMN read.read_milestone.occurred_precision IS 'How exactly occurred_on is known: day, month, quarter, half, year or unknown.';
COMMENT ON COLUMN read.read_milestone.occurred_first_on IS 'First day on which it may have been.';
COMMENT ON COLUMN read.read_milestone.occurred_last_on IS 'Last day on which it may have been.';
COMMENT ON COLUMN read.read_milestone.evidence_count IS 'Current events that tell of it.';
COMMENT ON COLUMN read.read_milestone.url IS 'Address of the publisher''s page quoted here.';
COMMENT ON COLUMN read.read_milestone.quote IS 'Words of that page.';
COMMENT ON COLUMN read.read_milestone.published_at IS 'When that page was published, as it states.';
COMMENT ON COLUMN read.read_milestone.confidence IS 'Highest confidence of the evidence, 0 to 100.';
COMMENT ON COLUMN read.read_milestone.first_position IS 'Ledger position of the first evidence that still stands.';
COMMENT ON COLUMN read.read_milestone.last_position IS 'Ledger position of the newest evidence.';
COMMENT ON COLUMN read.read_milestone.first_recorded_at IS 'When the first evidence that still stands was recorded.';
COMMENT ON COLUMN read.read_milestone.as_of_position IS 'Ledger position that the table was built at; the same in every row of every read table.';
COMMENT ON COLUMN read.read_milestone.as_of_on IS 'Day (Hong Kong) that the table was built for.';

CREATE INDEX read_milestone_commitment ON read.read_milestone (commitment, target);

CREATE TABLE read.read_evidence (
    event_id           uuid NOT NULL,
    milestone_id       text COLLATE "C" NOT NULL,
    position           bigint NOT NULL,
    commitment         text COLLATE "C" NOT NULL,
    target             text COLLATE "C" NOT NULL,
    kind               text COLLATE "C" NOT NULL,
    kind_en            text NOT NULL,
    kind_zh            text NOT NULL,
    state              text COLLATE "C" NOT NULL CHECK (state IN ('scheduled', 'happened')),
    state_en           text NOT NULL,
    state_zh           text NOT NULL,
    subject            text COLLATE "C" NOT NULL,
    occurred_on        date,
    occurred_precision text COLLATE "C",
    published_at       timestamptz,
    recorded_at        timestamptz NOT NULL,
    confidence         integer CHECK (confidence BETWEEN 0 AND 100),
    url                text COLLATE "C" NOT NULL,
    quote              text,
    locator            text COLLATE "C",
    rule               text COLLATE "C",
    document_digest    text COLLATE "C",
    as_of_position     bigint NOT NULL,
    as_of_on           date NOT NULL,
    PRIMARY KEY (event_id)
);

COMMENT ON TABLE read.read_evidence IS 'One row for each current event of a milestone: who says so, and in which words. Rebuilt from the ledger; never edited.';
COMMENT ON COLUMN read.read_evidence.event_id IS 'Id of the event in the ledger.';
COMMENT ON COLUMN read.read_evidence.milestone_id IS 'The milestone that it tells of.';
COMMENT ON COLUMN read.read_evidence.position IS 'Its position in the ledger.';
COMMENT ON COLUMN read.read_evidence.commitment IS 'Full key of the commitment.';
COMMENT ON COLUMN read.read_evidence.target IS 'Slug of the target, or context.';
COMMENT ON COLUMN read.read_evidence.kind IS 'What sort of step it is.';
COMMENT ON COLUMN read.read_evidence.kind_en IS 'Its label in English.';
COMMENT ON COLUMN read.read_evidence.kind_zh IS 'Its label in Chinese.';
COMMENT ON COLUMN read.read_evidence.state IS 'scheduled or happened, as this document says.';
COMMENT ON COLUMN read.read_evidence.state_en IS 'Its label in English.';
COMMENT ON COLUMN read.read_evidence.state_zh IS 'Its label in Chinese.';
COMMENT ON COLUMN read.read_evidence.subject IS 'Slug of what the step is about.';
COMMENT ON COLUMN read.read_evidence.occurred_on IS 'Day of the step as this document says.';
COMMENT ON COLUMN read.read_evidence.occurred_precision IS 'How exactly this document gives it.';
COMMENT ON COLUMN read.read_evidence.published_at IS 'When the document was published, as it states.';
COMMENT ON COLUMN read.read_evidence.recorded_at IS 'When the event was recorded.';
COMMENT ON COLUMN read.read_evidence.confidence IS '0 to 100.';
COMMENT ON COLUMN read.read_evidence.url IS 'Address of the publisher''s page.';
COMMENT ON COLUMN read.read_evidence.quote IS 'Words of that page.';
COMMENT ON COLUMN read.read_evidence.locator IS 'Where in the page they stand.';
COMMENT ON COLUMN read.read_evidence.rule IS 'Rule that read them; null where a person did.';
COMMENT ON COLUMN read.read_evidence.document_digest IS 'Version of the document that was read, as lower-case hex.';
COMMENT ON COLUMN read.read_evidence.as_of_position IS 'Ledger position that the table was built at; the same in every row of every read table.';
COMMENT ON COLUMN read.read_evidence.as_of_on IS 'Day (Hong Kong) that the table was built for.';

CREATE INDEX read_evidence_milestone ON read.read_evidence (milestone_id);
CREATE INDEX read_evidence_position ON read.read_evidence (position);

CREATE TABLE read.read_source (
    source            text COLLATE "C" NOT NULL,
    feed              text COLLATE "C" NOT NULL,
    last_good_read_at timestamptz,
    last_error        text,
    backlog           integer NOT NULL,
    days_closed       integer NOT NULL,
    first_closed_on   date,
    last_closed_on    date,
    documents_listed  integer NOT NULL,
    documents_read    integer NOT NULL,
    open_gaps         integer NOT NULL,
    gap_days          integer NOT NULL,
    first_gap_on      date,
    last_gap_on       date,
    as_of_position    bigint NOT NULL,
    as_of_on          date NOT NULL,
    PRIMARY KEY (source, feed)
);

COMMENT ON TABLE read.read_source IS 'One row for each feed of a source: what was read of it, and what was not. Rebuilt; never edited.';
COMMENT ON COLUMN read.read_source.source IS 'Name of the source.';
COMMENT ON COLUMN read.read_source.feed IS 'Name of the feed.';
COMMENT ON COLUMN read.read_source.last_good_read_at IS 'When an answer of the source was last read to the end; null if never.';
COMMENT ON COLUMN read.read_source.last_error IS 'What its newest fetch failed with; null where it went well.';
COMMENT ON COLUMN read.read_source.backlog IS 'Documents of the source that are kept but not yet read.';
COMMENT ON COLUMN read.read_source.days_closed IS 'Days of the feed that were read to the end.';
COMMENT ON COLUMN read.read_source.first_closed_on IS 'The first of them.';
COMMENT ON COLUMN read.read_source.last_closed_on IS 'The last of them.';
COMMENT ON COLUMN read.read_source.documents_listed IS 'Documents that the publisher lists for all days looked at.';
COMMENT ON COLUMN read.read_source.documents_read IS 'Those of them that were read.';
COMMENT ON COLUMN read.read_source.open_gaps IS 'Runs of days not read to the end, from the first promise to the day before as_of_on.';
COMMENT ON COLUMN read.read_source.gap_days IS 'Days in those runs.';
COMMENT ON COLUMN read.read_source.first_gap_on IS 'First day of the first run.';
COMMENT ON COLUMN read.read_source.last_gap_on IS 'Last day of the last run.';
COMMENT ON COLUMN read.read_source.as_of_position IS 'Ledger position that the table was built at; the same in every row of every read table.';
COMMENT ON COLUMN read.read_source.as_of_on IS 'Day (Hong Kong) that the table was built for.';

CREATE TABLE read.read_status_count (
    place          integer NOT NULL,
    unit           text COLLATE "C" NOT NULL CHECK (unit IN ('target', 'dated_target', 'undated_target')),
    status         text COLLATE "C" NOT NULL,
    status_en      text NOT NULL,
    status_zh      text NOT NULL,
    basis          text COLLATE "C",
    basis_en       text,
    basis_zh       text,
    count          integer NOT NULL CHECK (count >= 0),
    as_of_position bigint NOT NULL,
    as_of_on       date NOT NULL,
    PRIMARY KEY (place)
);

COMMENT ON TABLE read.read_status_count IS 'The one definition of the totals, which pages, mails and BI tools all show. Rebuilt; never edited.';
COMMENT ON COLUMN read.read_status_count.place IS 'Place in the order in which the totals are shown, from 1.';
COMMENT ON COLUMN read.read_status_count.unit IS 'What is counted: target, dated_target (a deadline can make it late) or undated_target.';
COMMENT ON COLUMN read.read_status_count.status IS 'Status of those counted.';
COMMENT ON COLUMN read.read_status_count.status_en IS 'Its label in English.';
COMMENT ON COLUMN read.read_status_count.status_zh IS 'Its label in Chinese.';
COMMENT ON COLUMN read.read_status_count.basis IS 'What overdue rests on; null for any other status.';
COMMENT ON COLUMN read.read_status_count.basis_en IS 'Its label in English.';
COMMENT ON COLUMN read.read_status_count.basis_zh IS 'Its label in Chinese.';
COMMENT ON COLUMN read.read_status_count.count IS 'How many there are.';
COMMENT ON COLUMN read.read_status_count.as_of_position IS 'Ledger position that the table was built at; the same in every row of every read table.';
COMMENT ON COLUMN read.read_status_count.as_of_on IS 'Day (Hong Kong) that the table was built for.';

-- NULLs are distinct in a plain key, and most statuses have no basis.
CREATE UNIQUE INDEX read_status_count_key ON read.read_status_count (unit, status, coalesce(basis, ''));
