-- +goose Up
-- A text can be laid open to people who are engaged, for a panel: each opinion is its author's alone until all have
-- finished or the day is over.
ALTER TABLE opinion_texts ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
ALTER TABLE opinions ADD COLUMN engagement TEXT NOT NULL DEFAULT '';

CREATE TABLE opinion_reviewers (
	id            TEXT PRIMARY KEY,
	text_id       TEXT NOT NULL REFERENCES opinion_texts (id),
	engagement_id TEXT NOT NULL,
	person_id     TEXT NOT NULL,
	person        TEXT NOT NULL,
	finished_at   TIMESTAMP -- NULL: not yet
);
CREATE INDEX opinion_reviewers_of ON opinion_reviewers (text_id, id);
CREATE INDEX opinion_reviewers_by ON opinion_reviewers (person_id, text_id);
