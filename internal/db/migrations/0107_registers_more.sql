-- +goose Up
-- How many faults each machine reported in an hour, so that all servers together keep one bound: a digest of the
-- address, gone an hour later.
CREATE TABLE fault_senders (
	sender  TEXT PRIMARY KEY,
	hour    TEXT NOT NULL, -- 2018-09-29T16
	reports BIGINT NOT NULL
);

-- Records that had nothing done with them for too long, by the rule of their register: what the morning finds, until
-- something is.
CREATE TABLE record_quiet (
	record_id TEXT NOT NULL REFERENCES records (id),
	rule      TEXT NOT NULL,
	since     TEXT NOT NULL, -- day of the last one
	due_on    TEXT NOT NULL, -- by when something should have been done
	PRIMARY KEY (record_id, rule)
);
CREATE INDEX record_quiet_due ON record_quiet (due_on, record_id, rule);
