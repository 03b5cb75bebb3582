-- +goose Up
-- Referrals of records 转办: a record is offered to another unit, and is its own only once that unit took it. Who
-- offered it answers for it until then, and sees later where it is.
CREATE TABLE referrals (
	id          TEXT PRIMARY KEY,
	record      TEXT NOT NULL REFERENCES records (id),
	title       TEXT NOT NULL, -- of the record when it was offered
	from_unit   TEXT NOT NULL REFERENCES units (code),
	to_unit     TEXT NOT NULL REFERENCES units (code),
	reason      TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'refused', 'withdrawn', 'lapsed')),
	answer      TEXT NOT NULL, -- why it was refused or withdrawn
	due_on      TEXT NOT NULL, -- by when it is to be answered
	offered_at  TIMESTAMP NOT NULL,
	offered_by  TEXT NOT NULL, -- name
	answered_on TEXT NOT NULL, -- '' = not yet
	answered_by TEXT NOT NULL
);
CREATE UNIQUE INDEX referrals_open ON referrals (record) WHERE state = 'offered';
CREATE INDEX referrals_record ON referrals (record, offered_at, id);
CREATE INDEX referrals_to ON referrals (to_unit, state, due_on, id);
CREATE INDEX referrals_from ON referrals (from_unit, offered_at, id);
CREATE INDEX referrals_due ON referrals (due_on, id) WHERE state = 'offered';
