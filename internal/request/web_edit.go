package request

// The page on which an office writes a request: addressees, questions one below the other, two empty ones at the end,
// so that it works without script.

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// typedRequest is a request as typed. q holds the questions, by number and field: 1.text, 1.kind, 1.required, 1.limit,
// 1.choices and 1.columns (one a line), 1.feeds, 1.order; only holds 1.UNIT for a question that not all are asked.
type typedRequest struct {
	Kind     string            `json:"kind" enum:"material,self_inspection,self_evaluation,consultation,issue_call,roster"`
	Title    string            `json:"title" doc:"What it is called."`
	Basis    string            `json:"basis" doc:"What it rests on."`
	Unit     []string          `json:"unit" doc:"Codes of the units that are asked."`
	Due      string            `json:"due" doc:"The last day, 2024-03-31."`
	Reviewer string            `json:"reviewer" doc:"Id of a post in the unit that asks."`
	SignRule string            `json:"sign_rule" enum:"none,leader,two" doc:"Who signs an answer."`
	Q        map[string]string `json:"q" doc:"Questions by number and field: 1.text, 1.kind, 1.required, 1.limit …"`
	Only     map[string]string `json:"only" doc:"1.UNIT: question 1 is put to this unit and not to all."`
	About    string            `json:"about" doc:"The object that it is asked for: meeting/…"`
	Next     string            `json:"next" enum:"more,done"`
}

type editInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	typedRequest
}

// request is what was typed.
func (in typedRequest) request() Request {
	r := Request{Kind: cmp.Or(in.Kind, Material), Title: in.Title, Basis: in.Basis,
		Addressees: in.Unit, DueOn: strings.TrimSpace(in.Due), Reviewer: in.Reviewer,
		SignRule: cmp.Or(in.SignRule, Nobody), About: in.About}
	type ordered struct {
		Question
		order float64
	}
	var all []ordered
	for n := 1; n <= maxQuestions+blank; n++ {
		key := strconv.Itoa(n) + "."
		q := ordered{Question{Text: in.Q[key+"text"], Kind: cmp.Or(in.Q[key+"kind"], Text), Feeds: in.Q[key+"feeds"],
			Required: in.Q[key+"required"] != "", Choices: strings.Split(in.Q[key+"choices"], "\n"),
			Columns: strings.Split(in.Q[key+"columns"], "\n")}, float64(n)}
		q.Limit, _ = strconv.Atoi(strings.TrimSpace(in.Q[key+"limit"]))
		if order, err := strconv.ParseFloat(strings.TrimSpace(in.Q[key+"order"]), 64); err == nil {
			q.order = order
		}
		for _, unit := range in.Unit {
			if in.Only[key+unit] != "" {
				q.Units = append(q.Units, unit)
			}
		}
		all = append(all, q)
	}
	slices.SortStableFunc(all, func(a, b ordered) int { return cmp.Compare(a.order, b.order) })
	for _, q := range all {
		r.Questions = append(r.Questions, q.Question)
	}
	return r
}

// blank is how many empty questions stand at the end of the page.
const blank = 2

// addressed is what was typed, with the units that chosen groups stand for.
func (in typedRequest) addressed(r *web.Request, unit string) (typedRequest, error) {
	groups, err := groupsOf(r.Tx, unit)
	in.Unit = chooseView(r.Context, groups, nil).Codes(in.Unit)
	return in, err
}

// groupsOf are the units that an office may ask, in groups: of its own level and of the levels below.
func groupsOf(tx *db.Tx, unit string) (groups []network.Group, err error) {
	if unit == "" {
		return nil, nil
	}
	own, err := network.UnitByCode(tx, unit)
	if err != nil {
		return nil, err
	}
	groups, err = network.Groups(tx, own.AreaID)
	for n := range groups {
		groups[n].Units = slices.DeleteFunc(groups[n].Units, func(u network.Unit) bool { return u.Code == unit })
	}
	return slices.DeleteFunc(groups, func(g network.Group) bool { return g.Code == "above" || len(g.Units) == 0 }), err
}

// chooseView is the field that takes the units that are asked.
func chooseView(ctx context.Context, groups []network.Group, chosen []string) part.ChooseView {
	c := part.ChooseView{Name: "unit", Label: part.T(ctx, "征集对象"), Chosen: chosen}
	for _, g := range groups {
		one := part.ChooseGroup{Code: g.Code, Label: part.T(ctx, g.Name)}
		for _, u := range g.Units {
			one.Options = append(one.Options, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
		c.Groups = append(c.Groups, one)
	}
	return c
}

func create(r *web.Request, in typedRequest) (web.Done[Request], error) {
	post, _ := asking(r)
	in, err := in.addressed(r, post.unit)
	if err != nil {
		return web.Done[Request]{}, err
	}
	q, err := Create(r.Tx, r.User, in.request())
	return edited(r, q, in.Next), err
}

func edit(r *web.Request, in editInput) (web.Done[Request], error) {
	before, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[Request]{}, err
	}
	if in.typedRequest, err = in.addressed(r, before.Unit); err != nil {
		return web.Done[Request]{}, err
	}
	typed := in.request()
	typed.ID, typed.Version = in.ID, in.Version
	q, err := Edit(r.Tx, r.User, typed)
	return edited(r, q, in.Next), err
}

func edited(r *web.Request, q Request, next string) web.Done[Request] {
	done := doneRequest(r, q, "草稿已保存。核对负担和对象之后再发出。")
	if next == "more" {
		done.To, done.Flash = q.URL()+"/edit#q-"+strconv.Itoa(len(q.Questions)+1), part.In(r.Lang, "草稿已保存。")
	}
	return done
}

// editData is a request as its editor sees it.
type editData struct {
	Request
	Units     []Choosable `json:"units"`
	Reviewers []Choosable `json:"reviewers"`
	groups    []network.Group
}

// Choosable is something to choose from.
type Choosable struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
	Group  string `json:"group,omitempty"`
}

type newInput struct {
	Kind  string `json:"kind" enum:"material,self_inspection,self_evaluation,consultation,issue_call,roster"`
	About string `json:"about" doc:"The object that is asked for: meeting/…"`
}

func newRequest(r *web.Request, in newInput) (d editData, err error) {
	d.Kind, d.About, d.SignRule, d.State = cmp.Or(in.Kind, Material), in.About, Nobody, Draft
	if post, ok := asking(r); ok {
		d.Unit, d.AreaPath = post.unit, post.path
	}
	return d, d.choices(r)
}

type askingPost struct{ unit, path string }

// asking is where the user may ask from.
func asking(r *web.Request) (askingPost, bool) {
	for _, p := range r.User.Posts {
		if p.Role == auth.Office {
			return askingPost{p.Unit, p.AreaPath}, true
		}
	}
	return askingPost{}, false
}

func editRequest(r *web.Request, in idInput) (d editData, err error) {
	if d.Request, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if _, err := d.plays(r.User, Answer{}, asker); err != nil {
		return d, err
	}
	return d, d.choices(r)
}

func (d *editData) choices(r *web.Request) (err error) {
	if d.Units, err = unitsBelow(r.Tx, d.AreaPath, d.Unit); err != nil {
		return err
	}
	if d.groups, err = groupsOf(r.Tx, d.Unit); err != nil {
		return err
	}
	deeper := network.Group{Code: "deeper", Name: "更下级的单位"} // that no group has
	for _, u := range d.Units {
		if !slices.ContainsFunc(d.groups, func(g network.Group) bool {
			return slices.ContainsFunc(g.Units, func(o network.Unit) bool { return o.Code == u.Code })
		}) {
			deeper.Units = append(deeper.Units, network.Unit{Code: u.Code, Name: u.Name, NameEN: u.NameEN})
		}
	}
	if len(deeper.Units) > 0 {
		d.groups = append(d.groups, deeper)
	}
	staff, err := network.Staff(r.Tx, d.Unit, r.Tx.Today())
	if err != nil {
		return err
	}
	labels, err := network.Labels(r.Tx, "role")
	for _, p := range staff {
		if slices.Contains(reviewing, p.Role) {
			d.Reviewers = append(d.Reviewers, Choosable{Code: p.ID, Name: p.Person + "（" + labels[p.Role].Name + "）",
				NameEN: cmp.Or(p.PersonEN, p.Person) + " (" + labels[p.Role].NameEN + ")"})
		}
	}
	return err
}

// unitsBelow are the units of today at or below an area, but for one.
func unitsBelow(tx *db.Tx, path, but string) (all []Choosable, err error) {
	units, err := network.AllUnits(tx)
	if err != nil {
		return nil, err
	}
	areas, err := network.AllAreas(tx)
	if err != nil {
		return nil, err
	}
	byID, today := map[int64]network.Area{}, tx.Today()
	for _, a := range areas {
		byID[a.ID] = a
	}
	for _, u := range units {
		a := byID[u.AreaID]
		if path == "" || !strings.HasPrefix(a.Path, path) || u.Code == but || u.OpensOn > today ||
			u.ClosesOn != "" && u.ClosesOn <= today {
			continue
		}
		all = append(all, Choosable{u.Code, u.Name, u.NameEN, a.Name})
	}
	slices.SortStableFunc(all, func(a, b Choosable) int {
		return cmp.Compare(groupOrder(areas, a.Group), groupOrder(areas, b.Group))
	})
	return all, nil
}

func groupOrder(areas []network.Area, name string) int {
	return slices.IndexFunc(areas, func(a network.Area) bool { return a.Name == name })
}

// typed is what a field shows: as typed if the form was refused, else what was loaded.
func typed(ctx context.Context, name, loaded string) string {
	if e := part.From(ctx); len(e.Input) > 0 {
		return e.Input.Get(name)
	}
	return loaded
}

// rows are the questions with empty ones behind; of a refused form, as many as were sent.
func (d editData) rows(ctx context.Context) []Question {
	all := slices.Clone(d.Questions)
	if e := part.From(ctx); len(e.Input) > 0 {
		all = nil
		for n := 1; e.Input.Has("q[" + strconv.Itoa(n) + ".text]"); n++ {
			all = append(all, Question{Number: strconv.Itoa(n), Kind: Text})
		}
		return all
	}
	for range blank {
		all = append(all, Question{Number: strconv.Itoa(len(all) + 1), Kind: Text})
	}
	return all
}

// chosenUnits are the addressees as ticked.
func (d editData) chosenUnits(ctx context.Context) (all []Choosable) {
	for _, u := range d.Units {
		if part.Ticked(ctx, "unit", u.Code, slices.Contains(d.Addressees, u.Code)) {
			all = append(all, u)
		}
	}
	return all
}

func (d editData) kindOptions(ctx context.Context) (all []part.Option) {
	for _, kind := range Kinds() {
		all = append(all, part.Option{Value: kind, Label: part.T(ctx, KindWords(kind))})
	}
	return all
}

func (d editData) reviewerOptions(ctx context.Context) []part.Option {
	all := []part.Option{{Value: "", Label: part.T(ctx, "请选择")}}
	for _, c := range d.Reviewers {
		all = append(all, part.Option{Value: c.Code, Label: part.Name(ctx, c.Name, c.NameEN)})
	}
	return all
}

func questionKinds(ctx context.Context) []part.Option {
	return []part.Option{{Value: Text, Label: part.T(ctx, "文字")}, {Value: Choice, Label: part.T(ctx, "单选")},
		{Value: Table, Label: part.T(ctx, "表格")}, {Value: File, Label: part.T(ctx, "附件")},
		{Value: Figures, Label: part.T(ctx, "数据（引用）")}}
}

func signRules(ctx context.Context) []part.Option {
	return []part.Option{{Value: Nobody, Label: part.T(ctx, "不签字")}, {Value: Leader, Label: part.T(ctx,
		"单位负责人签字")},
		{Value: Two, Label: part.T(ctx, "两人签字（有数据题时必须）")}}
}

// action is where the form goes.
func (d editData) action() string {
	if d.ID == "" {
		return "/requests"
	}
	return d.URL() + "/edit"
}

func (d editData) heading(ctx context.Context) string {
	if d.ID == "" {
		return part.T(ctx, "起草征集")
	}
	return d.Title
}

func questionHelp(ctx context.Context, empty bool) string {
	if empty {
		return ""
	}
	return part.T(ctx, "清空题目就是删去这一题。")
}

func limitText(limit int) string {
	if limit == 0 {
		return ""
	}
	return strconv.Itoa(limit)
}
