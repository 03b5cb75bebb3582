package change

// Adjustments and changes of persons held against the journal: each is in the state that its entries lead to, by the
// table. What its rows say is attested.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// Verify names every adjustment whose state is not what the journal leads to.
func Verify(tx *db.Tx, _ sign.PublicKey) (findings []journal.Finding, err error) {
	rows, err := all(tx, "")
	if err != nil {
		return nil, err
	}
	for _, a := range rows {
		state, ok, err := replayed(tx, life, a.Object())
		if err != nil {
			return nil, err
		}
		if !ok || state != a.State {
			findings = append(findings, journal.Finding{Code: "adjustment.journal", Table: "adjustments",
				Object: a.Object(), Column: "state", Expected: state, Actual: a.State})
		}
	}
	changes, err := personChanges(tx, "")
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		state, ok, err := replayed(tx, personLife, c.Object())
		if err != nil {
			return nil, err
		}
		if !ok || state != c.State {
			findings = append(findings, journal.Finding{Code: "post_change.journal", Table: "post_changes",
				Object: c.Object(), Column: "state", Expected: state, Actual: c.State})
		}
	}
	return findings, nil
}

// replayed is the state that the entries of a thing lead to, and whether they are the program's and can all have been.
func replayed(tx *db.Tx, life flow.Table, object string) (state string, ok bool, err error) {
	entries, err := journal.Of(tx, object)
	made := true
	for i, e := range entries {
		made = made && journal.Made(tx, e) && e.ObjectSeq == int64(i+1)
	}
	state, ok = life.Replay(entries, func(journal.Entry, flow.Step, bool) string { return "" })
	return state, ok && made, err
}
