package record

// Goals of plans as pages show them: in short in lists, in full on a record, to be ticked in a form.

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/plan"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// name is the goal in short, 妇女规划1.1; of one that there is no more, its code.
func (a aim) name() say.Name {
	words := plan.KindWords(a.plan.Kind)
	switch {
	case a.path == "":
		return say.Name{ZH: a.code, EN: a.code}
	case a.sole:
		return say.Name{ZH: string(words) + a.goal.Code, EN: part.In("en", words) + " " + a.goal.Code}
	}
	return say.Name{ZH: a.plan.Name + a.goal.Code, EN: a.plan.NameEN + " " + a.goal.Code}
}

// text is what the goal says, in the reader's language.
func (a aim) text(ctx context.Context) string { return part.Name(ctx, a.goal.Text, a.goal.TextEN) }

// url is where the goal stands, for those who see its plan.
func (a aim) url(by auth.User) string {
	if a.path == "" || !by.Can("plan.read") || !by.SeesFigures(a.path) {
		return ""
	}
	return "/plans/" + a.plan.Code + "#" + a.goal.Code
}

// offered are the goals that a form offers, one plan after another: those that something in its area can serve, and
// those that are chosen.
func (d formData) offered(f register.Field) (plans [][]aim) {
	chosen := d.Record.Body.Chosen(f.Code)
	for _, a := range d.k.places.goals {
		if !a.serves(d.Record.AreaPath) && !slices.Contains(chosen, a.code) {
			continue
		}
		if n := len(plans); n > 0 && plans[n-1][0].plan.Code == a.plan.Code {
			plans[n-1] = append(plans[n-1], a)
		} else {
			plans = append(plans, []aim{a})
		}
	}
	return plans
}

// opened says whether the goals of a plan are shown at once: it runs this year, or one of them is ticked.
func (d formData) opened(ctx context.Context, f register.Field, goals []aim) bool {
	p := goals[0].plan
	year, _ := strconv.Atoi(d.k.w.Today[:4]) // of a day
	return p.Starts <= year && year <= p.Ends || slices.ContainsFunc(goals, func(a aim) bool {
		key := register.Key(f.Code, a.code)
		return ticked(ctx, "value["+key+"]", d.Record.Body[key] != "")
	})
}

// URL leads to the register's records that name the goal, or to all of them.
func (s Served) URL(in, goal string) string {
	all := "/registers/" + s.Register + "/records"
	if s.filter == "" {
		return all
	}
	return all + "?" + url.Values{"where[" + s.filter + "]": {in + "/" + goal}}.Encode()
}
