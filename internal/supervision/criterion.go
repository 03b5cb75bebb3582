package supervision

// What a finding is held against: a goal or a measure of a plan, the target of an indicator, or the clause of a rule. A
// finding names them; this reads what they say, so that whoever is told of a problem sees the yardstick beside it.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/say"
)

// Criterion is one thing that a finding is held against.
type Criterion struct {
	Kind string `json:"kind" enum:"goal,measure,indicator,clause"`
	Code string `json:"code,omitempty"` // plan/code, or of the indicator
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`

	name   say.Name
	of     indicator.Indicator
	target indicator.Target // of an indicator, in force when the finding was written
	year   int              // then
	area   string           // of which it is asked
}

// criteria are all that a finding is held against, the clause first, as papers cite it.
func (f Finding) criteria(tx *db.Tx) (all []Criterion, err error) {
	add := func(c Criterion) {
		c.Text = cmp.Or(c.Text, c.name.ZH)
		c.name.ZH = cmp.Or(c.name.ZH, c.Text)
		all = append(all, c)
	}
	if f.Clause != "" {
		add(Criterion{Kind: "clause", Text: strings.TrimSuffix(f.Clause, "。")})
	}
	if f.Measure != "" {
		c := Criterion{Kind: "measure", Text: strings.TrimSuffix(f.Measure, "。")} // once typed in words
		if m, is, err := measureOf(tx, f.Measure); err != nil {
			return nil, err
		} else if is {
			c = Criterion{Kind: "measure", Code: f.Measure, name: say.Name{ZH: m.Text, EN: m.TextEN},
				URL: "/plans/" + m.Plan + "#measure-" + m.Code}
		}
		add(c)
	}
	if f.Goal != "" {
		in, of, _ := strings.Cut(f.Goal, "/")
		goals, err := plan.Goals(tx, in)
		if err != nil && errs.KindOf(err) != errs.Missing {
			return nil, err
		}
		c := Criterion{Kind: "goal", Code: f.Goal, Text: f.Goal}
		if at := slices.IndexFunc(goals, func(g plan.Goal) bool { return g.Code == of }); at >= 0 {
			c = Criterion{Kind: "goal", Code: f.Goal, name: say.Name{ZH: goals[at].Text, EN: goals[at].TextEN},
				URL: "/plans/" + in + "#" + of}
		}
		add(c)
	}
	if f.Indicator != "" {
		c, err := f.target(tx)
		if err != nil {
			return nil, err
		}
		add(c)
	}
	return all, nil
}

// Against are the findings about an object that are held against an indicator, as far as by sees them: those that
// somebody stands behind.
func Against(tx *db.Tx, by auth.User, about string) (some []Finding, err error) {
	all, err := findingsSeen(tx, by, about, 0)
	for _, f := range all {
		if f.Indicator != "" && f.State != Filed && f.State != Dropped {
			some = append(some, f)
		}
	}
	return some, err
}

// target is the indicator of a finding with what is asked of the area, else of the area above it.
func (f Finding) target(tx *db.Tx) (c Criterion, err error) {
	c = Criterion{Kind: "indicator", Code: f.Indicator, Text: f.Indicator}
	i, err := indicator.ByCode(tx, f.Indicator)
	if errs.KindOf(err) == errs.Missing {
		return c, nil
	}
	if err != nil {
		return c, err
	}
	c.Text, c.of, c.URL = i.Name, i, "/indicators/"+i.Code
	c.name = say.Name{ZH: i.Name, EN: i.NameEN}
	year, err := strconv.Atoi(f.FiledOn[:min(4, len(f.FiledOn))])
	if err != nil {
		year = tx.Now.Year()
	}
	c.year = year
	for id := f.AreaID; id != 0; {
		targets, err := progress.Targets(tx, id, i.ID)
		if err != nil {
			return c, err
		}
		area, err := network.AreaByID(tx, id)
		if err != nil {
			return c, err
		}
		if c.target = progress.First(progress.TargetsAt(targets[i.ID], year)); c.target.Op != "" {
			c.area = area.Code
			return c, nil
		}
		id = area.ParentID
	}
	return c, nil
}

// measureOf is the measure of a plan that is named plan/code; is is false for words.
func measureOf(tx *db.Tx, named string) (m plan.Measure, is bool, err error) {
	in, of, is := strings.Cut(named, "/")
	if !is {
		return m, false, nil
	}
	all, err := plan.Measures(tx, in)
	if err != nil && errs.KindOf(err) != errs.Missing {
		return m, false, err
	}
	at := slices.IndexFunc(all, func(m plan.Measure) bool { return m.Code == of })
	if at < 0 {
		return m, false, nil
	}
	all[at].Plan = in
	return all[at], true, nil
}

// heldAgainst refuses a goal, and a measure named by its code, that no plan has which reaches the visited area.
func (f Finding) heldAgainst(tx *db.Tx, v Visit, wrong errs.Fields) error {
	plans, err := plansFor(tx, v.AreaPath)
	if err != nil {
		return err
	}
	reaches := func(named string) bool {
		in, _, _ := strings.Cut(named, "/")
		return slices.ContainsFunc(plans, func(p plan.Plan) bool { return p.Code == in })
	}
	in, of, _ := strings.Cut(f.Goal, "/")
	if f.Goal != "" {
		goals, err := plan.Goals(tx, in)
		if err != nil && errs.KindOf(err) != errs.Missing {
			return err
		}
		if !reaches(f.Goal) || !slices.ContainsFunc(goals, func(g plan.Goal) bool { return g.Code == of }) {
			wrong.Say("goal", "没有代码为“%s”的目标，请从列表里选。", f.Goal)
		}
	}
	if reaches(f.Measure) { // else it is said in words
		if _, is, err := measureOf(tx, f.Measure); err != nil {
			return err
		} else if !is {
			wrong.Say("measure", "没有代码为“%s”的措施，请从列表里选。", f.Measure)
		}
	}
	return nil
}

// plansFor are the plans that a finding in an area can be held against: those of the area itself and of areas above it.
func plansFor(tx *db.Tx, path string) (some []plan.Plan, err error) {
	all, err := plan.List(tx)
	for _, p := range all {
		if err != nil {
			return nil, err
		}
		var area network.Area
		if area, err = network.AreaByID(tx, p.AreaID); err == nil && strings.HasPrefix(path, area.Path) {
			some = append(some, p)
		}
	}
	return some, err
}
