-- +goose Up
-- Who is a member of which body, apart from what units there are; and adjustments, which change units and members on a
-- day and hand open work over. A row of the past is closed, never changed.

-- What a unit was called before a day. Its name of today stands in units.
CREATE TABLE unit_names (
	unit       TEXT NOT NULL REFERENCES units (code),
	until      TEXT NOT NULL, -- the first day of the next name
	name       TEXT NOT NULL,
	short_name TEXT NOT NULL,
	name_en    TEXT NOT NULL,
	PRIMARY KEY (unit, until)
);

CREATE TABLE memberships (
	id        TEXT PRIMARY KEY,
	body      TEXT NOT NULL REFERENCES units (code),
	member    TEXT NOT NULL REFERENCES units (code),
	seat      TEXT NOT NULL CHECK (seat IN ('director_unit', 'vice', 'member', 'observer')),
	opens_on  TEXT NOT NULL,
	closes_on TEXT NOT NULL,
	basis     TEXT NOT NULL, -- number of the document, or where it was published
	position  BIGINT NOT NULL,
	UNIQUE (body, member, opens_on)
);
CREATE INDEX memberships_member ON memberships (member);

-- How many members a body is said to have from a day on: a list may name fewer.
CREATE TABLE declared_members (
	body     TEXT NOT NULL REFERENCES units (code),
	opens_on TEXT NOT NULL,
	members  BIGINT NOT NULL,
	basis    TEXT NOT NULL,
	PRIMARY KEY (body, opens_on)
);

-- What a unit has to do, as a dated text; one at a time.
CREATE TABLE unit_duties (
	unit      TEXT NOT NULL REFERENCES units (code),
	opens_on  TEXT NOT NULL,
	closes_on TEXT NOT NULL,
	text      TEXT NOT NULL,
	clause    TEXT NOT NULL, -- of the breakdown that gives it
	basis     TEXT NOT NULL,
	PRIMARY KEY (unit, opens_on)
);

-- What a roster says of who holds a post: position, office room and office phone, never a private one.
ALTER TABLE posts ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN room TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN phone TEXT NOT NULL DEFAULT '';

CREATE TABLE adjustments (
	id           TEXT PRIMARY KEY,
	number       TEXT NOT NULL, -- given when it is approved
	body         TEXT NOT NULL REFERENCES units (code),
	area_path    TEXT NOT NULL, -- of the body
	title        TEXT NOT NULL,
	basis        TEXT NOT NULL,
	effective_on TEXT NOT NULL,
	state        TEXT NOT NULL,
	previewed    TEXT NOT NULL, -- digest of what was looked at before approval; '' = not since the last change
	refused      TEXT NOT NULL, -- why it could not be applied on its day
	drafted_by   TEXT NOT NULL,
	drafted_id   TEXT NOT NULL,
	unit         TEXT NOT NULL REFERENCES units (code), -- the office that drafted it
	created_at   TIMESTAMP NOT NULL,
	updated_at   TIMESTAMP NOT NULL,
	version      BIGINT NOT NULL
);
CREATE INDEX adjustments_state ON adjustments (state, effective_on, id);

-- One change. What it is of and what it leads to stand in adjustment_units.
CREATE TABLE adjustment_lines (
	adjustment_id TEXT NOT NULL REFERENCES adjustments (id),
	line          BIGINT NOT NULL,
	kind          TEXT NOT NULL CHECK (kind IN ('join', 'leave', 'rename', 'merge', 'split', 'seat', 'duty')),
	seat          TEXT NOT NULL,
	name          TEXT NOT NULL, -- new name
	short_name    TEXT NOT NULL,
	name_en       TEXT NOT NULL,
	text          TEXT NOT NULL, -- new duty
	clause        TEXT NOT NULL,
	PRIMARY KEY (adjustment_id, line)
);

CREATE TABLE adjustment_units (
	adjustment_id TEXT NOT NULL REFERENCES adjustments (id),
	line          BIGINT NOT NULL,
	side          TEXT NOT NULL CHECK (side IN ('from', 'to')),
	unit          TEXT NOT NULL REFERENCES units (code),
	position      BIGINT NOT NULL,
	PRIMARY KEY (adjustment_id, line, side, unit)
);
CREATE INDEX adjustment_units_unit ON adjustment_units (unit);

-- Who takes over what a unit had: all of a kind, or one thing of it.
CREATE TABLE adjustment_shares (
	adjustment_id TEXT NOT NULL REFERENCES adjustments (id),
	line          BIGINT NOT NULL,
	kind          TEXT NOT NULL,
	object        TEXT NOT NULL, -- '' = all of the kind that nothing else is said of
	unit          TEXT NOT NULL, -- '' = nobody yet
	PRIMARY KEY (adjustment_id, line, kind, object)
);

{revised unit_names}
{revised memberships}
{revised declared_members}
{revised unit_duties}
{revised adjustments}
{revised adjustment_lines}
{revised adjustment_units}
{revised adjustment_shares}

{attested unit_names unit until}
{attested memberships id}
{attested declared_members body opens_on}
{attested unit_duties unit opens_on}
{attested adjustments id}
{attested adjustment_lines adjustment_id line}
{attested adjustment_units adjustment_id line side unit}
{attested adjustment_shares adjustment_id line kind object}
