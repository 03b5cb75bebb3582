-- +goose Up
-- Lists by which an element may be counted apart, such as kinds of schools, and their values: a row without list is a
-- list. The number of a value is that of facts (category), where 0 is the whole.
CREATE TABLE categories (
	id      INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 1023),
	code    TEXT NOT NULL UNIQUE,
	name    TEXT NOT NULL,
	name_en TEXT NOT NULL,
	list    TEXT NOT NULL -- code of its list; '' = it is one
);

-- The list by which an element is counted apart; '' = none.
ALTER TABLE elements ADD COLUMN categories TEXT NOT NULL DEFAULT '';
-- The categories that a form has columns for, from a period on, as "0:1,2 202300:0,1,2"; '' = none.
ALTER TABLE element_levels ADD COLUMN categories TEXT NOT NULL DEFAULT '';

{attested categories id}
{revised categories}
