package tag

// What a page lists once a tag is chosen: goals that are marked, or have an indicator that is; indicators that are
// marked, or hang on a goal that is. As of today, which on an earlier day is that day.

import (
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/say"
)

// Choice is the part of a page's input by which a tag is chosen: embed it.
type Choice struct {
	Tag string `json:"tag" doc:"Only goals and indicators that a tag (set/tag), or any tag of a set, marks."`
}

// Kept is what is left of goals and indicators. The zero value leaves all.
type Kept struct {
	Tag     string
	Offered []Offered // to choose from

	goals      map[string]bool // marked themselves, by plan/goal
	indicators map[string]bool // likewise, by code
	above      map[string]bool // goals that an indicator of which is marked
	below      map[string]bool // indicators that hang on a goal that is marked
}

// Offered is a set, or one of its tags, as an address names it.
type Offered struct {
	Value string
	Set   Set
	Tag   Tag // none: the whole set
}

// Name is what people call it.
func (o Offered) Name() say.Name {
	if o.Tag.Code == "" {
		return say.Name{ZH: o.Set.Name, EN: o.Set.NameEN}
	}
	return say.Name{ZH: o.Set.Name + " · " + o.Tag.Name,
		EN: say.Name{ZH: o.Set.Name, EN: o.Set.NameEN}.In("en") + " · " + say.Name{ZH: o.Tag.Name,
			EN: o.Tag.NameEN}.In("en")}
}

// Read is what the tag leaves; a tag that there is not today is Invalid.
func (c Choice) Read(tx *db.Tx) (k Kept, err error) {
	k.Tag = c.Tag
	if k.Offered, err = openTags(tx); err != nil || c.Tag == "" {
		return k, err
	}
	if k.Name().ZH == "" {
		f := errs.Fields{}
		f.Say("tag", "没有“%s”这个选项。", c.Tag)
		return k, f.Check("条件里有的值不能用，请改选后再看。")
	}
	return k, k.read(tx)
}

// openTags are the sets of today, each with its tags of today behind it.
func openTags(tx *db.Tx) (all []Offered, err error) {
	sets, err := Sets(tx)
	if err != nil {
		return nil, err
	}
	tags, err := Tags(tx)
	if err != nil {
		return nil, err
	}
	day := tx.Today()
	for _, s := range sets {
		if !s.OpenOn(day) {
			continue
		}
		all = append(all, Offered{Value: s.Code, Set: s})
		for _, t := range tags {
			if t.Set == s.Code && t.OpenOn(day) {
				all = append(all, Offered{s.Code + "/" + t.Code, s, t})
			}
		}
	}
	return all, nil
}

// read finds what is marked today.
func (k *Kept) read(tx *db.Tx) error {
	wanted := map[string]bool{}
	for _, o := range k.Offered {
		wanted[o.Value] = o.Tag.Code != "" && (o.Value == k.Tag || o.Set.Code == k.Tag)
	}
	marks, err := Marks(tx)
	if err != nil {
		return err
	}
	k.goals, k.indicators = map[string]bool{}, map[string]bool{}
	k.above, k.below = map[string]bool{}, map[string]bool{}
	for _, m := range marks {
		switch {
		case !wanted[m.Set+"/"+m.Tag] || !m.OpenOn(tx.Today()):
		case m.Goal != "":
			k.goals[m.Plan+"/"+m.Goal] = true
		default:
			k.indicators[m.Indicator] = true
		}
	}
	return k.hang(tx)
}

// hang follows the marks from goals to what hangs on them and back.
func (k *Kept) hang(tx *db.Tx) error {
	on, err := indicator.OnGoalsIn(tx, "", 0) // of any year: a filter hides nothing that a page shows
	if err != nil {
		return err
	}
	all, err := indicator.List(tx)
	if err != nil {
		return err
	}
	codes := map[int64]string{}
	for _, i := range all {
		codes[i.ID] = i.Code
	}
	for _, g := range on {
		goal, code := g.Plan+"/"+g.Goal, codes[g.IndicatorID]
		k.above[goal] = k.above[goal] || k.indicators[code]
		k.below[code] = k.below[code] || k.goals[goal]
	}
	return nil
}

// Goal says whether a goal is listed.
func (k Kept) Goal(plan, goal string) bool {
	return k.everything() || k.goals[plan+"/"+goal] || k.above[plan+"/"+goal]
}

// Plan says whether any goal of a plan is listed.
func (k Kept) Plan(plan string) bool {
	goals, _ := k.Codes()
	return k.everything() || slices.ContainsFunc(goals, func(goal string) bool {
		return strings.HasPrefix(goal, plan+"/")
	})
}

// Indicator says whether an indicator is listed, wherever it hangs.
func (k Kept) Indicator(code string) bool {
	return k.everything() || k.indicators[code] || k.below[code]
}

// Under says whether an indicator is listed under a goal that it hangs on.
func (k Kept) Under(plan, goal, code string) bool {
	return k.everything() || k.goals[plan+"/"+goal] || k.indicators[code]
}

// Marks says whether the tag marks an indicator itself.
func (k Kept) Marks(code string) bool { return k.indicators[code] }

// MarksGoal says whether the tag marks a goal itself.
func (k Kept) MarksGoal(plan, goal string) bool { return k.goals[plan+"/"+goal] }

// Codes are those of all goals (plan/goal) and indicators that are listed, for a list that a database sifts.
func (k Kept) Codes() (goals, indicators []string) {
	listed := func(some, others map[string]bool) (all []string) {
		for code, is := range some {
			if is {
				all = append(all, code)
			}
		}
		for code, is := range others {
			if is {
				all = append(all, code)
			}
		}
		return all
	}
	return listed(k.goals, k.above), listed(k.indicators, k.below)
}

func (k Kept) everything() bool { return k.Tag == "" }

// Name is what the chosen tag is called.
func (k Kept) Name() say.Name {
	for _, o := range k.Offered {
		if o.Value == k.Tag {
			return o.Name()
		}
	}
	return say.Name{}
}

// OnGoals are the names of the tags of today on the goals of a plan, by goal.
func OnGoals(tx *db.Tx, plan string) (map[string][]say.Name, error) {
	by := map[string][]say.Name{}
	err := today(tx, func(o Offered, m Mark) {
		if m.Plan == plan && m.Goal != "" {
			by[m.Goal] = append(by[m.Goal], o.Name())
		}
	})
	return by, err
}

// OnIndicator are the tags of today on an indicator.
func OnIndicator(tx *db.Tx, code string) (all []Offered, err error) {
	err = today(tx, func(o Offered, m Mark) {
		if m.Indicator == code {
			all = append(all, o)
		}
	})
	return all, err
}

// Today are all marks of today.
func Today(tx *db.Tx) (all []Mark, err error) {
	err = today(tx, func(_ Offered, m Mark) { all = append(all, m) })
	return all, err
}

// today has every mark of today with its tag.
func today(tx *db.Tx, each func(Offered, Mark)) error {
	known, err := openTags(tx)
	if err != nil {
		return err
	}
	marks, err := Marks(tx)
	for _, o := range known {
		for _, m := range marks {
			if o.Tag.Code != "" && m.Set == o.Set.Code && m.Tag == o.Tag.Code && m.OpenOn(tx.Today()) {
				each(o, m)
			}
		}
	}
	return err
}
