-- +goose Up
-- A closing that was taken back stays with its records and its reason; its period may be closed anew.
ALTER TABLE record_closings ADD COLUMN reopened_at TIMESTAMP;
ALTER TABLE record_closings ADD COLUMN reopened_by_id TEXT NOT NULL DEFAULT '';
ALTER TABLE record_closings ADD COLUMN reopened_by TEXT NOT NULL DEFAULT '';
ALTER TABLE record_closings ADD COLUMN reason TEXT NOT NULL DEFAULT '';
DROP INDEX record_closings_once;
CREATE UNIQUE INDEX record_closings_once ON record_closings (register, period, area) WHERE reopened_at IS NULL;
