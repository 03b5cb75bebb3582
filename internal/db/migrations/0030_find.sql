-- +goose Up
-- What can be found: a row for each thing that has a page of its own, newest last. Made from what the modules hold, so
-- it is evidence of nothing and `rebuild` writes it anew. Whom a thing may be shown to stands among its terms.
CREATE TABLE finds (
	id       {identity},
	object   TEXT NOT NULL UNIQUE,
	kind     TEXT NOT NULL,
	title    TEXT NOT NULL,
	title_en TEXT NOT NULL,
	note     TEXT NOT NULL,
	note_en  TEXT NOT NULL,
	digest   TEXT NOT NULL
);
{terms}
