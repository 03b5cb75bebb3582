-- +goose Up
-- Instructions 批示: what a leader of a committee wrote on something, word for word. A row holds the words, and what
-- became of them; its text never changes once written. Rows are held against the journal by `journal verify`.
CREATE TABLE instructions (
	id           TEXT PRIMARY KEY,
	unit         TEXT NOT NULL REFERENCES units (code), -- the committee of the leader
	area_path    TEXT NOT NULL,                         -- of that committee
	office       TEXT NOT NULL REFERENCES units (code), -- that sees to it
	leader_id    TEXT NOT NULL REFERENCES people (id),
	leader       TEXT NOT NULL,
	written_on   TEXT NOT NULL, -- the day that it bears; '' = not yet written
	text         TEXT NOT NULL,
	about        TEXT NOT NULL, -- the object that it stands on; '' = a paper that came in
	title        TEXT NOT NULL, -- of that object or paper, on the day
	proposal     TEXT NOT NULL, -- what the office proposes 拟办意见
	kind         TEXT NOT NULL CHECK (kind IN ('', 'circled', 'noted', 'act', 'report_back')),
	due_on       TEXT NOT NULL,
	entered      TEXT NOT NULL CHECK (entered IN ('self', 'on_behalf')),
	paper        TEXT NOT NULL, -- on behalf: where the paper is
	confirmed_at TIMESTAMP,     -- on behalf: when the leader said that these are the words
	follows      TEXT NOT NULL, -- the instruction whose report it answers; '' = none
	report       TEXT NOT NULL, -- 办理情况, of the last report
	reported_on  TEXT NOT NULL,
	reason       TEXT NOT NULL, -- why it was withdrawn
	state        TEXT NOT NULL,
	entries      BIGINT NOT NULL,
	version      BIGINT NOT NULL,
	created_at   TIMESTAMP NOT NULL,
	updated_by   TEXT NOT NULL,
	updated_at   TIMESTAMP NOT NULL
);
CREATE INDEX instructions_newest ON instructions (updated_at DESC, id DESC);
CREATE INDEX instructions_leader ON instructions (leader_id, state, id);
CREATE INDEX instructions_about ON instructions (about, id) WHERE about <> '';

-- The units that it gives the work to, in the order in which it names them.
CREATE TABLE instruction_units (
	instruction_id TEXT NOT NULL REFERENCES instructions (id),
	position       BIGINT NOT NULL,
	unit           TEXT NOT NULL REFERENCES units (code),
	PRIMARY KEY (instruction_id, position)
) {clustered};
CREATE INDEX instruction_units_unit ON instruction_units (unit, instruction_id);
