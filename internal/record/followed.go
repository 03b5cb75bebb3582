package record

// What of a record is followed up as a matter: what its definition names, the rows of a table or a field. The matter
// names the record as its source, and the record's page lists the matters that come from it, so nothing is typed twice.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/register"
)

// VerbRaise is the permission to have something followed up, and the word of the journal.
const VerbRaise = "record.raise"

// Finding is something that can be followed up: of a record, or a fault of a facility.
type Finding struct {
	Place string `json:"place"` // of its row; empty: the record as a whole
	Text  string `json:"text"`
	Lead  string `json:"lead"` // unit that has to mend it
	Due   string `json:"due,omitempty"`
	// Matter is what it became, and its page, for who may see that.
	Matter string `json:"matter,omitempty"`
	Asked  bool   `json:"asked,omitempty"` // it is one, or is on the office's desk

	Ref, Title, On, Aim string       `json:"-"`
	Area                network.Area `json:"-"`
}

// draft is the finding as a matter.
func (f Finding) draft() matter.Draft {
	title := []rune(f.Title)
	due := f.Due
	return matter.Draft{Title: string(title[:min(len(title), 40)]), Problem: f.Title + "。" + f.Text, Lead: f.Lead,
		NoIndicator: "由业务登记发现，没有对应的指标", Aim: f.Aim,
		Sources: []matter.Source{{Kind: matter.Other, Ref: f.Ref, On: f.On, Quote: f.Text}},
		Items:   []matter.Asked{{Unit: f.Lead, Text: short("整改：" + f.Text), Due: due}}}
}

// Raise makes a matter of the finding: handed out by whoever may do that, else on the desk of the office that may.
func (f Finding) Raise(tx *db.Tx, by auth.User) (matter.Matter, error) {
	all, err := matter.BySource(tx, f.Ref)
	if err != nil {
		return matter.Matter{}, err
	}
	if _, is := f.among(all); is {
		return matter.Matter{}, errs.Conflictf("这一项已经转为督办，不用再转。")
	}
	if by.Can(matter.VerbRaise) && oversees(by, f.Area) {
		return matter.Raise(tx, by, f.draft())
	}
	return matter.Propose(tx, by, f.draft(), f.Area)
}

func oversees(by auth.User, area network.Area) bool {
	return slices.ContainsFunc(by.Posts, func(p auth.Post) bool {
		return p.Role == auth.Office && strings.HasPrefix(area.Path, p.AreaPath)
	})
}

// among is the matter that a finding became, if it is one of those that come from the same thing.
func (f Finding) among(all []matter.Matter) (matter.Matter, bool) {
	for _, m := range all {
		if m.State != matter.Withdrawn && slices.ContainsFunc(m.Sources, func(s matter.Source) bool {
			return s.Ref == f.Ref && s.Quote == f.Text
		}) {
			return m, true
		}
	}
	return matter.Matter{}, false
}

// findings are what of a record can be followed up.
func (k desk) findings(r Record) (all []Finding) {
	add := func(f Finding) {
		f.Ref, f.Title, f.Area = r.Object(), k.d.Name.ZH+"："+r.Title, k.places.paths[r.AreaPath]
		f.Aim = "整改到位，并在登记里写明结果。"
		if f.On = r.Since.In(db.China).Format(time.DateOnly); f.Lead == "" {
			f.Lead = r.Unit
		}
		if strings.TrimSpace(f.Text) != "" {
			all = append(all, f)
		}
	}
	by := k.d.Raises
	table, _ := k.d.Field(by.Table)
	switch {
	case by.Text == "" && by.Table == "":
		return nil
	case table.Type == "checklist":
		for _, o := range table.Choices(k.w) {
			if r.Body[register.Key(table.Code, o.Code)] != "defect" {
				continue
			}
			text := o.Name.ZH
			if note := r.Body[register.Key(table.Code, o.Code, "note")]; note != "" {
				text += "：" + note
			}
			add(Finding{Place: o.Code, Text: text})
		}
		return all
	case by.Table == "":
		add(Finding{Text: k.said(chinese, k.d.At(by.Text), r.Body), Lead: r.Body[by.Lead], Due: r.Body[by.Due]})
		return all
	}
	for _, place := range r.Body.Chosen(by.Table) {
		at := func(column string) string { return r.Body[register.Key(table.Code, place, column)] }
		add(Finding{Place: place, Text: k.one(chinese, k.d.At(by.Table+"."+by.Text), at(by.Text)), Lead: at(by.Lead),
			Due: at(by.Due)})
	}
	return all
}

// followed are the findings of a record with what became of each, as by may see it.
func (k desk) followed(tx *db.Tx, by auth.User, r Record) ([]Finding, error) {
	all := k.findings(r)
	matters, err := matter.BySource(tx, r.Object())
	if err != nil || len(matters) == 0 {
		return all, err
	}
	for i, f := range all {
		m, is := f.among(matters)
		if !is {
			continue
		}
		all[i].Asked = true
		if _, err := matter.Read(tx, by, m.ID); err == nil {
			all[i].Matter = m.ID
		} else if errs.KindOf(err) != errs.Missing {
			return nil, err
		}
	}
	return all, nil
}

// Follow has a finding of a record followed up. Whoever works with the record may ask for it.
func Follow(tx *db.Tx, by auth.User, id, place string) (m matter.Matter, err error) {
	if err := by.Check(VerbRaise); err != nil {
		return m, err
	}
	r, k, err := reading(tx, by, id)
	if err != nil {
		return m, err
	}
	post, may := k.asks(by, r)
	if !may {
		return m, errs.Deniedf("只有办理这条记录的单位和妇儿工委办可以转为督办。")
	}
	all := k.findings(r)
	at := slices.IndexFunc(all, func(f Finding) bool { return f.Place == place })
	if at < 0 {
		return m, errs.Missingf("这条记录里没有这一项。")
	}
	f := all[at]
	if f.Due < tx.Today() {
		f.Due = "" // the office's limit
	}
	if m, err = f.Raise(tx, by); err != nil {
		return m, err
	}
	return m, journal.Log(tx, by, VerbRaise, r.Object(), map[string]string{"of": post.Unit, "reason": short(f.Text),
		"matter": m.ID})
}

// asks says in which post by may have something of a record followed up: in any part of the register's, or for the
// office of the area.
func (k desk) asks(by auth.User, r Record) (auth.Post, bool) {
	for _, p := range k.d.Parts {
		if post, no := k.plays(by, p.Code, r.Unit, r.AreaPath); no == nil {
			return post, true
		}
	}
	for _, post := range by.Posts {
		if post.Role == auth.Office && strings.HasPrefix(r.AreaPath, post.AreaPath) {
			return post, true
		}
	}
	return auth.Post{}, false
}
