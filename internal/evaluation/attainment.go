package evaluation

// How the indicators of a participant stand on the cutoff day: base, target, latest value, change, lamp and class. The
// verdict is package progress's; a person may move reachable and far, with a reason that stands beside it.

import (
	"slices"
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/submission"
)

// Classes of attainment.
const (
	Met       = "met"
	OnTrack   = "on_track"
	Reachable = "reachable"
	Far       = "far"
	NoData    = "no_data"
	NoTarget  = "no_target"
)

var classes = []choice{{Met, "已达标"}, {OnTrack, "进展正常"}, {Reachable, "经努力可达标"}, {Far, "差距较大"},
	{NoData, "无数据"}, {NoTarget, "无目标值"}}

// classOf is the class that a verdict comes to. What cannot be judged for want of figures has none.
func classOf(lamp progress.Lamp) string {
	switch lamp {
	case progress.LampMet:
		return Met
	case progress.LampOnPace:
		return OnTrack
	case progress.LampBehind, progress.LampShort:
		return Reachable
	case progress.LampWorsening:
		return Far
	case progress.LampNoTarget:
		return NoTarget
	}
	return NoData
}

// Move is where somebody moved an indicator between reachable and far.
type Move struct {
	RoundID   string `json:"-"`
	Unit      string `json:"unit"`
	Indicator string `json:"indicator"`
	Class     string `json:"class"`
	Reason    string `json:"reason"`
	Person    string `json:"by"`
	On        string `json:"on"`
}

// Object is the move's name in the journal.
func (m Move) Object() string { return "move/" + m.RoundID + "." + m.Unit + "." + m.Indicator }

// Line is one indicator of a participant. Values are as shown, with their units.
type Line struct {
	Indicator  string `json:"indicator"`
	Name       string `json:"name"`
	NameEN     string `json:"name_en"`
	Goal       string `json:"goal"` // plan/code
	Domain     string `json:"domain"`
	BasePeriod string `json:"base_period"`
	Base       string `json:"base"`
	Target     string `json:"target"`
	Period     string `json:"period"`
	Value      string `json:"value"`
	Unit       string `json:"unit"`
	Change     string `json:"change"`
	Status     string `json:"status"`
	Proof      string `json:"proof"`
	Lamp       string `json:"lamp"`
	Computed   string `json:"computed"`        // the class by the verdict
	Class      string `json:"class"`           // the one that counts
	Moved      *Move  `json:"moved,omitempty"` // who moved it
	Later      string `json:"later,omitempty"` // the value since, where it was amended after the cutoff

	value, later progress.Value
	target       indicator.Target
	verdict      progress.Verdict
	of           indicator.Indicator
}

// known says whether there is anything to show: a figure, one that is due or kept secret, or a target.
func (l Line) known() bool { return l.Period != "" || l.Target != "" }

// signed says whether what the figure rests on is complete and signed by two.
func (l Line) signed() bool { return l.Value != "" && l.Status == string(progress.Proven) }

// place is an indicator under the goal where it is asked for.
type place struct {
	indicator.Indicator
	goal, domain string
}

// places are the indicators of the round's plans, each once, in the order of the plans.
func (r Round) places(tx *db.Tx) (all []place, err error) {
	list, err := indicator.List(tx)
	if err != nil {
		return nil, err
	}
	by := map[int64]indicator.Indicator{}
	for _, i := range list {
		by[i.ID] = i
	}
	seen := map[int64]bool{}
	for _, code := range r.Plans {
		goals, err := plan.Goals(tx, code)
		if err != nil {
			return nil, err
		}
		domain := map[string]string{}
		for _, g := range goals {
			domain[g.Code] = g.Domain
		}
		on, err := indicator.OnGoalsIn(tx, code, r.firstYear())
		if err != nil {
			return nil, err
		}
		for _, g := range on {
			if i, known := by[g.IndicatorID]; known && !seen[i.ID] {
				seen[i.ID] = true
				all = append(all, place{i, code + "/" + g.Goal, code + "/" + domain[g.Goal]})
			}
		}
	}
	return all, nil
}

// asked are the indicators of a participant: an area's are all of the plans, a unit's those that it is the source of or
// leads the goals of.
func (r Round) asked(tx *db.Tx, p Participant, all []place) ([]place, error) {
	if p.Area != "" {
		return all, nil
	}
	own, err := indicator.SourcedBy(tx, p.Unit, "")
	if err != nil {
		return nil, err
	}
	duties, err := plan.DutiesOfUnit(tx, p.Unit, "")
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(all), func(at place) bool {
		return !slices.ContainsFunc(own, func(i indicator.Indicator) bool { return i.ID == at.ID }) &&
			!slices.ContainsFunc(duties, func(d plan.GoalUnit) bool {
				return d.Duty == plan.Lead && d.Plan+"/"+d.Goal == at.goal
			})
	}), nil
}

// areaOf is the area whose figures a participant answers for.
func (r Round) areaOf(tx *db.Tx, p Participant) (network.Area, error) {
	if p.Area != "" {
		return network.AreaByCode(tx, p.Area, "")
	}
	return network.AreaByID(tx, r.AreaID)
}

// Attainment is how the indicators of a participant stand as known on the cutoff day, in the order of the plans; those
// about which the area has no figure, owes none and has no target are left out.
func (r Round) Attainment(tx *db.Tx, p Participant) ([]Line, error) {
	all, err := r.places(tx)
	if err != nil {
		return nil, err
	}
	if all, err = r.asked(tx, p, all); err != nil {
		return nil, err
	}
	area, err := r.areaOf(tx, p)
	if err != nil {
		return nil, err
	}
	lines, err := r.stand(tx, area, all)
	if err != nil {
		return nil, err
	}
	moves, err := movesOf(tx, r.ID, p.Unit)
	if err != nil {
		return nil, err
	}
	for i := range lines {
		if m, moved := moves[lines[i].Indicator]; moved && (lines[i].Computed == Reachable ||
			lines[i].Computed == Far) {
			lines[i].Moved, lines[i].Class = &m, m.Class
		}
	}
	return lines, nil
}

// firstYear is the first that is judged.
func (r Round) firstYear() int {
	y, _ := year(r.From) // checked when it was planned
	return y
}

// years are those up to the last that is judged, from the one before the earliest plan.
func (r Round) years(tx *db.Tx) (all []period.Period, err error) {
	until, _ := year(r.Until)
	from, _ := year(r.From)
	for _, code := range r.Plans {
		p, err := plan.ByCode(tx, code)
		if err != nil {
			return nil, err
		}
		from = min(from, p.Starts-1)
	}
	for y := from; y <= until; y++ {
		p, err := period.Parse(strconv.Itoa(y))
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// stand reads how indicators stand in an area as known on the cutoff day.
func (r Round) stand(tx *db.Tx, area network.Area, all []place) (lines []Line, err error) {
	q := progress.Query{Areas: []network.Area{area}, Indicators: []indicator.Indicator{}}
	for _, at := range all {
		q.Indicators = append(q.Indicators, at.Indicator)
	}
	if q.Periods, err = r.years(tx); err != nil || len(all) == 0 {
		return nil, err
	}
	now, then, err := submission.Known(tx, area, q, r.CutoffOn)
	if err != nil {
		return nil, err
	}
	targets, err := progress.Targets(tx, area.ID, 0)
	if err != nil {
		return nil, err
	}
	until, _ := year(r.Until)
	series, since := progress.ByIndicator(then), progress.ByIndicator(now)
	for _, at := range all {
		target := progress.First(progress.TargetsAt(targets[at.ID], until))
		st := progress.AsOf(at.Indicator, area, series[at.ID], until, target)
		l := Line{Indicator: at.Code, Name: at.Name, NameEN: at.NameEN, Goal: at.goal, Domain: at.domain, Unit: at.Unit,
			value: st.Value, target: target, verdict: st.Verdict, of: at.Indicator,
			Lamp: string(st.Verdict.Lamp), Computed: classOf(st.Verdict.Lamp)}
		l.Class = l.Computed
		l.fill(st, since[at.ID])
		if l.known() {
			lines = append(lines, l)
		}
	}
	return lines, nil
}

// fill writes down what the standing says, as it will be signed; since is the series as it is today.
func (l *Line) fill(st progress.Standing, since []progress.Value) {
	l.BasePeriod, l.Base = st.Verdict.Parameters["base_period"], st.Verdict.Parameters["base_value"]
	l.Target = targetText(l.of, l.target)
	v := st.Value
	if !st.Known() {
		return
	}
	l.Period, l.Value, l.Status, l.Proof = v.Period.String(), v.Text(), string(v.Status), v.ProofURL()
	if v.Rat == nil {
		return
	}
	l.Change = change(st.Verdict)
	for _, now := range since {
		if now.Period == v.Period && now.Text() != v.Text() {
			l.Later, l.later = now.Text(), now
		}
	}
}

// change is by how much the value judged differs from the base.
func change(v progress.Verdict) string {
	base, _, known := quantity.Decimal(v.Parameters["base_value"])
	latest, decimals, both := quantity.Decimal(v.Parameters["latest_value"])
	if !known || !both {
		return ""
	}
	said := quantity.Round(latest.Sub(latest, base), decimals)
	if said != "" && said[0] != '-' {
		said = "+" + said
	}
	return said
}

// targetText says a target as it is signed, in Chinese: ≥95%（2025年）.
func targetText(i indicator.Indicator, t indicator.Target) string {
	switch t.Op {
	case indicator.AtLeast:
		return "≥" + t.Value + i.Unit + "（" + strconv.Itoa(t.Year) + "年）"
	case indicator.AtMost:
		return "≤" + t.Value + i.Unit + "（" + strconv.Itoa(t.Year) + "年）"
	case indicator.Increase:
		return "提高"
	case indicator.Decrease:
		return "降低"
	}
	return ""
}

// Tally counts lines by class.
type Tally struct {
	All     int            `json:"all"`
	Signed  int            `json:"signed"`  // figures that two signed, of those that there are
	Figures int            `json:"figures"` // lines with a value
	Classes map[string]int `json:"classes"`
}

func count(lines []Line) Tally {
	t := Tally{All: len(lines), Classes: map[string]int{}}
	for _, l := range lines {
		t.Classes[l.Class]++
		if l.Value != "" {
			t.Figures++
		}
		if l.signed() {
			t.Signed++
		}
	}
	return t
}
