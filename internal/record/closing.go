package record

// A period closed: what every measure came to and which records it counted, as they were, frozen. What changes in the
// records afterwards shows as a difference and changes no figure.

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/register"
	"yipanqi/internal/sign"
)

// Closing is one.
type Closing struct {
	ID       string        `json:"id"`
	Register string        `json:"register"`
	Version  int64         `json:"definition"`
	Period   period.Period `json:"period"`
	Area     string        `json:"area"`
	AreaPath string        `json:"-"`
	Counts   []Counts      `json:"counts"`
	Counted  Frozen        `json:"-"`
	Digest   string        `json:"digest"` // of counts and of the list of records
	PersonID string        `json:"-"`
	Person   string        `json:"person"`
	ClosedAt time.Time     `json:"closed_at"`
	Filled   int           `json:"filled,omitempty"` // cells of reports, when it was closed

	ReopenedAt   *time.Time `json:"reopened_at,omitempty"` // taken back: the period may be closed anew
	ReopenedByID string     `json:"-"`
	ReopenedBy   string     `json:"reopened_by,omitempty"`
	Reason       string     `json:"reason,omitempty"`

	counts  string // as they are stored
	counted string
}

// Counts is one number that was frozen: of a measure in an area, whole or by sex.
type Counts struct {
	Measure string `json:"measure"`
	Area    string `json:"area"`
	Sex     string `json:"sex,omitempty"`
	Split   string `json:"split,omitempty"`
	Value   string `json:"value"`
	Records int    `json:"records"`
}

func (n Counts) of() numberOf { return numberOf{n.Measure, n.Area, n.Sex, n.Split} }

// Object is the closing in the journal.
func (c Closing) Object() string { return "closing/" + c.ID }

// URL is its page.
func (c Closing) URL() string { return "/registers/" + c.Register + "/closings/" + c.ID }

func (c Closing) row() held.Row {
	return held.Row{"register": c.Register, "version": held.Int(c.Version), "period": c.Period.String(),
		"area": c.Area, "area_path": c.AreaPath, "counts": c.counts, "counted": c.counted, "digest": c.Digest,
		"person_id": c.PersonID, "person": c.Person, "closed_at": held.Time(c.ClosedAt),
		"reopened_at": held.Time(c.reopened()), "reopened_by_id": c.ReopenedByID, "reopened_by": c.ReopenedBy,
		"reason": c.Reason}
}

// closes says in which post by may close periods of the register in an area: whoever confirms its records there.
func (c cast) closes(by auth.User, area network.Area) (auth.Post, bool) {
	if !by.Can(VerbClose) {
		return auth.Post{}, false
	}
	for _, p := range c.d.Parts {
		for _, post := range by.Posts {
			if p.Above && c.fits(p, post) && strings.HasPrefix(area.Path, post.AreaPath) {
				return post, true
			}
		}
	}
	return auth.Post{}, false
}

// Close freezes what a register comes to in a period, in an area and all below it.
func Close(tx *db.Tx, by auth.User, code string, p period.Period, area network.Area) (c Closing, err error) {
	if err := by.Check(VerbClose); err != nil {
		return c, err
	}
	d, err := ByCode(tx, code)
	if err != nil {
		return c, err
	}
	k, err := deskOf(tx, by, d, area.Path)
	if err != nil {
		return c, err
	}
	if _, may := k.closes(by, area); !may {
		return c, errs.Deniedf("结账须由确认这项登记的单位办理。")
	}
	if len(measuresOf(d, p)) == 0 {
		return c, errs.Fields{"period": {Key: "这项登记没有按这种期别统计的数。"}}.Check("没有结账：请换一个期别。")
	}
	if err := k.over(tx, p); err != nil {
		return c, err
	}
	before, err := closingOf(tx, code, p, area.Code)
	if err != nil {
		return c, err
	}
	if before != nil {
		return c, errs.Conflictf("%s已由%s结账。要更正请改记录，差异会列在结账页上；报表还没有人签字的，可先撤销结账。", p,
			before.Person)
	}
	t, err := count(tx, d, p, area.Path, how{packed: true})
	if err != nil {
		return c, err
	}
	c = Closing{ID: db.NewID(), Register: code, Version: d.Version, Period: p, Area: area.Code, AreaPath: area.Path,
		Counts: t.All(area), Counted: t.frozen(), PersonID: by.ID, Person: by.Name, ClosedAt: tx.Now}
	counts, _ := json.Marshal(c.Counts) // texts and numbers
	c.counts, c.counted = string(counts), pack(c.Counted)
	c.Digest = sign.Digest([]byte(c.counts + "\n" + c.counted))
	if err := insertClosing(tx, c); err != nil {
		return c, err
	}
	if err := held.Log(tx, by, VerbClose, c.Object(), nil, c.row(), map[string]string{"of": code}); err != nil {
		return c, err
	}
	all, err := c.fed(tx, d)
	if err != nil {
		return c, err
	}
	c.Filled, err = c.fill(tx, d, all)
	return c, err
}

// over refuses a period that is not over yet.
func (k desk) over(tx *db.Tx, p period.Period) error {
	for _, m := range measuresOf(k.d, p) {
		if _, last := p.Range(m.YearStart); last >= tx.Today() {
			return errs.Conflictf("%s还没有过完，到%s之后才能结账。", p, last)
		}
	}
	return nil
}

// All are all numbers of a tally, in order: the area itself, and every area below it that has records.
func (t *Tally) All(top network.Area) (all []Counts) {
	for _, m := range measuresOf(t.d, t.Period) {
		sexes := slices.DeleteFunc(slices.Clone(register.Sexes), func(sex string) bool { return !t.hasSex(m, sex) })
		for _, a := range t.places.sorted {
			if !strings.HasPrefix(a.Path, top.Path) {
				continue
			}
			for _, split := range append([]string{""}, t.splitsOf(m, a.Path)...) {
				for _, sex := range append([]string{""}, sexes...) {
					n := t.at(m, a.Path, sex, split)
					none := n.Records == 0 && !(m.Layered() && sex == "")
					if n.Value == "" || none && (sex != "" || a.ID != top.ID) {
						continue
					}
					all = append(all, Counts{m.Code, a.Code, sex, split, n.Value, n.Records})
				}
			}
		}
	}
	return all
}

// Difference is a number that would be another today, and the records that make it so.
type Difference struct {
	Measure string   `json:"measure"`
	Area    string   `json:"area"`
	Sex     string   `json:"sex,omitempty"`
	Split   string   `json:"split,omitempty"` // of parts that columns of reports ask for
	Was     string   `json:"was"`
	Now     string   `json:"now"`
	Records []Record `json:"records"`
}

// Differences are what a closed period would come to today, where that is another number.
func (c Closing) Differences(tx *db.Tx) ([]Difference, error) {
	all, _, err := c.today(tx)
	return all, err
}

// today are its differences, and whether its numbers would rest on other layers.
func (c Closing) today(tx *db.Tx) (all []Difference, relayered bool, err error) {
	d, err := ByVersion(tx, c.Register, c.Version)
	if err != nil {
		return nil, false, err
	}
	t, err := count(tx, d, c.Period, c.AreaPath, how{held: true})
	if err != nil {
		return nil, false, err
	}
	if c.Counted.packed != nil { // just closed
		if c.Counted, err = unpack(c.counted); err != nil {
			return nil, false, err
		}
	}
	now := t.frozen()
	relayered = !slices.Equal(c.Counted.layers(), now.layers())
	was := map[numberOf]string{}
	for _, n := range c.Counts {
		if feeds(d, n) {
			was[n.of()] = n.Value
		}
	}
	top := t.places.paths[c.AreaPath]
	for _, n := range t.All(top) {
		if !feeds(d, n) {
			continue
		}
		if was[n.of()] != n.Value {
			all = append(all, Difference{Measure: n.Measure, Area: n.Area, Sex: n.Sex, Split: n.Split,
				Was: was[n.of()], Now: n.Value})
		}
		delete(was, n.of())
	}
	for at, value := range was {
		x := Difference{Measure: at.measure, Area: at.area, Sex: at.sex, Split: at.split, Was: value}
		if m, _ := d.Measure(at.measure); m.Counted() || m.Method == "share" && !t.layered(m) {
			x.Now = "0"
		}
		all = append(all, x)
	}
	slices.SortFunc(all, func(a, b Difference) int {
		return strings.Compare(a.Measure+a.Area+a.Split+a.Sex, b.Measure+b.Area+b.Split+b.Sex)
	})
	then, since := c.Counted.byID(), now.byID()
	for i := range all {
		of := []string{all[i].Measure}
		if m, _ := d.Measure(all[i].Measure); m.Method == "share" {
			of = []string{m.Of, m.Over}
		}
		var ids []string
		for _, code := range of {
			ids = append(ids, moved(c.Counted.of(code), since[code])...)
			ids = append(ids, moved(now.of(code), then[code])...)
		}
		if all[i].Records, err = inTurn(tx, ids); err != nil {
			return nil, false, err
		}
	}
	return all, relayered, nil
}

// feeds says whether a number's difference is told of: of the whole, or of a part that a column of a report asks for.
func feeds(d register.Definition, n Counts) bool {
	m, _ := d.Measure(n.Measure)
	return n.Split == "" || slices.ContainsFunc(m.As, func(c register.Category) bool {
		return n.Split == m.By+"="+c.Code
	})
}

// moved are the records that others do not have, or not as they are.
func moved(some []Held, others map[string]digest) (ids []string) {
	for _, one := range some {
		if said, there := others[one.ID]; !there || said != one.Digest {
			ids = append(ids, one.ID)
		}
	}
	return ids
}

// inTurn are records by id, each once, in that order.
func inTurn(tx *db.Tx, ids []string) (all []Record, err error) {
	seen := map[string]bool{}
	for some := range slices.Chunk(ids, 500) {
		rows, err := byIDs(tx, some)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			if r, there := rows[id]; there && !seen[id] {
				all = append(all, r)
			}
			seen[id] = true
		}
	}
	return all, nil
}
