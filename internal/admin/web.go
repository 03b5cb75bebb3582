// Package admin is the pages of the three administrators that belong to no module of business: the journal. People,
// posts and keys are account's.
package admin

// The page of the journal for the audit administrator, page by page and as a table.

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

const journalPageSize = 100

// journalInput is what the audit administrator looks for. Days are 2018-12-31, of China's time, both included.
type journalInput struct {
	Before int64  `json:"before"`
	Actor  string `json:"actor"`
	Verb   string `json:"verb"`
	Object string `json:"object"`
	From   string `json:"from"`
	To     string `json:"to"`
}

func (in journalInput) filter() (f journal.Filter, err error) {
	f = journal.Filter{Actor: strings.TrimSpace(in.Actor), Verb: in.Verb, Object: strings.TrimSpace(in.Object)}
	wrong := errs.Fields{}
	day := func(name, text string) (at time.Time) {
		if text != "" {
			if at, err = time.ParseInLocation(time.DateOnly, text, db.China); err != nil {
				wrong.Say(name, "日期请写成 2018-12-31，或者留空。")
			}
		}
		return at
	}
	f.From = day("from", in.From)
	if f.To = day("to", in.To); !f.To.IsZero() {
		f.To = f.To.AddDate(0, 0, 1)
	}
	return f, wrong.Check("条件里有的值不能用，请改选后再看。")
}

// older is the next page of the same search.
func (in journalInput) older(before int64) string {
	q := url.Values{"before": {strconv.FormatInt(before, 10)}}
	for name, value := range map[string]string{"actor": in.Actor, "verb": in.Verb, "object": in.Object,
		"from": in.From, "to": in.To} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "/journal?" + q.Encode()
}

// of is the search for all entries about one object.
func of(object string) string { return "/journal?" + url.Values{"object": {object}}.Encode() }

func (in journalInput) fields(ctx context.Context) []part.FieldView {
	kinds := []part.Option{{Value: "", Label: part.T(ctx, "全部")}}
	group := ""
	for _, verb := range journaled {
		of, _, _ := strings.Cut(verb, ".")
		word := part.T(ctx, groupWord(of))
		if of != group {
			group = of
			kinds = append(kinds, part.Option{Value: of + ".", Label: part.T(ctx, "%s：全部", word)})
		}
		kinds = append(kinds, part.Option{Value: verb, Label: part.T(ctx, "%s：%s", word, verbWord(ctx, verb))})
	}
	return []part.FieldView{{Name: "verb", Label: part.T(ctx, "动作"), Value: in.Verb, Options: kinds},
		{Name: "actor", Label: part.T(ctx, "办理人"), Value: in.Actor},
		{Name: "object", Label: part.T(ctx, "对象"), Value: in.Object, Placeholder: part.T(ctx, "姓名或编号")},
		{Name: "from", Label: part.T(ctx, "从"), Type: "date", Value: in.From},
		{Name: "to", Label: part.T(ctx, "到"), Type: "date", Value: in.To}}
}

// journalData is what the audit administrator reads: who did what to which object, never the content.
type journalData struct {
	Entries []journal.Entry          `json:"entries"`
	Names   map[string]network.Label `json:"names"` // of people, reports, forms and units, by object
	Head    journal.Head             `json:"head"`
	Older   int64                    `json:"older,omitempty"` // pass as before for the next page

	in   journalInput
	more func(func(journalData) error) error // all that follows, page by page, for a table to be saved
}

func routes(m *web.Mux) {
	web.View(m, "GET /journal 查存证日志", "journal.read", showJournal, journalPage)
}

func showJournal(r *web.Request, in journalInput) (d journalData, err error) {
	d.in = in
	filter, err := in.filter()
	if err == nil && filter.Object != "" && !strings.Contains(filter.Object, "/") {
		filter.Objects, err = called(r.Tx, filter.Object)
	}
	if err != nil {
		return d, err
	}
	if r.Whole {
		d.more = func(fn func(journalData) error) error {
			for older := in.Before; ; {
				page, err := pageBefore(r.Tx, filter, older)
				if err == nil {
					err = fn(page)
				}
				if older = page.Older; err != nil || older == 0 {
					return err
				}
			}
		}
		return d, nil
	}
	if d, err = pageBefore(r.Tx, filter, in.Before); err == nil {
		d.Head, err = journal.LastSealed(r.Tx)
	}
	d.in = in
	return d, err
}

func pageBefore(tx *db.Tx, f journal.Filter, before int64) (d journalData, err error) {
	if d.Entries, err = journal.Search(tx, f, before, journalPageSize); err != nil {
		return d, err
	}
	if n := len(d.Entries); n == journalPageSize {
		d.Older = d.Entries[n-1].ID
	}
	d.Names, err = names(tx, d.Entries)
	return d, err
}

// Table has codes beside words: what is compared over years are the codes.
func (d journalData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "journal", Columns: []table.Column{{Name: "序号", Number: true}, {Name: "时间"},
		{Name: "办理人"}, {Name: "动作代码"}, {Name: "动作"}, {Name: "对象代码"}, {Name: "对象"},
		{Name: "对象内编号", Number: true}, {Name: "说明"}, {Name: "封链摘要"}}}
	t.More = func(yield func([]string) error) error {
		return d.more(func(page journalData) (err error) {
			for i := 0; err == nil && i < len(page.Entries); i++ {
				e := page.Entries[i]
				err = yield([]string{strconv.FormatInt(e.Seq, 10), part.When(e.At), e.Actor, e.Verb,
					verbWord(ctx, e.Verb), e.Object, page.objectWords(ctx, e.Object),
					strconv.FormatInt(e.ObjectSeq, 10), aside(ctx, e), e.Hash})
			}
			return err
		})
	}
	return t
}
