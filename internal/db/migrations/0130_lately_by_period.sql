-- +goose Up
-- What was accepted last for a period is read from an index in its order, however many other periods there are. period
-- repeats the submission's.
ALTER TABLE versions ADD COLUMN period BIGINT NOT NULL DEFAULT 0;
UPDATE versions SET period = (SELECT s.period FROM submissions s WHERE s.id = versions.submission_id);
DROP INDEX versions_accepted;
CREATE INDEX versions_lately ON versions (period, accepted_at, id) WHERE accepted_at IS NOT NULL;
