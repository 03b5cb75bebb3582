package matter

// What happened to a matter and its items, in one line of time; the files that prove an item lie on the item.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

// Trail is the place of items among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "item", Page: itemPage,
		Sees: func(tx *db.Tx, by auth.User, id string) error { _, err := read(tx, by, id); return err },
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			c, err := read(tx, by, id)
			if err != nil {
				return "", err
			}
			return c.holds(by)
		},
		Words: func(verb string) say.Key { return words[verb] }, Says: says, Told: notice.Told("item")}
}

// itemPage finds an item's matter by the item.
func itemPage(id string) string { return "/items/" + id }

// holds: whoever works on the item for its owner lays files on it until it is reported; the office, who re-checks and
// who leads, as long as it is open.
func (c ofItem) holds(by auth.User) (unit string, err error) {
	if !c.item.open() {
		return "", errs.Conflictf("这一项不在办理中，不能再附材料。请写备注说明。")
	}
	for _, part := range []string{Handler, Leader, Reporter, Office, Checker} {
		if post, err := c.plays(by, part); err == nil {
			return post.UnitName, nil
		}
	}
	return "", errs.Deniedf("材料由承办单位、交办的妇儿工委办或复核人附上。")
}

// Line is one thing that happened, and to which item if not to the whole.
type Line struct {
	trail.Line
	Item int `json:"item,omitempty"`
}

// lines are all that happened to the matter and to those of its items that stand in it, oldest first.
func (m Matter) lines(tx *db.Tx) (all []Line, err error) {
	some, _, err := trail.Of(tx, m.Object(), func(verb string) say.Key { return words[verb] })
	if err != nil {
		return nil, err
	}
	for _, l := range some {
		all = append(all, Line{Line: l})
	}
	for _, i := range m.Items {
		some, _, err := trail.Of(tx, i.Object(), itemWords)
		if err != nil {
			return nil, err
		}
		for _, l := range some {
			all = append(all, Line{l, i.Position})
		}
	}
	slices.SortStableFunc(all, func(a, b Line) int { return a.At.Compare(b.At) })
	return all, nil
}

// itemWords leave out what the matter's own line has said.
func itemWords(verb string) say.Key {
	switch verb {
	case VerbItemAdd, VerbItemEdit, VerbItemRaise, VerbItemMerge:
		return ""
	}
	return words[verb]
}
