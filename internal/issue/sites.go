package issue

// Places of a research that come from a register instead of being typed: so that one is drawn of all there are, and
// what is known of a place is a click away. Which registers there are is package record's, which knows of issues.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Place is one that a register knows.
type Place struct{ ID, Name string }

// Source is a register from which places can be taken.
type Source struct {
	Code string
	Name say.Name
}

// Places finds registers and the places in an area that by may see; the zero value finds none.
type Places struct {
	Sources func(tx *db.Tx, by auth.User) ([]Source, error)
	Of      func(tx *db.Tx, by auth.User, register, path string) ([]Place, error)
}

// take puts all places of a register beside those that were typed; two of one name are told apart by their number.
func (p Places) take(tx *db.Tx, by auth.User, r *Research, path string) error {
	if r.Register == "" || p.Of == nil {
		return nil
	}
	all, err := p.Of(tx, by, r.Register, path)
	if errs.KindOf(err) == errs.Missing || err == nil && len(all) == 0 {
		return errs.Fields{"register": {Key: "这个登记表里没有已确认的点位。请另选，或者自己写点位。"}}.
			Check("没有开展：请先改正标出的地方。")
	}
	r.Records = map[string]string{}
	for _, one := range all {
		r.Records[one.Name] = one.ID
		r.Sites = append(r.Sites, one.Name)
	}
	return err
}

// record is the page of the record of a site; empty if it was typed.
func (r Research) record(site string) string {
	if id := r.Records[site]; id != "" {
		return "/registers/" + r.Register + "/records/" + id
	}
	return ""
}
