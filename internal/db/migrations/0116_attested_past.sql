-- +goose Up
-- What definitions said before they were changed: the text that the journal's entry of that number replaced, '' where
-- the row was new with it. With the digests in the journal every earlier state can be put together again and proven.
CREATE TABLE attested_past (
	name      TEXT NOT NULL,
	key       TEXT NOT NULL,
	until_seq BIGINT NOT NULL,
	text      TEXT NOT NULL,
	PRIMARY KEY (name, key, until_seq)
) {clustered};
CREATE INDEX attested_past_seq ON attested_past (name, until_seq);
