// Package admin is the pages of the three administrators that belong to no module of business: the journal. People,
// posts and keys are account's.
package admin

// The page of the journal for the audit administrator, page by page and as a table.

import (
	"cmp"
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

const chunk = 500 // entries that are read at once where all are saved

// journalInput is what the audit administrator looks for. Days are 2018-12-31, of China's time, both included.
type journalInput struct {
	Actor  string `json:"actor"`
	Verb   string `json:"verb" doc:"Beginning of an action's code: submission. or submission.sign."`
	Object string `json:"object" doc:"Beginning of an object's code, or a part of a person's name."`
	From   string `json:"from"`
	To     string `json:"to"`
	Sort   string `json:"sort"`
	Page   int    `json:"page"`
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

// of is the search for all entries about one object.
func of(object string) string { return "/journal?" + url.Values{"object": {object}}.Encode() }

func (in journalInput) filters(ctx context.Context) []list.Filter {
	kinds := list.Filter{Name: "verb", Label: "动作", Value: in.Verb}
	group := ""
	for _, verb := range journaled() {
		of, _, _ := strings.Cut(verb, ".")
		word := part.T(ctx, cmp.Or(auth.Group(of), say.Key(of)))
		if of != group {
			group = of
			kinds.Options = append(kinds.Options, part.Option{Value: of + ".", Label: part.T(ctx, "%s：全部", word)})
		}
		kinds.Options = append(kinds.Options, part.Option{Value: verb,
			Label: part.T(ctx, "%s：%s", word, verbWord(ctx, verb))})
	}
	return []list.Filter{kinds, {Name: "actor", Label: "办理人", Value: in.Actor},
		{Name: "object", Label: "对象", Value: in.Object, Help: part.T(ctx, "姓名或编号")},
		{Name: "from", Label: "从", Type: "date", Value: in.From},
		{Name: "to", Label: "到", Type: "date", Value: in.To}}
}

// journalData is what the audit administrator reads: who did what to which object, never the content.
type journalData struct {
	Entries []journal.Entry `json:"entries"`
	list.Shown[journal.Entry]
	Names map[string]network.Label `json:"names"` // of people, reports, forms and units, by object
	Head  journal.Head             `json:"head"`
}

func routes(m *web.Mux) {
	web.View(m, "GET /journal 查存证日志", "journal.read", showJournal, journalPage)
}

func showJournal(r *web.Request, in journalInput) (d journalData, err error) {
	filter, err := in.filter()
	if err == nil && filter.Object != "" && !strings.Contains(filter.Object, "/") {
		filter.Objects, err = called(r.Tx, filter.Object)
	}
	if err != nil {
		return d, err
	}
	if d.Head, err = journal.LastSealed(r.Tx); err != nil {
		return d, err
	}
	d.Names = map[string]network.Label{}
	l := entries(d.Names)
	l.Above = headCard(d.Head)
	// A journal has millions of entries: it is found by its own order, and saved piece by piece after the last id.
	found := list.Found[journal.Entry]{Sorts: []string{"at"},
		Part: func(sort string, offset, limit int) ([]journal.Entry, bool, error) {
			filter.Oldest = sort == "at"
			all, err := search(r.Tx, filter, 0, offset, limit+1)
			if err == nil {
				err = name(r.Tx, all, d.Names)
			}
			return all[:min(limit, len(all))], len(all) > limit, err
		},
		Count: func(most int) (int, error) { return journal.Count(r.Tx, filter, most) },
		Each: func(sort string, fn func(journal.Entry) error) error {
			filter.Oldest = sort == "at"
			for after := int64(0); ; {
				all, err := search(r.Tx, filter, after, 0, chunk)
				if err == nil {
					clear(d.Names)
					err = name(r.Tx, all, d.Names)
				}
				for i := 0; err == nil && i < len(all); i++ {
					after, err = all[i].ID, fn(all[i])
				}
				if err != nil || len(all) < chunk {
					return err
				}
			}
		}}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	d.Entries, d.Shown, err = l.Find(r, list.At{Sort: in.Sort, Page: in.Page, Filters: in.filters(ctx)}, found)
	return d, err
}

// search finds entries without what they keep of the business: values of rows, reasons, remarks. Who audits is told
// that somebody did something, and reads no word of it here that its own page would not show: a blind opinion, a note
// to oneself, a confidential record.
func search(tx *db.Tx, f journal.Filter, after int64, offset, limit int) ([]journal.Entry, error) {
	all, err := journal.Search(tx, f, after, offset, limit)
	for n := range all {
		if !ofPeople(all[n].Verb) {
			all[n].Detail = nil
		}
	}
	return all, err
}

// byTime is why heads of the journal do not sort: it has millions of entries and one order.
const byTime say.Key = "存证日志只按时间排；要找什么，用上面的筛选。"

// entries is the list. What is compared over years are the codes: they are saved beside the words.
func entries(names map[string]network.Label) list.List[journal.Entry] {
	type column = list.Column[journal.Entry]
	object := func(ctx context.Context, e journal.Entry) string { return objectWords(ctx, names, e.Object) }
	return list.List[journal.Entry]{Path: "/journal", File: "journal", Title: "存证日志", Size: 100, First: "-at",
		Intro: say.New("何人何时办理了何事。只记办理动作，不含业务内容；封链后的改动会被 yipanqi journal verify 查出。"),
		Empty: list.Empty{Title: "还没有存证日志", Next: "有人登录办理业务后，这里会逐条显示。"},
		Columns: []column{
			{Label: "序号", Unsorted: byTime, Numeric: true, Text: seqWords},
			{Name: "at", Label: "时间", Newest: true, Show: timeCell,
				Text: func(_ context.Context, e journal.Entry) string { return part.When(e.At) }},
			{Label: "办理人", Unsorted: byTime, Text: func(ctx context.Context, e journal.Entry) string {
				return actorWords(ctx, names, e)
			}},
			{Label: "动作代码", Saved: true, Text: func(_ context.Context, e journal.Entry) string { return e.Verb }},
			{Label: "动作", Unsorted: byTime, Show: verbCell,
				Text: func(ctx context.Context, e journal.Entry) string { return verbWord(ctx, e.Verb) }},
			{Label: "对象代码", Saved: true, Text: func(_ context.Context, e journal.Entry) string { return e.Object }},
			{Label: "对象", Unsorted: byTime,
				Text: object, Show: func(e journal.Entry) templ.Component { return objectCell(e, object) }},
			{Label: "对象内编号", Saved: true, Numeric: true, Text: func(_ context.Context, e journal.Entry) string {
				return strconv.FormatInt(e.ObjectSeq, 10)
			}},
			{Label: "说明", Saved: true, Text: aside},
			{Label: "封链摘要", Unsorted: byTime,
				Show: func(e journal.Entry) templ.Component { return part.Digest(e.Hash) },
				Text: func(_ context.Context, e journal.Entry) string { return e.Hash }},
		}}
}

// seqWords are the entry's place in the chain.
func seqWords(ctx context.Context, e journal.Entry) string {
	if e.Seq == 0 {
		return part.T(ctx, "待封链")
	}
	return strconv.FormatInt(e.Seq, 10)
}
