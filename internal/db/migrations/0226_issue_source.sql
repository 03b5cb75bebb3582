-- +goose Up
-- Where an issue was published that the city had before the program: kept as the source tells it, nothing added.
ALTER TABLE issues ADD COLUMN source TEXT NOT NULL DEFAULT '';
