package rectification

// What the rest of the program knows of this module: what waits for whom and is due, what a unit has to hand on, and
// whether rows are what the journal says.

import (
	_ "embed"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var (
	english = part.Learn(dictionary)
	verbs   = auth.Name(verbWords())
	grants  = auth.Grant(auth.Grants{
		auth.Readers:        {VerbRead},
		auth.Office:         {VerbAsk, VerbDraft, VerbReturn, VerbAccept, VerbWithdraw},
		auth.Liaison:        {VerbDraft},
		auth.Leader:         {VerbDraft, VerbFile},
		auth.CommitteeChief: {VerbDraft, VerbFile},
	})
)

// Module is how units set out to mend what matters ask of them.
func Module() module.Module {
	return module.Module{Name: "rectification", Grants: grants, Words: verbs, English: english,
		Flows: []flow.Table{life}, Routes: Routes, Places: []trail.Place{Trail()},
		Nav: []module.Nav{{Label: "整改方案", Group: module.GroupWork, URL: "/rectifications", Verb: VerbRead,
			Order: 36}},
		Kinds: []find.Kind{{Code: "rectification", Verb: VerbRead, Name: "整改方案", NameEN: "Rectification plans",
			Page: func(id string) string { return "/rectifications/" + id }}},
		Reindex: Reindex, Measures: Measures, Tasks: Tasks, About: about, Verify: Verify,
		Holds: []module.Hold{{Kind: "rectification", Label: "未审定的整改方案", List: holding, Move: move}},
		Reminders: []module.Reminder{{Object: "rectification", Verbs: "rectification.",
			Due:   module.Waiting(dueUntil, func(p Plan) string { return p.ID }, Plan.reminder),
			Of:    module.Waited(Get, Plan.reminder),
			Steps: []module.Ask{{Verb: VerbFile, Part: "first", Label: "报送整改方案", Ask: "请报送整改方案"}}}},
	}
}

// Trail is the place of plans among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "rectification", Page: func(id string) string { return "/rectifications/" + id },
		Words: func(verb string) say.Key { return lifeWords[verb] },
		Sees:  func(tx *db.Tx, by auth.User, id string) error { _, err := Read(tx, by, id); return err },
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			p, err := Get(tx, id)
			if err != nil {
				return "", err
			}
			if !p.waits() {
				return "", errs.Conflictf("方案已经报送，不能再附材料。")
			}
			post, err := p.plays(by, writer)
			return post.UnitName, err
		}, Hides: hides, Told: notice.Told("rectification")}
}

// hides keeps what the unit drafted from who does not write there, and its files until they are filed.
func hides(tx *db.Tx, by auth.User, id string) (func(*trail.Line) bool, error) {
	p, err := Get(tx, id)
	if err != nil || by.Sees(p.Unit, "") || p.LeaderID != "" && by.ID == p.LeaderID {
		return nil, err
	}
	return func(l *trail.Line) bool { return l.Verb == VerbDraft || l.File != nil && p.waits() }, nil
}

// Tasks are what waits for the user: to write, to file, to accept.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbDraft) {
		return nil, nil
	}
	open, err := openFor(tx, by)
	for _, p := range open {
		m, err := matter.Get(tx, p.MatterID)
		if err != nil {
			return nil, err
		}
		t := module.Task{Object: p.Object(), Name: say.Name{ZH: m.Title}, URL: p.URL(), State: p.State.Words(),
			DueOn: p.DueOn, Lamp: p.Lamp(tx.Today()), Note: say.New("整改方案")}
		for _, st := range life.Open(by, p.as(by)) {
			switch {
			case st.Verb == VerbAccept:
				t.Verb, t.Ask = st.Verb, "审定方案"
			case st.Verb == VerbFile && p.whole() == nil:
				t.Verb, t.Ask = st.Verb, "审定后报送"
			case st.Verb == VerbDraft && t.Verb == "" && (p.State == Owed || p.whole() != nil):
				t.Verb, t.Ask = st.Verb, "写整改方案"
			}
		}
		if t.Verb != "" {
			tasks = append(tasks, t)
		}
	}
	return tasks, err
}

// about are a unit's plans that are not accepted yet, on its page; on a leader's desk those that the own area still
// owes.
func about(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	var open []Plan
	card, err := module.Card{Title: "整改方案"}, error(nil)
	switch {
	case !by.Can(VerbRead):
		return nil, nil
	case of.Kind == "unit":
		open, err = openOf(tx, of.Code)
		card.More = "/rectifications?unit=" + of.Code
	case of.Kind == "desk":
		open, err = owedIn(tx, of.Path)
		card.More = "/rectifications?state=owed"
	default:
		return nil, nil
	}
	for _, p := range open {
		if !p.sees(by) {
			continue
		}
		m, err := matter.Get(tx, p.MatterID)
		if err != nil {
			return nil, err
		}
		card.Lines = append(card.Lines, module.Line{Object: p.Object(), Name: say.Name{ZH: m.Title}, URL: p.URL(),
			State: p.State.Words(), DueOn: p.DueOn, Lamp: p.Lamp(tx.Today())})
	}
	if len(card.Lines) == 0 {
		return nil, err
	}
	return []module.Card{card}, err
}

func holding(tx *db.Tx, unit, day string) (all []module.Held, err error) {
	open, err := openOf(tx, unit)
	for _, p := range open {
		m, err := matter.Get(tx, p.MatterID)
		if err != nil {
			return nil, err
		}
		all = append(all, module.Held{Object: p.Object(), Name: say.Name{ZH: m.Title}, URL: p.URL(), Lamp: p.Lamp(day),
			DueOn: p.DueOn})
	}
	return all, err
}

// move gives a plan to the unit that takes over, which names its own leader.
func move(tx *db.Tx, by auth.User, object, from, to, basis string) error {
	p, err := Get(tx, strings.TrimPrefix(object, "rectification/"))
	if err != nil {
		return err
	}
	if p.Unit != from || p.State == Accepted || p.State == Withdrawn {
		return errs.Conflictf("这份方案已不由原单位报送，没有移交。")
	}
	unit, err := network.UnitByCode(tx, to)
	if err != nil {
		return err
	}
	area, err := network.AreaByID(tx, unit.AreaID)
	if err != nil {
		return err
	}
	m, err := matter.Get(tx, p.MatterID)
	if err != nil {
		return err
	}
	before := p.row()
	p.Unit, p.AreaID, p.AreaPath = to, area.ID, area.Path
	p.LedBy, p.LeaderID, p.Leader, p.UpdatedBy, p.UpdatedAt = "", "", "", by.Name, tx.Now
	if err := update(tx, &p); err != nil {
		return err
	}
	if err := p.findable(tx, m); err != nil {
		return err
	}
	return held.Log(tx, by, VerbMove, object, before, p.row(), map[string]string{"basis": basis})
}

// reminder is what a plan waits for: that it is filed.
func (p Plan) reminder(tx *db.Tx) (d module.Due, err error) {
	unit, err := network.UnitByCode(tx, p.Unit)
	if err != nil {
		return d, err
	}
	m, err := matter.Get(tx, p.MatterID)
	if err != nil {
		return d, err
	}
	first, err := network.Speaks(tx, p.Unit)
	if err != nil {
		return d, err
	}
	d = module.Due{Object: p.Object(), Title: "整改方案：" + m.Title, TitleEN: "Rectification plan: " + m.Title,
		URL: p.URL(), Unit: p.Unit, UnitName: unit.Name, UnitNameEN: unit.NameEN, AreaPath: p.AreaPath,
		Roles: map[string]string{"first": first}}
	if p.waits() {
		d.Step, d.DueOn = VerbFile, p.DueOn
	}
	return d, nil
}

// Reindex puts all of them anew.
func Reindex(tx *db.Tx) error {
	all, err := every(tx)
	for _, p := range all {
		if err != nil || p.State == Withdrawn {
			continue
		}
		var m matter.Matter
		if m, err = matter.Get(tx, p.MatterID); err == nil {
			err = p.findable(tx, m)
		}
	}
	return err
}

// Verify names every row that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) ([]journal.Finding, error) {
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	rows := map[string]held.Row{}
	for _, p := range all {
		rows[p.Object()] = p.row()
	}
	return held.Verify(tx, held.Table{Name: "rectifications", Kind: "rectification", Begin: []string{VerbAsk},
		Rows: rows})
}
