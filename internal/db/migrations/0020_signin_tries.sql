-- +goose Up
-- Tries to sign in are counted by what was typed, whether or not anybody has that login: so nobody can tell. Only the
-- digest of a login is kept, because people type passwords there too.
CREATE TABLE signin_tries (
	login_hash   TEXT PRIMARY KEY,
	failures     BIGINT NOT NULL,
	locked_until TIMESTAMP,
	changed_at   TIMESTAMP NOT NULL
);
CREATE INDEX signin_tries_changed ON signin_tries (changed_at);
ALTER TABLE accounts DROP COLUMN failures;
ALTER TABLE accounts DROP COLUMN locked_until;
