-- +goose Up
-- Reporting cycles: the year's forms from notice and training to publication. What units answer is submissions', what
-- goes out letters'; here stands what joins them. Rows are held against the journal.
CREATE TABLE cycles (
	id             TEXT PRIMARY KEY,
	year           BIGINT NOT NULL, -- of the data
	title          TEXT NOT NULL,
	unit           TEXT NOT NULL REFERENCES units (code), -- the office whose cycle it is
	lead           TEXT NOT NULL, -- the statistics unit that runs it with the office; '' = none
	area_id        BIGINT NOT NULL REFERENCES areas (id),
	area_path      TEXT NOT NULL,
	forms          TEXT NOT NULL, -- JSON, codes
	basis          TEXT NOT NULL, -- the law or regime that asks
	contact        TEXT NOT NULL, -- whom units ask
	opens_on       TEXT NOT NULL,
	due            TEXT NOT NULL, -- JSON: last day by level
	trainings      TEXT NOT NULL, -- JSON: meeting/…
	untaught       TEXT NOT NULL, -- why nobody is trained this year; '' = somebody is
	notice         TEXT NOT NULL, -- letter/…; '' = none yet
	review_meeting TEXT NOT NULL, -- meeting/…; '' = none
	extensions     TEXT NOT NULL, -- JSON: units with a later day
	duns           TEXT NOT NULL, -- JSON: letters that asked for what is missing
	explanations   TEXT NOT NULL, -- JSON: what the review meeting was told
	gaps           TEXT NOT NULL, -- JSON: what was missing when it was closed
	opened_on      TEXT NOT NULL,
	closed_on      TEXT NOT NULL,
	compiled_on    TEXT NOT NULL,
	report         TEXT NOT NULL, -- letter/… by which the monitoring report went out
	published_on   TEXT NOT NULL,
	copied_from    TEXT NOT NULL, -- id of the cycle that it goes on from; '' = none
	reason         TEXT NOT NULL, -- why it was dropped
	state          TEXT NOT NULL CHECK (state IN ('planned', 'trained', 'open', 'closed', 'compiled', 'reported',
		'published', 'dropped')),
	created_by     TEXT NOT NULL REFERENCES people (id),
	created_at     TIMESTAMP NOT NULL,
	version        BIGINT NOT NULL,
	updated_by     TEXT NOT NULL,
	updated_at     TIMESTAMP NOT NULL
);
CREATE INDEX cycles_year ON cycles (year, id);
