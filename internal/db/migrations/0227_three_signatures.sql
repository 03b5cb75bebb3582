-- +goose Up
-- A form may name a third place for a signature. third_id NULL: the paper bears two.
ALTER TABLE paper_scans ADD COLUMN third_id TEXT REFERENCES people (id);
ALTER TABLE paper_scans ADD COLUMN third_name TEXT NOT NULL DEFAULT '';
ALTER TABLE paper_scans ADD COLUMN third_post TEXT NOT NULL DEFAULT '';

CREATE TABLE signatures_of_three (
	version_id  BIGINT NOT NULL REFERENCES versions (id),
	role        TEXT NOT NULL CHECK (role IN ('first', 'second', 'third')),
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
INSERT INTO signatures_of_three (version_id, role, person_id, person, post, unit, kind, key_id, digest, signature, at)
	SELECT version_id, role, person_id, person, post, unit, kind, key_id, digest, signature, at FROM signatures;
DROP TABLE signatures;
ALTER TABLE signatures_of_three RENAME TO signatures;

-- Written letter for letter as the query has it, whose order and condition it is.
DROP INDEX submissions_unsent;
CREATE INDEX submissions_unsent ON submissions (due_on, id)
	WHERE CASE WHEN accepted_id IS NULL AND state IN ('draft', 'returned', 'prepared', 'seconded', 'printed')
		THEN due_on ELSE '' END <> '';
