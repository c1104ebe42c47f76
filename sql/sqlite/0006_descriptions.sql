-- What explains a promise, beside its title: a description in our words, and where it stands under its heading.

ALTER TABLE read_commitment ADD COLUMN description_en TEXT;
ALTER TABLE read_commitment ADD COLUMN description_zh TEXT;
ALTER TABLE read_commitment ADD COLUMN bullet INTEGER CHECK (bullet >= 1);
