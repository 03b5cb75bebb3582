package matter

// What lies before a person today, as a page, and what the office does there with several items at once.

import (
	"context"
	"strings"

	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type deskData struct {
	office bool
	Groups []deskGroup `json:"groups"`
	Total  int         `json:"total"`
}

func showDesk(r *web.Request, _ struct{}) (d deskData, err error) {
	groups, err := deskOf(r.Tx, r.User)
	d.Groups, d.office = append([]deskGroup{}, groups...), r.User.Can(VerbUrge)
	for _, g := range groups {
		d.Total += len(g.Lines)
	}
	return d, err
}

// several tells a program how many items were changed.
type several struct {
	Count int `json:"count"`
}

func sent(r *web.Request, n int, flash say.Key) web.Done[several] {
	return web.Done[several]{To: "/items/desk", Flash: part.In(r.Lang, flash, n), Data: several{n}}
}

type receiveAllInput struct {
	IDs   []string `json:"ids" doc:"Identifiers of items."`
	Paper string   `json:"paper" doc:"Where the paper with the receipt is kept."`
}

func receiveAll(r *web.Request, in receiveAllInput) (web.Done[several], error) {
	n, err := ReceiveAll(r.Tx, r.User, in.IDs, in.Paper)
	return sent(r, n, "已代签收%d项，标明代录。"), err
}

type urgeAllInput struct {
	IDs     []string `json:"ids" doc:"Identifiers of items."`
	Text    string   `json:"text" doc:"What is asked for."`
	ReplyBy string   `json:"reply_by" doc:"Day by which an answer is wanted."`
}

func urgeAll(r *web.Request, in urgeAllInput) (web.Done[several], error) {
	n, err := UrgeAll(r.Tx, r.User, in.IDs, in.Text, in.ReplyBy)
	return sent(r, n, "已催办%d项。"), err
}

func (l deskLine) url() string {
	switch {
	case l.Item == "":
		return "/matters/" + l.Matter
	case l.Verb != "":
		return itemPage(l.Item) + "?step=" + strings.TrimPrefix(l.Verb, "item.")
	}
	return itemPage(l.Item)
}

// note says of what matter a line is, and whose.
func (l deskLine) note(ctx context.Context) string {
	if l.Item == "" {
		return ""
	}
	return l.Number + " " + l.title + " · " + part.Name(ctx, l.unit.Name, l.unit.NameEN)
}

func (l deskLine) ask(ctx context.Context) string {
	if l.Verb == "" {
		return part.T(ctx, "查看")
	}
	return part.T(ctx, words[l.Verb])
}
