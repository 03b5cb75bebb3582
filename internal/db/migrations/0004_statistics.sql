-- +goose Up
-- What is counted, the forms that ask for it, the accepted facts and their rollup, and the submissions
-- with their versions and signatures.

CREATE TABLE elements (
	id         BIGINT PRIMARY KEY,
	code       TEXT NOT NULL UNIQUE,
	name       TEXT NOT NULL,
	name_en    TEXT NOT NULL,
	unit       TEXT NOT NULL,
	decimals   BIGINT NOT NULL,
	sums       BOOLEAN NOT NULL,
	by_sex     BOOLEAN NOT NULL,
	year_start TEXT NOT NULL,
	definition TEXT NOT NULL
);

-- definition is the form file as canonical JSON, see form.Form.
CREATE TABLE forms (
	id          BIGINT PRIMARY KEY,
	code        TEXT NOT NULL UNIQUE,
	name        TEXT NOT NULL,
	definition  TEXT NOT NULL,
	valid_until TEXT NOT NULL
);

-- Which form owns an element at an area level ("a number has one owner") and whether the area's own report,
-- the roll-up, or the own report checked against the roll-up is the value there.
CREATE TABLE element_levels (
	element_id BIGINT NOT NULL REFERENCES elements (id),
	level      TEXT NOT NULL,
	form_id    BIGINT NOT NULL REFERENCES forms (id),
	method     TEXT NOT NULL CHECK (method IN ('own', 'rolled_up', 'own_checked')),
	sexes      TEXT NOT NULL, -- of the form's columns, as "1 2"; -1 alone: the form asks for totals
	PRIMARY KEY (element_id, level)
);

-- How many areas at and below area_id owe form_id for the period: the 16 of "15 of 16".
CREATE TABLE expectations (
	area_id BIGINT NOT NULL,
	period  BIGINT NOT NULL,
	form_id BIGINT NOT NULL,
	due     BIGINT NOT NULL,
	PRIMARY KEY (area_id, period, form_id)
) {clustered};

-- value: integer in the element's smallest unit. mark and grade: see package fact. Area first keeps an
-- acceptance flat at any size (shared/performance.md).
CREATE TABLE facts (
	area_id    INTEGER NOT NULL,
	period     INTEGER NOT NULL,
	element_id INTEGER NOT NULL,
	sex        INTEGER NOT NULL,
	category   INTEGER NOT NULL,
	calibre    INTEGER NOT NULL,
	value      BIGINT NOT NULL,
	mark       INTEGER NOT NULL,
	grade      INTEGER NOT NULL,
	version_id BIGINT NOT NULL,
	PRIMARY KEY (area_id, period, element_id, sex, category, calibre)
) {clustered};

-- What the direct children add up to. n: leaf cells that entered the sum; na: not applicable; hidden,
-- simulated, unsigned: how many of n are so. A row of zeros says as much as no row.
CREATE TABLE rollups (
	area_id    INTEGER NOT NULL,
	period     INTEGER NOT NULL,
	element_id INTEGER NOT NULL,
	sex        INTEGER NOT NULL,
	category   INTEGER NOT NULL,
	calibre    INTEGER NOT NULL,
	value      BIGINT NOT NULL CHECK (value BETWEEN -9000000000000000000 AND 9000000000000000000),
	n          INTEGER NOT NULL,
	na         INTEGER NOT NULL,
	hidden     INTEGER NOT NULL,
	simulated  INTEGER NOT NULL,
	unsigned   INTEGER NOT NULL,
	PRIMARY KEY (area_id, period, element_id, sex, category, calibre)
) {clustered};

-- entries counts the journal entries of the submission, so that a deleted one is missed. draft is the
-- cells as typed with the reasons for soft findings, JSON. accepted_id is the version whose facts are live.
-- One unit answers for an area: a number has one owner.
CREATE TABLE submissions (
	id            TEXT PRIMARY KEY,
	form_id       BIGINT NOT NULL REFERENCES forms (id),
	unit          TEXT NOT NULL REFERENCES units (code),
	area_id       BIGINT NOT NULL REFERENCES areas (id),
	period        BIGINT NOT NULL,
	state         TEXT NOT NULL,
	due_on        TEXT NOT NULL,
	late          BOOLEAN NOT NULL,
	draft         TEXT NOT NULL,
	amend_reason  TEXT NOT NULL,
	return_reason TEXT NOT NULL,
	accepted_id   BIGINT UNIQUE,
	entries       BIGINT NOT NULL,
	version       BIGINT NOT NULL,
	updated_by    TEXT NOT NULL,
	updated_at    TIMESTAMP NOT NULL,
	UNIQUE (form_id, area_id, period)
);
CREATE INDEX submissions_unit ON submissions (unit, state);
CREATE INDEX submissions_area ON submissions (area_id, period);
CREATE INDEX submissions_signed ON submissions (due_on) WHERE state = 'signed';

-- text is the canonical JSON that both sign, kept verbatim. A change is a new version.
CREATE TABLE versions (
	id            {identity},
	submission_id TEXT NOT NULL REFERENCES submissions (id),
	number        BIGINT NOT NULL,
	text          TEXT NOT NULL,
	digest        TEXT NOT NULL,
	reason        TEXT NOT NULL,
	origin        TEXT NOT NULL CHECK (origin IN ('entered', 'simulated')),
	source        TEXT NOT NULL,
	created_at    TIMESTAMP NOT NULL,
	accepted_at   TIMESTAMP,
	UNIQUE (submission_id, number)
);

CREATE TABLE signatures (
	version_id  BIGINT NOT NULL REFERENCES versions (id),
	role        TEXT NOT NULL CHECK (role IN ('first', 'second')),
	person_id   TEXT NOT NULL REFERENCES people (id),
	person      TEXT NOT NULL,
	post        TEXT NOT NULL,
	unit        TEXT NOT NULL,
	kind        TEXT NOT NULL CHECK (kind IN ('key', 'paper')),
	key_id      TEXT NOT NULL REFERENCES signing_keys (id),
	digest      TEXT NOT NULL,
	signature   TEXT NOT NULL,
	at          TIMESTAMP NOT NULL,
	PRIMARY KEY (version_id, role),
	UNIQUE (version_id, person_id)
);
