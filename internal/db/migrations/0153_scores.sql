-- +goose Up
-- Score sheets: dimensions and items with their points, version by version, and the scores given on one version. No
-- sheet comes along. Held against the journal.
CREATE TABLE score_sheets (
	id         TEXT PRIMARY KEY,
	series     TEXT NOT NULL, -- the first version's id: versions of one sheet share it
	number     BIGINT NOT NULL,
	office     TEXT NOT NULL,
	area_path  TEXT NOT NULL,
	title      TEXT NOT NULL,
	about      TEXT NOT NULL,
	items      TEXT NOT NULL, -- JSON
	reason     TEXT NOT NULL, -- of a later version
	state      TEXT NOT NULL,
	version    BIGINT NOT NULL,
	updated_by TEXT NOT NULL,
	updated_at TIMESTAMP NOT NULL,
	UNIQUE (series, number)
);
CREATE INDEX score_sheets_about ON score_sheets (about, id);

CREATE TABLE scores (
	id        TEXT PRIMARY KEY,
	sheet_id  TEXT NOT NULL REFERENCES score_sheets (id),
	subject   TEXT NOT NULL, -- code of the unit that is scored
	side      TEXT NOT NULL, -- self, third, group
	item      BIGINT NOT NULL,
	points    BIGINT NOT NULL, -- tenths of a point
	evidence  TEXT NOT NULL,
	behalf    BOOLEAN NOT NULL, -- the office wrote down what was scored on paper
	person_id TEXT NOT NULL,
	person    TEXT NOT NULL,
	given_at  TIMESTAMP NOT NULL,
	UNIQUE (sheet_id, subject, side, item)
);
