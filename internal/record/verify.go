package record

// Records and closings held against the journal.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// Verify names every record that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) (findings []journal.Finding, err error) {
	records, expected := map[string]held.Row{}, map[string]keys{}
	for after := ""; ; {
		some, err := page(tx, after, 500)
		if err != nil {
			return nil, err
		}
		for _, r := range some {
			records[r.Object()], after = r.row(), r.ID
			k, err := keyed(tx, r)
			if err == nil {
				expected[r.ID] = k
			} else if errs.KindOf(err) != errs.Missing { // of no register: its row is named below
				return nil, err
			}
		}
		if len(some) == 0 {
			break
		}
	}
	if findings, err = misplaced(tx, expected); err != nil {
		return nil, err
	}
	all, err := allClosings(tx)
	if err != nil {
		return nil, err
	}
	frozen := map[string]held.Row{}
	for _, c := range all {
		frozen[c.Object()] = c.row()
		if findings, err = c.fits(tx, findings); err != nil {
			return nil, err
		}
	}
	offered := map[string]held.Row{}
	for after := ""; ; {
		some, err := pageOfReferrals(tx, after, 500)
		if err != nil {
			return nil, err
		}
		for _, f := range some {
			offered[f.Object()], after = f.row(), f.ID
		}
		if len(some) == 0 {
			break
		}
	}
	for _, t := range []held.Table{{Name: "referrals", Kind: "referral", Begin: []string{VerbOffer}, Rows: offered},
		{Name: "records", Kind: "record", Begin: []string{VerbCreate, VerbImport},
			Rows: records},
		{Name: "record_closings", Kind: "closing", Begin: []string{VerbClose}, Rows: frozen}} {
		found, err := held.Verify(tx, t)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

// fits adds the cells of reports that name the closing and have another number than it.
func (c Closing) fits(tx *db.Tx, findings []journal.Finding) ([]journal.Finding, error) {
	d, err := ByVersion(tx, c.Register, c.Version)
	if errs.KindOf(err) == errs.Missing {
		return findings, nil // the row itself is told of
	}
	if err != nil {
		return nil, err
	}
	if c, err = read(c, nil); err != nil {
		return append(findings, journal.Finding{Code: "closing.fed", Table: "record_closings", Object: c.Object(),
			Column: "counts"}), nil
	}
	cells, err := c.fed(tx, d)
	for _, f := range cells {
		named := f.of.Typed.Counted[f.Cell]
		if f.Counted && (!f.Same() || named != c.source(d, f)) {
			findings = append(findings, journal.Finding{Code: "closing.fed", Table: "submissions",
				Object: f.of.Object(), Column: f.spec.Words(), Expected: f.Value, Actual: f.Reported})
		}
	}
	return findings, err
}

// misplaced names the records that lists would order or filter by something else than what their bodies say.
func misplaced(tx *db.Tx, expected map[string]keys) (findings []journal.Finding, err error) {
	err = eachKeys(tx, func(id string, k keys) error {
		if _, known := expected[id]; !known {
			return nil
		}
		found := func(column, was, now string) {
			if was != now {
				findings = append(findings, journal.Finding{Code: "row.journal", Table: "records",
					Object: Record{ID: id}.Object(), Column: column, Expected: was, Actual: now})
			}
		}
		for _, column := range keyColumns {
			found(column, expected[id].values[column], k.values[column])
		}
		found("views", expected[id].views, k.views)
		found("goals", expected[id].goals, k.goals)
		return nil
	})
	return findings, err
}
