-- +goose Up
-- The health of the indicator system and its revision: indicators without data and who finds a source for them, what
-- the national or provincial set measures beside each, elements that should be counted by sex, and batches of changes
-- that a plenary decides. Rows are held against the journal.
CREATE TABLE no_data_records (
	id         TEXT PRIMARY KEY,
	office     TEXT NOT NULL, -- unit that keeps the record
	area_path  TEXT NOT NULL, -- of that office
	indicator  TEXT NOT NULL, -- code
	since      BIGINT NOT NULL, -- first period without data
	cause      TEXT NOT NULL, -- '' = not known yet
	needs      TEXT NOT NULL, -- JSON
	owner      TEXT NOT NULL, -- unit that looks for a source; '' = nobody yet
	plan       TEXT NOT NULL,
	half_on    TEXT NOT NULL, -- by when the owner says how
	due_on     TEXT NOT NULL,
	substitute TEXT NOT NULL, -- code of an indicator that stands in for it
	source     TEXT NOT NULL, -- where the data are, once found
	regime     TEXT NOT NULL, -- number of the department's statistical system
	opened_on  TEXT NOT NULL,
	ended_on   TEXT NOT NULL,
	reason     TEXT NOT NULL,
	state      TEXT NOT NULL,
	version    BIGINT NOT NULL,
	updated_by TEXT NOT NULL,
	updated_at TIMESTAMP NOT NULL
);
CREATE INDEX no_data_records_of_owner ON no_data_records (owner, state, id);
CREATE INDEX no_data_records_by_due ON no_data_records (state, due_on, id);

CREATE TABLE indicator_links (
	id           TEXT PRIMARY KEY,
	office       TEXT NOT NULL,
	area_path    TEXT NOT NULL,
	local        TEXT NOT NULL, -- code; '' = only the upper set has it
	level        TEXT NOT NULL, -- national or provincial
	upper        TEXT NOT NULL, -- its name there; '' = only we have it
	upper_unit   TEXT NOT NULL,
	upper_target TEXT NOT NULL, -- as the upper plan says it
	relation     TEXT NOT NULL,
	difference   TEXT NOT NULL,
	conversion   TEXT NOT NULL,
	source_title TEXT NOT NULL,
	source_url   TEXT NOT NULL,
	state        TEXT NOT NULL, -- in_force or removed
	version      BIGINT NOT NULL,
	updated_by   TEXT NOT NULL,
	updated_at   TIMESTAMP NOT NULL
);
CREATE INDEX indicator_links_of_local ON indicator_links (local, level);

CREATE TABLE sex_duties (
	id          TEXT PRIMARY KEY,
	office      TEXT NOT NULL,
	area_path   TEXT NOT NULL,
	element     TEXT NOT NULL, -- code
	unit        TEXT NOT NULL, -- that counts it
	should      BIGINT NOT NULL, -- 1 = is to be counted by sex
	now         TEXT NOT NULL, -- yes, partly, no
	regime      TEXT NOT NULL, -- the department's statistical system that asks for it
	obstacle    TEXT NOT NULL,
	target_year BIGINT NOT NULL, -- 0 = none
	done_on     TEXT NOT NULL,
	state       TEXT NOT NULL, -- owed, done, none
	version     BIGINT NOT NULL,
	updated_by  TEXT NOT NULL,
	updated_at  TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX sex_duties_of_element ON sex_duties (element, unit, area_path);
CREATE INDEX sex_duties_of_unit ON sex_duties (unit, state, id);

CREATE TABLE revisions (
	id          TEXT PRIMARY KEY,
	office      TEXT NOT NULL,
	area_path   TEXT NOT NULL,
	title       TEXT NOT NULL,
	plan        TEXT NOT NULL, -- code
	reason      TEXT NOT NULL, -- why the system is revised
	proposals   TEXT NOT NULL, -- JSON
	request     TEXT NOT NULL, -- id of the request by which units are asked
	opinions    TEXT NOT NULL, -- id of the text on which they remark
	settled_on  TEXT NOT NULL,
	meeting     TEXT NOT NULL, -- id of the plenary that decided; '' = a leader of the committee did
	decided_on  TEXT NOT NULL,
	decided_by  TEXT NOT NULL,
	applied_on  TEXT NOT NULL, -- the last of its proposals
	note        TEXT NOT NULL, -- why it was withdrawn
	state       TEXT NOT NULL,
	version     BIGINT NOT NULL,
	updated_by  TEXT NOT NULL,
	updated_at  TIMESTAMP NOT NULL
);
CREATE INDEX revisions_by_state ON revisions (state, id);

-- Where an indicator hung until it was dropped, merged or split; from_period is the first without it.
CREATE TABLE goal_indicators_past (
	plan         TEXT NOT NULL,
	goal         TEXT NOT NULL,
	indicator_id BIGINT NOT NULL REFERENCES indicators (id),
	from_period  BIGINT NOT NULL,
	position     BIGINT NOT NULL,
	PRIMARY KEY (plan, goal, indicator_id)
);

-- What an indicator was called until a day: a file of before does not call it so again.
CREATE TABLE indicator_names_past (
	indicator_id BIGINT NOT NULL REFERENCES indicators (id),
	name         TEXT NOT NULL,
	name_en      TEXT NOT NULL,
	closes_on    TEXT NOT NULL,
	PRIMARY KEY (indicator_id, closes_on)
);

{revised goal_indicators_past}
{revised indicator_names_past}
{attested goal_indicators_past plan goal indicator_id}
{attested indicator_names_past indicator_id closes_on}
