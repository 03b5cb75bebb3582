-- +goose Up
-- Texts that are laid open for remarks, version by version, and remarks on their passages with the
-- replies. What decides
-- something is said in the journal when it is written and held against that by `journal verify`.
CREATE TABLE opinion_texts (
	id         TEXT PRIMARY KEY,
	title      TEXT NOT NULL,
	about      TEXT NOT NULL, -- the object whose text it is: meeting/…; '' = none
	unit       TEXT NOT NULL REFERENCES units (code),
	area_path  TEXT NOT NULL,
	due_on     TEXT NOT NULL,
	state      TEXT NOT NULL CHECK (state IN ('open', 'closed')),
	created_by TEXT NOT NULL REFERENCES people (id),
	created_at TIMESTAMP NOT NULL,
	version    BIGINT NOT NULL,
	updated_by TEXT NOT NULL,
	updated_at TIMESTAMP NOT NULL
);
CREATE INDEX opinion_texts_due ON opinion_texts (due_on, id);
CREATE INDEX opinion_texts_title ON opinion_texts (title, id);
CREATE INDEX opinion_texts_about ON opinion_texts (about) WHERE about <> '';

-- Units that it is laid open to.
CREATE TABLE opinion_readers (
	text_id TEXT NOT NULL REFERENCES opinion_texts (id),
	unit    TEXT NOT NULL REFERENCES units (code),
	PRIMARY KEY (text_id, unit)
) {clustered};
CREATE INDEX opinion_readers_unit ON opinion_readers (unit, text_id);

CREATE TABLE opinion_versions (
	id         TEXT PRIMARY KEY,
	text_id    TEXT NOT NULL REFERENCES opinion_texts (id),
	number     BIGINT NOT NULL,
	paragraphs TEXT NOT NULL, -- JSON: id, clause, text of each
	reason     TEXT NOT NULL,
	person     TEXT NOT NULL,
	created_at TIMESTAMP NOT NULL,
	UNIQUE (text_id, number)
);

CREATE TABLE opinions (
	id           TEXT PRIMARY KEY,
	text_id      TEXT NOT NULL REFERENCES opinion_texts (id),
	number       BIGINT NOT NULL, -- of the version remarked on
	paragraph    TEXT NOT NULL,
	clause       TEXT NOT NULL,
	quote        TEXT NOT NULL,
	kind         TEXT NOT NULL,
	weight       TEXT NOT NULL CHECK (weight IN ('must', 'advise', 'note')),
	reason       TEXT NOT NULL,
	suggestion   TEXT NOT NULL,
	unit         TEXT NOT NULL REFERENCES units (code),
	person_id    TEXT NOT NULL REFERENCES people (id),
	person       TEXT NOT NULL,
	role         TEXT NOT NULL,
	shown_as     TEXT NOT NULL CHECK (shown_as IN ('name', 'role')),
	state        TEXT NOT NULL CHECK (state IN ('draft', 'filed', 'replied', 'settled', 'kept', 'withdrawn')),
	verdict      TEXT NOT NULL CHECK (verdict IN ('', 'adopted', 'partly', 'not_adopted')),
	reply        TEXT NOT NULL,
	changed_text TEXT NOT NULL,
	replied_by   TEXT NOT NULL,
	replied_at   TIMESTAMP,
	stance_at    TIMESTAMP,
	silent       BOOLEAN NOT NULL, -- settled because the author said nothing in time
	created_at   TIMESTAMP NOT NULL,
	filed_at     TIMESTAMP,
	version      BIGINT NOT NULL,
	updated_at   TIMESTAMP NOT NULL
);
CREATE INDEX opinions_text ON opinions (text_id, id);
CREATE INDEX opinions_replied ON opinions (replied_at, id) WHERE state = 'replied';
CREATE INDEX opinions_person ON opinions (person_id, state);
