-- +goose Up
-- Evaluation rounds: what is judged, when and by whom, as a scheme says it. Every change is said in the journal and
-- held against it by `journal verify`.
CREATE TABLE evaluation_rounds (
	id              TEXT PRIMARY KEY,
	title           TEXT NOT NULL,
	kind            TEXT NOT NULL CHECK (kind IN ('annual', 'midterm', 'final', 'special')),
	plans           TEXT NOT NULL, -- JSON, codes
	from_period     TEXT NOT NULL, -- 2021
	until_period    TEXT NOT NULL,
	cutoff_on       TEXT NOT NULL, -- figures are read as known at the end of this day
	unit            TEXT NOT NULL REFERENCES units (code), -- the office that runs it
	area_id         BIGINT NOT NULL REFERENCES areas (id),
	area_path       TEXT NOT NULL,
	leading_group   TEXT NOT NULL, -- JSON: posts of the leading group
	basis           TEXT NOT NULL,
	inspection_plan TEXT NOT NULL, -- number in the year's plan of inspections, or of the single approval
	unplanned       BOOLEAN NOT NULL, -- launched with visits and without such a number, after it was asked
	legal_nature    TEXT NOT NULL CHECK (legal_nature IN ('plan_supervision', 'designated', 'entrusted')),
	stages          TEXT NOT NULL, -- JSON
	scheme          TEXT NOT NULL, -- JSON: parts as they are being written
	edition         BIGINT NOT NULL, -- of the scheme in force; 0 = none approved yet
	state           TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'running', 'closed', 'withdrawn')),
	reason          TEXT NOT NULL, -- why it was taken back or withdrawn
	launched_on     TEXT NOT NULL,
	closed_on       TEXT NOT NULL,
	created_by      TEXT NOT NULL, -- person; '' = recorded from what was published
	created_at      TIMESTAMP NOT NULL,
	version         BIGINT NOT NULL,
	updated_by      TEXT NOT NULL,
	updated_at      TIMESTAMP NOT NULL
);

-- Who takes part: a unit for itself, or for an area. Answers, sheets and recommendations name it by its unit.
CREATE TABLE round_participants (
	round_id TEXT NOT NULL REFERENCES evaluation_rounds (id),
	unit     TEXT NOT NULL REFERENCES units (code),
	area     TEXT NOT NULL, -- code of the area for which it answers; '' = for itself
	path     TEXT NOT NULL, -- of that area
	PRIMARY KEY (round_id, unit)
) {clustered};
CREATE INDEX round_participants_unit ON round_participants (unit, round_id);
CREATE INDEX round_participants_area ON round_participants (area, round_id) WHERE area <> '';

-- Schemes as they were approved, word for word.
CREATE TABLE round_schemes (
	id          TEXT PRIMARY KEY,
	round_id    TEXT NOT NULL REFERENCES evaluation_rounds (id),
	edition     BIGINT NOT NULL,
	text        TEXT NOT NULL,
	digest      TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	approved_at TIMESTAMP NOT NULL,
	UNIQUE (round_id, edition)
);
