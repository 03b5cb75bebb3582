-- +goose Up
-- What is due and unsent is found by its days. The condition is one expression: by its parts, SQLite took the index of
-- the states, or that of accepted_id, and put all that they hold in order anew for each piece of a morning.
DROP INDEX submissions_unsent;
CREATE INDEX submissions_unsent ON submissions (due_on, id)
	WHERE CASE WHEN accepted_id IS NULL AND state IN ('draft', 'returned', 'prepared')
		THEN due_on ELSE '' END <> '';

-- One index for what a post was told, open or not, where two held the same rows; and one that finds what a channel
-- sends next without reading what waits for the others.
DROP INDEX notices_post;
DROP INDEX notices_open;
CREATE INDEX notices_post ON notices (unit, role, ended_at, id);

DROP INDEX deliveries_next;
CREATE INDEX deliveries_next ON deliveries (channel, next_at) WHERE next_at IS NOT NULL;
