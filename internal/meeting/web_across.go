package meeting

// What was decided across meetings, by its words, with how each decision stands; and who came: units by meetings.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func acrossRoutes(m *web.Mux) {
	web.View(m, "GET /decisions 看历次会议的议定事项", VerbRead, showDecided, decidedPage)
	web.View(m, "GET /meetings/attendance 看各单位到会情况", VerbRead, showAttendance, attendancePage)
}

// decidedRow is a decision with its meeting.
type decidedRow struct {
	decided
	Meeting string `json:"meeting"`
	Title   string `json:"title"` // of the meeting
	On      string `json:"on"`
	LeadBy  string `json:"lead_name,omitempty"`
	LeadEN  string `json:"lead_name_en,omitempty"`
	words   say.Key
}

type decidedData struct {
	Items []decidedRow `json:"decisions"`
	// Done of those that are to be followed up and are due.
	Done Share `json:"done"`
	list.Shown[decidedRow]
}

type decidedInput struct {
	Q    string `json:"q" doc:"Words that the decision or its meeting has."`
	Show string `json:"show" enum:"open,done,overdue,plain" doc:"Which of them are wanted, as the page offers."`
	Lead string `json:"lead" doc:"Code of the unit that leads."`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

func showDecided(r *web.Request, in decidedInput) (d decidedData, err error) {
	if in.Lead != "" {
		if _, err := network.SeenUnit(r.Tx, r.User, in.Lead); err != nil {
			return d, errs.In("lead", err)
		}
	}
	all, err := everyDecision(r.Tx)
	if err != nil {
		return d, err
	}
	units, err := unitNames(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	meetings := map[string]*Meeting{} // nil: not for the reader
	kept := []decidedRow{}
	for _, one := range all {
		m, known := meetings[one.Meeting]
		if !known {
			read, seen, err := db.Maybe(Read(r.Tx, r.User, one.Meeting))
			if err != nil {
				return d, err
			}
			if m = nil; seen {
				m = &read
			}
			meetings[one.Meeting] = m
		}
		if m == nil {
			continue
		}
		row, err := rowOf(r, *m, one, units)
		if err != nil {
			return d, err
		}
		row.count(&d.Done, r.Tx.Today())
		if row.wanted(in) {
			kept = append(kept, row)
		}
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	show := list.Filter{Name: "show", Label: "显示", Value: in.Show, Options: []part.Option{
		{Value: "open", Label: part.T(ctx, "还没办结的")}, {Value: "overdue", Label: part.T(ctx, "逾期的")},
		{Value: "done", Label: part.T(ctx, "已办结的")}, {Value: "plain", Label: part.T(ctx, "不督办的")}}}
	d.Items, d.Shown, err = decidedList(d.Done).Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{{Name: "q", Label: "内容", Value: in.Q}, show,
			{Name: "lead", Value: in.Lead, Hidden: true}}}, kept)
	if d.Items == nil {
		d.Items = []decidedRow{}
	}
	return d, err
}

func rowOf(r *web.Request, m Meeting, d Decision, units names) (row decidedRow, err error) {
	n, _, err := minutesOf(r.Tx, m.ID)
	if err != nil {
		return row, err
	}
	view, err := m.decided(r, d, n)
	row = decidedRow{decided: view, Meeting: m.ID, Title: m.Title, On: m.Day(), LeadBy: units[d.Lead].Name,
		LeadEN: units[d.Lead].NameEN, words: d.words(view.matter)}
	return row, err
}

// count counts a decision that is to be followed up and is due, or done before.
func (d decidedRow) count(s *Share, today string) {
	s.add(d.Follow, d.matter.Ended, d.matter.Done, d.Due, today)
}

func (d decidedRow) wanted(in decidedInput) bool {
	switch {
	case in.Lead != "" && d.Lead != in.Lead,
		in.Q != "" && !strings.Contains(strings.ToLower(d.Text+" "+d.Title), strings.ToLower(strings.TrimSpace(in.Q))):
		return false
	}
	switch in.Show {
	case "open":
		return d.Follow && !d.matter.Ended
	case "overdue":
		return d.Lamp == "red"
	case "done":
		return d.matter.Done
	case "plain":
		return !d.Follow
	}
	return true
}

func decidedList(done Share) list.List[decidedRow] {
	return list.List[decidedRow]{Path: "/decisions", File: "decisions", Title: "议定事项", Size: 50,
		Intro:   say.New("历次会议议定了什么、办得怎样。到期应办结%d项，已办结%d项。", done.Of, done.Part),
		Actions: trainingLinks("/meetings/attendance", "到会情况"),
		Empty: list.Empty{Title: "没有议定事项", Next: "会议召开后，由主办单位在会议页记录。", Label: "会议",
			URL: "/meetings"},
		Columns: []list.Column[decidedRow]{
			{Name: "text", Label: "内容",
				URL:  func(d decidedRow) string { return "/meetings/" + d.Meeting + "#decisions" },
				Text: func(_ context.Context, d decidedRow) string { return d.Text }},
			{Name: "meeting", Label: "会议", Text: func(_ context.Context, d decidedRow) string { return d.Title },
				Compare: func(a, b decidedRow) int { return strings.Compare(a.Title, b.Title) }},
			{Name: "on", Label: "开会日", Newest: true,
				Text:    func(_ context.Context, d decidedRow) string { return d.On },
				Compare: func(a, b decidedRow) int { return strings.Compare(a.On, b.On) }},
			{Name: "lead", Label: "牵头单位",
				Text:    func(ctx context.Context, d decidedRow) string { return part.Name(ctx, d.LeadBy, d.LeadEN) },
				Compare: func(a, b decidedRow) int { return strings.Compare(a.Lead, b.Lead) }},
			{Name: "due", Label: "期限", Text: func(_ context.Context, d decidedRow) string { return d.Due },
				Compare: func(a, b decidedRow) int { return strings.Compare(a.Due, b.Due) }},
			{Name: "state", Label: "状态", Show: decidedChip,
				Text: func(ctx context.Context, d decidedRow) string { return part.T(ctx, d.words) }},
			{Label: "督办件", Saved: true,
				Text: func(_ context.Context, d decidedRow) string { return d.matter.Number }},
		}}
}

// came is a unit with how it came to the meetings of a year.
type came struct {
	Unit     string          `json:"unit"`
	Name     string          `json:"name"`
	NameEN   string          `json:"name_en,omitempty"`
	Meetings map[string]seat `json:"meetings"` // by the meeting's identifier
	Present  Share           `json:"present"`  // of seats

	url string // of the unit
}

// seat is how a unit came to one meeting.
type seat struct {
	Seats   int `json:"seats"`
	Present int `json:"present"`
	Excused int `json:"excused"`
}

// attendedMeeting is a meeting in the table, with its measures.
type attendedMeeting struct {
	ID    string     `json:"id"`
	Title string     `json:"title"`
	On    string     `json:"on"`
	Count Attendance `json:"attendance"`
}

type attendanceData struct {
	Year     int               `json:"year"`
	Meetings []attendedMeeting `json:"meetings"`
	Items    []came            `json:"units"`
	list.Shown[came]
}

type attendanceInput struct {
	Year int    `json:"year"`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

func showAttendance(r *web.Request, in attendanceInput) (d attendanceData, err error) {
	held, err := every(r.Tx, Held, Minuted, Closed)
	if err != nil {
		return d, err
	}
	seen, years := []Meeting{}, []int{}
	for _, m := range held {
		if _, err := Read(r.Tx, r.User, m.ID); errs.KindOf(err) == errs.Missing {
			continue
		} else if err != nil {
			return d, err
		}
		seen = append(seen, m)
		if year, _ := strconv.Atoi(m.Day()[:4]); !slices.Contains(years, year) {
			years = append(years, year)
		}
	}
	if d.Year = in.Year; d.Year == 0 && len(years) > 0 {
		d.Year = years[len(years)-1]
	}
	d.Meetings = []attendedMeeting{}
	units := map[string]*came{}
	names, err := unitNames(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	order := []*came{}
	for _, m := range seen {
		if m.Day()[:4] != strconv.Itoa(d.Year) {
			continue
		}
		all, err := invitationsOf(r.Tx, m.ID)
		if err != nil {
			return d, err
		}
		coming, err := attendeesOf(r.Tx, m.ID)
		if err != nil {
			return d, err
		}
		d.Meetings = append(d.Meetings, attendedMeeting{m.ID, m.Title, m.Day(), attendance(all, coming)})
		for _, i := range all {
			u := units[i.Unit]
			if u == nil {
				u = &came{Unit: i.Unit, Name: names[i.Unit].Name, NameEN: names[i.Unit].NameEN,
					Meetings: map[string]seat{}, url: names[i.Unit].url}
				units[i.Unit], order = u, append(order, u)
			}
			one := invitedOf(i, coming[i.ID], false)
			u.Meetings[m.ID] = seat{one.Seats, one.Present, one.Excused}
			u.Present.Part, u.Present.Of = u.Present.Part+min(one.Present, one.Seats), u.Present.Of+one.Seats
		}
	}
	slices.SortStableFunc(order, func(a, b *came) int { return names[a.Unit].Position - names[b.Unit].Position })
	rows := []came{}
	for _, u := range order {
		rows = append(rows, *u)
	}
	slices.Sort(years)
	choice := list.Filter{Name: "year", Label: "年份", Value: strconv.Itoa(d.Year), Must: true}
	if in.Year != 0 && !slices.Contains(years, in.Year) {
		years = append(years, in.Year)
	}
	for _, year := range slices.Backward(years) {
		choice.Options = append(choice.Options, part.Option{Value: strconv.Itoa(year), Label: strconv.Itoa(year)})
	}
	if len(years) == 0 {
		choice.Value, choice.Must = "", false
	}
	d.Items, d.Shown, err = attendanceList(d).Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{choice}}, rows)
	if d.Items == nil {
		d.Items = []came{}
	}
	return d, err
}

func attendanceList(d attendanceData) list.List[came] {
	l := list.List[came]{Path: "/meetings/attendance", File: "attendance", Title: "到会情况", Size: 100,
		Intro:   say.New("各单位每次会议到会几人、邀请几人；请假的写“假”，没有受邀的留空。"),
		Actions: trainingLinks("/decisions", "议定事项"),
		Empty: list.Empty{Title: "没有开过的会议", Next: "会议召开后，到会情况列在这里。", Label: "会议",
			URL: "/meetings"},
		Columns: []list.Column[came]{
			{Name: "unit", Label: "单位", URL: func(c came) string { return c.url },
				Text:    func(ctx context.Context, c came) string { return part.Name(ctx, c.Name, c.NameEN) },
				Compare: func(a, b came) int { return strings.Compare(a.Name, b.Name) }}}}
	for _, m := range d.Meetings {
		l.Columns = append(l.Columns, list.Column[came]{Name: m.ID, Numeric: true,
			Label: say.Key(m.On[5:] + " " + m.Title),
			Text:  func(ctx context.Context, c came) string { return c.Meetings[m.ID].words(ctx) }})
	}
	l.Columns = append(l.Columns, list.Column[came]{Name: "share", Label: "到会率", Numeric: true,
		Text: func(_ context.Context, c came) string {
			return strconv.Itoa(c.Present.Part) + "/" + strconv.Itoa(c.Present.Of)
		},
		Compare: func(a, b came) int { return a.Present.Part*b.Present.Of - b.Present.Part*a.Present.Of }})
	if len(d.Meetings) > 0 {
		l.Above = attendanceAbove(d.Meetings)
	}
	return l
}

func (s seat) words(ctx context.Context) string {
	switch {
	case s.Seats == 0:
		return ""
	case s.Present == 0 && s.Excused > 0:
		return part.T(ctx, "假")
	}
	return strconv.Itoa(s.Present) + "/" + strconv.Itoa(s.Seats)
}

func decidedPage(d decidedData) templ.Component { return list.Page(d.Shown) }

func attendancePage(d attendanceData) templ.Component { return list.Page(d.Shown) }
