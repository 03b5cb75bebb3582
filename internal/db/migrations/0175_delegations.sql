-- +goose Up
-- Who may sign for whom, from a day to a day. The person's post of the acting role says the same to the rest of the
-- program; package delegation writes both.
CREATE TABLE delegations (
	id         TEXT PRIMARY KEY,
	unit       TEXT NOT NULL REFERENCES units (code),
	area_path  TEXT NOT NULL,
	role       TEXT NOT NULL, -- that is lent: leader
	person_id  TEXT NOT NULL, -- who lends it
	person     TEXT NOT NULL,
	to_id      TEXT NOT NULL, -- who acts
	to_name    TEXT NOT NULL,
	opens_on   TEXT NOT NULL, -- first and last day
	closes_on  TEXT NOT NULL,
	reason     TEXT NOT NULL,
	post       TEXT NOT NULL, -- of the acting role
	ended_on   TEXT NOT NULL,
	end_reason TEXT NOT NULL,
	state      TEXT NOT NULL,
	version    BIGINT NOT NULL,
	updated_by TEXT NOT NULL,
	updated_at TIMESTAMP NOT NULL
);
CREATE INDEX delegations_of_unit ON delegations (unit, state, id);
CREATE INDEX delegations_by_post ON delegations (post);
CREATE INDEX delegations_by_day ON delegations (state, closes_on, id);
