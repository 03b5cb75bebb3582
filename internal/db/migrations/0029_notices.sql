-- +goose Up
-- What posts are told, who has read it, the ladders by which they are told, and where people get their mail.

-- To whoever holds role in unit when it is read. rung: how far before or after the due day (-3d, 0d, +1wd). Each rung
-- fires once. ended_at: the thing was done, or a later rung took its place.
CREATE TABLE notices (
	id       {identity},
	unit     TEXT NOT NULL,
	role     TEXT NOT NULL,
	object   TEXT NOT NULL,
	step     TEXT NOT NULL,
	due_on   TEXT NOT NULL,
	rung     TEXT NOT NULL,
	told_on  TEXT NOT NULL,
	ended_at TIMESTAMP,
	UNIQUE (object, step, due_on, rung, unit, role)
);
CREATE INDEX notices_post ON notices (unit, role, id);
CREATE INDEX notices_open ON notices (unit, role, id) WHERE ended_at IS NULL;
CREATE INDEX notices_told ON notices (told_on);

CREATE TABLE notice_reads (
	person_id TEXT NOT NULL,
	notice_id BIGINT NOT NULL,
	at        TIMESTAMP NOT NULL,
	PRIMARY KEY (person_id, notice_id)
) {clustered};

-- A rung of a ladder as the office has it; without any for a step, the program's default holds.
CREATE TABLE reminder_rungs (
	step   TEXT NOT NULL,
	rung   TEXT NOT NULL,
	role   TEXT NOT NULL,
	place  TEXT NOT NULL CHECK (place IN ('unit', 'office', 'committee')),
	status TEXT NOT NULL CHECK (status IN ('proposed', 'confirmed', 'off')),
	basis  TEXT NOT NULL,
	PRIMARY KEY (step, rung, role, place)
) {clustered};

CREATE TABLE mailboxes (
	person_id TEXT PRIMARY KEY REFERENCES people (id),
	email     TEXT NOT NULL
);

-- What is due and has not been sent, in the order of its days.
CREATE INDEX submissions_unsent ON submissions (due_on, id)
	WHERE accepted_id IS NULL AND due_on <> '' AND state IN ('draft', 'returned', 'prepared');

{revised reminder_rungs}
