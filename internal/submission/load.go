package submission

// What units had to fill in: how many reports were due in a time, and how many cells they have.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/module"
)

// Loads are the reports that units are asked for.
func Loads() []module.Load {
	return []module.Load{{Code: "forms", Name: "报表", Parts: "格", Of: dueReports}}
}

func dueReports(tx *db.Tx, by auth.User, from, until string) (map[string][2]int, error) {
	rows, err := dueCounts(tx, by, from, until)
	of := map[string][2]int{}
	for _, r := range rows {
		f, err := form.ByID(tx, r.form)
		if err != nil {
			return nil, err
		}
		n := of[r.unit]
		of[r.unit] = [2]int{n[0] + r.n, n[1] + r.n*len(f.Cells())}
	}
	return of, err
}
