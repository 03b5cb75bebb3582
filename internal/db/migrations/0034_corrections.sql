-- +goose Up
-- What people said that figures of texts are about belongs to the unit in which they said it, and is evidence: it
-- decides what a figure is held against. Earlier corrections, which held for everybody, become those of the one unit in
-- which the one person of that name had a post; of any others nobody can say whose they are, and they go.
CREATE TABLE corrections_of_units (
	unit       TEXT NOT NULL REFERENCES units (code),
	key        TEXT NOT NULL,
	role       TEXT NOT NULL,
	indicator  TEXT NOT NULL,
	area       TEXT NOT NULL,
	period     TEXT NOT NULL,
	sex        TEXT NOT NULL,
	subject    TEXT NOT NULL,
	person_id  TEXT NOT NULL REFERENCES people (id),
	created_at TIMESTAMP NOT NULL,
	PRIMARY KEY (unit, key)
);
INSERT INTO corrections_of_units (unit, key, role, indicator, area, period, sex, subject, person_id, created_at)
	SELECT min(p.unit), c.key, min(p.role), c.indicator, c.area, c.period, c.sex, c.subject, min(h.id), c.created_at
	FROM corrections c JOIN people h ON h.name = c.person JOIN posts p ON p.person_id = h.id
	WHERE p.role IN ('office', 'statistician')
	GROUP BY c.key, c.indicator, c.area, c.period, c.sex, c.subject, c.created_at
	HAVING count(DISTINCT h.id) = 1 AND count(DISTINCT p.unit) = 1;
DROP TABLE corrections;
ALTER TABLE corrections_of_units RENAME TO corrections;

{attested corrections unit key}
{revised corrections}
