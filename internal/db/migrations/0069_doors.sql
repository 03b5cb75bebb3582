-- +goose Up
-- Who is let in is held against the journal: a session carries a mark over all that it says, and what the journal has
-- of accounts, sessions and keys is found without reading a person's other entries. Who was signed in signs in again.

DELETE FROM sessions;
ALTER TABLE sessions ADD COLUMN mark TEXT NOT NULL DEFAULT '';

CREATE INDEX journal_doors ON journal (object, object_seq)
	WHERE verb IN ('account.baseline', 'account.change_password', 'account.create', 'account.disable', 'account.enable',
		'account.reset', 'key.approve', 'key.create', 'key.retire', 'session.close', 'session.end');
