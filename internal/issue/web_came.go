package issue

// What came of an issue, as its page says it: which goals it is about, how long the first act took, what became of each
// proposal, and each year with what was meant to be reached.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/matter"
	"yipanqi/internal/plan"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// Goal is a goal of a plan that the issue is about.
type Goal struct {
	Code   string `json:"code"` // plan/code
	Name   string `json:"name"`
	NameEN string `json:"name_en,omitempty"`
	URL    string `json:"-"`
}

// came fills in what follows from the issue's own rows.
func (d *showData) came(tx *db.Tx) error {
	d.Aims = []Goal{}
	for _, code := range d.Goals {
		in, of, _ := strings.Cut(code, "/")
		goals, err := plan.Goals(tx, in)
		if err != nil {
			return err
		}
		for _, g := range goals {
			if g.Code == of {
				d.Aims = append(d.Aims, Goal{code, g.Text, g.TextEN, "/plans/" + in})
			}
		}
	}
	d.FirstAct = d.firstAct()
	d.Taken, d.Advised = d.taken()
	return nil
}

// firstAct is how many days passed from the listing to the first act after it; nothing while there was none.
func (i Issue) firstAct() *int {
	for _, a := range i.Acts {
		if i.ListedOn != "" && a.On >= i.ListedOn {
			days := calendar.Between(i.ListedOn, a.On)
			return &days
		}
	}
	return nil
}

// taken is how many proposals of researches became a matter or something else, of all.
func (i Issue) taken() (taken, of int) {
	for n, r := range i.Researches {
		for k, a := range r.Advice {
			if of++; a.Matter != "" || len(i.became(n, k)) > 0 {
				taken++
			}
		}
	}
	return taken, of
}

// became are the acts that are what a proposal became, beside its matter.
func (i Issue) became(research, advice int) (all []Act) {
	for _, a := range i.Acts {
		if a.Advice == place(research, advice) {
			all = append(all, a)
		}
	}
	return all
}

func place(research, advice int) string { return strconv.Itoa(research) + "." + strconv.Itoa(advice) }

// page is where the object stands that an act is.
func (a Act) page() string { return "/" + strings.Replace(a.Ref, "/", "s/", 1) }

// yearOf is a year with its review, if it has one.
type yearOf struct {
	Year
	review Review
}

// yearly are all years of which something was said, the newest first.
func (i Issue) yearly() (all []yearOf) {
	for _, y := range i.Years {
		all = append(all, yearOf{Year: y})
	}
	for _, v := range i.Reviews {
		at := slices.IndexFunc(all, func(y yearOf) bool { return y.Year.Year == v.Year })
		if at < 0 {
			all, at = append(all, yearOf{Year: Year{Year: v.Year}}), len(all)
		}
		all[at].review = v
	}
	slices.SortFunc(all, func(a, b yearOf) int { return strings.Compare(b.Year.Year, a.Year.Year) })
	return all
}

// advised are the proposals that an act can be what became of.
func (d showData) advised(ctx context.Context) []part.Option {
	all := []part.Option{{Label: part.T(ctx, "没有")}}
	for n, r := range d.Researches {
		for k, a := range r.Advice {
			all = append(all, part.Option{Value: place(n, k), Label: a.Text})
		}
	}
	return all
}

// typedAdvice are the proposals of a research as they are typed.
func (d showData) typedAdvice(ctx context.Context, r Research) string {
	var typed []string
	for _, a := range r.Advice {
		typed = append(typed, a.Text+"｜"+d.names[a.To]+"｜"+part.T(ctx, word(adviceKinds, a.Kind)))
	}
	return strings.Join(typed, "\n")
}

func translated(ctx context.Context) func(say.Key) string {
	return func(key say.Key) string { return part.T(ctx, key) }
}

// causeKinds are the kinds of cause, as they are typed.
func causeKinds(ctx context.Context) string {
	_, words := matter.CauseKinds()
	var all []string
	for _, w := range words {
		all = append(all, part.T(ctx, w))
	}
	return part.Join(ctx, all)
}
