-- +goose Up
-- Reports stand in the order in which people count their forms, F2 before F10: their copy of the form's code becomes a
-- text whose plain order is that order (say.SortKey): numbers in it nine digits wide, the code itself at its end.
ALTER TABLE submissions RENAME COLUMN form_code TO form_key;
WITH RECURSIVE walk (id, code, at, run, done) AS (
	SELECT id, code, 1, CAST('' AS TEXT), CAST('' AS TEXT) FROM forms
	UNION ALL
	SELECT id, code, at + 1,
		CASE WHEN at <= length(code) AND substr(code, at, 1) IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')
			THEN run || substr(code, at, 1) ELSE '' END,
		CASE WHEN at <= length(code) AND substr(code, at, 1) IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')
			THEN done
			WHEN run = '' THEN done || substr(code, at, 1)
			WHEN length(ltrim(run, '0')) > 9 THEN done || ltrim(run, '0') || substr(code, at, 1)
			ELSE done || substr('000000000' || ltrim(run, '0'), length(ltrim(run, '0')) + 1) || substr(code, at, 1)
			END
	FROM walk WHERE at <= length(code) + 1)
UPDATE submissions SET form_key = (SELECT w.done || ' ' || w.code FROM walk w
	WHERE w.id = submissions.form_id AND w.at = length(w.code) + 2);
