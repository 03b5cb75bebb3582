-- +goose Up
-- The paper route: a printed version that two people sign in ink. A scan of it is laid down by the unit, with whose
-- names and which day the paper bears; the office confirms that it shows both signatures, or refuses it with a reason.
-- Only a confirmed scan becomes two signatures, of the kind 'paper', which have no key. verdict '' = it waits.
CREATE TABLE paper_scans (
	id          TEXT PRIMARY KEY, -- submission.number of the scan
	version_id  BIGINT NOT NULL REFERENCES versions (id),
	file        TEXT NOT NULL REFERENCES evidence (id),
	digest      TEXT NOT NULL, -- SM3 of the scan
	signed_on   TEXT NOT NULL,
	unit        TEXT NOT NULL,
	first_id    TEXT NOT NULL REFERENCES people (id),
	first_name  TEXT NOT NULL,
	first_post  TEXT NOT NULL,
	second_id   TEXT NOT NULL REFERENCES people (id),
	second_name TEXT NOT NULL,
	second_post TEXT NOT NULL,
	recorded_id TEXT NOT NULL,
	recorded_by TEXT NOT NULL,
	recorded_at TIMESTAMP NOT NULL,
	verdict     TEXT NOT NULL CHECK (verdict IN ('', 'confirmed', 'refused')),
	reason      TEXT NOT NULL,
	decided_id  TEXT NOT NULL,
	decided_by  TEXT NOT NULL,
	decided_at  TIMESTAMP
);
CREATE INDEX paper_scans_version ON paper_scans (version_id);
CREATE INDEX paper_scans_digest ON paper_scans (digest);

-- What was signed in ink has no key.
CREATE TABLE signatures_of_both_kinds (
	version_id  BIGINT NOT NULL REFERENCES versions (id),
	role        TEXT NOT NULL CHECK (role IN ('first', 'second')),
	person_id   TEXT NOT NULL REFERENCES people (id),
	person      TEXT NOT NULL,
	post        TEXT NOT NULL,
	unit        TEXT NOT NULL,
	kind        TEXT NOT NULL CHECK (kind IN ('key', 'paper')),
	key_id      TEXT REFERENCES signing_keys (id),
	digest      TEXT NOT NULL,
	signature   TEXT NOT NULL,
	at          TIMESTAMP NOT NULL,
	PRIMARY KEY (version_id, role),
	UNIQUE (version_id, person_id)
);
INSERT INTO signatures_of_both_kinds (version_id, role, person_id, person, post, unit, kind, key_id, digest, signature,
	at)
	SELECT version_id, role, person_id, person, post, unit, kind, key_id, digest, signature, at FROM signatures;
DROP TABLE signatures;
ALTER TABLE signatures_of_both_kinds RENAME TO signatures;

-- How many of what adds up to a sum were signed in ink.
ALTER TABLE rollups ADD COLUMN paper INTEGER NOT NULL DEFAULT 0;

-- Written letter for letter as the queries have it, whose order and conditions these are.
DROP INDEX submissions_unsent;
CREATE INDEX submissions_unsent ON submissions (due_on, id)
	WHERE CASE WHEN accepted_id IS NULL AND state IN ('draft', 'returned', 'prepared', 'printed')
		THEN due_on ELSE '' END <> '';
DROP INDEX submissions_signed;
CREATE INDEX submissions_checked ON submissions (id) WHERE state IN ('signed', 'scanned');
