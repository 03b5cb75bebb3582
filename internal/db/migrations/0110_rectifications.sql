-- +goose Up
-- How a unit sets out to mend what a matter asks of it: asked for by the office with a day, filed by whoever leads it,
-- accepted by the office. What it promises is written on the matter's items when it is accepted.
CREATE TABLE rectifications (
	id          TEXT PRIMARY KEY,
	matter_id   TEXT NOT NULL,
	office      TEXT NOT NULL, -- unit that asks for it and accepts it
	unit        TEXT NOT NULL, -- that owes it
	area_id     BIGINT NOT NULL,
	area_path   TEXT NOT NULL,
	basis       TEXT NOT NULL, -- letter/ID or another object; '' = the matter itself
	due_on      TEXT NOT NULL,
	led_by      TEXT NOT NULL, -- a post
	leader_id   TEXT NOT NULL, -- the person in it then
	leader      TEXT NOT NULL,
	instruction TEXT NOT NULL, -- the leader's own words: instruction/ID
	sessions    TEXT NOT NULL, -- JSON
	lines       TEXT NOT NULL, -- JSON
	body        TEXT NOT NULL,
	asked_on    TEXT NOT NULL,
	filed_on    TEXT NOT NULL, -- the first time
	filer_id    TEXT NOT NULL, -- of the filing that stands
	accepted_on TEXT NOT NULL,
	reason      TEXT NOT NULL,
	state       TEXT NOT NULL,
	version     BIGINT NOT NULL,
	updated_by  TEXT NOT NULL,
	updated_at  TIMESTAMP NOT NULL
);
CREATE INDEX rectifications_of_matter ON rectifications (matter_id, id);
CREATE INDEX rectifications_of_unit ON rectifications (unit, state, id);
CREATE INDEX rectifications_by_due ON rectifications (state, due_on, id);
