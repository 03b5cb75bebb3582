-- +goose Up
-- The areas of a level in order of their codes: who has not reported is looked for until enough are found.
CREATE INDEX areas_level ON areas (level, code);
