-- +goose Up
-- A signature's place is called role in every table of signatures.
ALTER TABLE letter_signatures RENAME COLUMN part TO role;
