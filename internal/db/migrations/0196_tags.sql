-- +goose Up
-- Sets of tags that goals and indicators are marked by, such as what a city has promised its people. Days are the first
-- on which something is so and the first on which it no longer is; '' = always, still.
CREATE TABLE tag_sets (
	code         TEXT PRIMARY KEY,
	name         TEXT NOT NULL,
	name_en      TEXT NOT NULL,
	opens_on     TEXT NOT NULL,
	closes_on    TEXT NOT NULL,
	note         TEXT NOT NULL,
	source_title TEXT NOT NULL,
	source_url   TEXT NOT NULL,
	position     BIGINT NOT NULL
);

CREATE TABLE tags (
	tag_set   TEXT NOT NULL REFERENCES tag_sets (code),
	code      TEXT NOT NULL,
	name      TEXT NOT NULL,
	name_en   TEXT NOT NULL,
	opens_on  TEXT NOT NULL,
	closes_on TEXT NOT NULL,
	position  BIGINT NOT NULL,
	PRIMARY KEY (tag_set, code)
);

-- A mark is on a goal of a plan, or on an indicator wherever it hangs: the other stays ''.
CREATE TABLE tagged (
	tag_set   TEXT NOT NULL,
	tag       TEXT NOT NULL,
	plan      TEXT NOT NULL,
	goal      TEXT NOT NULL,
	indicator TEXT NOT NULL, -- code
	opens_on  TEXT NOT NULL,
	closes_on TEXT NOT NULL,
	note      TEXT NOT NULL, -- why
	position  BIGINT NOT NULL,
	PRIMARY KEY (tag_set, tag, plan, goal, indicator, opens_on),
	FOREIGN KEY (tag_set, tag) REFERENCES tags (tag_set, code)
);

{revised tag_sets}
{revised tags}
{revised tagged}
{attested tag_sets code}
{attested tags tag_set code}
{attested tagged tag_set tag plan goal indicator opens_on}
