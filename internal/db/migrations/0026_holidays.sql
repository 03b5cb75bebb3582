-- +goose Up
-- What the state's notices say of single days: off, or worked although it is a weekend. A later notice on the same day
-- is a row of its own, so that a due day of earlier can be explained. Weekends and due days are not kept: they are
-- counted.
CREATE TABLE holidays (
	on_day       TEXT NOT NULL,
	announced_on TEXT NOT NULL,
	kind         TEXT NOT NULL CHECK (kind IN ('off', 'work')),
	name         TEXT NOT NULL,
	name_en      TEXT NOT NULL,
	notice       TEXT NOT NULL,
	note         TEXT NOT NULL,
	PRIMARY KEY (on_day, announced_on)
);

{revised holidays}
{attested holidays on_day announced_on}
