-- +goose Up
-- Measures 策略措施 of a plan: what is done for a goal, or for a whole domain (goal ''), and which units do it.
CREATE TABLE measures (
	plan         TEXT NOT NULL,
	code         TEXT NOT NULL,
	domain       TEXT NOT NULL,
	goal         TEXT NOT NULL,
	text         TEXT NOT NULL,
	text_en      TEXT NOT NULL,
	source_title TEXT NOT NULL,
	source_url   TEXT NOT NULL,
	position     BIGINT NOT NULL,
	PRIMARY KEY (plan, code),
	FOREIGN KEY (plan, domain) REFERENCES domains (plan, code)
);

-- Who does it from which day to which: both '' = ever since, still.
CREATE TABLE measure_units (
	plan      TEXT NOT NULL,
	measure   TEXT NOT NULL,
	unit      TEXT NOT NULL REFERENCES units (code),
	duty      TEXT NOT NULL CHECK (duty IN ('lead', 'responsible')),
	opens_on  TEXT NOT NULL,
	closes_on TEXT NOT NULL,
	PRIMARY KEY (plan, measure, unit, opens_on),
	FOREIGN KEY (plan, measure) REFERENCES measures (plan, code)
);
CREATE INDEX measure_units_unit ON measure_units (unit);

{revised measures}
{revised measure_units}
{attested measures plan code}
{attested measure_units plan measure unit opens_on}
