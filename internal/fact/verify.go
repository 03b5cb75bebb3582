package fact

// Sums are derived: an audit counts them anew and believes none.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/journal"
)

// VerifySums names every stored sum that is not what the facts add up to; of very many, the first.
func VerifySums(tx *db.Tx) (findings []journal.Finding, err error) {
	t, err := recount(tx)
	if err != nil {
		return nil, err
	}
	if _, err := t.compare(tx); err != nil {
		return nil, err
	}
	for _, d := range t.report.Differences {
		findings = append(findings, journal.Finding{Code: "rollup.differs", Table: "rollups",
			Object: "area/" + d.Area + "/" + d.Period + "/" + d.Element + "/" + d.Sex, Expected: d.Computed,
			Actual: d.Stored})
	}
	return findings, nil
}
