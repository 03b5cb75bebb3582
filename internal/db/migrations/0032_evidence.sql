-- +goose Up
-- Files that prove something about an object, and remarks below it. Nothing is deleted: what was replaced or withdrawn
-- stays, with who did it and why. Every row is journaled when it is written and held against that entry by
-- `journal verify`.
CREATE TABLE evidence (
	id           TEXT PRIMARY KEY,
	object       TEXT NOT NULL,
	field        TEXT NOT NULL, -- what of the object it proves: the key of a cell; '' = the whole
	digest       TEXT NOT NULL, -- SM3 of the content
	name         TEXT NOT NULL,
	media_type   TEXT NOT NULL,
	size         BIGINT NOT NULL,
	note         TEXT NOT NULL,
	replaces     TEXT NOT NULL, -- id of the row that this one stands for now; '' = none
	person_id    TEXT NOT NULL,
	person       TEXT NOT NULL,
	unit         TEXT NOT NULL,
	created_at   TIMESTAMP NOT NULL,
	ended_at     TIMESTAMP,
	ended_by     TEXT NOT NULL,
	ended_reason TEXT NOT NULL
);
CREATE INDEX evidence_object ON evidence (object, id);
CREATE TABLE remarks (
	id         TEXT PRIMARY KEY,
	object     TEXT NOT NULL,
	text       TEXT NOT NULL,
	person_id  TEXT NOT NULL,
	person     TEXT NOT NULL,
	unit       TEXT NOT NULL,
	created_at TIMESTAMP NOT NULL
);
CREATE INDEX remarks_object ON remarks (object, id);
