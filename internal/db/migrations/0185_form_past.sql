-- +goose Up
-- What a form asked before its present edition: the definition that holds for the periods before until_period. The
-- present one stands in forms.
CREATE TABLE form_past (
	form_id      BIGINT NOT NULL REFERENCES forms (id),
	until_period BIGINT NOT NULL, -- the first that is asked by the edition after it
	definition   TEXT NOT NULL,
	PRIMARY KEY (form_id, until_period)
);
{revised form_past}
{attested form_past form_id until_period}
