package revision

// What others show and ask of the four kinds: their trails, the search, what waits for whom, cards on pages of
// indicators and units, work that another unit takes over, and whether rows fit the journal.

import (
	"context"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
)

// places are those among the things that have a trail.
func places() []trail.Place {
	return []trail.Place{place("revision", "/revisions/", func(tx *db.Tx, by auth.User,
		id string) (Kept, string, error) {
		r, err := Read(tx, by, id)
		return r.Kept, "", err
	}), place("nodata", "/no-data/", func(tx *db.Tx, by auth.User, id string) (Kept, string, error) {
		r, err := ReadRecord(tx, by, id)
		return r.Kept, r.Owner, err
	}), place("link", "/indicator-links/", func(tx *db.Tx, by auth.User, id string) (Kept, string, error) {
		l, err := ReadLink(tx, by, id)
		return l.Kept, "", err
	}), place("duty", "/sex-duties/", func(tx *db.Tx, by auth.User, id string) (Kept, string, error) {
		d, err := ReadDuty(tx, by, id)
		return d.Kept, d.Unit, err
	})}
}

// place is one of them; read says who keeps it and whose else it is.
func place(kind, page string, read func(*db.Tx, auth.User, string) (Kept, string, error)) trail.Place {
	return trail.Place{Kind: kind, Page: func(id string) string { return page + id },
		Words: func(verb string) say.Key { return words[verb] }, Told: notice.Told(kind),
		Says: func(_ context.Context, l trail.Line) []string {
			if said := l.Detail["proposal"]; said != "" {
				return []string{said}
			}
			return nil
		},
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, _, err := read(tx, by, id)
			return err
		},
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			k, unit, err := read(tx, by, id)
			if err != nil {
				return "", err
			}
			post, err := k.keeper(by)
			if err != nil {
				post, err = liaison(by, unit, "材料由妇儿工委办或承办单位附上。")
			}
			return post.UnitName, err
		}}
}

func placeOf(kind string) trail.Place {
	all := places()
	return all[slices.IndexFunc(all, func(p trail.Place) bool { return p.Kind == kind })]
}

// Reindex puts all records and revisions where they are found.
func Reindex(tx *db.Tx) error {
	records, err := every[Record](tx)
	if err != nil {
		return err
	}
	for _, r := range records {
		if err := r.findable(tx); err != nil {
			return err
		}
	}
	revisions, err := every[Revision](tx)
	for _, r := range revisions {
		if err == nil {
			err = r.findable(tx)
		}
	}
	return err
}

// Tasks are what waits for the user: records to be registered, sources to be found, revisions to be brought on.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbPlan) && !by.Can(VerbDecide) {
		return nil, nil
	}
	records, err := every[Record](tx)
	if err != nil {
		return nil, err
	}
	proposed := 0
	for _, r := range records {
		if _, err := r.keeper(by); r.State == Proposed && err == nil {
			proposed++
		}
		if r.State != Open && r.State != SourceFound {
			continue
		}
		if _, err := liaison(by, r.Owner, "这一步须由找来源的单位办理。"); err != nil {
			continue
		}
		i, err := indicator.ByCode(tx, r.Indicator)
		if err != nil {
			return nil, err
		}
		t := module.Task{Object: r.Object(), Name: say.Name{ZH: i.Name, EN: i.NameEN}, URL: r.URL(), Verb: VerbFind,
			Ask: "找数据来源", State: r.State.Words(), DueOn: r.DueOn, Lamp: r.Lamp(tx.Today()),
			Note: say.New("无数据指标")}
		if r.Plan == "" {
			t.Verb, t.Ask, t.DueOn = VerbPlan, "填找数方案", r.HalfOn
			t.Lamp = flow.Lamp(r.HalfOn, tx.Today(), flow.Near)
		}
		tasks = append(tasks, t)
	}
	if proposed > 0 {
		tasks = append(tasks, module.Task{Object: "nodata/proposed", Name: say.Name{ZH: "过期没有数的指标",
			EN: "Indicators without a number"}, URL: "/no-data?state=" + string(Proposed), Verb: VerbOpen,
			Ask: "登记原因和责任单位", State: Proposed.Words(), Note: say.New("%d个指标", proposed)})
	}
	revisions, err := every[Revision](tx)
	for _, r := range revisions {
		ask := r.asks(by)
		if ask.Verb != "" {
			tasks = append(tasks, module.Task{Object: r.Object(), Name: say.Name{ZH: r.Title}, URL: r.URL(),
				Verb: ask.Verb, Ask: ask.Ask, State: r.State.Words(), Note: say.New("指标体系修订")})
		}
	}
	return tasks, err
}

// asks is what a revision asks of a user.
func (r Revision) asks(by auth.User) (t module.Task) {
	for _, st := range lifeOfRevision.Open(by, r.as(by)) {
		switch st.Verb {
		case VerbConsult:
			t.Verb, t.Ask = st.Verb, "发出征求意见"
		case VerbSettle:
			t.Verb, t.Ask = st.Verb, "处理意见"
		case VerbDecide:
			t.Verb, t.Ask = st.Verb, "记录决定"
		}
	}
	return t
}

// about are what the pages of an indicator and of a unit have of it.
func about(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	if !by.Can(VerbRead) || of.Kind != "unit" && of.Kind != "indicator" {
		return nil, nil
	}
	card := module.Card{Title: "指标体系", More: "/health"}
	records, err := recordsAbout(tx, of.Code)
	if of.Kind == "unit" {
		records, err = recordsOf(tx, of.Code)
	}
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		if !r.seen(by) {
			continue
		}
		i, err := indicator.ByCode(tx, r.Indicator)
		if err != nil {
			return nil, err
		}
		card.Lines = append(card.Lines, module.Line{Object: r.Object(), Name: say.Name{ZH: i.Name, EN: i.NameEN},
			URL: r.URL(), State: r.State.Words(), DueOn: r.DueOn, Lamp: r.Lamp(tx.Today()),
			Note: say.New("无数据登记")})
	}
	if of.Kind == "indicator" {
		lines, err := aboutIndicator(tx, by, of.Code)
		if err != nil {
			return nil, err
		}
		card.Lines = append(card.Lines, lines...)
	}
	if len(card.Lines) == 0 {
		return nil, nil
	}
	return []module.Card{card}, nil
}

// aboutIndicator are its links and the revisions that change it.
func aboutIndicator(tx *db.Tx, by auth.User, code string) (lines []module.Line, err error) {
	links, err := linksOf(tx, code)
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if l.seen(by) && l.linked() {
			lines = append(lines, module.Line{Object: l.Object(), Name: say.Name{ZH: l.Upper}, URL: l.URL(),
				State: word(relations, l.Relation), Note: say.New("国家或省级衔接")})
		}
	}
	revisions, err := Every(tx, by)
	for _, r := range revisions {
		if slices.ContainsFunc(r.Proposals, func(p Proposal) bool {
			return p.Indicator == code || p.New == code || slices.Contains(p.With, code)
		}) {
			lines = append(lines, module.Line{Object: r.Object(), Name: say.Name{ZH: r.Title}, URL: r.URL(),
				State: r.State.Words(), Note: say.New("指标体系修订")})
		}
	}
	return lines, err
}

// holds are what a unit has to hand on.
func holds() []module.Hold {
	return []module.Hold{{Kind: "nodata", Label: "负责找来源的无数据指标",
		List: func(tx *db.Tx, unit, day string) (all []module.Held, err error) {
			records, err := recordsOf(tx, unit)
			for _, r := range records {
				i, err := indicator.ByCode(tx, r.Indicator)
				if err != nil {
					return nil, err
				}
				all = append(all, module.Held{Object: r.Object(), Name: say.Name{ZH: i.Name, EN: i.NameEN},
					URL:  r.URL(),
					Lamp: r.Lamp(day), DueOn: r.DueOn})
			}
			return all, err
		}, Move: func(tx *db.Tx, by auth.User, object, from, to, basis string) error {
			r, err := byID[Record](tx, strings.TrimPrefix(object, "nodata/"))
			if err != nil {
				return err
			}
			if r.Owner != from || r.ended() {
				return errs.Conflictf("这份登记已不由原单位办理，没有移交。")
			}
			before := rowOf(&r)
			r.Owner, r.UpdatedBy, r.UpdatedAt = to, by.Name, tx.Now
			if err := update(tx, &r); err != nil {
				return err
			}
			return held.Log(tx, by, VerbMove, object, before, rowOf(&r), map[string]string{"basis": basis})
		}}, {Kind: "duty", Label: "没有完成的分性别统计任务",
		List: func(tx *db.Tx, unit, _ string) (all []module.Held, err error) {
			duties, err := dutiesOf(tx, unit)
			for _, d := range duties {
				e, err := element.ByCode(tx, d.Element)
				if err != nil {
					return nil, err
				}
				all = append(all, module.Held{Object: d.Object(), Name: say.Name{ZH: e.Name, EN: e.NameEN},
					URL: d.URL()})
			}
			return all, err
		}, Move: func(tx *db.Tx, by auth.User, object, from, to, basis string) error {
			d, err := byID[Duty](tx, strings.TrimPrefix(object, "duty/"))
			if err != nil {
				return err
			}
			if d.Unit != from || d.State != Owed {
				return errs.Conflictf("这项任务已不由原单位办理，没有移交。")
			}
			before := rowOf(&d)
			d.Unit, d.UpdatedBy, d.UpdatedAt = to, by.Name, tx.Now
			if err := update(tx, &d); err != nil {
				return err
			}
			return held.Log(tx, by, VerbHandDuty, object, before, rowOf(&d), map[string]string{"basis": basis})
		}}}
}

// reminder is what a record waits for: a plan by half time, then a source by its day.
func (r Record) reminder(tx *db.Tx) (d module.Due, err error) {
	i, err := indicator.ByCode(tx, r.Indicator)
	if err != nil {
		return d, err
	}
	d = module.Due{Object: r.Object(), Title: "无数据指标：" + i.Name, TitleEN: "No data: " + i.NameEN, URL: r.URL(),
		AreaPath: r.AreaPath}
	if r.State != Open && r.State != SourceFound {
		return d, nil
	}
	unit, err := network.UnitByCode(tx, r.Owner)
	if err != nil {
		return d, err
	}
	first, err := network.Speaks(tx, r.Owner)
	if err != nil {
		return d, err
	}
	d.Unit, d.UnitName, d.UnitNameEN, d.Roles = unit.Code, unit.Name, unit.NameEN, map[string]string{"first": first}
	if d.Step, d.DueOn = VerbFind, r.DueOn; r.Plan == "" {
		d.Step, d.DueOn = VerbPlan, r.HalfOn
	}
	return d, nil
}

// Verify names every row that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) (findings []journal.Finding, err error) {
	for _, t := range []struct {
		kind  string
		begin []string
		rows  func(*db.Tx) (map[string]held.Row, string, error)
	}{{"nodata", []string{VerbPropose, VerbOpen, VerbImport}, heldRows[Record]}, {"link", []string{VerbLink},
		heldRows[Link]}, {"duty", []string{VerbDuty}, heldRows[Duty]}, {"revision", []string{VerbWrite},
		heldRows[Revision]}} {
		rows, table, err := t.rows(tx)
		if err != nil {
			return nil, err
		}
		found, err := held.Verify(tx, held.Table{Name: table, Kind: t.kind, Begin: t.begin, Rows: rows})
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

// heldRows are all rows of a table by their objects.
func heldRows[T any, R interface {
	*T
	row
	Object() string
}](tx *db.Tx) (map[string]held.Row, string, error) {
	all, err := every[T, R](tx)
	rows := map[string]held.Row{}
	for n := range all {
		rows[R(&all[n]).Object()] = rowOf(R(&all[n]))
	}
	var one T
	return rows, R(&one).table(), err
}
