package instruction

// A leader's desk as a page and as JSON: the same three lists.

import (
	"context"
	"net/url"
	"strings"

	"yipanqi/internal/calendar"
	"yipanqi/internal/letter"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// deskData is what lies before a leader.
type deskData struct {
	Awaited  []item       `json:"awaited"`
	Letters  []letterLine `json:"letters"`
	Unsure   []item       `json:"unconfirmed"`
	Running  []item       `json:"running"`
	Reported []item       `json:"reported"`
	Late     []lateItem   `json:"overdue_items"`
	Open     int          `json:"open_items"`
	Overdue  int          `json:"overdue_count"`
	Terms    []term       `json:"terms"` // of what the leader's own committee owes elsewhere

	desk  Desk
	today string
}

// term is what of one kind the leader's own committee and its area owe, the nearest day first.
type term struct {
	module.Card
	Days  int  `json:"days"`            // to the nearest day; negative where it is over
	Dated bool `json:"dated,omitempty"` // one of them has a day
}

// terms are what other modules say of the leader's desk: cards, those with days counted above.
func (p pages) terms(r *web.Request) ([]term, error) {
	all := []term{}
	post, ok := leads(r.User)
	if !ok {
		return all, nil
	}
	today := r.Tx.Today()
	cards, err := p.About(r.Tx, r.User, module.Of{Kind: "desk", Code: post.Unit, Path: post.AreaPath, Day: today})
	for _, c := range cards {
		if len(c.Lines) == 0 {
			continue
		}
		c.Instruct = true
		one := term{Card: c, Dated: c.Lines[0].DueOn != ""}
		if one.Dated {
			one.Days = calendar.Between(today, c.Lines[0].DueOn)
		}
		all = append(all, one)
	}
	return all, err
}

// lateItem is an overdue item that somebody under the leader's eyes owes.
type lateItem struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Text   string `json:"text"`
	Due    string `json:"due"`
	Days   int    `json:"days_late"`

	unit network.Unit
}

// on is where an instruction on the item is written.
func (i lateItem) on() string {
	return "/instructions/new?" + url.Values{"about": {"item/" + i.ID}, "title": {i.Text}}.Encode()
}

type letterLine struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
}

func (p pages) showDesk(r *web.Request, _ struct{}) (d deskData, err error) {
	if d.desk, err = ReadDesk(r.Tx, r.User); err != nil {
		return d, err
	}
	d.today = r.Tx.Today()
	if d.Terms, err = p.terms(r); err != nil {
		return d, err
	}
	items := func(all []Instruction) []item {
		list := []item{}
		for _, i := range all {
			list = append(list, i.item(d.today))
		}
		return list
	}
	d.Awaited, d.Unsure, d.Running, d.Reported = items(d.desk.Awaited), items(d.desk.Unsure), items(d.desk.Running),
		items(d.desk.Reported)
	d.Letters = lines(d.desk.Letters)
	d.Open, d.Overdue, d.Late = d.desk.Open, d.desk.Overdue, []lateItem{}
	for _, i := range d.desk.Late {
		unit, err := network.UnitByCode(r.Tx, i.Unit)
		if err != nil {
			return d, err
		}
		d.Late = append(d.Late, lateItem{i.ID, i.Number, i.Text, i.NextOn, calendar.Between(i.NextOn, d.today), unit})
	}
	return d, nil
}

// state is how things stand in one sentence, the worst first.
func (d deskData) state(ctx context.Context) string {
	var said []string
	if d.Overdue > 0 && len(d.Late) > 0 {
		said = append(said, part.T(ctx, "%d项督办逾期，最久%d天", d.Overdue, d.Late[0].Days))
	}
	for _, t := range d.Terms {
		if t.Dated && t.Days < 0 {
			said = append(said, part.T(ctx, "%s逾期%d天", part.T(ctx, t.Title), -t.Days))
		}
	}
	if n := d.desk.Waiting(); n > 0 {
		said = append(said, part.T(ctx, "%d件等您办", n))
	}
	if len(said) == 0 {
		return part.T(ctx, "没有逾期，也没有等您办的事。")
	}
	return strings.Join(said, part.T(ctx, "；")) + part.T(ctx, "。")
}

func lines(all []letter.Letter) []letterLine {
	list := []letterLine{}
	for _, l := range all {
		list = append(list, letterLine{l.ID, l.Number, l.Title})
	}
	return list
}
