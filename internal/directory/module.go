package directory

// What the rest of the program knows of this module: what waits, what is due, what hangs on records and units, and
// whether faults are what the journal says.

import (
	_ "embed"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/notice"
	"yipanqi/internal/record"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

// Module is the public directory and the faults that are reported there.
func Module() module.Module {
	return module.Module{Name: "directory", Grants: grants, Words: verbs, English: english, Routes: Routes,
		Places: []trail.Place{Trail()}, Flows: []flow.Table{life}, Verify: Verify, Tasks: Tasks, About: about,
		Nav: []module.Nav{{Label: "公众报修", Group: module.GroupWork, URL: "/faults", Verb: VerbRead, Order: 57}},
		Reminders: []module.Reminder{{Object: "fault", Verbs: "fault.",
			Due:   module.Waiting(dueBetween, func(f Fault) string { return f.DueOn + " " + f.ID }, Fault.dues),
			Of:    module.Waited(get, Fault.dues),
			Steps: []module.Ask{{Verb: VerbFix, Part: "first", Label: "处理报修", Ask: "请处理公众报修"}}}},
	}
}

// Trail is the place of faults among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "fault", Page: func(id string) string { return "/faults/" + id },
		Words: func(verb string) say.Key { return words[verb] },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		},
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			f, err := Read(tx, by, id)
			if err != nil {
				return "", err
			}
			post, err := f.as(tx, by).Plays(keeper)
			return post.UnitName, err
		}, Told: notice.Told("fault")}
}

// mostTasks is how many faults a person is shown to wait for them; the list has all.
const mostTasks = 50

// near is how many days before its day a fault is shown as close to it.
const near = 3

// Tasks are the faults that wait for the user: the keeper's first; the office's are those that it was asked to follow
// up, and those that nobody mended in time.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbFix) {
		return nil, nil
	}
	add := func(s scope, ask say.Key, verb, cond string, args ...any) error {
		rows, err := waiting(tx, s, cond, mostTasks, args...)
		for _, f := range rows {
			tasks = append(tasks, module.Task{Object: f.Object(), Name: say.Name{ZH: f.Title}, URL: f.URL(), Verb: verb,
				Ask: ask, State: words[string(f.State)], DueOn: f.DueOn, Lamp: flow.Lamp(f.DueOn, tx.Today(), near)})
		}
		return err
	}
	own, err := scopeOf(tx, by, true)
	if err != nil {
		return nil, err
	}
	if len(own.units) > 0 {
		if err := add(own, "处理报修", VerbFix, "f.state = 'open'"); err != nil {
			return nil, err
		}
	}
	if !by.Can(VerbRaise) {
		return tasks, nil
	}
	all := scope{}
	for _, p := range by.Posts {
		if p.Role != auth.Office {
			continue
		}
		kinds, err := record.Reporting(tx)
		if err != nil {
			return nil, err
		}
		for _, d := range kinds {
			all.paths = append(all.paths, d.Code+" "+p.AreaPath)
		}
	}
	return tasks, add(all, "督办报修", VerbRaise, "f.matter = '' AND (f.asked <> '' OR f.due_on < ?)", tx.Today())
}

func scopeOf(tx *db.Tx, by auth.User, own bool) (s scope, err error) {
	s.units, s.paths, err = record.ScopeOf(tx, by, own)
	return s, err
}

func (f Fault) dues(tx *db.Tx) (d module.Due, err error) {
	d = module.Due{Object: f.Object(), Title: "公众报修：" + f.Title, TitleEN: "Fault: " + f.Title, URL: f.URL()}
	if err = record.KeeperOf(tx, f.Register, f.Unit, f.AreaPath, &d); f.State == Opened && len(d.Roles) > 0 {
		d.Step, d.DueOn = VerbFix, f.DueOn
	}
	return d, err
}

const onCard = 8

// about are the open faults of a record's facility, or of the facilities that a unit keeps.
func about(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	if !by.Can(VerbRead) || of.Kind != "record" && of.Kind != "unit" {
		return nil, nil
	}
	s, err := scopeOf(tx, by, false)
	if err != nil {
		return nil, err
	}
	cond, more := "r.id = ?", "/faults"
	if of.Kind == "unit" {
		cond = "r.unit = ?"
	}
	rows, err := waiting(tx, s, cond, onCard, of.Code)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	card := module.Card{Title: "公众报修", More: more}
	for _, f := range rows {
		item, err := itemName(tx, f)
		if err != nil {
			return nil, err
		}
		line := module.Line{Object: f.Object(), Name: item, URL: f.URL(), State: words[string(f.State)], DueOn: f.DueOn,
			Lamp: flow.Lamp(f.DueOn, tx.Today(), near), Note: say.New("已%d天", f.days(tx.Today()))}
		if of.Kind == "unit" {
			line.Name = say.Name{ZH: f.Title + "：" + item.ZH, EN: f.Title + ": " + item.EN}
		}
		card.Lines = append(card.Lines, line)
	}
	return []module.Card{card}, nil
}

// itemName is what a fault is about.
func itemName(tx *db.Tx, f Fault) (say.Name, error) {
	items, err := record.Items(tx, f.Register)
	for _, o := range items {
		if o.Code == f.Item {
			return o.Name, err
		}
	}
	return say.Name{ZH: f.Item, EN: f.Item}, err
}

// Verify names every fault that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) ([]journal.Finding, error) {
	rows := map[string]held.Row{}
	for after := ""; ; {
		some, err := page(tx, after, 500)
		if err != nil {
			return nil, err
		}
		for _, f := range some {
			rows[f.Object()], after = f.row(), f.ID
		}
		if len(some) == 0 {
			break
		}
	}
	return held.Verify(tx, held.Table{Name: "faults", Kind: "fault", Begin: []string{VerbReport}, Rows: rows})
}
