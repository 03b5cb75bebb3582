-- +goose Up
-- What texts call an indicator or a standard, beside its name; texts that were checked; and what people said that figures
-- of such texts are about.

CREATE TABLE aliases (
	code     TEXT NOT NULL,
	alias    TEXT NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (code, alias)
);

CREATE TABLE checks (
	id         TEXT PRIMARY KEY,
	name       TEXT NOT NULL,
	area       TEXT NOT NULL,
	year       BIGINT NOT NULL,
	text       TEXT NOT NULL,
	digest     TEXT NOT NULL,
	person_id  TEXT NOT NULL REFERENCES people (id),
	unit       TEXT NOT NULL,
	version    BIGINT NOT NULL,
	created_at TIMESTAMP NOT NULL
);
CREATE INDEX checks_unit ON checks (unit, created_at);

-- key says which words the correction is for: those of one clause, or a subject with its unit. indicator '' is: none of ours.
CREATE TABLE corrections (
	key        TEXT PRIMARY KEY,
	indicator  TEXT NOT NULL,
	area       TEXT NOT NULL,
	period     TEXT NOT NULL,
	sex        TEXT NOT NULL,
	subject    TEXT NOT NULL,
	person     TEXT NOT NULL,
	created_at TIMESTAMP NOT NULL
);
