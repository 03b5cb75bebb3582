-- +goose Up
-- Checkpoints of other installations, which this one keeps as a witness: the newest of each hour. text is the
-- checkpoint with its signature, as it was sent. They decide no figure of this installation.
CREATE TABLE witness_checkpoints (
	installation TEXT NOT NULL,
	seq          BIGINT NOT NULL,
	hash         TEXT NOT NULL,
	hour         TEXT NOT NULL,
	text         TEXT NOT NULL,
	received_at  TIMESTAMP NOT NULL,
	PRIMARY KEY (installation, seq)
);
