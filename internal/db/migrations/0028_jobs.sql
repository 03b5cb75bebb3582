-- +goose Up
-- What happens by itself: one row for each job, what was set aside, and what is to leave the house.

-- due_at: when a job of a time of day is due next. piece and rest: how far a round has come, for_at: which moment the
-- round is for. seq: the last sealed entry that a job after entries has seen. try_at: not before then, after a failure.
CREATE TABLE jobs (
	name     TEXT PRIMARY KEY,
	due_at   TIMESTAMP NOT NULL,
	piece    BIGINT NOT NULL,
	rest     TEXT NOT NULL,
	for_at   TIMESTAMP NOT NULL,
	missed   BIGINT NOT NULL,
	seq      BIGINT NOT NULL,
	try_at   TIMESTAMP NOT NULL,
	failures BIGINT NOT NULL,
	error    TEXT NOT NULL,
	last_at  TIMESTAMP,
	last_for TIMESTAMP
);

-- An entry whose work failed five times. again: somebody asked for one more try.
CREATE TABLE jobs_aside (
	job    TEXT NOT NULL,
	seq    BIGINT NOT NULL,
	object TEXT NOT NULL,
	verb   TEXT NOT NULL,
	error  TEXT NOT NULL,
	at     TIMESTAMP NOT NULL,
	again  BOOLEAN NOT NULL,
	PRIMARY KEY (job, seq)
) {clustered};

-- next_at is when it may be taken (taking moves it on: a lease); none: sent, or given up (then sent_at is none too).
-- key makes putting it twice once; the text goes when it is sent.
CREATE TABLE deliveries (
	id         TEXT PRIMARY KEY,
	channel    TEXT NOT NULL,
	key        TEXT NOT NULL,
	person_id  TEXT NOT NULL,
	subject    TEXT NOT NULL,
	body       TEXT NOT NULL,
	tries      BIGINT NOT NULL,
	next_at    TIMESTAMP,
	sent_at    TIMESTAMP,
	error      TEXT NOT NULL,
	created_at TIMESTAMP NOT NULL,
	UNIQUE (channel, key)
);
CREATE INDEX deliveries_next ON deliveries (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX deliveries_failed ON deliveries (created_at) WHERE next_at IS NULL AND sent_at IS NULL;
CREATE INDEX deliveries_person ON deliveries (person_id, created_at);
