-- +goose Up
-- What must be followed up, from whatever source, and the items that units owe of it. The words of every step stand in
-- the journal; a row says where the thing stands, and `journal verify` holds each of its columns against the entries.
CREATE TABLE matters (
	id            TEXT PRIMARY KEY,
	office        TEXT NOT NULL, -- unit that raised it and decides on it
	area_id       BIGINT NOT NULL,
	year          BIGINT NOT NULL, -- of the number, 0 = a draft has none
	serial        BIGINT NOT NULL,
	number        TEXT NOT NULL,
	title         TEXT NOT NULL,
	problem       TEXT NOT NULL,
	sources       TEXT NOT NULL, -- JSON
	lead_unit     TEXT NOT NULL,
	supporting    TEXT NOT NULL, -- JSON list of units
	goal          TEXT NOT NULL, -- plan/code
	measure       TEXT NOT NULL,
	indicator     TEXT NOT NULL, -- code
	no_indicator  TEXT NOT NULL, -- why there is none
	urgency       TEXT NOT NULL,
	class         TEXT NOT NULL,
	aim           TEXT NOT NULL,
	aim_operator  TEXT NOT NULL,
	aim_value     TEXT NOT NULL,
	aim_period    TEXT NOT NULL,
	flags         TEXT NOT NULL, -- JSON list
	hard_since    TEXT NOT NULL,
	merged_into   TEXT NOT NULL,
	state         TEXT NOT NULL,
	reason        TEXT NOT NULL, -- of the last step that had one
	raised_on     TEXT NOT NULL,
	entries       BIGINT NOT NULL,
	version       BIGINT NOT NULL, -- of the matter with its items: every step counts
	shown         TEXT NOT NULL, -- the least advanced state of its items, for lists
	due           TEXT NOT NULL, -- the earliest day of its open items, for lists
	area_path     TEXT NOT NULL
);
CREATE INDEX matters_by_number ON matters (year DESC, serial DESC, id, area_path, shown);
CREATE INDEX matters_by_due ON matters (COALESCE(NULLIF(due, ''), '9999'), id, area_path, shown);
CREATE INDEX matters_by_state ON matters (shown, year DESC, serial DESC, id, area_path);
CREATE UNIQUE INDEX matters_numbered ON matters (office, year, serial) WHERE serial > 0;

-- Which matters come from a thing.
CREATE TABLE matter_sources (
	ref       TEXT NOT NULL, -- meeting/ID
	matter_id TEXT NOT NULL,
	kind      TEXT NOT NULL,
	PRIMARY KEY (ref, matter_id, kind)
);
CREATE INDEX matter_sources_matter ON matter_sources (matter_id);

CREATE TABLE matter_items (
	id             TEXT PRIMARY KEY,
	matter_id      TEXT NOT NULL,
	position       BIGINT NOT NULL,
	unit           TEXT NOT NULL,
	area_id        BIGINT NOT NULL,
	text           TEXT NOT NULL,
	cause_kinds    TEXT NOT NULL, -- JSON list
	cause          TEXT NOT NULL,
	steps          TEXT NOT NULL, -- JSON
	due            TEXT NOT NULL,
	original_due   TEXT NOT NULL,
	due_by         TEXT NOT NULL, -- the rule that gave the day, '' = a day that was named
	next_on        TEXT NOT NULL, -- the day that its lamp looks at
	handler_id     TEXT NOT NULL,
	handler        TEXT NOT NULL,
	responsible    TEXT NOT NULL, -- a post
	state          TEXT NOT NULL,
	before_state   TEXT NOT NULL, -- that it was suspended in
	since          TEXT NOT NULL, -- day of its last change of state
	received_on    TEXT NOT NULL,
	planned_on     TEXT NOT NULL,
	started_on     TEXT NOT NULL,
	noted_on       TEXT NOT NULL,
	note           TEXT NOT NULL,
	notes_owed     BIGINT NOT NULL, -- of a continuing item, up to the last note
	notes_in_time  BIGINT NOT NULL,
	extensions     BIGINT NOT NULL, -- granted
	wanted_due     TEXT NOT NULL, -- asked for and not decided
	asked_on       TEXT NOT NULL,
	declines       BIGINT NOT NULL,
	reported_on    TEXT NOT NULL, -- the report that stands
	reporter_id    TEXT NOT NULL,
	reporter_unit  TEXT NOT NULL,
	checks         BIGINT NOT NULL,
	first_judgement TEXT NOT NULL,
	judgement      TEXT NOT NULL,
	checker        TEXT NOT NULL,
	check_unit     TEXT NOT NULL, -- asked to re-check
	closed_on      TEXT NOT NULL,
	closings       BIGINT NOT NULL,
	first_closed_on TEXT NOT NULL,
	reopenings     BIGINT NOT NULL,
	reopened_on    TEXT NOT NULL, -- the first time
	suspended_on   TEXT NOT NULL,
	look_on        TEXT NOT NULL,
	suspended_days BIGINT NOT NULL,
	reason         TEXT NOT NULL,
	entries        BIGINT NOT NULL,
	changed        BIGINT NOT NULL, -- version of the matter at the item's last change
	number         TEXT NOT NULL, -- from here on copies of what the matter says, for the indexes of lists
	year           BIGINT NOT NULL,
	serial         BIGINT NOT NULL,
	area_path      TEXT NOT NULL,
	domains        TEXT NOT NULL, -- ' plan/domain '
	class          TEXT NOT NULL,
	urgency        TEXT NOT NULL,
	flags          TEXT NOT NULL, -- ' hard slow '
	kinds          TEXT NOT NULL, -- ' decision instruction '
	indicator      TEXT NOT NULL,
	goal           TEXT NOT NULL
);
CREATE INDEX matter_items_matter ON matter_items (matter_id, position);
CREATE INDEX matter_items_by_due ON matter_items (COALESCE(NULLIF(next_on, ''), '9999'), id, area_path, state, unit,
	class, kinds, flags, domains);
CREATE INDEX matter_items_by_number ON matter_items (year DESC, serial DESC, position, id, area_path, state, unit,
	next_on, class, kinds, flags, domains);
CREATE INDEX matter_items_by_unit ON matter_items (unit, year DESC, serial DESC, position, id, area_path, state,
	next_on);
CREATE INDEX matter_items_by_state ON matter_items (state, year DESC, serial DESC, position, id, area_path, unit,
	next_on);
CREATE INDEX matter_items_of_indicator ON matter_items (indicator, area_id, unit);

-- Units that have to do with an item: its own, the lead, those that support, the office, who is asked to re-check.
CREATE TABLE matter_parties (
	unit    TEXT NOT NULL,
	item_id TEXT NOT NULL,
	part    TEXT NOT NULL,
	PRIMARY KEY (unit, item_id, part)
);
CREATE INDEX matter_parties_item ON matter_parties (item_id);
