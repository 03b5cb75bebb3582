-- +goose Up
-- Data sheets: the figures of a participant as known on the cutoff day, frozen and signed by two. A row is a version,
-- added and never changed but for where it stands.
CREATE TABLE round_sheets (
	id          TEXT PRIMARY KEY,
	round_id    TEXT NOT NULL REFERENCES evaluation_rounds (id),
	unit        TEXT NOT NULL REFERENCES units (code),
	number      BIGINT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('prepared', 'signed', 'returned')),
	text        TEXT NOT NULL, -- canonical JSON
	digest      TEXT NOT NULL,
	reason      TEXT NOT NULL, -- why it was sent back
	person_id   TEXT NOT NULL REFERENCES people (id),
	person      TEXT NOT NULL,
	prepared_at TIMESTAMP NOT NULL,
	version     BIGINT NOT NULL,
	updated_by  TEXT NOT NULL,
	updated_at  TIMESTAMP NOT NULL,
	UNIQUE (round_id, unit, number)
);

CREATE TABLE round_sheet_signatures (
	sheet_id  TEXT NOT NULL REFERENCES round_sheets (id),
	role      TEXT NOT NULL CHECK (role IN ('first', 'second')),
	person_id TEXT NOT NULL REFERENCES people (id),
	person    TEXT NOT NULL,
	post      TEXT NOT NULL,
	unit      TEXT NOT NULL,
	key_id    TEXT NOT NULL REFERENCES signing_keys (id),
	digest    TEXT NOT NULL,
	signature TEXT NOT NULL,
	at        TIMESTAMP NOT NULL,
	PRIMARY KEY (sheet_id, role)
) {clustered};

-- Where somebody moved an indicator of a participant between reachable and far, with a reason.
CREATE TABLE round_moves (
	round_id  TEXT NOT NULL REFERENCES evaluation_rounds (id),
	unit      TEXT NOT NULL REFERENCES units (code),
	indicator TEXT NOT NULL,
	class     TEXT NOT NULL CHECK (class IN ('reachable', 'far')),
	reason    TEXT NOT NULL,
	person    TEXT NOT NULL,
	moved_on  TEXT NOT NULL,
	PRIMARY KEY (round_id, unit, indicator)
) {clustered};
