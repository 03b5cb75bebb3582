-- +goose Up
-- Outsiders who are engaged from a day to a day, for what their engagement names: experts, third parties, supervisors.
-- Held against the journal.
CREATE TABLE engagements (
	id          TEXT PRIMARY KEY,
	office      TEXT NOT NULL, -- unit that engages
	area_path   TEXT NOT NULL, -- of that office
	person_id   TEXT NOT NULL,
	person      TEXT NOT NULL,
	role        TEXT NOT NULL, -- expert, third_party, supervisor
	about       TEXT NOT NULL, -- round/…; '' = none
	third       TEXT NOT NULL, -- third party whose person it is; '' = none
	opens_on    TEXT NOT NULL,
	closes_on   TEXT NOT NULL, -- the last day
	areas       TEXT NOT NULL, -- JSON: codes
	documents   TEXT NOT NULL, -- JSON: objects
	indicators  TEXT NOT NULL, -- JSON: codes
	interests   TEXT NOT NULL, -- JSON
	appointment TEXT NOT NULL, -- number of the letter of appointment
	post        TEXT NOT NULL, -- that lasts as long; '' = not begun
	started_on  TEXT NOT NULL,
	ended_on    TEXT NOT NULL,
	reason      TEXT NOT NULL,
	state       TEXT NOT NULL,
	version     BIGINT NOT NULL,
	updated_by  TEXT NOT NULL,
	updated_at  TIMESTAMP NOT NULL
);
CREATE INDEX engagements_of_person ON engagements (person_id, state, id);
CREATE INDEX engagements_about ON engagements (about, id);
CREATE INDEX engagements_by_day ON engagements (state, closes_on, id);

-- What somebody engaged wrote down for themselves.
CREATE TABLE engagement_notes (
	id            TEXT PRIMARY KEY,
	engagement_id TEXT NOT NULL REFERENCES engagements (id),
	text          TEXT NOT NULL,
	written_at    TIMESTAMP NOT NULL
);
CREATE INDEX engagement_notes_of ON engagement_notes (engagement_id, id);

-- Bodies hired to evaluate: contract, scope, what they deliver, surveys as counts. What they see their people's
-- engagements say.
CREATE TABLE third_parties (
	id           TEXT PRIMARY KEY,
	office       TEXT NOT NULL,
	area_path    TEXT NOT NULL,
	about        TEXT NOT NULL,
	unit         TEXT NOT NULL, -- code, if it is a unit of the network
	name         TEXT NOT NULL,
	opens_on     TEXT NOT NULL,
	closes_on    TEXT NOT NULL,
	scope        TEXT NOT NULL,
	methods      TEXT NOT NULL, -- JSON
	deliverables TEXT NOT NULL, -- JSON
	surveys      TEXT NOT NULL, -- JSON
	state        TEXT NOT NULL,
	reason       TEXT NOT NULL,
	version      BIGINT NOT NULL,
	updated_by   TEXT NOT NULL,
	updated_at   TIMESTAMP NOT NULL
);
CREATE INDEX third_parties_about ON third_parties (about, id);
