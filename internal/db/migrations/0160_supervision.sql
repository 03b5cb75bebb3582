-- +goose Up
-- Groups that go out to see for themselves, their visits, and what they wrote down there. What a phone sends is a note
-- under the id that the phone gave it: never changed, kept once.
CREATE TABLE supervision_groups (
	id         TEXT PRIMARY KEY,
	about      TEXT NOT NULL, -- round/ID; '' = none
	office     TEXT NOT NULL, -- unit that formed it
	area_id    BIGINT NOT NULL, -- of the office
	area_path  TEXT NOT NULL,
	title      TEXT NOT NULL,
	members    TEXT NOT NULL, -- JSON
	areas      TEXT NOT NULL, -- JSON, codes
	lacks      TEXT NOT NULL, -- why a kind of member is missing
	trained_on TEXT NOT NULL,
	version    BIGINT NOT NULL,
	updated_by TEXT NOT NULL,
	updated_at TIMESTAMP NOT NULL
);
CREATE INDEX supervision_groups_about ON supervision_groups (about, id);

-- Who is in which group: follows from members.
CREATE TABLE supervision_people (
	group_id  TEXT NOT NULL,
	person_id TEXT NOT NULL,
	PRIMARY KEY (group_id, person_id)
);
CREATE INDEX supervision_people_person ON supervision_people (person_id, group_id);

CREATE TABLE visits (
	id            TEXT PRIMARY KEY,
	about         TEXT NOT NULL,
	group_id      TEXT NOT NULL,
	office        TEXT NOT NULL,
	office_path   TEXT NOT NULL, -- of the office's area
	area_id       BIGINT NOT NULL, -- that is visited
	area_path     TEXT NOT NULL,
	on_day        TEXT NOT NULL,
	half          TEXT NOT NULL, -- morning, afternoon, day
	methods       TEXT NOT NULL, -- JSON
	agenda        TEXT NOT NULL, -- JSON
	present       TEXT NOT NULL,
	oral_feedback TEXT NOT NULL,
	unannounced   BOOLEAN NOT NULL,
	hasty         TEXT NOT NULL, -- why its notice came late
	notice        TEXT NOT NULL, -- letter that told of it
	started_on    TEXT NOT NULL,
	noted_on      TEXT NOT NULL,
	note_due      TEXT NOT NULL,
	choices       TEXT NOT NULL, -- JSON: which note stands for a file item
	reason        TEXT NOT NULL, -- of cancelling
	state         TEXT NOT NULL,
	version       BIGINT NOT NULL,
	updated_by    TEXT NOT NULL,
	updated_at    TIMESTAMP NOT NULL
);
CREATE INDEX visits_about ON visits (about, on_day, id);
CREATE INDEX visits_of_group ON visits (group_id, on_day, id);
CREATE INDEX visits_of_area ON visits (area_id, on_day, id);
CREATE INDEX visits_by_due ON visits (state, note_due, id);

CREATE TABLE visit_notes (
	id          TEXT PRIMARY KEY,
	visit_id    TEXT NOT NULL,
	own_id      TEXT NOT NULL, -- as the device gave it
	person_id   TEXT NOT NULL,
	person      TEXT NOT NULL,
	kind        TEXT NOT NULL,
	at          TEXT NOT NULL, -- by the device's clock
	received_at TIMESTAMP NOT NULL,
	body        TEXT NOT NULL,
	item        TEXT NOT NULL, -- of the catalogue, or kind of a finding
	found       TEXT NOT NULL,
	place       TEXT NOT NULL, -- visit_site/ID
	belongs_to  TEXT NOT NULL, -- own id of the note that a further photo is of
	photo       TEXT NOT NULL, -- its digest
	stripped    BOOLEAN NOT NULL, -- the photo said where it was taken
	digest      TEXT NOT NULL,
	against     TEXT NOT NULL, -- note with the same own id that says something else
	late        BOOLEAN NOT NULL, -- it came after the visit's notes were finished
	finding     TEXT NOT NULL -- that was made of it
);
CREATE UNIQUE INDEX visit_notes_own ON visit_notes (person_id, own_id, digest);
CREATE INDEX visit_notes_of_visit ON visit_notes (visit_id, id);

CREATE TABLE visit_sites (
	id        TEXT PRIMARY KEY,
	visit_id  TEXT NOT NULL,
	place     TEXT NOT NULL,
	kind      TEXT NOT NULL,
	record    TEXT NOT NULL, -- record/ID; '' = in no register
	chosen    TEXT NOT NULL, -- proposed, assigned, drawn
	draw      TEXT NOT NULL,
	person_id TEXT NOT NULL,
	added_at  TIMESTAMP NOT NULL
);
CREATE INDEX visit_sites_of_visit ON visit_sites (visit_id, id);

CREATE TABLE random_draws (
	id        TEXT PRIMARY KEY,
	visit_id  TEXT NOT NULL,
	places    TEXT NOT NULL, -- JSON, the list that was drawn from
	n         BIGINT NOT NULL,
	seed      TEXT NOT NULL,
	drawn     TEXT NOT NULL, -- JSON
	person_id TEXT NOT NULL,
	person    TEXT NOT NULL,
	drawn_at  TIMESTAMP NOT NULL
);
CREATE INDEX random_draws_of_visit ON random_draws (visit_id, id);
