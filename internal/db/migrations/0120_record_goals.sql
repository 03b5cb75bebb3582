-- +goose Up
-- The goals of plans that a confirmed record serves, so that a plan's page finds its records without reading all.
ALTER TABLE records ADD COLUMN goals TEXT NOT NULL DEFAULT '';
CREATE INDEX records_goals ON records (register, number) WHERE goals <> '';
