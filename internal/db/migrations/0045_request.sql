-- +goose Up
-- One ask to many units and the answer of each. A request is a draft until it is sent; an answer is kept as typed until
-- it is submitted, which freezes it as a version: canonical text, its digest, and signatures where the request asks for
-- them. What decides something is said in the journal when it is written and held against that by `journal verify`.
CREATE TABLE requests (
	id         TEXT PRIMARY KEY,
	kind       TEXT NOT NULL CHECK (kind IN ('self_evaluation', 'self_inspection', 'material', 'consultation', 'roster',
		'issue_call')),
	title      TEXT NOT NULL,
	basis      TEXT NOT NULL,
	unit       TEXT NOT NULL REFERENCES units (code), -- who asks
	area_path  TEXT NOT NULL,
	questions  TEXT NOT NULL, -- JSON
	addressees TEXT NOT NULL, -- JSON, codes of units in order
	due_on     TEXT NOT NULL,
	reviewer   TEXT NOT NULL, -- id of a post; '' = not said yet
	sign_rule  TEXT NOT NULL CHECK (sign_rule IN ('none', 'leader', 'two')),
	about      TEXT NOT NULL, -- the object that it is asked for; '' = none
	state      TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'withdrawn')),
	reason     TEXT NOT NULL, -- why it was withdrawn
	created_by TEXT NOT NULL REFERENCES people (id),
	created_at TIMESTAMP NOT NULL,
	sent_at    TIMESTAMP,
	version    BIGINT NOT NULL,
	updated_by TEXT NOT NULL,
	updated_at TIMESTAMP NOT NULL
);
CREATE INDEX requests_unit ON requests (unit, due_on, id);
CREATE INDEX requests_due ON requests (due_on, id);
CREATE INDEX requests_title ON requests (title, id);
CREATE INDEX requests_kind ON requests (kind, due_on, id);
CREATE INDEX requests_about ON requests (about) WHERE about <> '';

CREATE TABLE answers (
	id           TEXT PRIMARY KEY,
	request_id   TEXT NOT NULL REFERENCES requests (id),
	unit         TEXT NOT NULL REFERENCES units (code), -- who answers now
	asked        TEXT NOT NULL REFERENCES units (code), -- who was asked first
	area_path    TEXT NOT NULL,
	state        TEXT NOT NULL CHECK (state IN ('sent', 'open', 'prepared', 'submitted', 'returned', 'accepted',
		'replaced', 'withdrawn')),
	due_on       TEXT NOT NULL, -- the request's day, or the one given with what was returned
	draft        TEXT NOT NULL, -- JSON, as typed
	received_at  TIMESTAMP,
	received_by  TEXT NOT NULL,
	submitted_at TIMESTAMP,
	first_at     TIMESTAMP,     -- submitted for the first time
	late         BOOLEAN NOT NULL,
	returns      BIGINT NOT NULL,
	accepted_at  TIMESTAMP,
	step_at      TIMESTAMP NOT NULL, -- when its state began
	version      BIGINT NOT NULL,
	updated_by   TEXT NOT NULL,
	updated_at   TIMESTAMP NOT NULL,
	UNIQUE (request_id, asked)
);
CREATE INDEX answers_unit ON answers (unit, state, due_on);
CREATE INDEX answers_due ON answers (due_on, id) WHERE state IN ('sent', 'open', 'prepared', 'returned', 'submitted');

CREATE TABLE answer_versions (
	id         TEXT PRIMARY KEY,
	answer_id  TEXT NOT NULL REFERENCES answers (id),
	number     BIGINT NOT NULL,
	text       TEXT NOT NULL, -- canonical JSON
	digest     TEXT NOT NULL, -- its SM3
	unit       TEXT NOT NULL,
	person_id  TEXT NOT NULL REFERENCES people (id),
	person     TEXT NOT NULL,
	created_at TIMESTAMP NOT NULL,
	verdict    TEXT NOT NULL CHECK (verdict IN ('', 'recalled', 'returned', 'accepted')),
	remarks    TEXT NOT NULL, -- JSON, by question, of what was returned
	judged_by  TEXT NOT NULL,
	judged_at  TIMESTAMP,
	UNIQUE (answer_id, number)
);

CREATE TABLE answer_signatures (
	version_id TEXT NOT NULL REFERENCES answer_versions (id),
	role       TEXT NOT NULL CHECK (role IN ('first', 'second')),
	person_id  TEXT NOT NULL REFERENCES people (id),
	person     TEXT NOT NULL,
	post       TEXT NOT NULL,
	unit       TEXT NOT NULL,
	key_id     TEXT NOT NULL REFERENCES signing_keys (id),
	digest     TEXT NOT NULL,
	signature  TEXT NOT NULL,
	at         TIMESTAMP NOT NULL,
	PRIMARY KEY (version_id, role)
) {clustered};
