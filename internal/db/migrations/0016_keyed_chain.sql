-- +goose Up
-- Entries carry what only the program can make, and the sealed head is signed (decision 0008).

-- mac is HMAC-SM3 over the entry under a key outside the database; '' in entries from before this migration, which the
-- baseline checkpoint covers.
ALTER TABLE journal ADD COLUMN mac TEXT NOT NULL DEFAULT '';

-- A sealed head, signed with the installation's key. text is what was signed, word for word; the other columns repeat
-- it.
CREATE TABLE checkpoints (
	seq       BIGINT PRIMARY KEY,
	at        TIMESTAMP NOT NULL,
	baseline  BIGINT NOT NULL,
	text      TEXT NOT NULL,
	signature TEXT NOT NULL
);
