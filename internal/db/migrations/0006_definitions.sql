-- +goose Up
-- What things mean (areas and units, elements and forms, plans and indicators, figures quoted for them) is read by every
-- board and every acceptance and changes rarely. It has one revision, new and never seen before at each change, whoever
-- makes it, so that a process may keep what it read, see db.Remember and decision 0006.

CREATE TABLE definitions (revision TEXT NOT NULL);
INSERT INTO definitions (revision) VALUES ({unique});

{revised areas}
{revised units}
{revised labels}
{revised calibres}
{revised elements}
{revised forms}
{revised element_levels}
{revised indicators}
{revised indicator_versions}
{revised published_figures}
{revised plans}
{revised domains}
{revised goals}
{revised goal_units}
{revised goal_indicators}
{revised targets}
