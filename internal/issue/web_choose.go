package issue

// What an issue can be about: the goals of the plans, and the indicators below them.

import (
	"context"
	"slices"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/plan"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// aimsAndIndicators are all goals by plan and domain, and all indicators by the domain of the first goal that has them;
// those of no goal stand last.
func aimsAndIndicators(r *web.Request) (aims, shown []part.ChooseGroup, err error) {
	tx, ctx := r.Tx, part.With(r.Context, part.Env{Lang: r.Lang})
	plans, err := plan.Seen(tx, r.User)
	if err != nil {
		return nil, nil, err
	}
	all, err := indicator.List(tx)
	if err != nil {
		return nil, nil, err
	}
	put := map[string]bool{}
	for _, p := range slices.Backward(plans) { // the newest first
		domains, err := plan.Domains(tx, p.Code)
		if err != nil {
			return nil, nil, err
		}
		goals, err := plan.Goals(tx, p.Code)
		if err != nil {
			return nil, nil, err
		}
		on, err := indicator.OnGoals(tx, p.Code)
		if err != nil {
			return nil, nil, err
		}
		for _, d := range domains {
			label := part.Name(ctx, p.Name, p.NameEN) + " · " + part.Name(ctx, d.Name, d.NameEN)
			goal := part.ChooseGroup{Code: p.Code + "-" + d.Code, Label: label}
			under := part.ChooseGroup{Code: goal.Code, Label: label}
			for _, g := range goals {
				if g.Domain != d.Code {
					continue
				}
				goal.Options = append(goal.Options, part.Option{Value: p.Code + "/" + g.Code,
					Label: g.Code + " " + part.Name(ctx, g.Text, g.TextEN)})
				for _, i := range all {
					if !put[i.Code] && slices.ContainsFunc(on, func(o indicator.GoalIndicator) bool {
						return o.Goal == g.Code && o.IndicatorID == i.ID
					}) {
						put[i.Code] = true
						under.Options = append(under.Options, named(ctx, i))
					}
				}
			}
			aims, shown = append(aims, goal), append(shown, under)
		}
	}
	rest := part.ChooseGroup{Code: "others", Label: part.T(ctx, "其他指标")}
	for _, i := range all {
		if !put[i.Code] {
			rest.Options = append(rest.Options, named(ctx, i))
		}
	}
	empty := func(g part.ChooseGroup) bool { return len(g.Options) == 0 }
	return slices.DeleteFunc(aims, empty), slices.DeleteFunc(append(shown, rest), empty), nil
}

func named(ctx context.Context, i indicator.Indicator) part.Option {
	return part.Option{Value: i.Code, Label: i.Code + " " + part.Name(ctx, i.Name, i.NameEN)}
}

// goals is the field that takes the goals.
func (d editData) goals(ctx context.Context) part.ChooseView {
	return part.ChooseView{Name: "goals", Label: part.T(ctx, "对应的目标"), Groups: d.aims, Chosen: d.Goals}
}

// indicators is the field that takes the indicators.
func (d editData) indicators(ctx context.Context) part.ChooseView {
	return part.ChooseView{Name: "indicators", Label: part.T(ctx, "指标"), Groups: d.shown, Chosen: d.Indicators,
		Help: part.T(ctx, "缓解与否由这些指标说话。没有指标的，在下面写明怎样看出缓解。")}
}

// issue is what was typed, whole groups taken apart; area is whose units there are to choose from.
func (in typedIssue) issue(r *web.Request, area int64) (i Issue, err error) {
	d := editData{Issue: Issue{AreaID: area}}
	if err := d.choices(r); err != nil {
		return i, err
	}
	acts, wrong := toldActs(in.Told, strings.TrimSpace(in.Source) != "")
	if wrong.Key != "" {
		return i, errs.Fields{"told_acts": wrong}.Check("没有保存：请先改正标出的地方。")
	}
	return Issue{Source: strings.TrimSpace(in.Source), Acts: acts, Title: in.Title,
		Goals:      d.goals(r.Context).Codes(given(in.Goals)),
		Indicators: d.indicators(r.Context).Codes(given(in.Indicators)), Relief: in.Relief, Why: in.Why,
		WhyText: in.WhyText, Lead: in.Lead, Supporting: d.supporting(r.Context).Codes(given(in.Supporting))}, nil
}
