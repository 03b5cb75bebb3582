-- +goose Up
-- What is meant to be reached of an issue in a year, and by which measures; what came of it says the year's review.
ALTER TABLE issues ADD COLUMN years TEXT NOT NULL DEFAULT '[]'; -- JSON: one a year
