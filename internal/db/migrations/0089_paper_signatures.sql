-- +goose Up
-- A signature that was given on paper and registered: who registered it, and the file that shows it; '' = with a key.
ALTER TABLE letter_signatures ADD COLUMN recorded_by TEXT NOT NULL DEFAULT '';
ALTER TABLE letter_signatures ADD COLUMN scan TEXT NOT NULL DEFAULT '';
