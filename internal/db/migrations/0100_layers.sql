-- +goose Up
-- Layers 图层: files of a city or a district that coverage is measured against and that maps are drawn on. A row is one
-- version of what an area has of one kind; it is never changed, only withdrawn.
CREATE TABLE layers (
	id           TEXT PRIMARY KEY,
	kind         TEXT NOT NULL,
	area         TEXT NOT NULL,
	area_path    TEXT NOT NULL,
	version      BIGINT NOT NULL,
	name         TEXT NOT NULL,
	source       TEXT NOT NULL,
	valid_on     TEXT NOT NULL, -- from which day it says what is
	system       TEXT NOT NULL, -- of coordinates, as declared
	approval     TEXT NOT NULL, -- 审图号 of a map; '' = none
	features     BIGINT NOT NULL,
	digest       TEXT NOT NULL, -- of the file
	size         BIGINT NOT NULL,
	body         TEXT NOT NULL, -- the file, compressed
	simulated    BIGINT NOT NULL, -- 1 = made up, said so wherever it is named
	unit         TEXT NOT NULL, -- code of who supplied it; '' = it came with an import
	person       TEXT NOT NULL,
	created_at   TIMESTAMP NOT NULL,
	withdrawn_on TEXT NOT NULL, -- '' = in force
	withdrawn_by TEXT NOT NULL,
	reason       TEXT NOT NULL
);
CREATE UNIQUE INDEX layers_version ON layers (kind, area, version);
