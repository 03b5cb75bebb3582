package meeting

// The file of meetings that a publication tells of: what was held and said, no replies, arrivals or decisions.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/intake"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
)

// Files are those that meetings are imported from.
func Files() []intake.File {
	return []intake.File{{Path: "meetings.csv", Title: "公开来源写明的会议",
		Columns: "title*=名称 kind*=类别（名称或代码） " +
			"session=届次 host*=主办单位 date*=日期 place=地点 chair*=主持单位 scope=参会范围 " +
			"agenda=议程（一行一项，如：报告：题目；讲话） source_title*=来源 source_url=来源网址",
		Help: "记为历史记录，不收回执、不签到、不督办；没有写明的不填", Key: "title host date",
		After: []string{network.UnitCodes.File}, Row: takeMeeting}}
}

// takeMeeting records a meeting once; one that is there already stays as it is.
func takeMeeting(r *intake.Run, w *intake.Row) (bool, error) {
	host := intake.Ref(w, "host", network.UnitCodes)
	chair := intake.Ref(w, "chair", network.UnitCodes)
	day, kind := w.Day("date"), ""
	kinds, err := Kinds(r.Tx)
	if err != nil {
		return false, err
	}
	for _, k := range kinds {
		if said := w.Text("kind"); said == k.Code || said == k.Name {
			kind = k.Code
		}
	}
	if kind == "" {
		w.Fail("kind", "没有“%s”这个会议类别", w.Text("kind"))
	}
	m := Meeting{ID: db.NewID(), Title: w.Text("title"), Kind: kind, Session: w.Text("session"), Host: host.Code,
		Form: Room, Place: w.Text("place"), ChairUnit: chair.Code, Scope: w.Text("scope"),
		Source: w.Text("source_title"), SourceURL: w.Address("source_url"), State: Recorded,
		UpdatedBy: journal.System.Name, UpdatedAt: r.Tx.Now}
	agenda := agendaOfText(w)
	if w.Bad() {
		return false, nil
	}
	m.Starts, _ = dayAt(day)
	m.Starts = m.Starts.UTC()
	m.Ends = m.Starts.Add(24*time.Hour - time.Minute)
	same, err := sameNamed(r.Tx, m.Host, m.Title)
	if err != nil || slices.ContainsFunc(same, func(o Meeting) bool { return o.Day() == day }) {
		return false, err
	}
	_, area, err := homeOfUnit(r.Tx, m.Host)
	if err != nil {
		return false, err
	}
	m.AreaPath = area.Path
	return true, m.bringIn(r.Tx, agenda)
}

// bringIn writes a meeting that was brought in, with its agenda.
func (m Meeting) bringIn(tx *db.Tx, agenda []AgendaItem) error {
	if err := insert(tx, m); err != nil {
		return err
	}
	rows := []row{m.row()}
	for i, a := range agenda {
		a.ID, a.Meeting, a.Number, a.VisibleTo = db.NewID(), m.ID, i+1, visibles[0].Code
		if err := putAgenda(tx, a); err != nil {
			return err
		}
		rows = append(rows, a.row())
	}
	st, _ := life.Step("", VerbImport)
	if err := move(tx, journal.System, &m, st, nil, rows...); err != nil {
		return err
	}
	return findable(tx, m)
}

// agendaOfText reads an agenda of one line an item: its kind, then its title.
func agendaOfText(w *intake.Row) (all []AgendaItem) {
	for _, line := range strings.FieldsFunc(w.Text("agenda"), func(r rune) bool { return r == '\n' || r == '；' }) {
		said, title, _ := strings.Cut(strings.TrimSpace(line), "：")
		kind := codeOf(itemKinds, said)
		if kind == "" || kind == train {
			w.Fail("agenda", "“%s”不是议程类型，请写成：报告：题目", said)
			return nil
		}
		if title == "" {
			title = said
		}
		all = append(all, AgendaItem{Title: title, Kind: kind})
	}
	return all
}
