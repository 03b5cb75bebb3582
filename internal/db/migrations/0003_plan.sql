-- +goose Up
-- Plans with their goals and who answers for them; indicators, targets and figures quoted from
-- public sources.

CREATE TABLE plans (
	code         TEXT PRIMARY KEY,
	name         TEXT NOT NULL,
	name_en      TEXT NOT NULL,
	kind         TEXT NOT NULL CHECK (kind IN ('women', 'children', 'combined')),
	area_id      BIGINT NOT NULL REFERENCES areas (id),
	starts       BIGINT NOT NULL,
	ends         BIGINT NOT NULL,
	parent       TEXT REFERENCES plans (code),
	status       TEXT NOT NULL,
	source_title TEXT NOT NULL,
	source_url   TEXT NOT NULL,
	note         TEXT NOT NULL,
	position     BIGINT NOT NULL
);

CREATE TABLE domains (
	plan     TEXT NOT NULL REFERENCES plans (code),
	code     TEXT NOT NULL,
	name     TEXT NOT NULL,
	name_en  TEXT NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (plan, code)
);

CREATE TABLE goals (
	plan         TEXT NOT NULL,
	code         TEXT NOT NULL,
	domain       TEXT NOT NULL,
	text         TEXT NOT NULL,
	text_en      TEXT NOT NULL,
	source_title TEXT NOT NULL,
	source_url   TEXT NOT NULL,
	position     BIGINT NOT NULL,
	PRIMARY KEY (plan, code),
	FOREIGN KEY (plan, domain) REFERENCES domains (plan, code)
);

-- The breakdown 目标任务分解书: lead units and further responsible units of a goal.
CREATE TABLE goal_units (
	plan     TEXT NOT NULL,
	goal     TEXT NOT NULL,
	unit     TEXT NOT NULL REFERENCES units (code),
	duty     TEXT NOT NULL CHECK (duty IN ('lead', 'responsible')),
	PRIMARY KEY (plan, goal, unit),
	FOREIGN KEY (plan, goal) REFERENCES goals (plan, code)
);
CREATE INDEX goal_units_unit ON goal_units (unit);

-- Small integers, because a calibre is part of every fact's key. 0 is not applicable (SDMX _Z).
CREATE TABLE calibres (
	id      BIGINT PRIMARY KEY,
	code    TEXT NOT NULL UNIQUE,
	name    TEXT NOT NULL,
	name_en TEXT NOT NULL
);
INSERT INTO calibres (id, code, name, name_en) VALUES (0, '_Z', '', '');

CREATE TABLE indicators (
	id          BIGINT PRIMARY KEY,
	code        TEXT NOT NULL UNIQUE,
	name        TEXT NOT NULL,
	name_en     TEXT NOT NULL,
	unit        TEXT NOT NULL,
	unit_en     TEXT NOT NULL,
	decimals    BIGINT NOT NULL,
	direction   BIGINT NOT NULL CHECK (direction IN (-1, 0, 1)),
	year_start  TEXT NOT NULL,
	source_unit TEXT REFERENCES units (code),
	position    BIGINT NOT NULL
);

-- A definition from one period on (0: from the beginning). formula '' means: known only from published figures;
-- calibre_id is the calibre in which the formula takes its elements.
CREATE TABLE indicator_versions (
	indicator_id BIGINT NOT NULL REFERENCES indicators (id),
	from_period  BIGINT NOT NULL,
	formula      TEXT NOT NULL,
	calibre_id   BIGINT NOT NULL REFERENCES calibres (id),
	definition   TEXT NOT NULL,
	source_title TEXT NOT NULL,
	source_url   TEXT NOT NULL,
	PRIMARY KEY (indicator_id, from_period)
);

CREATE TABLE goal_indicators (
	plan         TEXT NOT NULL,
	goal         TEXT NOT NULL,
	indicator_id BIGINT NOT NULL REFERENCES indicators (id),
	position     BIGINT NOT NULL,
	PRIMARY KEY (plan, goal, indicator_id),
	FOREIGN KEY (plan, goal) REFERENCES goals (plan, code)
);
CREATE INDEX goal_indicators_indicator ON goal_indicators (indicator_id);

-- op: ge, le, increase, decrease (direction only), none. level says whose target it is: the plan's own
-- or the national outline's; an indicator may have both.
CREATE TABLE targets (
	plan            TEXT NOT NULL REFERENCES plans (code),
	indicator_id    BIGINT NOT NULL REFERENCES indicators (id),
	area_id         BIGINT NOT NULL REFERENCES areas (id),
	op              TEXT NOT NULL CHECK (op IN ('ge', 'le', 'increase', 'decrease', 'none')),
	value           TEXT NOT NULL,
	year            BIGINT NOT NULL,
	baseline_year   BIGINT NOT NULL,
	level           TEXT NOT NULL CHECK (level IN ('own', 'national')),
	words           TEXT NOT NULL,
	source_title    TEXT NOT NULL,
	source_url      TEXT NOT NULL,
	PRIMARY KEY (plan, indicator_id, area_id, level)
);
CREATE INDEX targets_area ON targets (area_id, indicator_id);

-- Quoted from a public source, unsigned, never summed. value is a plain decimal in the indicator's unit;
-- two sources that differ are two rows.
CREATE TABLE published_figures (
	id           TEXT PRIMARY KEY,
	indicator_id BIGINT NOT NULL REFERENCES indicators (id),
	area_id      BIGINT NOT NULL REFERENCES areas (id),
	period       BIGINT NOT NULL,
	sex          BIGINT NOT NULL,
	calibre_id   BIGINT NOT NULL REFERENCES calibres (id),
	value        TEXT NOT NULL,
	mark         BIGINT NOT NULL,
	derived      BOOLEAN NOT NULL,
	note         TEXT NOT NULL,
	source_title TEXT NOT NULL,
	source_url   TEXT NOT NULL,
	position     BIGINT NOT NULL,
	UNIQUE (area_id, indicator_id, period, sex, calibre_id, source_title, source_url)
);

-- A standard or rate that a rule sets, dated: not a statistic.
CREATE TABLE parameters (
	code         TEXT NOT NULL,
	area_id      BIGINT NOT NULL REFERENCES areas (id),
	opens_on     TEXT NOT NULL,
	closes_on    TEXT NOT NULL,
	name         TEXT NOT NULL,
	name_en      TEXT NOT NULL,
	value        TEXT NOT NULL,
	unit         TEXT NOT NULL,
	note         TEXT NOT NULL,
	source_title TEXT NOT NULL,
	source_url   TEXT NOT NULL,
	PRIMARY KEY (code, area_id, opens_on)
);
