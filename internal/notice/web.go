package notice

// The inbox: what the user's posts were told and still waits, newest first. Marking as read is no proof of work: what
// was read stays until it is done.

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"yipanqi/internal/module"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes adds the inbox.
func (d Desk) Routes(m *web.Mux) {
	web.View(m, "GET /inbox 看收件箱", "notice.read", d.show, inboxPage)
	web.Update(m, "POST /inbox/read 把提醒标为已读", "notice.mark", d.mark)
	web.View(m, "GET /reminders 看什么时候提醒谁", "notice.read", d.showLadder, ladderPage)
}

const pageSize = 50

type inboxInput struct {
	Show   string `json:"show" enum:"unread,all" doc:"Also what was read or done: unread or all; by default what still waits."`
	Before int64  `json:"before"`
}

// Entry is a notice as its reader sees it.
type Entry struct {
	ID       int64  `json:"id"`
	Title    string `json:"title"`
	TitleEN  string `json:"title_en,omitempty"`
	URL      string `json:"url,omitempty"`
	Unit     string `json:"unit_name"`
	UnitEN   string `json:"unit_name_en,omitempty"`
	Object   string `json:"object"`
	Step     string `json:"step"`
	DueOn    string `json:"due_on"`
	Rung     string `json:"rung"`
	ToldOn   string `json:"told_on"`
	Read     bool   `json:"read"`
	Open     bool   `json:"open"` // it still waits
	as, asEN string // as whom the reader was told
	ask      say.Words
}

// Inbox is a page of them.
type Inbox struct {
	Entries []Entry `json:"notices"`
	Unread  int     `json:"unread"`           // up to 100
	Older   int64   `json:"before,omitempty"` // for the next page

	in    inboxInput
	today string
	more  func(func(Entry) error) error
}

func (d Desk) show(r *web.Request, in inboxInput) (page Inbox, err error) {
	page.in, page.today = in, r.Tx.Today()
	v := view{before: in.Before, ended: in.Show == "all", unread: in.Show == "unread"}
	if r.Whole {
		page.more = func(fn func(Entry) error) error {
			for more := true; more; {
				entries, next, err := d.page(r.Tx, r.User, v, pageSize)
				for _, e := range entries {
					if err == nil {
						err = fn(e)
					}
				}
				if err != nil {
					return err
				}
				v.before, more = next, next > 0
			}
			return nil
		}
		return page, nil
	}
	if page.Entries, page.Older, err = d.page(r.Tx, r.User, v, pageSize); err != nil {
		return page, err
	}
	page.Unread, err = d.Unread(r.Tx, r.User)
	return page, err
}

// page reads as many notices as a page has and where the next begins. What waits no longer is left out even if nobody
// has noted its end yet.
func (d Desk) page(tx *db.Tx, by auth.User, v view, size int) (entries []Entry, older int64, err error) {
	roles, err := network.Labels(tx, "role")
	if err != nil {
		return nil, 0, err
	}
	entries = []Entry{}
	for {
		found, err := inbox(tx, by, v, size+1)
		if err != nil {
			return nil, 0, err
		}
		things, err := d.about(tx, found)
		if err != nil {
			return nil, 0, err
		}
		for _, n := range found {
			if len(entries) == size {
				return entries, v.before, nil
			}
			v.before = n.ID
			t := things[n.Object]
			e := Entry{ID: n.ID, Title: t.Title, TitleEN: t.TitleEN, URL: t.URL, Unit: t.UnitName, UnitEN: t.UnitNameEN,
				Object: n.Object, Step: n.Step, DueOn: n.DueOn, Rung: n.Rung, ToldOn: n.ToldOn, Read: n.Read,
				Open: n.Ended == nil && waits(t, n.Step, n.DueOn), ask: d.ask(n, t)}
			e.as, e.asEN = roles[n.Role].Name, roles[n.Role].NameEN
			if e.Open || v.ended {
				entries = append(entries, e)
			}
		}
		if len(found) <= size {
			return entries, 0, nil
		}
	}
}

// about are the things that notices are about.
func (d Desk) about(tx *db.Tx, all []told) (map[string]module.Due, error) {
	objects := map[string][]string{}
	for _, n := range all {
		source, _, _ := strings.Cut(n.Object, "/")
		objects[source] = append(objects[source], n.Object)
	}
	return d.things(tx, objects)
}

// ask are the words for what is to be done: by whoever's part it is, or to be looked into by those above.
func (d Desk) ask(n told, t module.Due) say.Words {
	for _, s := range d.Sources {
		for _, known := range s.Steps {
			if known.Verb != n.Step {
				continue
			}
			does := n.Unit == t.Unit && n.Role == t.Roles[known.Part] || n.Unit != t.Unit && n.Role == known.Part
			if !does {
				return say.New("还没有办：%s。请过问", known.Label)
			}
			return say.New(known.Ask)
		}
	}
	return say.New("%s", n.Step)
}

// Unread is how many notices the user has not read that still wait, counted up to 100.
func (d Desk) Unread(tx *db.Tx, by auth.User) (n int, err error) {
	if !by.Can("notice.read") {
		return 0, nil
	}
	found, err := inbox(tx, by, view{unread: true}, 100)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	things, err := d.about(tx, found)
	for _, one := range found {
		if waits(things[one.Object], one.Step, one.DueOn) {
			n++
		}
	}
	return n, err
}

type markInput struct {
	ID   int64  `json:"id" doc:"Number of the notice; none: all that still wait."`
	Show string `json:"show" enum:"unread,all" doc:"Choice of the page to come back to."`
}

func (d Desk) mark(r *web.Request, in markInput) (web.Redirect, error) {
	var ids []int64
	if in.ID != 0 {
		ids = []int64{in.ID}
	}
	to := "/inbox"
	if in.Show != "" {
		to += "?" + url.Values{"show": {in.Show}}.Encode()
	}
	return web.Redirect{To: to}, markRead(r.Tx, r.User, ids)
}

// Table is the whole inbox, one notice a line.
func (p Inbox) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "inbox", Columns: []table.Column{{Name: "提醒日期"}, {Name: "事项"}, {Name: "单位"},
		{Name: "要做什么"}, {Name: "截止日期"}, {Name: "状态", Words: true}, {Name: "网址"}}}
	t.More = func(yield func([]string) error) error {
		return p.more(func(e Entry) error {
			return yield([]string{e.ToldOn, e.name(ctx), part.Name(ctx, e.Unit, e.UnitEN),
				part.Say(ctx, e.ask), e.DueOn, string(e.stateWord()), e.URL})
		})
	}
	return t
}

func (e Entry) stateWord() say.Key {
	switch {
	case !e.Open:
		return "已办完或不再等待"
	case e.Read:
		return "已读"
	}
	return "未读"
}

// ladderData is who is told when, as it holds.
type ladderData struct {
	Rungs []rungRow `json:"rungs"`
}

type rungRow struct {
	Rung
	At     string `json:"when"`
	label  say.Words
	as, en string
}

func (d Desk) showLadder(r *web.Request, _ struct{}) (data ladderData, err error) {
	ladder, err := Ladder(r.Tx)
	if err != nil {
		return data, err
	}
	roles, err := network.Labels(r.Tx, "role")
	data.Rungs = []rungRow{}
	for _, one := range ladder {
		row := rungRow{Rung: one, At: one.When.String(), label: say.New("%s", one.Step), as: roles[one.Role].Name,
			en: roles[one.Role].NameEN}
		for _, s := range d.Sources {
			for _, step := range s.Steps {
				if step.Verb == one.Step {
					row.label = say.New(step.Label)
				}
			}
		}
		data.Rungs = append(data.Rungs, row)
	}
	return data, err
}

// Table is the ladder, as the import file has it.
func (d ladderData) Table(context.Context) table.Table {
	t := table.Table{Name: "reminders", Columns: []table.Column{{Name: "环节"}, {Name: "时间"}, {Name: "岗位"},
		{Name: "对象", Words: true}, {Name: "状态", Words: true}, {Name: "依据"}}}
	for _, r := range d.Rungs {
		t.Rows = append(t.Rows, []string{r.Step, r.At, r.Role, string(r.placeWord()), string(r.statusWord()),
			r.Basis})
	}
	return t
}

func (r rungRow) placeWord() say.Key {
	switch r.Of {
	case Office:
		return "妇儿工委办"
	case Committee:
		return "妇儿工委"
	}
	return "本单位"
}

func (r rungRow) statusWord() say.Key {
	switch r.Status {
	case Confirmed:
		return "已确认"
	case Off:
		return "停用"
	}
	return "待确认"
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
