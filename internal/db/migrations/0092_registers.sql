-- +goose Up
-- Registers 业务登记: what each is, version by version, as the file that defines it says; the lists of codes and the
-- standards that such files name; which units play which part here.
CREATE TABLE registers (
	code       TEXT NOT NULL,
	version    BIGINT NOT NULL,
	name       TEXT NOT NULL,
	name_en    TEXT NOT NULL,
	text       TEXT NOT NULL, -- of the file
	put_at     TIMESTAMP NOT NULL,
	PRIMARY KEY (code, version)
);

CREATE TABLE code_items (
	list      TEXT NOT NULL,
	code      TEXT NOT NULL,
	name      TEXT NOT NULL,
	name_en   TEXT NOT NULL,
	heading   TEXT NOT NULL, -- the group it stands in, of a checklist
	note      TEXT NOT NULL,
	source    TEXT NOT NULL,
	confirmed TEXT NOT NULL,
	position  BIGINT NOT NULL,
	PRIMARY KEY (list, code)
);

-- A standard has a row for each region and day from which it holds: what was judged by an old one stays so judged.
CREATE TABLE standards (
	code       TEXT NOT NULL,
	region     TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to   TEXT NOT NULL,
	applies    TEXT NOT NULL,
	operator   TEXT NOT NULL,
	value      TEXT NOT NULL,
	unit       TEXT NOT NULL,
	direction  TEXT NOT NULL,
	source     TEXT NOT NULL,
	confirmed  TEXT NOT NULL,
	PRIMARY KEY (code, region, valid_from)
);

CREATE TABLE register_parts (
	register TEXT NOT NULL,
	part     TEXT NOT NULL,
	kind     TEXT NOT NULL, -- of units
	roles    TEXT NOT NULL, -- joined with +
	PRIMARY KEY (register, part, kind)
);

-- Records of all registers. body is what a record says, key by key; counted is what it said when it was last confirmed,
-- which is what figures and the public see, {} if it never was.
CREATE TABLE records (
	id         TEXT PRIMARY KEY,
	register   TEXT NOT NULL,
	version    BIGINT NOT NULL, -- of the definition
	number     TEXT NOT NULL,
	title      TEXT NOT NULL,
	unit       TEXT NOT NULL REFERENCES units (code),
	area       TEXT NOT NULL,
	area_path  TEXT NOT NULL,
	state      TEXT NOT NULL,
	since      TIMESTAMP NOT NULL,
	due_on     TEXT NOT NULL, -- '' = no limit
	due_at     TEXT NOT NULL, -- 2018-09-29T16:00 of a limit in hours
	body       JSONB NOT NULL,
	counted    JSONB NOT NULL,
	counts     BIGINT NOT NULL, -- 1 = in figures
	origin     TEXT NOT NULL CHECK (origin IN ('entered', 'imported')),
	edits      BIGINT NOT NULL,
	created_by TEXT NOT NULL,
	created_at TIMESTAMP NOT NULL,
	updated_by TEXT NOT NULL,
	updated_at TIMESTAMP NOT NULL,
	FOREIGN KEY (register, version) REFERENCES registers (code, version)
);
CREATE UNIQUE INDEX records_number ON records (register, number);
CREATE INDEX records_due ON records (register, due_on, id);
CREATE INDEX records_state ON records (register, state, due_on, id);
CREATE INDEX records_unit ON records (register, unit, due_on, id);
CREATE INDEX records_title ON records (register, title, id);
CREATE INDEX records_updated ON records (register, updated_at, id);
CREATE INDEX records_open ON records (due_on, id) WHERE due_on <> '';

-- The last number given under what comes before it.
CREATE TABLE record_numbers (
	register TEXT NOT NULL,
	prefix   TEXT NOT NULL,
	last     BIGINT NOT NULL,
	PRIMARY KEY (register, prefix)
);

-- A period that was closed: what every measure came to, for every area, and which records were counted.
CREATE TABLE record_closings (
	id        TEXT PRIMARY KEY,
	register  TEXT NOT NULL,
	version   BIGINT NOT NULL,
	period    BIGINT NOT NULL,
	area      TEXT NOT NULL,
	area_path TEXT NOT NULL,
	counts    TEXT NOT NULL, -- JSON
	counted   TEXT NOT NULL, -- JSON: by measure, the records counted with the digest of each as it was
	digest    TEXT NOT NULL, -- of both
	person_id TEXT NOT NULL,
	person    TEXT NOT NULL,
	closed_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX record_closings_once ON record_closings (register, period, area);

{revised registers}
{revised code_items}
{revised standards}
{revised register_parts}
{attested registers code version}
{attested code_items list code}
{attested standards code region valid_from}
{attested register_parts register part kind}
