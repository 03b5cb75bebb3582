package issue

// The list of issues, its document, and the page on which one is proposed.

import (
	"context"
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
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
			{Name: "title", Label: "问题", URL: func(l Listing) string { return "/issues/" + l.ID },
				Text: func(_ context.Context, l Listing) string { return l.Title }},
			{Name: "number", Label: "编号", Newest: true, Text: func(_ context.Context,
				l Listing) string {
				return l.Number
			}},
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
	p, err := paceOf(r.Tx)
	if err != nil {
		return d, err
	}
	d.Items, d.Shown, err = issues(r.User.Can(VerbPropose)).Read(r,
		list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{states}}, source(p, r.Tx, r.User, in.State))
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
	aims   []part.ChooseGroup // goals, by plan and domain
	shown  []part.ChooseGroup // indicators, by plan and domain of their goals
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
	d.AreaID = officeArea(r.User)
	return d, d.choices(r)
}

// officeArea is the area of the office that by works in.
func officeArea(by auth.User) int64 {
	for _, post := range by.Posts {
		if post.Role == auth.Office {
			return post.AreaID
		}
	}
	return 0
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
	d.aims, d.shown, err = aimsAndIndicators(r)
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
