-- +goose Up
-- Meetings with what belongs to each: agenda, who is invited, who came, minutes, decisions. Every row is journaled as
-- it stands under its meeting and held against that entry by `journal verify`; a record of training is no row of its
-- own, it follows from an item of training and from who was there.
CREATE TABLE meetings (
	id          TEXT PRIMARY KEY,
	number      TEXT NOT NULL, -- '' until it is notified
	title       TEXT NOT NULL,
	kind        TEXT NOT NULL, -- code of a kind of meeting, see meeting_kinds
	session     TEXT NOT NULL,
	host        TEXT NOT NULL REFERENCES units (code),
	co_hosts    TEXT NOT NULL, -- codes of units as a JSON list
	area_path   TEXT NOT NULL, -- of the host's area
	starts      TIMESTAMP NOT NULL,
	ends        TIMESTAMP NOT NULL,
	form        TEXT NOT NULL CHECK (form IN ('room', 'video', 'written')),
	place       TEXT NOT NULL,
	chair_unit  TEXT NOT NULL,
	chair_role  TEXT NOT NULL,
	about       TEXT NOT NULL, -- an object: round, issue, plan
	prepared_by TEXT NOT NULL, -- id of the meeting that prepared this one; '' = none
	scope       TEXT NOT NULL, -- who is asked to come, in words
	reply_by    TEXT NOT NULL,
	source      TEXT NOT NULL, -- of a meeting that was brought in from a publication
	source_url  TEXT NOT NULL,
	state       TEXT NOT NULL,
	reason      TEXT NOT NULL, -- of the last move, or of calling it off
	entries     BIGINT NOT NULL,
	version     BIGINT NOT NULL,
	updated_by  TEXT NOT NULL,
	updated_at  TIMESTAMP NOT NULL
);
CREATE INDEX meetings_starts ON meetings (starts DESC, id);
CREATE INDEX meetings_open ON meetings (state, starts) WHERE state IN ('draft', 'notified', 'held', 'minuted');

CREATE TABLE agenda_items (
	id           TEXT PRIMARY KEY,
	meeting      TEXT NOT NULL REFERENCES meetings (id),
	number       BIGINT NOT NULL,
	title        TEXT NOT NULL,
	kind         TEXT NOT NULL,
	speaker_unit TEXT NOT NULL,
	speaker      TEXT NOT NULL,
	minutes      BIGINT NOT NULL, -- how long it may take; 0 = not said
	paper        TEXT NOT NULL,   -- object that is reviewed
	visible_to   TEXT NOT NULL CHECK (visible_to IN ('all', 'members', 'office')),
	outcome      TEXT NOT NULL,
	subjects     TEXT NOT NULL, -- of training, codes with spaces between
	hours        TEXT NOT NULL,
	teacher      TEXT NOT NULL
);
CREATE INDEX agenda_items_meeting ON agenda_items (meeting, number);

CREATE TABLE invitations (
	id         TEXT PRIMARY KEY,
	meeting    TEXT NOT NULL REFERENCES meetings (id),
	unit       TEXT NOT NULL REFERENCES units (code),
	capacity   TEXT NOT NULL CHECK (capacity IN ('attend', 'sit_in', 'guest')),
	level      TEXT NOT NULL,
	seats      BIGINT NOT NULL,
	position   BIGINT NOT NULL,
	replied_by TEXT NOT NULL,
	replied_at TIMESTAMP,
	UNIQUE (meeting, unit)
);
CREATE INDEX invitations_unit ON invitations (unit, meeting);

-- Whom a unit names in its reply, and whom the host writes down at the door.
CREATE TABLE attendees (
	id            TEXT PRIMARY KEY,
	invitation    TEXT NOT NULL REFERENCES invitations (id),
	position      BIGINT NOT NULL,
	name          TEXT NOT NULL,
	title         TEXT NOT NULL,
	level         TEXT NOT NULL,
	phone         TEXT NOT NULL,
	excuse        TEXT NOT NULL, -- of who is asked for and cannot come
	stands_in_for TEXT NOT NULL,
	person_id     TEXT NOT NULL, -- '' = nobody of the program's
	post_id       TEXT NOT NULL, -- the post of that day
	arrived_at    TIMESTAMP,
	check_in      TEXT NOT NULL,
	scores        TEXT NOT NULL -- of tests, as JSON: item → points
);
CREATE INDEX attendees_invitation ON attendees (invitation, position);
CREATE INDEX attendees_post ON attendees (post_id) WHERE post_id <> '';

-- What the minute-taker writes, until it goes on as a letter of kind minutes.
CREATE TABLE minutes (
	meeting       TEXT PRIMARY KEY REFERENCES meetings (id),
	text          TEXT NOT NULL,
	state         TEXT NOT NULL CHECK (state IN ('drafted', 'sent', 'signed')),
	drafted_by_id TEXT NOT NULL,
	drafted_by    TEXT NOT NULL,
	drafted_at    TIMESTAMP NOT NULL,
	letter        TEXT NOT NULL, -- id; '' until it is sent
	number        TEXT NOT NULL, -- of the letter, once it is issued
	issued_at     TIMESTAMP,
	version       BIGINT NOT NULL
);

CREATE TABLE decisions (
	id           TEXT PRIMARY KEY,
	meeting      TEXT NOT NULL REFERENCES meetings (id),
	number       BIGINT NOT NULL,
	text         TEXT NOT NULL,
	agenda_item  TEXT NOT NULL REFERENCES agenda_items (id),
	lead         TEXT NOT NULL,
	supporting   TEXT NOT NULL, -- codes of units as a JSON list
	due_on       TEXT NOT NULL,
	due_by_lead  BOOLEAN NOT NULL,
	follow       BOOLEAN NOT NULL,
	why_not      TEXT NOT NULL,
	indicator    TEXT NOT NULL,
	goal         TEXT NOT NULL,
	matter       TEXT NOT NULL
);
CREATE INDEX decisions_meeting ON decisions (meeting, number);
CREATE INDEX decisions_lead ON decisions (lead) WHERE follow;

-- Kinds of meetings and who needs which training, as the office has them; without any the program's proposals hold.
CREATE TABLE meeting_kinds (
	code          TEXT PRIMARY KEY,
	name          TEXT NOT NULL,
	name_en       TEXT NOT NULL,
	invitees      TEXT NOT NULL,
	needs_minutes BOOLEAN NOT NULL,
	training      BOOLEAN NOT NULL,
	rhythm        TEXT NOT NULL,
	status        TEXT NOT NULL CHECK (status IN ('proposed', 'confirmed', 'off')),
	position      BIGINT NOT NULL
);
CREATE TABLE training_needs (
	role    TEXT NOT NULL,
	subject TEXT NOT NULL,
	status  TEXT NOT NULL CHECK (status IN ('proposed', 'confirmed', 'off')),
	basis   TEXT NOT NULL,
	PRIMARY KEY (role, subject)
);

{revised meeting_kinds}
{revised training_needs}
{attested meeting_kinds code}
{attested training_needs role subject}
