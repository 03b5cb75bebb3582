-- +goose Up
-- Letters: official documents that go out. draft is what is being written, as canonical JSON; the columns beside it
-- repeat what lists need. A version is the text as it was frozen to be checked, countersigned and signed; the journal
-- knows each by its digest. Rows are held against the journal by `journal verify`.
CREATE TABLE letters (
	id          TEXT PRIMARY KEY,
	unit        TEXT NOT NULL REFERENCES units (code), -- the office that drafts it
	area_path   TEXT NOT NULL,                         -- of that office
	draft       TEXT NOT NULL,
	issuer      TEXT NOT NULL REFERENCES units (code),
	kind        TEXT NOT NULL,
	title       TEXT NOT NULL,
	about       TEXT NOT NULL, -- the object that it is about; '' = none
	reply_due   TEXT NOT NULL,
	state       TEXT NOT NULL,
	edition     BIGINT NOT NULL, -- being written, or in force
	in_force    BIGINT NOT NULL, -- the edition issued last; 0 = none
	reason      TEXT NOT NULL,   -- of a correction
	note        TEXT NOT NULL,   -- why it was sent back or withdrawn
	mark        TEXT NOT NULL,   -- 代字; '' = not issued
	year        BIGINT NOT NULL,
	seq         BIGINT NOT NULL,
	addressed   BIGINT NOT NULL, -- units that have to receive the edition in force
	received    BIGINT NOT NULL,
	receipt_due TEXT NOT NULL,
	drafter     TEXT NOT NULL,
	writers     TEXT NOT NULL,   -- who wrote in this edition: ids of people as a JSON list
	entries     BIGINT NOT NULL,
	version     BIGINT NOT NULL,
	created_at  TIMESTAMP NOT NULL,
	updated_by  TEXT NOT NULL,
	updated_at  TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX letters_number ON letters (mark, year, seq) WHERE seq > 0;
CREATE INDEX letters_about ON letters (about, id) WHERE about <> '';
CREATE INDEX letters_newest ON letters (updated_at DESC, id DESC);

CREATE TABLE letter_versions (
	letter_id TEXT NOT NULL REFERENCES letters (id),
	edition   BIGINT NOT NULL,
	text      TEXT NOT NULL, -- canonical JSON: what was checked and signed
	digest    TEXT NOT NULL, -- SM3 of text
	dated_on  TEXT NOT NULL, -- 成文日期: the day it was signed; '' = not yet
	issued_at TIMESTAMP,
	PRIMARY KEY (letter_id, edition)
) {clustered};

-- part: countersigner or signer. A unit whose countersignature is awaited has a row without a signature.
CREATE TABLE letter_signatures (
	letter_id TEXT NOT NULL REFERENCES letters (id),
	edition   BIGINT NOT NULL,
	part      TEXT NOT NULL CHECK (part IN ('countersigner', 'signer')),
	unit      TEXT NOT NULL REFERENCES units (code),
	person_id TEXT NOT NULL,
	person    TEXT NOT NULL,
	post      TEXT NOT NULL,
	key_id    TEXT NOT NULL,
	digest    TEXT NOT NULL,
	signature TEXT NOT NULL,
	at        TIMESTAMP,
	PRIMARY KEY (letter_id, edition, part, unit)
) {clustered};
CREATE INDEX letter_signatures_awaited ON letter_signatures (unit) WHERE at IS NULL;

-- A row for each unit that an edition is addressed to; holder is the unit that has to receive it now.
CREATE TABLE letter_receipts (
	letter_id   TEXT NOT NULL REFERENCES letters (id),
	edition     BIGINT NOT NULL,
	unit        TEXT NOT NULL REFERENCES units (code),
	place       TEXT NOT NULL CHECK (place IN ('main', 'copy')),
	holder      TEXT NOT NULL REFERENCES units (code),
	due_on      TEXT NOT NULL,
	channel     TEXT NOT NULL CHECK (channel IN ('', 'system', 'paper')),
	person_id   TEXT NOT NULL,
	person      TEXT NOT NULL, -- who received it; on paper as the receipt says
	post        TEXT NOT NULL,
	received_on TEXT NOT NULL,
	recorded_by TEXT NOT NULL, -- 代录: who registered the paper
	scan        TEXT NOT NULL, -- id of the file that shows it
	at          TIMESTAMP,
	PRIMARY KEY (letter_id, edition, unit)
) {clustered};
CREATE INDEX letter_receipts_owed ON letter_receipts (holder, letter_id) WHERE at IS NULL;
CREATE INDEX letter_receipts_due ON letter_receipts (due_on, letter_id, unit) WHERE at IS NULL;

-- 代字 of an issuer's documents of a kind, as its office set it.
CREATE TABLE letter_marks (
	issuer TEXT NOT NULL REFERENCES units (code),
	kind   TEXT NOT NULL,
	mark   TEXT NOT NULL,
	PRIMARY KEY (issuer, kind)
) {clustered};
