-- +goose Up
-- What lists of matters and items filter by, each as a word of one column, so that the index of any order sifts without
-- looking at the rows; and the rows of each word, for words that few have. Both follow from the rest (`journal verify`
-- holds them against it) and are written anew with what can be found, which an empty `finds` asks the program to do.
ALTER TABLE matters ADD COLUMN facets TEXT NOT NULL DEFAULT '';
ALTER TABLE matter_items ADD COLUMN facets TEXT NOT NULL DEFAULT '';
CREATE TABLE matter_facets (
	facet TEXT NOT NULL,
	thing TEXT NOT NULL, -- a matter or an item
	PRIMARY KEY (facet, thing)
) {clustered};
CREATE INDEX matter_facets_thing ON matter_facets (thing, facet);

DROP INDEX matters_by_number;
DROP INDEX matters_by_due;
DROP INDEX matters_by_state;
CREATE INDEX matters_by_number ON matters (year DESC, serial DESC, id, shown, due, raised_on, office, area_path,
	facets);
CREATE INDEX matters_by_due ON matters (COALESCE(NULLIF(due, ''), '9999'), id, shown, due, raised_on, office, area_path,
	facets);
CREATE INDEX matters_by_state ON matters (shown, year DESC, serial DESC, id, due, raised_on, office, area_path, facets);

DROP INDEX matter_items_matter;
CREATE INDEX matter_items_matter ON matter_items (matter_id, position, state, next_on, due, reported_on);
DROP INDEX matter_items_by_due;
DROP INDEX matter_items_by_number;
DROP INDEX matter_items_by_unit;
DROP INDEX matter_items_by_state;
CREATE INDEX matter_items_by_due ON matter_items (COALESCE(NULLIF(next_on, ''), '9999'), id, state, next_on, area_path,
	facets);
CREATE INDEX matter_items_by_number ON matter_items (year DESC, serial DESC, position, id, state, next_on, area_path,
	facets);
CREATE INDEX matter_items_by_unit ON matter_items (unit, year DESC, serial DESC, position, id, state, next_on,
	area_path, facets);
CREATE INDEX matter_items_by_state ON matter_items (state, year DESC, serial DESC, position, id, next_on, area_path,
	facets);
CREATE INDEX matter_items_by_area ON matter_items (area_id, state, next_on, area_path, facets);

DELETE FROM finds WHERE EXISTS (SELECT 1 FROM matters);
