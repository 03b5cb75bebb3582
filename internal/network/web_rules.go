package network

// The rules of a committee: the list of a day, one with its versions, and a new version.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func ruleRoutes(m *web.Mux) {
	web.View(m, "GET /rules 列出工作制度", "rule.read", showRules, rulesPage)
	web.View(m, "GET /rules/new 登记一项工作制度", VerbRule, newRule, newRulePage)
	web.Form(m, "POST /rules 登记工作制度的新版本", VerbRule, enact, newRule, newRulePage)
	web.Form(m, "POST /rules/{rule}/repeal 废止一项工作制度", VerbRule, repeal, showRule, rulePage)
	web.View(m, "GET /rules/{rule} 看一项工作制度和历次版本", "rule.read", showRule, rulePage)
}

type rulesInput struct {
	Day  string `json:"day"`
	Kind string `json:"kind" enum:"meeting,reporting,liaison,follow_up,monitoring,assessment,archive"`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

type rulesData struct {
	Items []Rule `json:"rules"`
	list.Shown[Rule]
}

func showRules(r *web.Request, in rulesInput) (d rulesData, err error) {
	all, err := seenRules(r.Tx, r.User, func(Rule) bool { return true })
	if err != nil {
		return d, err
	}
	day := in.Day
	if day == "" {
		day = r.Tx.Today()
	}
	rows := []Rule{}
	for _, one := range all {
		if one.InForce(day) && (in.Kind == "" || one.Kind == in.Kind) {
			rows = append(rows, one)
		}
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	kinds := list.Filter{Name: "kind", Label: "制度类别", Value: in.Kind}
	for _, k := range RuleKinds {
		kinds.Options = append(kinds.Options, part.Option{Value: k, Label: part.T(ctx, ruleWords[k])})
	}
	shown := list.List[Rule]{Path: "/rules", File: "rules", Title: "工作制度", Size: 100,
		Intro: say.New("在施行的工作制度；每次修改是一个新版本，旧版本仍可查看。"),
		Empty: list.Empty{Title: "没有工作制度", Next: "由妇儿工委办登记，或用 rules.csv 导入。"},
		Columns: []list.Column[Rule]{
			{Name: "title", Label: "制度", URL: func(u Rule) string { return "/rules/" + u.Code },
				Text:    func(_ context.Context, u Rule) string { return u.Title },
				Compare: func(a, b Rule) int { return strings.Compare(a.Title, b.Title) }},
			{Name: "kind", Label: "类别",
				Text: func(ctx context.Context, u Rule) string { return part.T(ctx, u.KindWords()) }},
			{Name: "version", Label: "版本", Numeric: true, Text: func(_ context.Context,
				u Rule) string {
				return strconv.Itoa(u.Version)
			}},
			{Name: "since", Label: "施行日", Newest: true, Text: func(_ context.Context,
				u Rule) string {
				return u.InForceOn
			},
				Compare: func(a, b Rule) int { return strings.Compare(a.InForceOn, b.InForceOn) }},
			{Name: "basis", Label: "依据", Text: func(_ context.Context, u Rule) string { return u.Basis }},
		}}
	if r.User.Can(VerbRule) {
		shown.Actions = ruleLink()
	}
	d.Items, d.Shown, err = shown.Sorted(r, list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{kinds,
		{Name: "day", Label: "截至日期", Type: "date", Value: in.Day}}}, rows)
	if d.Items == nil {
		d.Items = []Rule{}
	}
	return d, err
}

// seenRules are the versions of rules of bodies whose area the user may see.
func seenRules(tx *db.Tx, by auth.User, which func(Rule) bool) (seen []Rule, err error) {
	all, err := Rules(tx)
	for _, one := range all {
		if !which(one) {
			continue
		}
		path, err := pathOf(tx, one.Body)
		if err != nil {
			return nil, err
		}
		if by.SeesFigures(path) {
			seen = append(seen, one)
		}
	}
	return seen, err
}

func pathOf(tx *db.Tx, unit string) (string, error) {
	u, err := UnitByCode(tx, unit)
	if err != nil {
		return "", err
	}
	area, err := AreaByID(tx, u.AreaID)
	return area.Path, err
}

type ruleInput struct {
	Rule    string `json:"rule"`
	Version int    `json:"version"`
}

type ruleData struct {
	Rule     Rule   `json:"rule"`
	Versions []Rule `json:"versions"`
	mayPut   bool
	today    string
}

func showRule(r *web.Request, in ruleInput) (d ruleData, err error) {
	if d.Versions, err = seenRules(r.Tx, r.User, func(u Rule) bool { return u.Code == in.Rule }); err != nil {
		return d, err
	}
	at := slices.IndexFunc(d.Versions, func(u Rule) bool {
		return in.Version == u.Version || in.Version == 0 && u.InForce(r.Tx.Today())
	})
	if at < 0 && in.Version == 0 && len(d.Versions) > 0 {
		at = 0 // none is in force: the newest
	}
	if at < 0 {
		return d, errs.Missingf("没有找到这项制度，或者它不在您的工作范围内。")
	}
	d.Rule, d.mayPut, d.today = d.Versions[at], r.User.Can(VerbRule), r.Tx.Today()
	return d, nil
}

type repealInput struct {
	Rule       string `json:"rule"`
	RepealedOn string `json:"repealed_on" doc:"First day on which it is not in force, 2024-03-31."`
	Basis      string `json:"basis"`
}

func repeal(r *web.Request, in repealInput) (web.Redirect, error) {
	return web.Redirect{To: "/rules/" + in.Rule, Flash: part.In(r.Lang, "已登记废止日，从那天起不再施行。")},
		Repeal(r.Tx, r.User, in.Rule, in.RepealedOn, strings.TrimSpace(in.Basis))
}

type newRuleInput struct {
	Code string `json:"code"` // of the rule that is to have a new version
}

type newRuleData struct {
	Bodies []Unit `json:"bodies"`
	Rule   Rule   `json:"rule"`
}

func newRule(r *web.Request, in newRuleInput) (d newRuleData, err error) {
	d.Bodies = []Unit{}
	bodies, err := SeenBodies(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	for _, u := range bodies {
		area, err := AreaByID(r.Tx, u.AreaID)
		if err != nil {
			return d, err
		}
		if _, ok := r.User.Oversees(area.Path); ok {
			d.Bodies = append(d.Bodies, u)
		}
	}
	if in.Code == "" {
		return d, nil
	}
	versions, err := seenRules(r.Tx, r.User, func(u Rule) bool { return u.Code == in.Code })
	if len(versions) > 0 {
		d.Rule = versions[0]
	}
	return d, err
}

type enactInput struct {
	Code      string `json:"code"`
	Body      string `json:"body"`
	Kind      string `json:"kind" enum:"meeting,reporting,liaison,follow_up,monitoring,assessment,archive"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Basis     string `json:"basis"`
	InForceOn string `json:"in_force_on"`
}

func enact(r *web.Request, in enactInput) (web.Redirect, error) {
	return web.Redirect{To: "/rules/" + in.Code, Flash: part.In(r.Lang, "已登记，从施行日起替代上一版。")},
		Enact(r.Tx, r.User, Rule{Code: in.Code, Body: in.Body, Kind: in.Kind, Title: strings.TrimSpace(in.Title),
			Text: strings.TrimSpace(in.Text), Basis: strings.TrimSpace(in.Basis), InForceOn: in.InForceOn})
}
