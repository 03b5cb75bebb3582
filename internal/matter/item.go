package matter

// An item: what one unit, or the office of one area, owes of a matter; and the colour of its lamp by a day.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/flow"
)

// Step is one measure of an item's plan.
type Step struct {
	Text   string `json:"text"`
	Unit   string `json:"unit,omitempty"`
	Due    string `json:"due,omitempty"`
	DoneOn string `json:"done_on,omitempty"`
}

// Item is one of a matter's.
type Item struct {
	ID             string
	MatterID       string
	Position       int
	Unit           string
	AreaID         int64
	Text           string
	CauseKinds     List[string]
	Cause          string
	Steps          List[Step]
	Due            string
	OriginalDue    string
	DueBy          string
	NextOn         string
	HandlerID      string
	Handler        string
	Responsible    string
	State          State
	BeforeState    State
	Since          string
	ReceivedOn     string
	PlannedOn      string
	StartedOn      string
	NotedOn        string
	Note           string
	NotesOwed      int
	NotesInTime    int
	Extensions     int
	WantedDue      string
	AskedOn        string
	Declines       int
	ReportedOn     string
	ReporterID     string
	ReporterUnit   string
	Checks         int
	FirstJudgement string
	Judgement      string
	Checker        string
	CheckUnit      string
	ClosedOn       string
	Closings       int
	FirstClosedOn  string
	Reopenings     int
	ReopenedOn     string
	SuspendedOn    string
	LookOn         string
	SuspendedDays  int
	Reason         string
	Entries        int
	Changed        int64
	Urges          int
	UrgedOn        string

	copied
}

// copied is what an item repeats of its matter, for the indexes of lists.
type copied struct {
	Number    string
	Year      int
	Serial    int
	AreaPath  string
	Domains   string
	Class     string
	Urgency   string
	Flags     string
	Kinds     string
	Indicator string
	Goal      string
	facets    string
}

// own are the columns that the journal has.
func (i *Item) own() []field {
	return []field{{"matter_id", &i.MatterID}, {"position", &i.Position}, {"unit", &i.Unit}, {"area_id", &i.AreaID},
		{"text", &i.Text}, {"cause_kinds", &i.CauseKinds}, {"cause", &i.Cause}, {"steps", &i.Steps}, {"due", &i.Due},
		{"original_due", &i.OriginalDue}, {"due_by", &i.DueBy}, {"next_on", &i.NextOn}, {"handler_id", &i.HandlerID},
		{"handler", &i.Handler}, {"responsible", &i.Responsible}, {"state", &i.State}, {"before_state", &i.BeforeState},
		{"since", &i.Since}, {"received_on", &i.ReceivedOn}, {"planned_on", &i.PlannedOn}, {"started_on", &i.StartedOn},
		{"noted_on", &i.NotedOn}, {"note", &i.Note}, {"notes_owed", &i.NotesOwed}, {"notes_in_time", &i.NotesInTime},
		{"extensions", &i.Extensions}, {"wanted_due", &i.WantedDue}, {"asked_on", &i.AskedOn},
		{"declines", &i.Declines}, {"reported_on", &i.ReportedOn}, {"reporter_id", &i.ReporterID},
		{"reporter_unit", &i.ReporterUnit}, {"checks", &i.Checks}, {"first_judgement", &i.FirstJudgement},
		{"judgement", &i.Judgement}, {"checker", &i.Checker}, {"check_unit", &i.CheckUnit}, {"closed_on", &i.ClosedOn},
		{"closings", &i.Closings}, {"first_closed_on", &i.FirstClosedOn}, {"reopenings", &i.Reopenings},
		{"reopened_on", &i.ReopenedOn}, {"suspended_on", &i.SuspendedOn}, {"look_on", &i.LookOn},
		{"suspended_days", &i.SuspendedDays}, {"reason", &i.Reason}, {"changed", &i.Changed},
		{"urges", &i.Urges}, {"urged_on", &i.UrgedOn}}
}

// copies are the columns that say again what the matter says.
func (i *Item) copies() []field {
	return []field{{"number", &i.Number}, {"year", &i.Year}, {"serial", &i.Serial}, {"area_path", &i.AreaPath},
		{"domains", &i.Domains}, {"class", &i.Class}, {"urgency", &i.Urgency}, {"flags", &i.Flags},
		{"kinds", &i.Kinds}, {"indicator", &i.Indicator}, {"goal", &i.Goal}, {"facets", &i.facets}}
}

// all are the columns of the row.
func (i *Item) all() []field {
	return slices.Concat([]field{{"id", &i.ID}}, i.own(), []field{{"entries", &i.Entries}}, i.copies())
}

// Object is the item's name in the journal.
func (i Item) Object() string { return "item/" + i.ID }

// URL is where the item stands on its matter's page.
func (i Item) URL() string { return "/matters/" + i.MatterID + "#item-" + i.ID }

// runs says whether the item's clock runs.
func (i Item) runs() bool { return slices.Contains(running, i.State) }

// open says whether something is left to do.
func (i Item) open() bool { return i.runs() || i.State == Reported || i.State == Suspended }

var running = []State{Raised, Received, Declined, Planned, InProgress}

// Lamp is the item's on a day: its day while it runs, its report's day once it is reported. What has ended has none.
func (i Item) Lamp(today string, near int) string {
	switch {
	case i.State == Suspended:
		return flow.Pause
	case i.State == Reported && i.Due != "":
		if i.ReportedOn > i.Due {
			return flow.Red
		}
		return flow.Green
	case !i.runs():
		return flow.Grey
	}
	return flow.Lamp(i.NextOn, today, near)
}

// pressing are the lamps, the most pressing first.
var pressing = []string{flow.Red, flow.Blue, flow.Pause, flow.Green, flow.Grey}

// Lamp is the most pressing of the items'.
func (m Matter) Lamp(today string, near int) string {
	worst := flow.Grey
	for _, i := range m.Items {
		if l := i.Lamp(today, near); slices.Index(pressing, l) < slices.Index(pressing, worst) {
			worst = l
		}
	}
	return worst
}

// look works out which day the lamp looks at: a continuing item that runs owes a note each quarter.
func (i *Item) look(class string) {
	i.NextOn = i.Due
	if class == Continuing && i.State == InProgress {
		i.NextOn = i.nextNote()
	}
}

// nextNote is the last day of the quarter for which a note is owed: that after the last note's, else the one in which
// the item was started. A note that is due after the item itself is not owed.
func (i Item) nextNote() string {
	day := i.StartedOn
	if i.NotedOn > day {
		day = i.NotedOn
	}
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return i.Due
	}
	next := quarterEnd(at)
	if i.NotedOn >= i.StartedOn && i.NotedOn != "" {
		next = quarterEnd(next.AddDate(0, 0, 1))
	}
	if end := next.Format(time.DateOnly); i.Due == "" || end < i.Due {
		return end
	}
	return i.Due
}

func quarterEnd(day time.Time) time.Time {
	first := time.Date(day.Year(), (day.Month()-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 3, -1)
}

// codes are codes as a copied column has them, each between blanks.
func codes(all []string) string {
	if len(all) == 0 {
		return ""
	}
	slices.Sort(all)
	return " " + strings.Join(slices.Compact(all), " ") + " "
}
