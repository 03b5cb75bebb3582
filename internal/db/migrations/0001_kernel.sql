-- +goose Up
-- What every part stands on: the installation's settings, sessions, the journal and its chain.

CREATE TABLE settings (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

-- Locked by every acceptance on PostgreSQL, see db.UpdateAlone. Holds no rows.
CREATE TABLE accept_gate (id BIGINT PRIMARY KEY);

-- A browser session or a bearer token; only the hash of the secret is kept.
CREATE TABLE sessions (
	token_hash TEXT PRIMARY KEY,
	person_id  TEXT NOT NULL,
	kind       TEXT NOT NULL CHECK (kind IN ('cookie', 'bearer')),
	created_at TIMESTAMP NOT NULL,
	expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_person ON sessions (person_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- object_seq numbers the entries of one object without gaps; seq and hash are the link that the sealer
-- adds after commit.
CREATE TABLE journal (
	id         {identity},
	at         TIMESTAMP NOT NULL,
	actor_id   TEXT NOT NULL,
	actor      TEXT NOT NULL,
	verb       TEXT NOT NULL,
	object     TEXT NOT NULL,
	object_seq BIGINT NOT NULL,
	detail     TEXT NOT NULL,
	seq        BIGINT,
	hash       TEXT,
	UNIQUE (object, object_seq)
);
CREATE INDEX journal_unsealed ON journal (id) WHERE seq IS NULL;
CREATE UNIQUE INDEX journal_seq ON journal (seq);

CREATE TABLE seal_head (
	id   BIGINT PRIMARY KEY,
	seq  BIGINT NOT NULL,
	hash TEXT NOT NULL
);
INSERT INTO seal_head (id, seq, hash) VALUES (1, 0, '');

-- A file stored once under its SM3 digest; blob_uses says what it belongs to.
CREATE TABLE blob_uses (
	id         TEXT PRIMARY KEY,
	object     TEXT NOT NULL,
	digest     TEXT NOT NULL,
	name       TEXT NOT NULL,
	media_type TEXT NOT NULL,
	size       BIGINT NOT NULL,
	person_id  TEXT NOT NULL,
	created_at TIMESTAMP NOT NULL
);
CREATE INDEX blob_uses_object ON blob_uses (object);
