package edition

// The page on which rules are tried on what counts already.

import (
	"context"
	"strconv"

	"yipanqi/internal/form"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type rulesInput struct {
	Code  string `json:"code"`
	Rules string `json:"rules" doc:"A draft in the place of the form's own rules, a YAML list."`
}

// rulesData is what each rule would have said so far.
type rulesData struct {
	Code     string         `json:"form"`
	Draft    bool           `json:"draft,omitempty"` // the rules are not the form's own
	Problems table.Problems `json:"problems,omitempty"`
	Rules    []Tried        `json:"rules"`
	form     form.Form
	text     string
}

func showRules(r *web.Request, in struct {
	Code string `json:"code"`
}) (d rulesData, err error) {
	if d.form, err = form.ByCode(r.Tx, in.Code); err != nil {
		return d, err
	}
	d.Code, d.text = d.form.Code, d.form.RulesYAML()
	d.Rules, err = Try(r.Tx, d.form, r.User.Sees)
	return d, err
}

func tryRules(r *web.Request, in rulesInput) (d rulesData, err error) {
	present, err := form.ByCode(r.Tx, in.Code)
	if err != nil {
		return d, err
	}
	known, err := form.LoadKnown(r.Tx)
	if err != nil {
		return d, err
	}
	d = rulesData{Code: present.Code, Draft: true, form: present, text: in.Rules, Rules: []Tried{}}
	draft, problems := present.WithRules(in.Rules, known)
	if d.Problems = problems; len(problems) > 0 {
		return d, nil
	}
	d.form = draft
	d.Rules, err = Try(r.Tx, draft, r.User.Sees)
	return d, err
}

// Table is where rules do not hold, to be saved.
func (d rulesData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: d.Code + "-rules", Title: part.T(ctx, "校验试运行"), Columns: []table.Column{{Name: "规则"},
		{Name: "结果"}, {Name: "填报单位"}, {Name: "地区"}, {Name: "期别"}, {Name: "格"}, {Name: "填报数"},
		{Name: "界限"}}}
	for _, rule := range d.Rules {
		for _, p := range rule.Where {
			t.Rows = append(t.Rows, []string{d.words(ctx, rule), p.verdict(ctx), p.Unit.In(part.From(ctx).Lang),
				p.Area.In(part.From(ctx).Lang), p.Period, p.Label.In(part.From(ctx).Lang), p.Value,
				p.Bound.In(part.From(ctx).Lang)})
		}
	}
	return t
}

func (p Place) verdict(ctx context.Context) string {
	if p.Unknown {
		return part.T(ctx, "算不出来")
	}
	return part.T(ctx, "不符合")
}

func (d rulesData) words(ctx context.Context, t Tried) string { return d.form.RuleWords(ctx, t.rule) }

func (t Tried) count(ctx context.Context) string {
	return part.T(ctx, "判了%d次，不符合%d次，算不出来%d次，缺数没判%d次", t.Applied, t.Fired, t.Unknown, t.Skipped)
}

func (t Tried) title(ctx context.Context, words string) string {
	return strconv.Itoa(t.Rule) + ". " + words
}
