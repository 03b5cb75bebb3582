-- +goose Up
-- What supervision finds: confirmed by the group's head, answered by the area, told in one letter to each area,
-- objected to and decided by somebody else.
CREATE TABLE findings (
	id           TEXT PRIMARY KEY,
	number       TEXT NOT NULL, -- of the office, 2023-4
	visit_id     TEXT NOT NULL,
	about        TEXT NOT NULL,
	group_id     TEXT NOT NULL,
	office       TEXT NOT NULL,
	office_path  TEXT NOT NULL,
	area_id      BIGINT NOT NULL,
	area_path    TEXT NOT NULL,
	kind         TEXT NOT NULL,
	body         TEXT NOT NULL,
	goal         TEXT NOT NULL, -- plan/code
	measure      TEXT NOT NULL,
	clause       TEXT NOT NULL,
	evidence     TEXT NOT NULL, -- JSON, objects and words
	indicator    TEXT NOT NULL,
	weight       TEXT NOT NULL,
	cause_kind   TEXT NOT NULL,
	advice       TEXT NOT NULL,
	lead         TEXT NOT NULL, -- unit that could mend it
	person_id    TEXT NOT NULL,
	person       TEXT NOT NULL,
	filed_on     TEXT NOT NULL,
	confirmed_on TEXT NOT NULL,
	confirmed_by TEXT NOT NULL,
	reason       TEXT NOT NULL, -- of dropping, or of keeping in spite of what the area says
	shown_on     TEXT NOT NULL,
	answer_due   TEXT NOT NULL,
	says         TEXT NOT NULL,
	says_text    TEXT NOT NULL,
	says_by      TEXT NOT NULL,
	said_on      TEXT NOT NULL,
	feedback_id  TEXT NOT NULL,
	state        TEXT NOT NULL,
	version      BIGINT NOT NULL,
	updated_by   TEXT NOT NULL,
	updated_at   TIMESTAMP NOT NULL
);
CREATE INDEX findings_of_visit ON findings (visit_id, id);
CREATE INDEX findings_of_area ON findings (area_id, id);
CREATE INDEX findings_of_feedback ON findings (feedback_id, id);
CREATE INDEX findings_by_due ON findings (state, answer_due, id);

CREATE TABLE feedbacks (
	id           TEXT PRIMARY KEY,
	about        TEXT NOT NULL,
	group_id     TEXT NOT NULL, -- whose head stands behind it
	office       TEXT NOT NULL,
	office_path  TEXT NOT NULL,
	area_id      BIGINT NOT NULL,
	area_path    TEXT NOT NULL,
	government   TEXT NOT NULL, -- unit
	committee    TEXT NOT NULL, -- unit
	letter       TEXT NOT NULL, -- letter/ID
	plan_due     TEXT NOT NULL,
	due_on       TEXT NOT NULL, -- until when it is to be issued
	consented_by TEXT NOT NULL,
	consented_on TEXT NOT NULL,
	agreed       TEXT NOT NULL, -- digest of the words that the head agreed to, or that a decided objection led to
	matter       TEXT NOT NULL, -- matter/ID
	reason       TEXT NOT NULL, -- why its problems become no matter
	state        TEXT NOT NULL,
	version      BIGINT NOT NULL,
	updated_by   TEXT NOT NULL,
	updated_at   TIMESTAMP NOT NULL
);
CREATE INDEX feedbacks_of_area ON feedbacks (area_id, about, id);

CREATE TABLE objections (
	id          TEXT PRIMARY KEY,
	feedback_id TEXT NOT NULL,
	group_id    TEXT NOT NULL,
	office      TEXT NOT NULL,
	office_path TEXT NOT NULL,
	area_id     BIGINT NOT NULL,
	area_path   TEXT NOT NULL,
	findings    TEXT NOT NULL, -- JSON, ids
	reason      TEXT NOT NULL,
	person_id   TEXT NOT NULL,
	person      TEXT NOT NULL,
	filed_on    TEXT NOT NULL,
	due_on      TEXT NOT NULL,
	verdict     TEXT NOT NULL,
	explanation TEXT NOT NULL,
	changes     TEXT NOT NULL, -- JSON, new texts by finding
	decider_id  TEXT NOT NULL,
	decider     TEXT NOT NULL,
	decided_on  TEXT NOT NULL,
	state       TEXT NOT NULL,
	version     BIGINT NOT NULL,
	updated_by  TEXT NOT NULL,
	updated_at  TIMESTAMP NOT NULL
);
CREATE INDEX objections_of_feedback ON objections (feedback_id, id);
CREATE INDEX objections_by_due ON objections (state, due_on, id);
