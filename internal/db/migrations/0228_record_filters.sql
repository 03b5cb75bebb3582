-- +goose Up
-- All that a record is filtered by, its state first, in one text: filters that each keep half of a register and
-- together next to none of it are found by the few texts that differ. It is filled at the start, as the columns beside
-- it.
ALTER TABLE records ADD COLUMN filters TEXT;
CREATE INDEX records_filters ON records (register, filters);
