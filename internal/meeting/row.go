package meeting

// What hangs on a meeting: who is invited, who comes, minutes, decisions; and what the journal keeps of each as it
// stands, which Verify holds the rows against.

import (
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"
)

// Invitation asks a unit to a meeting.
type Invitation struct {
	ID        string
	Meeting   string
	Unit      string
	Capacity  string
	Level     string
	Seats     int
	Position  int
	RepliedBy string
	RepliedAt time.Time
}

// Attendee is a person whom a unit names in its reply, or whom the host wrote down at the door. Who has an excuse does
// not come; who came has an arrival.
type Attendee struct {
	ID          string
	Invitation  string
	Position    int
	Name        string
	Title       string
	Level       string
	Phone       string
	Excuse      string
	StandsInFor string
	PersonID    string
	PostID      string // of that day
	ArrivedAt   time.Time
	CheckIn     string
	Scores      map[string]string // of tests: item → points
}

// Present says whether the person was there.
func (a Attendee) Present() bool { return !a.ArrivedAt.IsZero() }

// Minutes are what the minute-taker writes, until it goes on as a letter.
type Minutes struct {
	Meeting     string
	Text        string
	State       string
	DraftedByID string
	DraftedBy   string
	DraftedAt   time.Time
	Letter      string // id; '' until it is sent
	Number      string // of the letter, once it is issued
	IssuedAt    time.Time
	Version     int64
}

// Decision is one thing that a meeting decided.
type Decision struct {
	ID         string
	Meeting    string
	Number     int
	Text       string
	AgendaItem string
	Lead       string
	Supporting []string
	DueOn      string
	DueByLead  bool // the lead unit sets the day
	Follow     bool
	WhyNot     string
	Indicator  string
	Goal       string
	Matter     string // id of the matter that it became
}

// row is one row as the journal keeps it: its name, and its columns; none if it is gone.
type row struct {
	name    string
	columns map[string]string
}

func (r row) text() string {
	if r.columns == nil {
		return ""
	}
	maps.DeleteFunc(r.columns, func(_, value string) bool { return value == "" })
	text, _ := json.Marshal(r.columns) // texts always marshal, their keys sorted
	return string(text)
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func yes(b bool) string {
	if b {
		return "true"
	}
	return ""
}

func instant(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// digest stands for a long text.
func digest(text string) string {
	if text == "" {
		return ""
	}
	sum := sm3.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}

// asList is codes as they are kept: a JSON list.
func asList(codes []string) string {
	if len(codes) == 0 {
		return "[]"
	}
	text, _ := json.Marshal(codes) // texts always marshal
	return string(text)
}

func scores(of map[string]string) string {
	if len(of) == 0 {
		return "{}"
	}
	text, _ := json.Marshal(of) // texts always marshal
	return string(text)
}

func (m Meeting) row() row {
	return row{"meeting", map[string]string{"number": m.Number, "title": m.Title, "kind": m.Kind, "session": m.Session,
		"host": m.Host, "co_hosts": asList(m.CoHosts), "area_path": m.AreaPath, "starts": instant(m.Starts),
		"ends": instant(m.Ends), "form": m.Form, "place": m.Place, "chair_unit": m.ChairUnit, "chair_role": m.ChairRole,
		"about": m.About, "prepared_by": m.PreparedBy, "scope": m.Scope, "reply_by": m.ReplyBy, "source": m.Source,
		"source_url": m.SourceURL, "reason": m.Reason}}
}

func (a AgendaItem) row() row {
	return row{a.Object(), map[string]string{"number": number(a.Number), "title": a.Title, "kind": a.Kind,
		"speaker_unit": a.SpeakerUnit, "speaker": a.Speaker, "minutes": number(a.Minutes), "paper": a.Paper,
		"visible_to": a.VisibleTo, "outcome": a.Outcome, "subjects": strings.Join(a.Subjects, " "), "hours": a.Hours,
		"teacher": a.Teacher}}
}

func (i Invitation) row() row {
	return row{"invitation/" + i.ID, map[string]string{"unit": i.Unit, "capacity": i.Capacity, "level": i.Level,
		"seats": number(i.Seats), "position": number(i.Position), "replied_by": i.RepliedBy,
		"replied_at": instant(i.RepliedAt)}}
}

func (a Attendee) row() row {
	return row{"attendee/" + a.ID, map[string]string{"invitation": a.Invitation, "position": number(a.Position),
		"name": a.Name, "title": a.Title, "level": a.Level, "phone": a.Phone, "excuse": a.Excuse,
		"stands_in_for": a.StandsInFor, "person_id": a.PersonID, "post_id": a.PostID,
		"arrived_at": instant(a.ArrivedAt),
		"check_in":   a.CheckIn, "scores": scores(a.Scores)}}
}

func (n Minutes) row() row {
	return row{"minutes", map[string]string{"text": digest(n.Text), "drafted_by_id": n.DraftedByID,
		"drafted_by": n.DraftedBy, "drafted_at": instant(n.DraftedAt), "letter": n.Letter, "number": n.Number,
		"issued_at": instant(n.IssuedAt), "state": n.State}}
}

func (d Decision) row() row {
	return row{"decision/" + d.ID, map[string]string{"number": number(d.Number), "text": d.Text,
		"agenda_item": d.AgendaItem, "lead": d.Lead, "supporting": asList(d.Supporting), "due_on": d.DueOn,
		"due_by_lead": yes(d.DueByLead), "follow": yes(d.Follow), "why_not": d.WhyNot, "indicator": d.Indicator,
		"goal": d.Goal, "matter": d.Matter}}
}

// gone is a row that is no more.
func gone(r row) row { return row{name: r.name} }

// byPosition orders who comes as their unit named them.
func byPosition(all []Attendee) []Attendee {
	slices.SortStableFunc(all, func(a, b Attendee) int { return a.Position - b.Position })
	return all
}
