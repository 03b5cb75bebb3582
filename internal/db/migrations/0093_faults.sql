-- +goose Up
-- Faults that anybody reported of a public facility 公众报修: what is wrong, and what its keeper says of it. Nobody is
-- named who reported one, nor from where; who has the code may ask how it stands.
CREATE TABLE faults (
	id          TEXT PRIMARY KEY,
	code        TEXT NOT NULL UNIQUE,
	record      TEXT NOT NULL REFERENCES records (id),
	item        TEXT NOT NULL,
	text        TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('open', 'fixed', 'not_ours', 'wont_fix', 'duplicate')),
	reason      TEXT NOT NULL, -- of the last answer, which who reported it may read
	same_as     TEXT NOT NULL, -- fault of the same facility, of a duplicate
	asked       TEXT NOT NULL, -- why the office should follow it up, '' = nobody asked
	matter      TEXT NOT NULL, -- what it became
	reported_at TIMESTAMP NOT NULL,
	due_on      TEXT NOT NULL, -- by when it should be answered
	ended_on    TEXT NOT NULL, -- '' = it is still one
	answered_by TEXT NOT NULL, -- name
	version     BIGINT NOT NULL
);
CREATE INDEX faults_record ON faults (record, state, reported_at, id);
CREATE INDEX faults_state ON faults (state, due_on, id);
CREATE INDEX faults_due ON faults (due_on, id) WHERE ended_on = '';
