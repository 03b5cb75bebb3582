-- +goose Up
-- Lists read their ids by an index that has their order and whatever decides who may see a row, so that neither the
-- first page nor the four-hundredth reads a row that it does not show.

-- Copies of what never changes: a form's code, and code and path of a row of areas.
ALTER TABLE submissions ADD COLUMN form_code TEXT NOT NULL DEFAULT '';
ALTER TABLE submissions ADD COLUMN area_code TEXT NOT NULL DEFAULT '';
ALTER TABLE submissions ADD COLUMN area_path TEXT NOT NULL DEFAULT '';
UPDATE submissions SET form_code = (SELECT f.code FROM forms f WHERE f.id = form_id),
	area_code = (SELECT a.code FROM areas a WHERE a.id = area_id),
	area_path = (SELECT a.path FROM areas a WHERE a.id = area_id);

CREATE INDEX submissions_by_period ON submissions (period DESC, form_code, area_code, id, unit, area_path, state);
CREATE INDEX submissions_by_form ON submissions (form_code, period DESC, area_code, id, unit, area_path);
CREATE INDEX submissions_by_unit ON submissions (unit, period DESC, form_code, area_code, id, area_path);
CREATE INDEX submissions_by_state ON submissions (state, period DESC, form_code, area_code, id, unit, area_path);
CREATE INDEX submissions_by_due ON submissions (COALESCE(NULLIF(due_on, ''), '9999'), period DESC, form_code,
	area_code, id, unit, area_path);

-- How long a text is, so that a list need not read it.
ALTER TABLE checks ADD COLUMN characters BIGINT NOT NULL DEFAULT 0;
UPDATE checks SET characters = length(text);
