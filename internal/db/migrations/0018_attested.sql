-- +goose Up
-- What decides what a figure means or whether it is complete is evidence: each row as the program last wrote it, as
-- canonical JSON. The digest of a table's rows stands in the journal, so that whoever changes a definition by SQL, here
-- or there, is found. It holds no facts and no submissions: those are vouched for by what people signed.
CREATE TABLE attested (
	name TEXT NOT NULL,
	key  TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (name, key)
) {clustered};

{attested areas id}
{attested units code}
{attested labels kind code}
{attested people id}
{attested posts id}
{attested calibres id}
{attested elements id}
{attested forms id}
{attested element_levels element_id level}
{attested indicators id}
{attested indicator_versions indicator_id from_period}
{attested published_figures id}
{attested parameters code area_id opens_on}
{attested plans code}
{attested domains plan code}
{attested goals plan code}
{attested goal_units plan goal unit}
{attested goal_indicators plan goal indicator_id}
{attested targets plan indicator_id area_id level}
{attested report_templates code}
{attested aliases code alias}
{attested settings key}

{revised attested}
{revised people}
{revised posts}
{revised parameters}
{revised report_templates}
{revised aliases}
{revised settings}
