// Package notice is what somebody is told: derived each working-day morning from what waits and its due days, by
// ladders that an office may change. Modules do not call it; they say what waits (Source). A notice is addressed to a
// role in a unit, so whoever holds the post when it is read finds it; it ends when the thing is done.
package notice

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"yipanqi/internal/module"

	"yipanqi/internal/errs"
)

// waits says whether the thing still waits as a notice said.
func waits(t module.Due, step, dueOn string) bool {
	return t.Step == step && t.DueOn == dueOn && step != ""
}

// When is a distance from a due day: days before (-) or after it.
type When struct {
	Days    int
	Working bool // days of work
}

var whenText = regexp.MustCompile(`^([+-]?\d{1,3})\s*(d|天|日|wd|个?工作日)?$`)

// typed are characters that stand for others; the apostrophe is what a saved table has before a sign.
var typed = strings.NewReplacer("－", "-", "−", "-", "＋", "+", "'", "")

// ParseWhen reads -10工作日, -3天, 0, +1 wd.
func ParseWhen(text string) (w When, err error) {
	found := whenText.FindStringSubmatch(typed.Replace(strings.TrimSpace(text)))
	if found == nil {
		return w, errs.Invalidf("“%s”不是提前或逾期的天数，请写成 -10工作日、-3天、0 或 +1工作日", text)
	}
	w.Days, _ = strconv.Atoi(found[1]) // three digits at most
	w.Working = w.Days != 0 && (found[2] == "wd" || strings.HasSuffix(found[2], "工作日"))
	return w, nil
}

// String is the distance as it is kept: -10wd, -3d, 0d, +1wd.
func (w When) String() string {
	text := strconv.Itoa(w.Days) + "d"
	if w.Working {
		text = strconv.Itoa(w.Days) + "wd"
	}
	if w.Days > 0 {
		text = "+" + text
	}
	return text
}

// Rung says who is told how far from the due day. Role is one of auth's, or a part of the thing: first, second.
type Rung struct {
	Step   string `json:"step"`
	When   When   `json:"-"`
	Role   string `json:"role"`
	Of     Place  `json:"of"`
	Status Status `json:"status"`
	Basis  string `json:"basis,omitempty"`
}

// Place is where the role is looked for.
type Place string

const (
	Unit      Place = "unit"      // whose the thing is
	Office    Place = "office"    // the nearest office above, another unit
	Committee Place = "committee" // the nearest committee above
)

// Status of a rung. A proposed one works, and is shown as not confirmed by the office.
type Status string

const (
	Proposed  Status = "proposed"
	Confirmed Status = "confirmed"
	Off       Status = "off"
)

// days are the work days that a shift needs to know.
type days struct {
	works func(day time.Time) bool
}

// shift is the day at a distance from another.
func (d days) shift(from time.Time, w When) time.Time {
	if !w.Working {
		return from.AddDate(0, 0, w.Days)
	}
	step, left := 1, w.Days
	if left < 0 {
		step, left = -1, -left
	}
	for left > 0 {
		if from = from.AddDate(0, 0, step); d.works(from) {
			left--
		}
	}
	return from
}

// morning is a working day, and the next one: what falls before that is told today if it is to be told ahead.
type morning struct {
	days
	today, next time.Time
}

func (d days) morning(today time.Time) morning {
	return morning{d, today, d.shift(today, When{1, true})}
}

// fires says whether a rung's day has come. Ahead of a due day, a day off is told on the working day before it; after
// the due day, on the next.
func (m morning) fires(due time.Time, w When) bool {
	day := m.shift(due, w)
	if w.Days <= 0 {
		return day.Before(m.next)
	}
	return !day.After(m.today)
}

// newest are the rungs of a step whose day has come, the newest for each address: what was missed is not made up for.
func (m morning) newest(ladder []Rung, step string, due time.Time) []Rung {
	var fired []Rung
	for _, r := range ladder {
		if r.Step != step || r.Status == Off || !m.fires(due, r.When) {
			continue
		}
		same := slices.IndexFunc(fired, func(o Rung) bool { return o.Role == r.Role && o.Of == r.Of })
		if same < 0 {
			fired = append(fired, r)
		} else if m.shift(due, fired[same].When).Before(m.shift(due, r.When)) {
			fired[same] = r
		}
	}
	return fired
}

// overtaken says whether a later rung of the same address was told already, by a clock that was ahead.
func (m morning) overtaken(n told, before []told) bool {
	due, err := time.Parse(time.DateOnly, n.DueOn)
	return err == nil && slices.ContainsFunc(before, func(o told) bool {
		if o.Step != n.Step || o.DueOn != n.DueOn || o.Unit != n.Unit || o.Role != n.Role {
			return false
		}
		then, wrong := ParseWhen(o.Rung)
		now, bad := ParseWhen(n.Rung)
		return wrong == nil && bad == nil && m.shift(due, then).After(m.shift(due, now))
	})
}

// horizon is a day such that no rung fires for what is due later.
func (m morning) horizon(ladder []Rung) time.Time {
	far := 0
	for _, r := range ladder {
		ahead := -r.When.Days
		if r.When.Working {
			ahead = ahead*2 + 15 // weekends, and the longest holidays
		}
		far = max(far, ahead)
	}
	return m.next.AddDate(0, 0, far+1)
}

// byDistance orders rungs from the earliest to the latest.
func byDistance(a, b Rung) int {
	weight := func(r Rung) int {
		if r.When.Working {
			return r.When.Days * 7
		}
		return r.When.Days * 5
	}
	return cmp.Or(cmp.Compare(a.Step, b.Step), cmp.Compare(weight(a), weight(b)), cmp.Compare(a.Of, b.Of),
		cmp.Compare(a.Role, b.Role))
}
