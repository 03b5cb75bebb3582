package evaluation

// The reports that were due by a round's cutoff day and are not accepted: whoever runs the round and the statistics
// unit see which, whose they are and where they stand, and no figure of them; who takes part sees their own.

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/cycle"
	"yipanqi/internal/db"
	"yipanqi/internal/list"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// unaccepted are those reports of the years judged.
func (r Round) unaccepted(tx *db.Tx) ([]submission.Item, error) {
	from, _ := year(r.From)
	until, known := year(r.Until)
	if !known || r.CutoffOn == "" {
		return nil, nil
	}
	return submission.Unaccepted(tx, r.AreaPath, r.CutoffOn, [2]int{from, until})
}

// lead is the statistics unit that runs the reports of the last year judged, if one does.
func (r Round) lead(tx *db.Tx) (string, error) {
	until, _ := year(r.Until)
	return cycle.LeadOf(tx, r.AreaID, until)
}

// chases says whether by looks after these reports: runs or oversees the round, or is of the statistics unit.
func (r Round) chases(tx *db.Tx, by auth.User) (bool, error) {
	if r.owns(by) {
		return true, nil
	}
	lead, err := r.lead(tx)
	return err == nil && lead != "" && r.State == Running && by.Sees(lead, ""), err
}

// unacceptedFor are all of them for who looks after them, for who takes part their own.
func (r Round) unacceptedFor(tx *db.Tx, by auth.User) ([]submission.Item, error) {
	all, err := r.chases(tx, by)
	if err != nil {
		return nil, err
	}
	if !all && !r.sees(by) {
		return nil, unseen
	}
	some, err := r.unaccepted(tx)
	if !all {
		some = slices.DeleteFunc(some, func(i submission.Item) bool { return !by.Sees(i.UnitCode, i.AreaPath) })
	}
	return some, err
}

type unacceptedInput struct {
	ID   string `json:"id"`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

type unacceptedData struct {
	Round string            `json:"round"`
	Items []submission.Item `json:"submissions"`
	list.Shown[submission.Item]
}

func listUnaccepted(r *web.Request, in unacceptedInput) (d unacceptedData, err error) {
	round, err := Get(r.Tx, in.ID)
	if err != nil {
		return d, unseen
	}
	rows, err := round.unacceptedFor(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	d.Round = round.ID
	d.Items, d.Shown, err = unaccepted(round, r.User).Sorted(r, list.At{Sort: in.Sort, Page: in.Page}, rows)
	return d, err
}

func unaccepted(of Round, by auth.User) list.List[submission.Item] {
	type item = submission.Item
	column := func(name string, label say.Key, text func(context.Context, item) string) list.Column[item] {
		ctx := context.Background()
		return list.Column[item]{Name: name, Label: label, Text: text,
			Compare: func(a, b item) int { return strings.Compare(text(ctx, a), text(ctx, b)) }}
	}
	report := column("form", "报表", func(ctx context.Context, i item) string {
		return part.Name(ctx, i.Form, i.FormEN)
	})
	report.URL = func(i item) string {
		if !by.Sees(i.UnitCode, i.AreaPath) {
			return ""
		}
		return i.URL()
	}
	due := column("due", "截止日期", func(_ context.Context, i item) string { return i.DueOn })
	due.Newest = true
	return list.List[item]{Path: of.URL() + "/unaccepted", File: "unaccepted-" + of.ID, Size: 50,
		Title: "数据截止日前未审核通过的报表",
		Intro: say.New("%s，数据截止%s。这些报表应在截止日前报送，至今没有审核通过，评估用的数据表里没有它们的数。",
			say.Name{ZH: of.Title}, of.CutoffOn),
		Empty: list.Empty{Title: "截止日前应报的报表都已审核通过", Next: "数据表可以定稿了。", Label: "看这轮评估",
			URL: of.URL()},
		Columns: []list.Column[item]{report,
			column("unit", "单位", func(ctx context.Context, i item) string {
				return part.Name(ctx, i.Unit, i.UnitEN)
			}),
			column("area", "地区", func(ctx context.Context, i item) string {
				return part.Name(ctx, i.Area, i.AreaEN)
			}),
			column("period", "期间", func(_ context.Context, i item) string { return i.Period.String() }),
			column("state", "状态", func(ctx context.Context, i item) string {
				return part.T(ctx, i.State.Words())
			}), due}}
}

func unacceptedPage(d unacceptedData) templ.Component { return list.Page(d.Shown) }
