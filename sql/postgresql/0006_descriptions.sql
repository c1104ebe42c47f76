-- What explains a promise, beside its title: a description in our words, and where it stands under its heading.

ALTER TABLE read.read_commitment ADD COLUMN description_en text;
ALTER TABLE read.read_commitment ADD COLUMN description_zh text;
ALTER TABLE read.read_commitment ADD COLUMN bullet integer CHECK (bullet >= 1);

COMMENT ON COLUMN read.read_commitment.description_en IS 'The promise explained in a sentence or two of ours, in English; null where the policy document''s data have none.';
COMMENT ON COLUMN read.read_commitment.description_zh IS 'The same in Chinese.';
COMMENT ON COLUMN read.read_commitment.bullet IS 'Place of the promise under its heading, from 1; null where the data do not say.';
