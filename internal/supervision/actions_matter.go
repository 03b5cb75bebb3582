package supervision

// What becomes of the problems of a letter: one matter of all of them, a matter that there is, or none for a reason.

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/rectification"
	"yipanqi/internal/say"
)

// ToMatter makes one matter of all problems of a letter, and asks the area for its plan; or it names the matter in
// which they are followed up already.
func ToMatter(tx *db.Tx, by auth.User, id string, version int64, existing string) (Feedback, error) {
	return doFeedback(tx, by, id, version, VerbToMatter, func(b *Feedback, l letter.Letter) (map[string]string, error) {
		if !l.Issued() {
			return nil, errs.Conflictf("意见函还没有发出，问题不能转为督办。")
		}
		told, err := FindingsIn(tx, b.ID)
		if err != nil {
			return nil, err
		}
		if existing != "" {
			return map[string]string{"matter": existing}, b.joins(tx, by, l, existing, told)
		}
		d, err := b.matter(tx, l, told)
		if err != nil {
			return nil, err
		}
		m, err := matter.Raise(tx, by, d)
		if err != nil {
			return nil, err
		}
		b.Matter = m.Object()
		_, err = rectification.Ask(tx, by, rectification.Asked{Matter: m.ID, Unit: m.Lead, Basis: b.Letter,
			DueOn: b.PlanDue})
		return map[string]string{"matter": m.ID}, err
	})
}

// joins names a matter that follows up the problems already; the letter becomes one of its sources unless it, or a
// finding of it, is one.
func (b *Feedback) joins(tx *db.Tx, by auth.User, l letter.Letter, id string, told []Finding) error {
	m, err := matter.Read(tx, by, id)
	if errs.KindOf(err) == errs.Missing {
		return wrongly("matter", "没有找到这件督办事项。")
	}
	if err != nil {
		return err
	}
	b.Matter = m.Object()
	for _, s := range m.Sources {
		if s.Ref == b.Letter || slices.ContainsFunc(told, func(f Finding) bool { return f.Object() == s.Ref }) {
			return nil
		}
	}
	_, err = matter.AddSource(tx, by, m.ID, matter.Source{Kind: matter.Finding, Ref: b.Letter, On: tx.Today(),
		Quote: l.Number + " " + l.Title})
	return err
}

// Leave says why no matter is made of the problems of a letter.
func Leave(tx *db.Tx, by auth.User, id string, version int64, why string) (Feedback, error) {
	return doFeedback(tx, by, id, version, VerbLeave, func(b *Feedback, l letter.Letter) (map[string]string, error) {
		if !l.Issued() {
			return nil, errs.Conflictf("意见函还没有发出，问题不能转为督办。")
		}
		if b.Reason = strings.TrimSpace(why); b.Reason == "" || utf8.RuneCountInString(b.Reason) > maxText {
			return nil, wrongly("reason", "请写明原因，%d字以内。", maxText)
		}
		return map[string]string{"reason": b.Reason}, nil
	})
}

// ItemText is how much of a finding stands in the item that it becomes.
const ItemText = 200

// matter is the one that the problems become: an item for each, due when the plan is.
func (b Feedback) matter(tx *db.Tx, l letter.Letter, told []Finding) (d matter.Draft, err error) {
	area, err := network.AreaByID(tx, b.AreaID)
	if err != nil {
		return d, err
	}
	s, err := sidesOf(tx, b.AreaID)
	if err != nil {
		return d, err
	}
	d = matter.Draft{Title: area.Name + "督导问题整改", Lead: cmp.Or(s.office, b.Committee), Area: area.Code,
		Class: matter.Phased, Aim: "逐项整改，按期报告结果。",
		Sources: []matter.Source{{Kind: matter.Finding, Ref: b.Letter, On: tx.Today(),
			Quote: l.Number + " " + l.Title}}}
	var problems []string
	for _, f := range told {
		if f.Kind != "problem" || f.State == Dropped {
			continue
		}
		problems = append(problems, f.Text)
		d.Indicator, d.Goal = cmp.Or(d.Indicator, f.Indicator), cmp.Or(d.Goal, f.Goal)
		d.Sources = append(d.Sources, matter.Source{Kind: matter.Finding, Ref: f.Object(), On: f.ConfirmedOn,
			Quote: say.Title(f.Text, maxText)})
		unit := f.Lead
		if unit != "" {
			u, err := network.UnitByCode(tx, unit)
			if err != nil {
				return d, err
			}
			if u.AreaID != b.AreaID {
				unit = ""
			}
		}
		d.Items = append(d.Items, matter.Asked{Unit: unit, Area: area.Code, Text: say.Title(f.Text, ItemText),
			Due: b.PlanDue})
	}
	if len(problems) == 0 {
		return d, errs.Conflictf("这份意见函里没有问题，不用转为督办。")
	}
	d.Problem = say.Title(strings.Join(problems, "；"), maxText)
	if d.Indicator == "" && d.Goal == "" {
		d.NoIndicator = "督导发现，没有对应指标"
	}
	return d, nil
}
