-- +goose Up
-- What a round asks somebody able to act to do, by when, and what its addressee says of it.
CREATE TABLE recommendations (
	id           TEXT PRIMARY KEY,
	round_id     TEXT NOT NULL REFERENCES evaluation_rounds (id),
	number       BIGINT NOT NULL, -- within the round
	text         TEXT NOT NULL,
	findings     TEXT NOT NULL, -- JSON: objects or words that say what was found
	indicator    TEXT NOT NULL, -- code; '' = none
	unit         TEXT NOT NULL REFERENCES units (code), -- its addressee
	area_path    TEXT NOT NULL, -- of the addressee
	what         TEXT NOT NULL,
	due_on       TEXT NOT NULL,
	criterion    TEXT NOT NULL, -- a lens such as relevance; '' = none
	discussed_on TEXT NOT NULL,
	state        TEXT NOT NULL CHECK (state IN ('made', 'accepted', 'partly', 'rejected', 'withdrawn')),
	reason       TEXT NOT NULL, -- why only partly or not, or why it was withdrawn
	answer_by    TEXT NOT NULL, -- last day to answer
	answered_on  TEXT NOT NULL,
	answered_by  TEXT NOT NULL,
	answerer_id  TEXT NOT NULL,
	matter       TEXT NOT NULL, -- id of the matter that came of it
	created_by   TEXT NOT NULL REFERENCES people (id),
	created_at   TIMESTAMP NOT NULL,
	version      BIGINT NOT NULL,
	updated_by   TEXT NOT NULL,
	updated_at   TIMESTAMP NOT NULL,
	UNIQUE (round_id, number)
);
CREATE INDEX recommendations_unit ON recommendations (unit, state, answer_by);

-- What the office says of a difference between those who judge.
CREATE TABLE round_notes (
	round_id TEXT NOT NULL REFERENCES evaluation_rounds (id),
	line     TEXT NOT NULL, -- indicator/CODE or goal/PLAN/CODE, with the participant
	text     TEXT NOT NULL,
	person   TEXT NOT NULL,
	noted_on TEXT NOT NULL,
	PRIMARY KEY (round_id, line)
) {clustered};

-- What third party, panel or group made of an indicator, put down by the office from their papers.
CREATE TABLE round_voices (
	round_id TEXT NOT NULL REFERENCES evaluation_rounds (id),
	line     TEXT NOT NULL,
	voice    TEXT NOT NULL CHECK (voice IN ('third_party', 'panel', 'group')),
	class    TEXT NOT NULL CHECK (class IN ('met', 'on_track', 'reachable', 'far', 'no_data', 'no_target')),
	text     TEXT NOT NULL, -- where it says so
	person   TEXT NOT NULL,
	noted_on TEXT NOT NULL,
	PRIMARY KEY (round_id, line, voice)
) {clustered};
