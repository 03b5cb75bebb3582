-- +goose Up
-- Items of a checklist that must be looked at in any case: 是, else 否.
ALTER TABLE code_items ADD COLUMN required TEXT NOT NULL DEFAULT '否';
