package plan

// Measures 策略措施: what is done for a goal or for a whole domain. Whether one was carried out is said by matters and
// answers that name it, not here.

// Measure is what a plan says will be done.
type Measure struct {
	Plan        string `json:"-"`
	Code        string `json:"code"`
	Domain      string `json:"domain"`
	Goal        string `json:"goal,omitempty"` // empty: for the whole domain
	Text        string `json:"text"`
	TextEN      string `json:"text_en"`
	SourceTitle string `json:"source_title,omitempty"`
	SourceURL   string `json:"source_url,omitempty"`
	Position    int    `json:"-"`
}

// anchor is where a plan's page shows it; goals stand there by their code.
func (m Measure) anchor() string { return "measure-" + m.Code }

// MeasureUnit says that a unit answers for a measure, as a GoalUnit does for a goal.
type MeasureUnit struct {
	Plan    string `json:"plan"`
	Measure string `json:"measure"`
	Unit    string `json:"unit"`
	Duty    string `json:"duty"`

	since, until string // days; '' = ever since, still
}

// on says whether the unit answered for it on a day; "" is today, by rows that still hold.
func (u MeasureUnit) on(day string) bool {
	if day == "" {
		return u.until == ""
	}
	return u.since <= day && (u.until == "" || day < u.until)
}
