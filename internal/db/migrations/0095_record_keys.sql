-- +goose Up
-- What lists of records are ordered and filtered by, out of the bodies: each register gives its fields to these columns
-- in order, so that registers share their indexes and one more makes none dearer. s1 to s10 are sorted by, f1 to f8
-- filtered by; NULL where a register has no such field. views are the views of its own that a record stands in.
ALTER TABLE records ADD COLUMN s1 TEXT;
ALTER TABLE records ADD COLUMN s2 TEXT;
ALTER TABLE records ADD COLUMN s3 TEXT;
ALTER TABLE records ADD COLUMN s4 TEXT;
ALTER TABLE records ADD COLUMN s5 TEXT;
ALTER TABLE records ADD COLUMN s6 TEXT;
ALTER TABLE records ADD COLUMN s7 TEXT;
ALTER TABLE records ADD COLUMN s8 TEXT;
ALTER TABLE records ADD COLUMN s9 TEXT;
ALTER TABLE records ADD COLUMN s10 TEXT;
ALTER TABLE records ADD COLUMN f1 TEXT;
ALTER TABLE records ADD COLUMN f2 TEXT;
ALTER TABLE records ADD COLUMN f3 TEXT;
ALTER TABLE records ADD COLUMN f4 TEXT;
ALTER TABLE records ADD COLUMN f5 TEXT;
ALTER TABLE records ADD COLUMN f6 TEXT;
ALTER TABLE records ADD COLUMN f7 TEXT;
ALTER TABLE records ADD COLUMN f8 TEXT;
ALTER TABLE records ADD COLUMN views TEXT NOT NULL DEFAULT '';

-- Every index has what lists are cut down by, so that only the rows of a page are read.
DROP INDEX records_due;
DROP INDEX records_state;
DROP INDEX records_unit;
CREATE INDEX records_due ON records (register, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8);
CREATE INDEX records_state ON records (register, state, due_on, id,
	area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8);
CREATE INDEX records_unit ON records (register, unit, due_on, id,
	state, area_path, counts, views, f1, f2, f3, f4, f5, f6, f7, f8);
CREATE INDEX records_area ON records (register, area_path, due_on, id,
	state, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8);
CREATE INDEX records_s1 ON records (register, s1, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8) WHERE s1 IS NOT NULL;
CREATE INDEX records_s2 ON records (register, s2, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8) WHERE s2 IS NOT NULL;
CREATE INDEX records_s3 ON records (register, s3, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8) WHERE s3 IS NOT NULL;
CREATE INDEX records_s4 ON records (register, s4, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8) WHERE s4 IS NOT NULL;
CREATE INDEX records_s5 ON records (register, s5, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8) WHERE s5 IS NOT NULL;
CREATE INDEX records_s6 ON records (register, s6, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8) WHERE s6 IS NOT NULL;
CREATE INDEX records_s7 ON records (register, s7, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8) WHERE s7 IS NOT NULL;
CREATE INDEX records_s8 ON records (register, s8, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8) WHERE s8 IS NOT NULL;
CREATE INDEX records_s9 ON records (register, s9, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8) WHERE s9 IS NOT NULL;
CREATE INDEX records_s10 ON records (register, s10, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7, f8) WHERE s10 IS NOT NULL;
CREATE INDEX records_f1 ON records (register, f1, due_on, id,
	state, area_path, unit, counts, views, f2, f3, f4, f5, f6, f7, f8) WHERE f1 IS NOT NULL;
CREATE INDEX records_f2 ON records (register, f2, due_on, id,
	state, area_path, unit, counts, views, f1, f3, f4, f5, f6, f7, f8) WHERE f2 IS NOT NULL;
CREATE INDEX records_f3 ON records (register, f3, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f4, f5, f6, f7, f8) WHERE f3 IS NOT NULL;
CREATE INDEX records_f4 ON records (register, f4, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f5, f6, f7, f8) WHERE f4 IS NOT NULL;
CREATE INDEX records_f5 ON records (register, f5, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f6, f7, f8) WHERE f5 IS NOT NULL;
CREATE INDEX records_f6 ON records (register, f6, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f7, f8) WHERE f6 IS NOT NULL;
CREATE INDEX records_f7 ON records (register, f7, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f8) WHERE f7 IS NOT NULL;
CREATE INDEX records_f8 ON records (register, f8, due_on, id,
	state, area_path, unit, counts, views, f1, f2, f3, f4, f5, f6, f7) WHERE f8 IS NOT NULL;

-- By which fields the columns of a register's records were filled.
CREATE TABLE record_layouts (
	register TEXT PRIMARY KEY,
	layout   TEXT NOT NULL
);
