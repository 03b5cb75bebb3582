package app

// The page of the journal for the audit administrator, page by page and as a table.

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
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

func (in journalInput) fields(ctx context.Context) []part.FieldView {
	kinds := []part.Option{{Value: "", Label: part.T(ctx, "全部")}, {Value: "session.", Label: part.T(ctx, "登录")},
		{Value: "session.refuse", Label: part.T(ctx, "登录失败")}, {Value: "account.", Label: part.T(ctx, "账号")},
		{Value: "post.", Label: part.T(ctx, "岗位")}, {Value: "key.", Label: part.T(ctx, "签名密钥")},
		{Value: "submission.", Label: part.T(ctx, "报表")}, {Value: "check.", Label: part.T(ctx, "核对")},
		{Value: "definition.", Label: part.T(ctx, "定义")}}
	return []part.FieldView{{Name: "verb", Label: part.T(ctx, "动作"), Value: in.Verb, Options: kinds},
		{Name: "actor", Label: part.T(ctx, "经办"), Value: in.Actor},
		{Name: "object", Label: part.T(ctx, "对象"), Value: in.Object},
		{Name: "from", Label: part.T(ctx, "从"), Type: "date", Value: in.From},
		{Name: "to", Label: part.T(ctx, "到"), Type: "date", Value: in.To}}
}

// aside is what an entry says beside its object, where it is about people and no business.
func aside(e journal.Entry) string {
	if of, _, _ := strings.Cut(e.Verb, "."); !slices.Contains([]string{"session", "account", "post", "key"}, of) {
		return ""
	}
	var all []string
	for _, name := range slices.Sorted(maps.Keys(e.Detail)) {
		if name != "public_key" {
			all = append(all, name+"="+e.Detail[name])
		}
	}
	return strings.Join(all, " ")
}

// journalData is what the audit administrator reads: who did what to which object, never the content.
type journalData struct {
	Entries []journal.Entry `json:"entries"`
	Head    journal.Head    `json:"head"`
	Older   int64           `json:"older,omitempty"` // pass as before for the next page

	in   journalInput
	more func(func(journal.Entry) error) error // all that follows, for a table to be saved
}

func journalRoutes(m *web.Mux) {
	web.View(m, "GET /journal 查存证日志", "journal.read", showJournal, journalPage)
}

func showJournal(r *web.Request, in journalInput) (d journalData, err error) {
	d.in = in
	filter, err := in.filter()
	if err != nil {
		return d, err
	}
	if r.Whole {
		d.more = func(fn func(journal.Entry) error) error {
			for before := in.Before; ; {
				page, err := journal.Search(r.Tx, filter, before, journalPageSize)
				for i := 0; err == nil && i < len(page); i++ {
					err = fn(page[i])
				}
				if err != nil || len(page) < journalPageSize {
					return err
				}
				before = page[len(page)-1].ID
			}
		}
		return d, nil
	}
	if d.Entries, err = journal.Search(r.Tx, filter, in.Before, journalPageSize); err != nil {
		return d, err
	}
	if n := len(d.Entries); n == journalPageSize {
		d.Older = d.Entries[n-1].ID
	}
	d.Head, err = journal.LastSealed(r.Tx)
	return d, err
}

func (d journalData) Table(context.Context) table.Table {
	t := table.Table{Name: "journal", Columns: []table.Column{{Name: "序号", Number: true}, {Name: "时间"},
		{Name: "经办"}, {Name: "动作"},
		{Name: "对象"}, {Name: "对象内编号", Number: true}, {Name: "说明"}, {Name: "封链摘要"}}}
	t.More = func(yield func([]string) error) error {
		return d.more(func(e journal.Entry) error {
			return yield([]string{strconv.FormatInt(e.Seq, 10), part.When(e.At), e.Actor, e.Verb, e.Object,
				strconv.FormatInt(e.ObjectSeq, 10), aside(e), e.Hash})
		})
	}
	return t
}
