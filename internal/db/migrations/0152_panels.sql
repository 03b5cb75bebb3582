-- +goose Up
-- Expert panels: who reviews which text, by when, what the head concluded and who signed. Held against the journal.
CREATE TABLE panels (
	id           TEXT PRIMARY KEY,
	office       TEXT NOT NULL,
	area_path    TEXT NOT NULL,
	title        TEXT NOT NULL,
	about        TEXT NOT NULL, -- round/…; '' = none
	text_id      TEXT NOT NULL, -- text of package opinion
	author       TEXT NOT NULL, -- unit whose text it is
	head         TEXT NOT NULL, -- an engagement
	members      TEXT NOT NULL, -- JSON: engagements, the head among them
	quorum       BIGINT NOT NULL,
	file_by      TEXT NOT NULL,
	meeting      TEXT NOT NULL, -- meeting/…; '' = none
	edition      BIGINT NOT NULL, -- of the text, as concluded
	conclusion   TEXT NOT NULL,
	statement    TEXT NOT NULL,
	present      TEXT NOT NULL, -- JSON: engagements
	concluded_on TEXT NOT NULL,
	signed_on    TEXT NOT NULL,
	scan         TEXT NOT NULL, -- evidence of the statement that all present signed
	reason       TEXT NOT NULL,
	state        TEXT NOT NULL,
	version      BIGINT NOT NULL,
	updated_by   TEXT NOT NULL,
	updated_at   TIMESTAMP NOT NULL
);
CREATE INDEX panels_about ON panels (about, id);
CREATE INDEX panels_by_day ON panels (state, file_by, id);
