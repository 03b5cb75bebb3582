-- +goose Up
-- Where in its source a published figure stands, 第12页 or 表3, and the day on which the source came out.
ALTER TABLE published_figures ADD COLUMN source_page TEXT NOT NULL DEFAULT '';
ALTER TABLE published_figures ADD COLUMN published_on TEXT NOT NULL DEFAULT '';
