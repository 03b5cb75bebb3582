-- +goose Up
-- Key difficult issues: what they are about, who leads, and all that was done about them, in the order in which it was
-- done. Every change is said in the journal and held against it by `journal verify`.
CREATE TABLE issues (
	id          TEXT PRIMARY KEY,
	number      TEXT NOT NULL, -- 2024-1, given when it is listed
	title       TEXT NOT NULL,
	unit        TEXT NOT NULL REFERENCES units (code), -- the office that keeps it
	area_id     BIGINT NOT NULL REFERENCES areas (id),
	area_path   TEXT NOT NULL,
	goals       TEXT NOT NULL, -- JSON, plan/code
	indicators  TEXT NOT NULL, -- JSON, codes
	relief      TEXT NOT NULL, -- how relief is seen where no indicator shows it
	why         TEXT NOT NULL, -- JSON, codes
	why_text    TEXT NOT NULL,
	lead        TEXT NOT NULL REFERENCES units (code),
	state       TEXT NOT NULL CHECK (state IN ('proposed', 'listed', 'under_way', 'eased', 'solved', 'carried',
		'dropped')),
	listed_on   TEXT NOT NULL,
	basis       TEXT NOT NULL, -- the decision that listed it: meeting/…; '' = a leader of the committee
	acted_on    TEXT NOT NULL, -- day of the last act, or of listing
	proposals   TEXT NOT NULL, -- JSON: what units brought forward
	acts        TEXT NOT NULL, -- JSON: marks on the series
	researches  TEXT NOT NULL, -- JSON
	reviews     TEXT NOT NULL, -- JSON: one a year
	reason      TEXT NOT NULL, -- why it was solved, carried or dropped
	carried     TEXT NOT NULL, -- id of the issue that it goes on from
	created_by  TEXT NOT NULL REFERENCES people (id),
	created_at  TIMESTAMP NOT NULL,
	version     BIGINT NOT NULL,
	updated_by  TEXT NOT NULL,
	updated_at  TIMESTAMP NOT NULL
);
CREATE INDEX issues_number ON issues (number, id);
CREATE INDEX issues_title ON issues (title, id);
CREATE INDEX issues_state ON issues (state, acted_on, id);
CREATE INDEX issues_acted ON issues (acted_on, id);

-- Units beside the lead.
CREATE TABLE issue_units (
	issue_id TEXT NOT NULL REFERENCES issues (id),
	unit     TEXT NOT NULL REFERENCES units (code),
	PRIMARY KEY (issue_id, unit)
) {clustered};
CREATE INDEX issue_units_unit ON issue_units (unit, issue_id);
