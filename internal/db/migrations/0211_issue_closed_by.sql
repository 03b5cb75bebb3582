-- +goose Up
-- The decision that called an issue solved, beside the one that listed it: meeting/ID, or meeting/ID#decision.
ALTER TABLE issues ADD COLUMN closed_by TEXT NOT NULL DEFAULT '';
