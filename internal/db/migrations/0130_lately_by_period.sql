-- +goose Up
-- What was accepted last for a period is read from an index in its order, however many other periods there are, and of
-- a few areas from theirs. period and area_id repeat the submission's.
ALTER TABLE versions ADD COLUMN period BIGINT NOT NULL DEFAULT 0;
ALTER TABLE versions ADD COLUMN area_id BIGINT NOT NULL DEFAULT 0;
UPDATE versions SET period = (SELECT s.period FROM submissions s WHERE s.id = versions.submission_id),
	area_id = (SELECT s.area_id FROM submissions s WHERE s.id = versions.submission_id);
DROP INDEX versions_accepted;
CREATE INDEX versions_lately ON versions (period, accepted_at, id, area_id, submission_id, number)
	WHERE accepted_at IS NOT NULL;
CREATE INDEX versions_of_area ON versions (area_id, period, accepted_at, id, submission_id, number)
	WHERE accepted_at IS NOT NULL;
