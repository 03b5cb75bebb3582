package change

// The paper that announces an adjustment of members: on what it rests, what changes, who is a member from the day on,
// and what new members have to do. It is a text to issue, not the letter itself.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/network"
)

// notice is 成员单位调整通知. The council is as it will be on the day: before that, as the lines would make it.
func (a Adjustment) notice(tx *db.Tx) (d document.Document, err error) {
	body, err := network.UnitOn(tx, a.Body, a.EffectiveOn)
	if err != nil {
		return d, err
	}
	c, names, err := a.council(tx)
	if err != nil {
		return d, err
	}
	before, err := a.names(tx, addDays(a.EffectiveOn, -1))
	if err != nil {
		return d, err
	}
	d = document.Document{Title: body.Name + "\n关于调整成员单位的通知", Recipient: "各成员单位", Issuer: body.Name,
		Date: document.Day(tx.Today()), Number: a.Number}
	say := func(text string) { d.Blocks = append(d.Blocks, document.Text(text)) }
	say("根据" + a.Basis + "，现将" + body.Name + "成员单位调整如下。")
	d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: "一、调整内容"})
	for i, l := range a.Lines {
		say(strconv.Itoa(i+1) + "．" + l.sentence(before, names) + "。")
	}
	d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: "二、调整后的成员单位"})
	t := document.Table{Columns: []document.Column{{Head: "序号", Width: 1, Align: document.Center},
		{Head: "机构", Width: 5}, {Head: "席位", Width: 2}, {Head: "职务", Width: 3}, {Head: "姓名", Width: 3}}}
	for i, m := range c {
		t.Rows = append(t.Rows, document.Row(strconv.Itoa(i+1), names[m.Member], string(m.Seat.Words()), "", ""))
	}
	d.Blocks = append(d.Blocks, t)
	return d, a.rest(tx, &d, c, names)
}

// rest are the duties of whoever is new or has new ones, and the day.
func (a Adjustment) rest(tx *db.Tx, d *document.Document, c []network.Membership, names map[string]string) error {
	written, err := network.AllDuties(tx, a.EffectiveOn)
	if err != nil {
		return err
	}
	said := map[string]string{}
	for _, l := range a.Lines {
		for _, unit := range l.units() {
			said[unit] = written[unit].Text
		}
		if l.Kind == duties {
			said[l.From[0]] = l.Text
		}
	}
	heads := []string{"三", "四"}
	var texts []document.Block
	for _, m := range c {
		if said[m.Member] != "" {
			texts = append(texts, document.Text(names[m.Member]+"："+strings.ReplaceAll(said[m.Member], "\n", "")))
		}
	}
	if len(texts) > 0 {
		d.Blocks = append(append(d.Blocks, document.Heading{Level: 1, Text: heads[0] + "、工作职责"}), texts...)
		heads = heads[1:]
	}
	d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: heads[0] + "、生效"},
		document.Text("本次调整自"+document.Day(a.EffectiveOn)+"起生效。撤销单位在办的事项由承接单位继续办理，期限不变。"))
	return nil
}

// council are the seats from the day on, with what all units of them and of the lines are called then.
func (a Adjustment) council(tx *db.Tx) (sits []network.Membership, names map[string]string, err error) {
	if sits, err = network.Members(tx, a.Body, a.EffectiveOn); err != nil {
		return nil, nil, err
	}
	if a.State != Applied {
		sits = a.after(sits)
	}
	if names, err = a.names(tx, a.EffectiveOn); err != nil {
		return nil, nil, err
	}
	for _, m := range sits {
		if names[m.Member] != "" {
			continue
		}
		u, err := network.UnitOn(tx, m.Member, a.EffectiveOn)
		if err != nil {
			return nil, nil, err
		}
		names[m.Member] = u.Name
	}
	for _, l := range a.Lines {
		if l.Kind == renames {
			names[l.From[0]] = l.Name
		}
	}
	return sits, names, nil
}

// names are what the units of the lines are called on a day.
func (a Adjustment) names(tx *db.Tx, day string) (map[string]string, error) {
	names := map[string]string{}
	for _, l := range a.Lines {
		for _, code := range l.units() {
			u, err := network.UnitOn(tx, code, day)
			if err != nil {
				return nil, err
			}
			names[code] = u.Name
		}
	}
	return names, nil
}

// after are the seats as the lines leave them, in the order in which the members will stand: an heir in the old place.
func (a Adjustment) after(sits []network.Membership) []network.Membership {
	sits = slices.Clone(sits)
	at := func(unit string) int {
		return slices.IndexFunc(sits, func(m network.Membership) bool { return m.Member == unit })
	}
	sit := func(m network.Membership) {
		if at(m.Member) < 0 {
			sits = append(sits, m)
		}
	}
	for _, kind := range LineKinds {
		for _, l := range a.Lines {
			if l.Kind != kind {
				continue
			}
			for _, from := range l.From {
				i := at(from)
				switch {
				case i < 0:
				case l.Kind == seats:
					sits[i].Seat = l.Seat
				case l.Kind == leaves:
					sits = slices.Delete(sits, i, i+1)
				case l.closes(from):
					old := sits[i]
					sits = slices.Delete(sits, i, i+1)
					for _, heir := range l.To {
						m := old
						if m.Member = heir; l.Seat != "" {
							m.Seat = l.Seat
						}
						sit(m)
					}
				}
			}
			if l.Kind == joins {
				sit(network.Membership{Member: l.To[0], Seat: l.Seat, Position: 1000 + l.number})
			}
		}
	}
	slices.SortStableFunc(sits, func(a, b network.Membership) int {
		return cmp.Or(a.Position-b.Position, strings.Compare(a.Member, b.Member))
	})
	return network.ByRank(sits)
}

// sentence says what a line does, with what its units are called before and after.
func (l Line) sentence(before, after map[string]string) string {
	named := func(names map[string]string, codes []string) string {
		var some []string
		for _, code := range codes {
			some = append(some, names[code])
		}
		return strings.Join(some, "、")
	}
	from, to := named(before, l.From), named(after, l.To)
	switch l.Kind {
	case joins:
		return to + "成为" + string(l.Seat.Words())
	case leaves:
		return from + "不再是成员单位"
	case renames:
		return from + "更名为" + l.Name
	case merges:
		return from + "合并为" + to
	case splits:
		return from + "拆分为" + to
	case seats:
		return from + "改为" + string(l.Seat.Words())
	}
	return from + "的工作职责调整"
}
