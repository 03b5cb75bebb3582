package record

// Facilities as places to go to: of registers that know where theirs are, what is confirmed in an area and a reader may
// see. Visits and researches choose among them.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/register"
)

// MostSites is of how many places one is drawn at most.
const MostSites = 5000

// Placed are the registers that know where their facilities are and have a confirmed one.
func Placed(tx *db.Tx) (some []register.Definition, err error) {
	all, err := Registers(tx)
	if err != nil {
		return nil, err
	}
	filled, err := db.All(tx, db.Single[string], `SELECT DISTINCT r.register FROM records r WHERE r.counts = 1`)
	for _, d := range all {
		point := slices.ContainsFunc(d.Fields, func(f register.Field) bool { return f.Type == "point" })
		if point && slices.Contains(filled, d.Code) {
			some = append(some, d)
		}
	}
	return some, err
}

// Sites are the confirmed facilities of a register in an area that by may see, by number: all of them, or one more than
// MostSites, which is too many. A part would be no fair draw.
func Sites(tx *db.Tx, by auth.User, code, path string) (some []Record, err error) {
	d, err := ByCode(tx, code)
	if err != nil {
		return nil, err
	}
	c, err := castOf(tx, d)
	if err != nil {
		return nil, err
	}
	err = db.Each(tx, func(row db.Row) error {
		r, err := scan(row)
		if err == nil && len(some) <= MostSites && c.sees(by, r) {
			some = append(some, r)
		}
		return err
	}, `SELECT `+columns+` FROM records r WHERE r.register = $1 AND r.counts = 1
		AND substr(r.area_path, 1, length($2)) = $2 ORDER BY r.number, r.id`, code, path)
	return some, err
}
