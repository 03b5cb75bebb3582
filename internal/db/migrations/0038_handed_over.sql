-- +goose Up
-- Who answered for a goal, and who was the source of an indicator, before somebody took over: as of an earlier day it
-- is still them.
ALTER TABLE goal_units ADD COLUMN opens_on TEXT NOT NULL DEFAULT ''; -- '' = ever since
CREATE TABLE goal_units_past (
	plan      TEXT NOT NULL,
	goal      TEXT NOT NULL,
	unit      TEXT NOT NULL REFERENCES units (code),
	duty      TEXT NOT NULL,
	opens_on  TEXT NOT NULL,
	closes_on TEXT NOT NULL,
	PRIMARY KEY (plan, goal, unit, closes_on)
);
CREATE INDEX goal_units_past_unit ON goal_units_past (unit);

ALTER TABLE indicators ADD COLUMN source_since TEXT NOT NULL DEFAULT '';
CREATE TABLE indicator_sources_past (
	indicator_id BIGINT NOT NULL,
	unit         TEXT NOT NULL REFERENCES units (code),
	opens_on     TEXT NOT NULL,
	closes_on    TEXT NOT NULL,
	PRIMARY KEY (indicator_id, closes_on)
);

{revised goal_units_past}
{revised indicator_sources_past}
{attested goal_units_past plan goal unit closes_on}
{attested indicator_sources_past indicator_id closes_on}
