-- +goose Up
-- Areas, units, people and their posts; accounts and signing keys.

-- A row never changes its code, parent or path: a change closes it and opens a successor. path is the ids
-- from the root, each followed by a dot ("1.4.17."), so a subtree is the range [path, path without its
-- last dot + "/").
CREATE TABLE areas (
	id           BIGINT PRIMARY KEY,
	code         TEXT NOT NULL,
	name         TEXT NOT NULL,
	short_name   TEXT NOT NULL,
	name_en      TEXT NOT NULL,
	level        TEXT NOT NULL,
	parent_id    BIGINT REFERENCES areas (id),
	path         TEXT NOT NULL UNIQUE,
	opens_on     TEXT NOT NULL,
	closes_on    TEXT NOT NULL,
	successor_id BIGINT,
	tile_row     BIGINT NOT NULL,
	tile_col     BIGINT NOT NULL,
	UNIQUE (code, opens_on)
);
CREATE INDEX areas_parent ON areas (parent_id);

CREATE TABLE units (
	code       TEXT PRIMARY KEY,
	name       TEXT NOT NULL,
	short_name TEXT NOT NULL,
	name_en    TEXT NOT NULL,
	kind       TEXT NOT NULL,
	parent     TEXT REFERENCES units (code),
	area_id    BIGINT NOT NULL REFERENCES areas (id),
	note       TEXT NOT NULL,
	opens_on   TEXT NOT NULL,
	closes_on  TEXT NOT NULL,
	successor  TEXT,
	position   BIGINT NOT NULL
);
CREATE INDEX units_area ON units (area_id);

-- What an office calls a role or a kind of unit: data, so that a city may use its own words.
CREATE TABLE labels (
	kind     TEXT NOT NULL CHECK (kind IN ('role', 'unit_kind', 'area_level')),
	code     TEXT NOT NULL,
	name     TEXT NOT NULL,
	name_en  TEXT NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (kind, code)
);

CREATE TABLE people (
	id         TEXT PRIMARY KEY,
	name       TEXT NOT NULL,
	name_en    TEXT NOT NULL,
	sample     BOOLEAN NOT NULL,
	created_at TIMESTAMP NOT NULL
);

-- A post joins person, unit and role from opens_on to closes_on ('' = still in it).
CREATE TABLE posts (
	id        TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES people (id),
	unit      TEXT NOT NULL REFERENCES units (code),
	role      TEXT NOT NULL,
	opens_on  TEXT NOT NULL,
	closes_on TEXT NOT NULL
);
CREATE INDEX posts_person ON posts (person_id);
CREATE INDEX posts_unit ON posts (unit);

CREATE TABLE accounts (
	person_id     TEXT PRIMARY KEY REFERENCES people (id),
	login         TEXT NOT NULL UNIQUE,
	password_hash TEXT NOT NULL,
	failures      BIGINT NOT NULL,
	locked_until  TIMESTAMP,
	enabled       BOOLEAN NOT NULL,
	language      TEXT NOT NULL,
	version       BIGINT NOT NULL,
	updated_at    TIMESTAMP NOT NULL
);

-- A person's SM2 key: the private half is encrypted under the signing phrase and the server's pepper.
CREATE TABLE signing_keys (
	id           TEXT PRIMARY KEY,
	person_id    TEXT NOT NULL REFERENCES people (id),
	public_key   TEXT NOT NULL,
	certificate  TEXT NOT NULL,
	locked       TEXT NOT NULL,
	failures     BIGINT NOT NULL,
	locked_until TIMESTAMP,
	created_at   TIMESTAMP NOT NULL,
	retired_at   TIMESTAMP
);
CREATE UNIQUE INDEX signing_keys_current ON signing_keys (person_id) WHERE retired_at IS NULL;
