-- +goose Up
-- Rules of the committee as dated texts, and changes of the people who speak for a unit.

CREATE TABLE committee_rules (
	code        TEXT NOT NULL,
	version     BIGINT NOT NULL,
	body        TEXT NOT NULL REFERENCES units (code),
	kind        TEXT NOT NULL CHECK (kind IN ('meeting', 'reporting', 'liaison', 'follow_up', 'monitoring',
		'assessment',
		'archive')),
	title       TEXT NOT NULL,
	text        TEXT NOT NULL,
	basis       TEXT NOT NULL,
	in_force_on TEXT NOT NULL,
	repealed_on TEXT NOT NULL,
	PRIMARY KEY (code, version)
);

-- Somebody leaves a post and somebody else takes it.
CREATE TABLE post_changes (
	id           TEXT PRIMARY KEY,
	unit         TEXT NOT NULL REFERENCES units (code),
	area_path    TEXT NOT NULL, -- of the unit
	role         TEXT NOT NULL,
	outgoing     TEXT NOT NULL, -- id of the post that ends; '' = it was vacant
	outgoing_who TEXT NOT NULL,
	person_id    TEXT NOT NULL, -- who takes it, if already known; else made when the office confirms
	person       TEXT NOT NULL,
	title        TEXT NOT NULL,
	room         TEXT NOT NULL,
	phone        TEXT NOT NULL,
	changed_on   TEXT NOT NULL,
	due_on       TEXT NOT NULL, -- last day on which the report is in time
	note         TEXT NOT NULL,
	state        TEXT NOT NULL,
	post         TEXT NOT NULL, -- id of the new post
	reported_on  TEXT NOT NULL,
	reported_by  TEXT NOT NULL,
	reported_id  TEXT NOT NULL,
	confirmed_on TEXT NOT NULL,
	take_by      TEXT NOT NULL, -- day by which it is to be taken over
	taken_on     TEXT NOT NULL,
	taken        TEXT NOT NULL, -- what was taken over, line by line
	version      BIGINT NOT NULL,
	created_at   TIMESTAMP NOT NULL,
	updated_at   TIMESTAMP NOT NULL
);
CREATE INDEX post_changes_unit ON post_changes (unit, id);
CREATE INDEX post_changes_state ON post_changes (state, id);

{revised committee_rules}
{revised post_changes}
{attested committee_rules code version}
{attested post_changes id}
