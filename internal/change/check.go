package change

// What keeps an adjustment from being right, whatever work is open: its lines against the network, against each other
// and against other adjustments of the day.

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

func required(f errs.Fields, name, value string) {
	if strings.TrimSpace(value) == "" {
		f.Say(name, "此项必填。")
	}
}

func (a Adjustment) validate() error {
	f := errs.Fields{}
	required(f, "title", a.Title)
	required(f, "basis", a.Basis)
	required(f, "body", a.Body)
	if n := len([]rune(a.Title)); n > 100 {
		f.Say("title", "标题最多100个字。")
	}
	if _, err := time.Parse(time.DateOnly, a.EffectiveOn); err != nil {
		f.Say("effective_on", "请填生效日期，例如 2024-03-31。")
	}
	return f.Check("调整信息不完整。")
}

// counts are how many units a line of the kind takes on each side: the least and the most.
var counts = map[string][4]int{ // from, from, to, to
	joins: {0, 0, 1, 1}, leaves: {1, 1, 0, 0}, renames: {1, 1, 0, 0}, merges: {1, 20, 1, 1}, splits: {1, 1, 2, 20},
	seats: {1, 1, 0, 0}, duties: {1, 1, 0, 1}}

// validate checks a line by itself.
func (l Line) validate() error {
	f := errs.Fields{}
	n, known := counts[l.Kind]
	if !known {
		f.Say("kind", "没有“%s”这种调整。", l.Kind)
		return f.Check("这一行不完整。")
	}
	if len(l.From) < n[0] || len(l.From) > n[1] {
		f.Say("from", fromWords(n[0], n[1]), lineWords[l.Kind])
	}
	if len(l.To) < n[2] || len(l.To) > n[3] {
		f.Say("to", toWords(n[2], n[3]), lineWords[l.Kind])
	}
	switch l.Kind {
	case merges:
		if len(l.From) == 1 && slices.Equal(l.From, l.To) {
			f.Say("to", "合并的单位不能只并入自己。")
		}
	case renames:
		required(f, "name", l.Name)
	case duties:
		required(f, "text", l.Text)
	case seats, joins:
		if l.Seat.Words() == "" {
			f.Say("seat", "请选席位。")
		}
	}
	return f.Check("这一行不完整。")
}

func fromWords(least, most int) say.Key {
	switch {
	case most == 0:
		return "“%s”没有原单位，请留空。"
	case most == 1:
		return "“%s”须选一个原单位。"
	}
	return "“%s”须选原单位。"
}

func toWords(least, most int) say.Key {
	switch {
	case most == 0:
		return "“%s”没有新单位，请留空。"
	case least > 1:
		return "“%s”须选两个以上新单位。"
	case least == 0:
		return "“%s”最多选一个新单位。"
	}
	return "“%s”须选一个新单位。"
}

// check holds the lines against the network and against other adjustments of the day. others are those that stand.
func (a Adjustment) check(tx *db.Tx, others []Adjustment) error {
	if len(a.Lines) == 0 {
		return errs.Conflictf("还没有写调整哪些单位。请先增加至少一行。")
	}
	touched, gone := map[string]int{}, map[string]int{}
	for _, l := range a.Lines {
		if err := l.validate(); err != nil {
			return err
		}
		for _, code := range l.units() {
			u, err := network.UnitByCode(tx, code)
			if err != nil {
				return err
			}
			if !u.OpenOn(a.EffectiveOn) {
				return errs.Conflictf("%s在%s不存在（成立%s，撤销%s），不能参加这项调整。", u.Name, a.EffectiveOn,
					u.OpensOn, orDash(u.ClosesOn))
			}
			touched[code]++
			if l.closes(code) {
				gone[code]++
			}
		}
		if err := a.checkLine(tx, l); err != nil {
			return err
		}
	}
	for _, l := range a.Lines {
		for _, code := range l.To {
			if gone[code] > 0 {
				return errs.Conflictf("循环合并：%s在同一天又被撤销，不能承接。请改选承接单位。", a.name(tx, code))
			}
		}
		for _, code := range l.From {
			if gone[code] > 0 && touched[code] > 1 {
				return errs.Conflictf("%s在这项调整里撤销，不能再有别的变动。", a.name(tx, code))
			}
		}
	}
	for _, other := range others {
		if other.ID == a.ID || other.EffectiveOn != a.EffectiveOn {
			continue
		}
		for _, l := range other.Lines {
			for _, code := range l.units() {
				if touched[code] > 0 {
					return errs.Conflictf("%s在同一天已有另一项调整“%s”。请并成一项，或改生效日。", a.name(tx, code),
						other.Title)
				}
			}
		}
	}
	return nil
}

func (a Adjustment) name(tx *db.Tx, code string) string {
	u, err := network.UnitByCode(tx, code)
	if err != nil {
		return code
	}
	return u.Name
}

func orDash(day string) string {
	if day == "" {
		return "—"
	}
	return day
}

// checkLine holds a line against memberships and names of the day.
func (a Adjustment) checkLine(tx *db.Tx, l Line) error {
	members, err := network.Members(tx, a.Body, a.EffectiveOn)
	if err != nil {
		return err
	}
	seated := func(code string) (network.Membership, bool) {
		i := slices.IndexFunc(members, func(m network.Membership) bool { return m.Member == code })
		if i < 0 {
			return network.Membership{}, false
		}
		return members[i], true
	}
	switch l.Kind {
	case joins:
		if _, is := seated(l.To[0]); is {
			return errs.Conflictf("%s在%s已经是成员，不能再加入。", a.name(tx, l.To[0]), a.EffectiveOn)
		}
	case leaves, seats:
		m, is := seated(l.From[0])
		if !is {
			return errs.Conflictf("%s在%s不是成员。", a.name(tx, l.From[0]), a.EffectiveOn)
		}
		if m.OpensOn >= a.EffectiveOn {
			return errs.Conflictf("%s的席位从%s起，不能在当天或更早结束。", a.name(tx, l.From[0]), m.OpensOn)
		}
		if l.Kind == seats && m.Seat == l.Seat {
			return errs.Conflictf("%s已经是%s。", a.name(tx, l.From[0]), m.Seat.Words())
		}
	case renames:
		return a.checkName(tx, l)
	}
	return nil
}

// checkName: a new name is no other open unit's of the area.
func (a Adjustment) checkName(tx *db.Tx, l Line) error {
	u, err := network.UnitByCode(tx, l.From[0])
	if err != nil {
		return err
	}
	if u.Name == l.Name {
		return errs.Conflictf("%s已经是这个名称。", u.Name)
	}
	near, err := network.UnitsOf(tx, u.AreaID)
	for _, other := range near {
		if other.Code != u.Code && other.Name == l.Name && other.OpenOn(a.EffectiveOn) {
			return errs.Conflictf("“%s”是另一个在用单位的名称（%s）。如两家合并，请用“合并”。", l.Name, other.Code)
		}
	}
	return err
}

// said is what the journal keeps of a line, in one text.
func (l Line) said() string {
	parts := []string{l.Kind, strings.Join(l.From, "+"), "→", strings.Join(l.To, "+")}
	for _, more := range []string{string(l.Seat), l.Name, l.Text} {
		if more != "" {
			parts = append(parts, more)
		}
	}
	for _, s := range l.Shares {
		parts = append(parts, fmt.Sprintf("%s/%s=%s", s.Kind, s.Object, s.Unit))
	}
	return strings.Join(parts, " ")
}
