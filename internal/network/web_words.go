package network

// What the pages of members and rules say, and papers handed out.

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func unitOptions(ctx context.Context, units []Unit) (all []part.Option) {
	for _, u := range units {
		all = append(all, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
	}
	return all
}

// address is where the version stands.
func (r Rule) address() templ.SafeURL {
	return templ.URL("/rules/" + r.Code + "?version=" + strconv.Itoa(r.Version))
}

func ruleKinds(ctx context.Context) (all []part.Option) {
	for _, k := range RuleKinds {
		all = append(all, part.Option{Value: k, Label: part.T(ctx, ruleWords[k])})
	}
	return all
}

// query is the body and the day that a page shows, for the papers of it.
func (d membersData) query() string {
	return url.Values{"body": {d.Body}, "day": {d.Day}}.Encode()
}

type printInput struct {
	Body string `json:"body"`
	Day  string `json:"day"`
}

// printed hands out a paper about a body.
func printed(of func(Council) document.Document) func(*web.Request, printInput) (web.File, error) {
	return func(r *web.Request, in printInput) (f web.File, err error) {
		if err := asDay(in.Day); err != nil {
			return f, err
		}
		c, err := ReadCouncil(r.Tx, in.Body, in.Day)
		if err != nil {
			return f, errs.In("body", err)
		}
		area, err := AreaByID(r.Tx, c.unit.AreaID)
		if err != nil {
			return f, err
		}
		if !r.User.SeesFigures(area.Path) {
			return f, errs.In("body", errs.Missingf("没有找到这个机构，或者它不在您的工作范围内。"))
		}
		d := of(c)
		return web.Word(r, strings.ReplaceAll(d.Title, "\n", ""), d)
	}
}
