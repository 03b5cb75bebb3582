-- +goose Up
-- The adjustment that gave a unit's liaison work to take over; '' = somebody reported the change.
ALTER TABLE post_changes ADD COLUMN adjustment TEXT NOT NULL DEFAULT '';
