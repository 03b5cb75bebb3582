package record

// Records that had nothing done with them for too long, by the rules of their register: every morning finds them, and
// whatever is done ends it at once.

import (
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/job"
	"yipanqi/internal/module"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

// StepQuiet is the step that reminders say such records wait for.
const StepQuiet = "record.quiet"

// Still is a record with nothing done with it, by one rule.
type Still struct {
	Rule  string `json:"rule"`
	Since string `json:"since"` // day of what was done last
	DueOn string `json:"due"`   // by when something should have been

	record string
	number string
}

func quieting() job.Every {
	return job.Every{Name: "record.quiet", Label: "业务登记：很久没有办理或活动的", At: "06:15",
		Run: func(tx *db.Tx, _ job.Round) (string, error) {
			all, err := Registers(tx)
			for _, d := range all {
				for _, q := range d.Quiet {
					if err == nil {
						err = hush(tx, d, q)
					}
				}
			}
			return "", err
		}}
}

// later is a day so many days on; empty if it is none.
func later(day string, days int) string {
	at, err := time.Parse(time.DateOnly, day[:min(len(day), len(time.DateOnly))])
	if err != nil {
		return ""
	}
	return at.AddDate(0, 0, days).Format(time.DateOnly)
}

// hush finds what a rule holds for today.
func hush(tx *db.Tx, d register.Definition, q register.Quiet) error {
	last := map[string]string{}
	if q.Of != "" {
		of, err := ByCode(tx, q.Of)
		if err != nil {
			return err
		}
		if last, err = lastOf(tx, of, q.Link, q.On); err != nil {
			return err
		}
	}
	w, err := world(tx, auth.User{}, "")
	if err != nil {
		return err
	}
	p, err := placed(tx)
	if err != nil {
		return err
	}
	var still []Still
	if err := eachCounted(tx, d.Code, "", func(r Record) error {
		if !q.Where.IsZero() && !q.Where.Eval(d.Scope(r.Counted, r.asked(p), w)).True() {
			return nil
		}
		since := max(last[r.Number], r.Counted[q.From])
		if q.Of == "" {
			since = r.Since.In(db.China).Format(time.DateOnly)
		}
		if due := later(since, q.Days); due != "" && due <= tx.Today() {
			still = append(still, Still{Rule: q.Code, Since: since, DueOn: due, record: r.ID})
		}
		return nil
	}); err != nil {
		return err
	}
	return putStill(tx, d.Code, q.Code, still)
}

// stirred ends what a record that was just written puts an end to: of itself, and of the record that it is of.
func stirred(tx *db.Tx, d register.Definition, r Record, p *places, fresh bool) error {
	all, err := Registers(tx)
	if err != nil {
		return err
	}
	for _, of := range all {
		for _, q := range of.Quiet {
			due := later(r.Body[q.On], q.Days)
			if q.Of == r.Register && r.Body[q.Link] != "" && due > tx.Today() && !discarded(d, r.State) {
				if err := endStill(tx, of.Code, r.Body[q.Link], q.Code); err != nil {
					return err
				}
			}
		}
	}
	for _, q := range d.Quiet {
		if fresh { // nothing holds for it yet
			break
		}
		gone := !r.Counts || !q.Where.IsZero() && !q.Where.Eval(d.Scope(r.Counted, r.asked(p), register.World{})).True()
		if gone || q.Of == "" {
			if err := endStill(tx, d.Code, r.Number, q.Code); err != nil {
				return err
			}
		}
	}
	return nil
}

// discarded says whether a state is an end that counts for nothing.
func discarded(d register.Definition, state string) bool {
	s := d.State(state)
	return s.Ends && s.Counts == register.Uncounted
}

// quietReminders tell who keeps the record.
func quietReminders() module.Reminder {
	return module.Reminder{Object: "quiet", Verbs: "record.", Of: quietOf,
		Steps: []module.Ask{{Verb: StepQuiet, Part: "first", Label: "很久没有办理", Ask: "请办理或说明情况"}},
		Due: func(tx *db.Tx, until, from string) (things []module.Due, next string, err error) {
			day, key, _ := strings.Cut(from, " ")
			some, err := stillDue(tx, until, day, key, duePiece)
			for _, s := range some {
				d, err := s.dues(tx)
				if err != nil {
					return nil, "", err
				}
				things = append(things, d)
			}
			if len(some) == duePiece {
				next = some[duePiece-1].DueOn + " " + some[duePiece-1].key()
			}
			return things, next, err
		}}
}

func (s Still) key() string { return s.record + ":" + s.Rule }

func quietOf(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	things := map[string]module.Due{}
	for _, object := range objects {
		record, rule, _ := strings.Cut(strings.TrimPrefix(object, "quiet/"), ":")
		some, err := stillOf(tx, record)
		if err != nil {
			return nil, err
		}
		s := Still{Rule: rule, record: record}
		for _, one := range some {
			if one.Rule == rule {
				s = one
			}
		}
		if things[object], err = s.dues(tx); err != nil {
			return nil, err
		}
	}
	return things, nil
}

// dues is what somebody is told of it: whoever keeps the record.
func (s Still) dues(tx *db.Tx) (d module.Due, err error) {
	r, err := Get(tx, s.record)
	if err != nil {
		return d, err
	}
	def, err := ByCode(tx, r.Register)
	if err != nil {
		return d, err
	}
	name := quietName(def, s.Rule)
	d = module.Due{Object: "quiet/" + s.key(), Title: name.ZH + "：" + r.Title, TitleEN: name.EN + ": " + r.Title,
		URL: r.URL()}
	if err := KeeperOf(tx, r.Register, r.Unit, r.AreaPath, &d); err != nil {
		return d, err
	}
	if s.DueOn != "" && len(d.Roles) > 0 {
		d.Step, d.DueOn = StepQuiet, s.DueOn
	}
	return d, nil
}

// quietTasks are the records that a user keeps and that had nothing done with them.
func (c cast) quietTasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if len(c.d.Quiet) == 0 {
		return nil, nil
	}
	var units []string
	for _, post := range by.Posts {
		if c.fits(c.d.Parts[0], post) {
			units = append(units, post.Unit)
		}
	}
	if len(units) == 0 {
		return nil, nil
	}
	some, err := stillBy(tx, c.d.Code, units, mostTasks)
	for _, s := range some {
		r, err := Get(tx, s.record)
		if err != nil {
			return nil, err
		}
		name := quietName(c.d, s.Rule)
		tasks = append(tasks, module.Task{Object: "quiet/" + s.key(), Name: say.Name{ZH: r.Title}, URL: r.URL(),
			Verb: StepQuiet, Ask: say.Key(name.ZH), AskEN: name.EN, DueOn: s.DueOn, State: say.Key(c.d.Name.ZH),
			StateEN: c.d.Name.EN, Lamp: flow.Lamp(s.DueOn, tx.Today(), flow.Near)})
	}
	return tasks, err
}

// quietName is what a rule is called.
func quietName(d register.Definition, code string) say.Name {
	for _, q := range d.Quiet {
		if q.Code == code {
			return q.Name
		}
	}
	return say.Name{ZH: code, EN: code}
}
