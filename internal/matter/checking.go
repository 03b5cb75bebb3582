package matter

// What is wrong with a draft, all at once: what is missing, what there is not, what contradicts itself.

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/quantity"
)

// MostTitle is how many characters a matter's title has at most.
const MostTitle = 40

// checking goes over a draft and collects what is wrong with it.
type checking struct {
	tx    *db.Tx
	m     *Matter
	area  network.Area
	wrong errs.Fields
}

// office is that of by which oversees the area.
func (v *checking) office(by auth.User, area string) (err error) {
	for _, p := range by.Posts {
		if p.Role != auth.Office {
			continue
		}
		if v.area, err = network.AreaByID(v.tx, p.AreaID); err != nil {
			return err
		}
		if area != "" && area != p.AreaCode {
			if v.area, err = network.AreaByCode(v.tx, area, ""); err != nil {
				return errs.In("area", err)
			}
		}
		if strings.HasPrefix(v.area.Path, p.AreaPath) {
			v.m.Office, v.m.AreaID, v.m.AreaPath = p.Unit, v.area.ID, v.area.Path
			return nil
		}
	}
	return errs.Deniedf("只有负责这个地区的妇儿工委办可以交办督办事项。")
}

func (v *checking) all(items []Asked) error {
	m := v.m
	v.text("title", m.Title, MostTitle, true)
	v.text("problem", m.Problem, 4000, true)
	v.text("aim", m.Aim, 1000, true)
	v.text("measure", m.Measure, 400, false)
	v.text("no_indicator", m.NoIndicator, 200, false)
	v.choice("urgency", urgencies, m.Urgency)
	v.choice("class", classes, m.Class)
	for _, flag := range m.Flags {
		v.choice("flags", flags, flag)
	}
	v.sources()
	if err := v.about(); err != nil {
		return err
	}
	if err := v.aim(); err != nil {
		return err
	}
	v.unit("lead", m.Lead)
	for _, unit := range m.Supporting {
		v.unit("supporting", unit)
		if unit == m.Lead {
			v.wrong.Say("supporting", "牵头单位不能同时是配合单位，请去掉一个。")
		}
	}
	if len(items) == 0 {
		items = []Asked{{Unit: m.Lead, Text: m.Title}}
	}
	for _, asked := range items {
		if err := v.item(asked); err != nil {
			return err
		}
	}
	return nil
}

func (v *checking) text(name, text string, most int, needed bool) {
	switch n := utf8.RuneCountInString(text); {
	case n == 0 && needed:
		v.wrong.Say(name, "此项必填。")
	case n > most:
		v.wrong.Say(name, "最多%d个字，现在有%d个。", most, n)
	}
}

func (v *checking) choice(name string, from choices, code string) {
	if !from.has(code) {
		v.wrong.Say(name, "没有“%s”这个选项，可选：%s。", code, strings.Join(from.words(), "、"))
	}
}

func (v *checking) sources() {
	if len(v.m.Sources) == 0 {
		v.wrong.Say("source", "请写明来源：哪次会议、哪份批示或督导等，至少一个。")
	}
	for _, s := range v.m.Sources {
		v.source(s)
	}
}

func (v *checking) source(s Source) {
	v.choice("source", kinds, s.Kind)
	v.text("quote", s.Quote, 2000, false)
	if !calendar.IsDay(s.On) {
		v.wrong.Say("source_on", "“%s”不是日期，请写成 2024-03-15。", s.On)
	}
}

// about is what the matter hangs on: an indicator, a goal or a measure, or the reason why on none.
func (v *checking) about() error {
	m := v.m
	if m.Indicator == "" && m.Goal == "" && m.Measure == "" && m.NoIndicator == "" {
		v.wrong.Say("no_indicator", "请选对应的指标、目标或措施；没有对应指标的，写明为什么。")
	}
	if m.Indicator != "" {
		if _, err := indicator.ByCode(v.tx, m.Indicator); errs.KindOf(err) == errs.Missing {
			v.wrong.Say("indicator", "没有代码为“%s”的指标。", m.Indicator)
		} else if err != nil {
			return err
		}
	}
	if m.Goal == "" {
		return nil
	}
	code, at, _ := strings.Cut(m.Goal, "/")
	goals, err := plan.Goals(v.tx, code)
	if !slices.ContainsFunc(goals, func(g plan.Goal) bool { return g.Code == at }) {
		v.wrong.Say("goal", "没有代码为“%s”的目标，请写成 规划代码/目标代码。", m.Goal)
	}
	return err
}

// aim holds the figure that is to be reached against the indicator's own direction.
func (v *checking) aim() error {
	m := v.m
	if m.AimOperator == "" && m.AimValue == "" && m.AimPeriod == "" {
		return nil
	}
	if m.AimOperator != indicator.AtLeast && m.AimOperator != indicator.AtMost {
		v.wrong.Say("aim_operator", "请选不低于或不高于。")
	}
	if _, _, ok := quantity.Decimal(m.AimValue); !ok {
		v.wrong.Say("aim_value", "请填数字，例如 85.5。")
	}
	if _, err := period.Parse(m.AimPeriod); err != nil {
		v.wrong["aim_period"] = errs.WordsOf(err)
	}
	if m.Indicator == "" {
		v.wrong.Say("indicator", "定了目标值，就要选对应的指标。")
		return nil
	}
	i, err := indicator.ByCode(v.tx, m.Indicator)
	switch {
	case errs.KindOf(err) == errs.Missing:
		return nil // about has said so
	case err != nil:
		return err
	case i.Direction > 0 && m.AimOperator == indicator.AtMost:
		v.wrong.Say("aim_operator", "“%s”上升为好，目标不能是不高于。", i.Name)
	case i.Direction < 0 && m.AimOperator == indicator.AtLeast:
		v.wrong.Say("aim_operator", "“%s”下降为好，目标不能是不低于。", i.Name)
	}
	return nil
}

// unit refuses a unit that there is not, or not any more.
func (v *checking) unit(name, code string) network.Unit {
	if code == "" {
		v.wrong.Say(name, "此项必填。")
		return network.Unit{}
	}
	u, err := network.UnitByCode(v.tx, code)
	switch {
	case err != nil:
		v.wrong.Say(name, "没有代码为“%s”的单位。", code)
	case u.ClosesOn != "" && u.ClosesOn <= v.tx.Today():
		v.wrong.Say(name, "%s已于%s撤销，请改选现有的单位。", u.Name, u.ClosesOn)
	}
	return u
}

func (v *checking) item(asked Asked) error {
	i := Item{Text: strings.TrimSpace(asked.Text), Unit: asked.Unit, Due: asked.Due, State: InDraft}
	v.text("text", i.Text, 200, true)
	if i.Due != "" && !calendar.IsDay(i.Due) {
		v.wrong.Say("due", "“%s”不是日期，请写成 2024-03-15。", i.Due)
	}
	area := v.area
	if asked.Area != "" {
		a, err := network.AreaByCode(v.tx, asked.Area, "")
		if err != nil {
			return errs.In("item_area", err)
		}
		if !strings.HasPrefix(a.Path, v.area.Path) {
			v.wrong.Say("item_area", "%s不在本事项的地区里。", a.Name)
		}
		area = a
		if i.Unit == "" {
			if i.Unit, err = OfficeOf(v.tx, a); err != nil {
				return err
			}
		}
	}
	u := v.unit("unit", i.Unit)
	if asked.Area == "" && u.Code != "" {
		own, err := network.AreaByID(v.tx, u.AreaID)
		if err != nil {
			return err
		}
		if strings.HasPrefix(own.Path, area.Path) {
			area = own
		}
	}
	i.AreaID, i.AreaPath = area.ID, area.Path
	v.m.Items = append(v.m.Items, i)
	return nil
}
