-- +goose Up
-- The area that a unit's texts are about unless they say otherwise, as somebody of the unit chose it.

CREATE TABLE check_areas (
	unit       TEXT PRIMARY KEY,
	area       TEXT NOT NULL,
	person     TEXT NOT NULL,
	changed_at TIMESTAMP NOT NULL
);
