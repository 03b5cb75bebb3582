-- +goose Up
-- What was accepted last, newest first.

CREATE INDEX versions_accepted ON versions (accepted_at, id) WHERE accepted_at IS NOT NULL;
