package matter

// What is done with a whole matter: written down with its entry in the journal, joined by another source, flagged,
// merged, withdrawn.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
)

// log journals a step on the matter: what its columns came to be, and what was said with it.
func (m *Matter) log(tx *db.Tx, by auth.User, verb string, before, detail map[string]string) error {
	m.Entries++
	m.Version++
	return entry(tx, by, verb, m.Object(), before, said(m.own()), detail)
}

// logItem journals a step on one of the matter's items.
func (m *Matter) logItem(tx *db.Tx, by auth.User, i *Item, verb string, before, detail map[string]string) error {
	i.Entries++
	m.Version++
	i.Changed = m.Version
	return entry(tx, by, verb, i.Object(), before, said(i.own()), detail)
}

func entry(tx *db.Tx, by auth.User, verb, object string, before, after, detail map[string]string) error {
	all := map[string]string{}
	changed(before, after, all)
	for key, text := range detail {
		if was, there := all[key]; there && was != text {
			return fmt.Errorf("%s says %s of itself and of a column", verb, key)
		}
		all[key] = text
	}
	return journal.Log(tx, by, verb, object, all)
}

// save writes the matter with everything that follows from its columns.
func (m *Matter) save(tx *db.Tx) error {
	if err := m.follow(tx); err != nil {
		return err
	}
	if err := m.update(tx); err != nil {
		return err
	}
	return m.findable(tx)
}

// follow works out what lists need of the matter and what its items repeat of it.
func (m *Matter) follow(tx *db.Tx) error {
	m.settle()
	domains, err := m.domains(tx)
	if err != nil {
		return err
	}
	var from []string
	for _, s := range m.Sources {
		from = append(from, s.Kind)
	}
	for at := range m.Items {
		i := &m.Items[at]
		area, err := network.AreaByID(tx, i.AreaID)
		if err != nil {
			return err
		}
		i.copied = copied{Number: m.Number, Year: m.Year, Serial: m.Serial, AreaPath: area.Path,
			Domains: codes(domains), Class: m.Class, Urgency: m.Urgency, Flags: codes(slices.Clone(m.Flags)),
			Kinds: codes(slices.Clone(from)), Indicator: m.Indicator, Goal: m.Goal}
		i.facets = i.facet(m, domains)
	}
	m.facets = m.facet()
	return nil
}

// domains are those that the matter's goal, and its indicator's goals, belong to: plan/domain.
func (m Matter) domains(tx *db.Tx) (all []string, err error) {
	goals := []string{m.Goal}
	if m.Indicator != "" {
		i, err := indicator.ByCode(tx, m.Indicator)
		if err != nil {
			return nil, err
		}
		on, err := indicator.OnGoals(tx, "")
		if err != nil {
			return nil, err
		}
		for _, g := range on {
			if g.IndicatorID == i.ID {
				goals = append(goals, g.Plan+"/"+g.Goal)
			}
		}
	}
	for _, goal := range goals {
		of, code, _ := strings.Cut(goal, "/")
		if of == "" {
			continue
		}
		known, err := plan.Goals(tx, of)
		if err != nil {
			return nil, err
		}
		for _, g := range known {
			if g.Code == code {
				all = append(all, of+"/"+g.Domain)
			}
		}
	}
	return all, nil
}

// refs are the sources that name an object, each once.
func (m Matter) refs() (all []Source) {
	for _, s := range m.Sources {
		same := func(o Source) bool { return o.Ref == s.Ref && o.Kind == s.Kind }
		if s.Ref != "" && !slices.ContainsFunc(all, same) {
			all = append(all, s)
		}
	}
	return all
}

type party struct{ unit, part string }

// parties are the units that have to do with an item of the matter.
func (m Matter) parties(i Item) []party {
	all := []party{{i.Unit, "owner"}, {m.Lead, "lead"}, {m.Office, "office"}}
	if i.CheckUnit != "" {
		all = append(all, party{i.CheckUnit, "check"})
	}
	for _, unit := range m.Supporting {
		all = append(all, party{unit, "support"})
	}
	return all
}

// Read returns a matter with those of its items that by may see; one without any is missing.
func Read(tx *db.Tx, by auth.User, id string) (Matter, error) {
	m, err := Get(tx, id)
	if err != nil {
		return m, err
	}
	all := m.sees(by)
	m.Items = slices.DeleteFunc(m.Items, func(i Item) bool { return !all && !m.seesItem(by, i) })
	if len(m.Items) == 0 {
		return Matter{}, errs.Missingf("没有找到这件督办事项。它可能不存在，或者您没有查看权限。")
	}
	return m, nil
}

// SeenBySource are the matters that come from a thing, as far as by may see them.
func SeenBySource(tx *db.Tx, by auth.User, ref string) (seen []Matter, err error) {
	all, err := BySource(tx, ref)
	for _, m := range all {
		m, err := Read(tx, by, m.ID)
		switch {
		case err == nil:
			seen = append(seen, m)
		case errs.KindOf(err) != errs.Missing:
			return nil, err
		}
	}
	return seen, err
}

// sees says whether by sees the whole matter: whoever oversees its area, the office, who leads and who supports. A
// draft is the office's alone.
func (m Matter) sees(by auth.User) bool {
	if m.State == InDraft || m.State == Withdrawn && m.RaisedOn == "" {
		return by.Sees(m.Office, "")
	}
	if by.SeesAll(m.AreaPath) {
		return true
	}
	return slices.ContainsFunc(append([]string{m.Office, m.Lead}, m.Supporting...), func(unit string) bool {
		return by.Sees(unit, "")
	})
}

func (m Matter) seesItem(by auth.User, i Item) bool {
	return m.RaisedOn != "" && (by.Sees(i.Unit, i.AreaPath) || i.CheckUnit != "" && by.Sees(i.CheckUnit, ""))
}

// take is a matter that by may take a step on; version is the one that they have seen.
func take(tx *db.Tx, by auth.User, id string, version int64, verb string) (Matter, flow.Step, error) {
	m, err := Read(tx, by, id)
	if err != nil {
		return m, flow.Step{}, err
	}
	st, _, err := life.Take(verb, by, m.as(by))
	if err == nil && version != 0 && version != m.Version {
		err = errs.Conflictf("这件督办事项刚刚有人办理过。请刷新页面，核对后再操作。")
	}
	return m, st, err
}

// as is the matter in its flow: all of it is its office's.
func (m Matter) as(by auth.User) flow.Case {
	return flow.Case{State: string(m.State), Plays: func(string) (auth.Post, error) {
		if post, ok := by.PostFor(m.Office, auth.Office); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步须由交办的妇儿工委办办理。")
	}}
}

// AddSource says that something else is about the same matter.
func AddSource(tx *db.Tx, by auth.User, id string, s Source) (Matter, error) {
	m, _, err := take(tx, by, id, 0, VerbSource)
	if err != nil {
		return m, err
	}
	if s.On == "" {
		s.On = tx.Today()
	}
	v := checking{tx: tx, m: &m, wrong: errs.Fields{}}
	if v.source(s); len(v.wrong) > 0 {
		return m, v.wrong.Check("来源没有加上，请按提示修改。")
	}
	if slices.ContainsFunc(m.Sources, func(o Source) bool {
		return o.Kind == s.Kind && o.Ref == s.Ref && o.Quote == s.Quote
	}) {
		return m, errs.Conflictf("这个来源已经在这件事项里了。")
	}
	before := said(m.own())
	m.Sources = append(slices.Clone(m.Sources), s)
	if err := m.log(tx, by, VerbSource, before, nil); err != nil {
		return m, err
	}
	return m, m.save(tx)
}

// Open are the open matters about the same indicator, unit and area, to which a source could be added instead.
func Open(tx *db.Tx, by auth.User, indicatorCode, unit string, area int64) (all []Matter, err error) {
	if indicatorCode == "" {
		return nil, nil
	}
	ids, err := alike(tx, indicatorCode, unit, area)
	if err != nil {
		return nil, err
	}
	return readable(tx, by, ids)
}

// OpenIn are the matters of an area that are not over, newest first.
func OpenIn(tx *db.Tx, by auth.User, area int64) ([]Matter, error) {
	ids, err := openIn(tx, area)
	if err != nil {
		return nil, err
	}
	return readable(tx, by, ids)
}

// readable are those of some matters that by may read.
func readable(tx *db.Tx, by auth.User, ids []string) (all []Matter, err error) {
	for _, id := range ids {
		m, err := Read(tx, by, id)
		if errs.KindOf(err) == errs.Missing {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, err
}

// reason is a reason that was given, or why it is none.
func reason(text string) (string, error) {
	v := checking{wrong: errs.Fields{}}
	text = strings.TrimSpace(text)
	v.text("reason", text, 600, true)
	return text, v.wrong.Check("请写明原因，600字以内。")
}

// yearText is a year as a word; that of a draft is none.
func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

func yearOf(day string) int {
	year, _ := strconv.Atoi(day[:4]) // of tx.Today
	return year
}

// numberOf is a matter's number as the office writes it.
func numberOf(area network.Area, year, serial int) string {
	short := area.ShortName
	if short == "" {
		short = area.Name
	}
	return fmt.Sprintf("%s督〔%d〕%d号", short, year, serial)
}
