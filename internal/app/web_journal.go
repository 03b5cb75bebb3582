package app

// The page of the journal for the audit administrator, page by page and as a table.

import (
	"strconv"

	"yipanqi/internal/journal"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

const journalPageSize = 100

type journalInput struct {
	Before int64 `json:"before"`
}

// journalData is what the audit administrator reads: who did what to which object, never the content.
type journalData struct {
	Entries []journal.Entry `json:"entries"`
	Head    journal.Head    `json:"head"`
	Older   int64           `json:"older,omitempty"` // pass as before for the next page

	more func(func(journal.Entry) error) error // all that follows, for a table to be saved
}

func journalRoutes(m *web.Mux) {
	web.View(m, "GET /journal", "journal.read", showJournal, journalPage)
}

func showJournal(r *web.Request, in journalInput) (d journalData, err error) {
	if r.Whole {
		d.more = func(fn func(journal.Entry) error) error {
			for before := in.Before; ; {
				page, err := journal.Recent(r.Tx, before, journalPageSize)
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
	if d.Entries, err = journal.Recent(r.Tx, in.Before, journalPageSize); err != nil {
		return d, err
	}
	if n := len(d.Entries); n == journalPageSize {
		d.Older = d.Entries[n-1].ID
	}
	d.Head, err = journal.LastSealed(r.Tx)
	return d, err
}

func (d journalData) Table() table.Table {
	t := table.Table{Name: "journal", Columns: []table.Column{{Name: "序号", Number: true}, {Name: "时间"},
		{Name: "经办"}, {Name: "动作"},
		{Name: "对象"}, {Name: "对象内编号", Number: true}, {Name: "封链摘要"}}}
	t.More = func(yield func([]string) error) error {
		return d.more(func(e journal.Entry) error {
			return yield([]string{strconv.FormatInt(e.Seq, 10), part.When(e.At), e.Actor, e.Verb, e.Object,
				strconv.FormatInt(e.ObjectSeq, 10), e.Hash})
		})
	}
	return t
}
