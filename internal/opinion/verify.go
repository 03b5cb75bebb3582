package opinion

// Texts, versions and remarks held against the journal.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// Verify names every row that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) (findings []journal.Finding, err error) {
	texts, readers := map[string]held.Row{}, map[string]held.Row{}
	editions, opinions := map[string]held.Row{}, map[string]held.Row{}
	for after := ""; ; {
		some, err := page(tx, after, 500)
		if err != nil {
			return nil, err
		}
		for _, t := range some {
			texts[t.Object()], after = t.row(), t.ID
			if len(t.Readers) > 0 || t.Purpose != Panel {
				readers["readers/"+t.ID] = t.readersRow()
			}
			texts[t.Object()]["state"] = t.stored
			versions, err := Editions(tx, t.ID)
			if err != nil {
				return nil, err
			}
			for _, e := range versions {
				editions["edition/"+e.ID] = e.row(t.ID)
			}
			all, err := On(tx, t.ID)
			if err != nil {
				return nil, err
			}
			for _, o := range all {
				opinions[o.Object()] = o.row()
			}
		}
		if len(some) == 0 {
			break
		}
	}
	reviewers := map[string]held.Row{}
	some, err := everyReviewer(tx)
	if err != nil {
		return nil, err
	}
	for _, r := range some {
		reviewers[r.object()] = r.row()
	}
	for _, t := range []held.Table{{Name: "opinion_texts", Kind: "text", Begin: []string{VerbOpen}, Rows: texts},
		{Name: "opinion_reviewers", Kind: "reviewer", Begin: []string{VerbOpen}, Rows: reviewers},
		{Name: "opinion_readers", Kind: "readers", Begin: []string{VerbOpen}, Rows: readers},
		{Name: "opinion_versions", Kind: "edition", Begin: []string{VerbRevise}, Rows: editions},
		{Name: "opinions", Kind: "opinion", Begin: []string{VerbDraft}, Rows: opinions}} {
		found, err := held.Verify(tx, t)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}
