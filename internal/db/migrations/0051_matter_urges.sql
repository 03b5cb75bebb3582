-- +goose Up
-- How often an item was urged, and when last; the words of each slip stand in the journal.
ALTER TABLE matter_items ADD COLUMN urges BIGINT NOT NULL DEFAULT 0;
ALTER TABLE matter_items ADD COLUMN urged_on TEXT NOT NULL DEFAULT '';
