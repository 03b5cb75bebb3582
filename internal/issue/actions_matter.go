package issue

// What a research proposes becomes a matter of the unit that it is to.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/matter"
	"yipanqi/internal/say"
)

// ToMatter hands a proposal of a research out as a matter.
func ToMatter(tx *db.Tx, by auth.User, id string, version int64, n, advice int, due string) (Issue, error) {
	return do(tx, by, id, version, VerbToMatter, func(i *Issue) (map[string]string, error) {
		r, err := i.research(n)
		if err != nil {
			return nil, err
		}
		if advice < 0 || advice >= len(r.Advice) {
			return nil, errs.Missingf("没有这条建议。")
		}
		a := &r.Advice[advice]
		if a.Matter != "" || r.Second == "" {
			return nil, errs.Conflictf("这条建议已经转为事项，或者报告还没有评议。")
		}
		d := matter.Draft{Title: say.Title(a.Text, matter.MostTitle), Problem: i.Title + "：" + a.Text, Lead: a.To,
			Class: matter.Phased, Urgency: matter.Normal, Aim: a.Text,
			Sources: []matter.Source{{Kind: matter.KeyIssue, Ref: i.Object(), On: tx.Today(), Quote: a.Text}},
			Items:   []matter.Asked{{Unit: a.To, Text: a.Text, Due: due}}}
		if len(i.Indicators) > 0 {
			d.Indicator = i.Indicators[0]
		} else {
			d.NoIndicator = i.Relief
		}
		m, err := matter.Raise(tx, by, d)
		if err != nil {
			return nil, err
		}
		a.Matter = m.ID
		i.act(Act{Kind: Matter, On: tx.Today(), Text: a.Text, Ref: "matter/" + m.ID, By: by.Name})
		return map[string]string{"matter": m.ID}, nil
	})
}
