package matter

// Which things have a word, kept for the words that few may have.

import (
	"slices"

	"yipanqi/internal/db"
)

// kept are the words of a matter (m) or an item (i) whose rows are kept: none that every tenth thing has by nature.
func kept(of string, words []string) (all []string) {
	for _, one := range words {
		if kind := one[:min(2, len(one))]; kind != ofClass && kind != ofYear && kind != inArea && kind != lampOf {
			all = append(all, of+one)
		}
	}
	return all
}

// putFacets writes the rows of a thing's words that differ from those that are there.
func putFacets(tx *db.Tx, of, id, facets string) error {
	have, err := facetRows(tx, id)
	if err != nil {
		return err
	}
	want := kept(of, wordsOf(facets))
	for _, one := range have {
		if !slices.Contains(want, one) {
			if err := tx.Exec(`DELETE FROM matter_facets WHERE facet = $1 AND thing = $2`, one, id); err != nil {
				return err
			}
		}
	}
	for _, one := range want {
		if !slices.Contains(have, one) {
			if err := tx.Exec(`INSERT INTO matter_facets (facet, thing) VALUES ($1, $2)`, one, id); err != nil {
				return err
			}
		}
	}
	return nil
}

func facetRows(tx *db.Tx, id string) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT facet FROM matter_facets WHERE thing = $1`, id)
}
