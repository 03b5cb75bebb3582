-- +goose Up
-- A letter that tells what several groups found waits for the head of each.
ALTER TABLE feedbacks ADD COLUMN further TEXT NOT NULL DEFAULT ''; -- JSON: groups beside group_id; '' = none
