package record

// What waits for whom: steps that are open to a person, and reminders of what is due.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

// mostTasks is how many records of one register a person is shown to wait for them; the list has all.
const mostTasks = 50

// Tasks lists what waits for the user, register by register: records with a limit whose next step is theirs. It is
// counted on every page, so it reads only records in states from which a step of theirs leads on.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbStep) {
		return nil, nil
	}
	all, err := Registers(tx)
	if err != nil {
		return nil, err
	}
	if tasks, err = referralTasks(tx, by); err != nil {
		return nil, err
	}
	for _, d := range all {
		c, err := castOf(tx, d)
		if err != nil {
			return nil, err
		}
		still, err := c.quietTasks(tx, by)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, still...)
		states := c.waitingFor(by)
		if len(states) == 0 {
			continue
		}
		some, err := c.tasks(tx, by, states)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, some...)
	}
	return tasks, nil
}

// waitingFor are the states in which a record waits for a step that by might take, and until which day what is due is
// told: a step that only comes round again, like a yearly check, waits once it is near.
func (c cast) waitingFor(by auth.User) (states []string) {
	for _, st := range c.d.States {
		for _, s := range c.d.Stages {
			p, _ := c.d.Part(s.Who)
			mine := slices.ContainsFunc(by.Posts, func(post auth.Post) bool { return c.fits(p, post) })
			if mine && s.Leaves(st.Code) && !c.aside(s) && !slices.Contains(states, st.Code) {
				states = append(states, st.Code)
			}
		}
	}
	return states
}

// ahead is how many days before its day a step is told that only comes round again.
const ahead = 30

func (c cast) tasks(tx *db.Tx, by auth.User, states []string) (tasks []module.Task, err error) {
	w, err := world(tx, by, "")
	if err != nil {
		return nil, err
	}
	units, paths := c.scope(by)
	near := tx.Now.In(db.China).AddDate(0, 0, ahead).Format(time.DateOnly)
	rows, err := dueTo(tx, c.d.Code, units, paths, states, c.d.Counting(), near, mostTasks)
	for _, r := range rows {
		p, err := pastOf(tx, c, r)
		if err != nil {
			return nil, err
		}
		for _, s := range c.steps(by, r, p, w) {
			if c.aside(s) {
				continue
			}
			tasks = append(tasks, module.Task{Object: r.Object(), Name: say.Name{ZH: r.Title}, URL: r.URL(),
				Verb: VerbStep, Ask: say.Key(s.Name.ZH), DueOn: r.DueOn,
				State: say.Key(c.d.Name.ZH + " · " + c.d.State(r.State).Name.ZH), AskEN: s.Name.EN,
				StateEN: c.d.Name.EN + " · " + c.d.State(r.State).Name.EN,
				Lamp:    flow.Lamp(r.DueOn, tx.Today(), flow.Near), Note: say.New("%s", r.Number)})
			break
		}
	}
	return tasks, err
}

// aside says whether a step is one that nobody waits for: back, out of use, corrected.
func (c cast) aside(s register.Stage) bool {
	for _, need := range s.Needs {
		if need == "reason" {
			return true
		}
	}
	return c.d.State(s.To).Ends
}

// Reminders are the records that are due, as a source of notices.
func Reminders() module.Reminder {
	return module.Reminder{Object: "record", Verbs: "record.", Due: dueRecords, Of: module.Waited(Get, Record.dues),
		Steps: []module.Ask{{Verb: VerbStep, Part: "first", Label: "办理登记", Ask: "请办理登记"}}}
}

// dues is a record as somebody is told of it: whoever takes its next step.
func (r Record) dues(tx *db.Tx) (d module.Due, err error) {
	def, err := ByVersion(tx, r.Register, r.Version)
	if err != nil {
		return d, err
	}
	c, err := castOf(tx, def)
	if err != nil {
		return d, err
	}
	unit := c.places.units[r.Unit]
	d = module.Due{Object: r.Object(), Title: def.Name.ZH + "：" + r.Title, TitleEN: def.Name.EN + ": " + r.Title,
		URL: r.URL(), Unit: r.Unit, UnitName: unit.Name, UnitNameEN: unit.NameEN, AreaPath: r.AreaPath}
	for _, s := range def.Stages {
		if !s.Leaves(r.State) || s.Who == register.Program || c.aside(s) {
			continue
		}
		p, _ := def.Part(s.Who)
		roles := p.Roles
		for _, a := range c.here {
			if a.part == p.Code && (a.kind == unit.Kind || p.Above) {
				roles = a.roles
			}
		}
		if d.Roles = map[string]string{"first": roles[0]}; p.Above {
			if u := c.above(r, p); u != "" {
				d.Unit, d.UnitName, d.UnitNameEN = u, c.places.units[u].Name, c.places.units[u].NameEN
			}
		}
		break
	}
	if r.DueOn != "" && len(d.Roles) > 0 {
		d.Step, d.DueOn = VerbStep, r.DueOn
	}
	return d, nil
}

// above is the unit that plays a part which looks at the record's area: the nearest one.
func (c cast) above(r Record, p register.Part) (code string) {
	best := -1
	for _, u := range c.places.all {
		path := c.places.area(u.AreaID).Path
		if !strings.HasPrefix(r.AreaPath, path) || len(path) <= best || !u.OpenOn(r.DueOn) {
			continue
		}
		for _, role := range auth.Roles() {
			if c.fits(p, auth.Post{Unit: u.Code, Role: role}) {
				code, best = u.Code, len(path)
				break
			}
		}
	}
	return code
}

const duePiece = 1000

func dueRecords(tx *db.Tx, until, from string) (things []module.Due, next string, err error) {
	day, id, _ := strings.Cut(from, " ")
	rows, err := waiting(tx, until, day, id, duePiece)
	for _, r := range rows {
		d, err := r.dues(tx)
		if err != nil {
			return nil, "", err
		}
		things = append(things, d)
	}
	if len(rows) == duePiece {
		last := rows[len(rows)-1]
		next = last.DueOn + " " + last.ID
	}
	return things, next, err
}
