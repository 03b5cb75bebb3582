package issue

// The list of issues, its document, and the page on which one is proposed.

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

type listInput struct {
	State string `json:"state" enum:"proposed,listed,under_way,eased,solved,carried,dropped"`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type listData struct {
	Items []Listing `json:"issues"`
	list.Shown[Listing]
}

func issues(may bool) list.List[Listing] {
	l := list.List[Listing]{Path: "/issues", File: "issues", Title: "重难点问题", First: "-number", Size: 50,
		Intro: say.New("一个部门解决不了的问题：有人牵头，有原因，有举措，看得见缓解。"),
		Empty: list.Empty{Title: "没有重难点问题", Next: "列入的重难点问题会列在这里。"},
		Columns: []list.Column[Listing]{
			{Name: "number", Label: "编号", Newest: true, Text: func(_ context.Context,
				l Listing) string {
				return l.Number
			}},
			{Name: "title", Label: "问题", URL: func(l Listing) string { return "/issues/" + l.ID },
				Text: func(_ context.Context, l Listing) string { return l.Title }},
			{Name: "lead", Label: "牵头单位",
				Text: func(ctx context.Context, l Listing) string { return part.Name(ctx, l.LeadName, l.leadEN) }},
			{Name: "state", Label: "状态", Text: func(ctx context.Context, l Listing) string {
				return part.T(ctx,
					l.State.Words())
			}},
			{Name: "acts", Label: "举措", Numeric: true, Text: func(_ context.Context,
				l Listing) string {
				return strconv.Itoa(l.Acts)
			}},
			{Name: "due", Label: "下一项举措不迟于",
				Text: func(_ context.Context, l Listing) string { return l.DueOn }},
			list.Lamp(func(l Listing) string { return l.Lamp }),
		}}
	l.Actions = listActions(may)
	return l
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range []State{Proposed, Listed, UnderWay, Eased, Solved, Carried, Dropped} {
		states.Options = append(states.Options, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	d.Items, d.Shown, err = issues(r.User.Can(VerbPropose)).Read(r,
		list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{states}}, source(r.Tx, r.User, in.State))
	return d, err
}

// unitNames says what units are called, in the reader's language.
func unitNames(r *web.Request) (func(code string) string, error) {
	units, err := network.AllUnits(r.Tx)
	by := map[string]network.Unit{}
	for _, u := range units {
		by[u.Code] = u
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	return func(code string) string { return part.Name(ctx, by[code].Name, by[code].NameEN) }, err
}

// editData is an issue as its editor sees it.
type editData struct {
	Issue
	Answer string          `json:"answer,omitempty"`
	Groups []network.Group `json:"groups"`
	units  []part.Option
	choose []part.Option // indicators
}

type newInput struct {
	Answer string `json:"answer" doc:"The answer to a call for issues that it comes from."`
}

func newIssue(r *web.Request, in newInput) (d editData, err error) {
	if d.Answer = in.Answer; in.Answer != "" {
		p, err := proposal(r.Tx, r.User, in.Answer)
		switch {
		case errs.KindOf(err) == errs.Conflict: // not one that was submitted to a call for issues
			d.Answer = ""
		case err != nil:
			return d, err
		default:
			d.Proposals = []Proposal{p}
			d.Title, d.Lead, d.WhyText = say.Title(p.Question, maxTitle), p.Unit,
				strings.TrimSpace(p.Tried+"\n"+p.Disagreement)
		}
	}
	for _, post := range r.User.Posts {
		if post.Role == auth.Office {
			d.AreaID = post.AreaID
			break
		}
	}
	return d, d.choices(r)
}

type idInput struct {
	ID string `json:"id"`
}

func editIssue(r *web.Request, in idInput) (d editData, err error) {
	if d.Issue, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if _, err := d.plays(r.User, keeper); err != nil {
		return d, err
	}
	return d, d.choices(r)
}

// heading says whether the issue is new.
func (d editData) heading(ctx context.Context) string {
	if d.ID == "" {
		return part.T(ctx, "提出重难点问题")
	}
	return part.T(ctx, "修改重难点问题")
}

// back is where one came from.
func (d editData) back() string {
	if d.ID == "" {
		return "/issues"
	}
	return d.URL()
}

func (d *editData) choices(r *web.Request) (err error) {
	if d.Groups, err = network.Groups(r.Tx, d.AreaID); err != nil {
		return err
	}
	d.Groups = slices.DeleteFunc(d.Groups, func(g network.Group) bool { return g.Code == "above" })
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	d.units = []part.Option{{Value: "", Label: part.T(ctx, "请选择")}}
	for _, g := range d.Groups {
		for _, u := range g.Units {
			if !slices.ContainsFunc(d.units, func(o part.Option) bool { return o.Value == u.Code }) {
				d.units = append(d.units, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
			}
		}
	}
	all, err := indicator.List(r.Tx)
	for _, i := range all {
		d.choose = append(d.choose, part.Option{Value: i.Code, Label: i.Code + " " + part.Name(ctx, i.Name, i.NameEN)})
	}
	return err
}

// supporting is the field that takes the units beside the lead.
func (d editData) supporting(ctx context.Context) part.ChooseView {
	c := part.ChooseView{Name: "supporting", Label: part.T(ctx, "配合单位"), Required: true, Chosen: d.Supporting}
	for _, g := range d.Groups {
		one := part.ChooseGroup{Code: g.Code, Label: part.T(ctx, g.Name)}
		for _, u := range g.Units {
			one.Options = append(one.Options, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
		c.Groups = append(c.Groups, one)
	}
	return c
}

func (d editData) action() string {
	if d.ID == "" {
		return "/issues"
	}
	return d.URL() + "/edit"
}

type yearInput struct {
	Year int `json:"year"`
}

// listDocument is the yearly list 重难点问题清单.
func listDocument(r *web.Request, in yearInput) (f web.File, err error) {
	year := r.Tx.Today()[:4]
	if in.Year != 0 {
		year = fmt.Sprintf("%04d", in.Year)
	}
	all, err := every(r.Tx)
	if err != nil {
		return f, err
	}
	names, err := unitNames(r)
	if err != nil {
		return f, err
	}
	doc := document.Document{Title: year + "年重难点问题清单"}
	rows := document.Table{Columns: []document.Column{{Head: "编号", Width: 2}, {Head: "问题", Width: 5},
		{Head: "指标", Width: 5}, {Head: "牵头", Width: 3}, {Head: "配合", Width: 4}, {Head: "措施", Width: 5}}}
	for _, i := range all {
		if _, err := Read(r.Tx, r.User, i.ID); err != nil || i.Number == "" || i.ListedOn[:4] > year {
			continue
		}
		stood, err := i.stand(r.Tx)
		if err != nil {
			return f, err
		}
		seen := stood.words()
		if seen == "" {
			seen = i.Relief
		}
		var acts, beside []string
		for _, a := range i.Acts {
			if a.On[:4] == year {
				acts = append(acts, a.On+" "+a.Text)
			}
		}
		for _, u := range i.Supporting {
			beside = append(beside, names(u))
		}
		rows.Rows = append(rows.Rows, []document.Run{{Text: i.Number}, {Text: i.Title}, {Text: seen},
			{Text: names(i.Lead)}, {Text: strings.Join(beside, "、")}, {Text: strings.Join(acts, "\n")}})
	}
	doc.Blocks = []document.Block{rows}
	if len(rows.Rows) == 0 {
		doc.Blocks = []document.Block{document.Text("这一年没有列入的重难点问题。")}
	}
	return web.Word(r, doc.Title, doc)
}
