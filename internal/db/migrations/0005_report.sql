-- +goose Up
-- Report templates: text with references to figures, edited by the office.

CREATE TABLE report_templates (
	code       TEXT PRIMARY KEY,
	name       TEXT NOT NULL,
	name_en    TEXT NOT NULL,
	body       TEXT NOT NULL,
	version    BIGINT NOT NULL,
	updated_at TIMESTAMP NOT NULL
);
