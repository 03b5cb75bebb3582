-- +goose Up
-- The life of a plan, step by step as its sources date it: since is a day, a month or a year, as far as it is known.
CREATE TABLE plan_steps (
	plan         TEXT NOT NULL REFERENCES plans (code),
	state        TEXT NOT NULL CHECK (state IN ('research', 'draft', 'consultation', 'issued', 'closed')),
	since        TEXT NOT NULL,
	note         TEXT NOT NULL,
	source_title TEXT NOT NULL,
	source_url   TEXT NOT NULL,
	PRIMARY KEY (plan, state)
);

-- A goal that goes on with one of an earlier plan, or stands in its place.
CREATE TABLE goal_links (
	plan         TEXT NOT NULL,
	goal         TEXT NOT NULL,
	before_plan  TEXT NOT NULL,
	before_goal  TEXT NOT NULL,
	relation     TEXT NOT NULL CHECK (relation IN ('continues', 'replaces')),
	note         TEXT NOT NULL,
	PRIMARY KEY (plan, goal, before_plan, before_goal),
	FOREIGN KEY (plan, goal) REFERENCES goals (plan, code),
	FOREIGN KEY (before_plan, before_goal) REFERENCES goals (plan, code)
);

{revised plan_steps}
{revised goal_links}
{attested plan_steps plan state}
{attested goal_links plan goal before_plan before_goal}
