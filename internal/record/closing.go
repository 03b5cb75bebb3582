package record

// A period closed: what every measure came to and which records it counted, as they were, frozen. What changes in the
// records afterwards shows as a difference and changes no figure.

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
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

// Frozen are the records that were counted: the digest of each as it was, and which of them each measure counted.
type Frozen struct {
	Digests  map[string]string   `json:"digests"`
	Measures map[string][]string `json:"measures"`
	// Layers are those that measures of coverage rest on.
	Layers map[string][]LayerUse `json:"layers,omitempty"`
}

// layers are all that the measures rest on, each once, in order.
func (f Frozen) layers() (all []LayerUse) {
	for _, code := range slices.Sorted(maps.Keys(f.Layers)) {
		for _, l := range f.Layers[code] {
			if !slices.Contains(all, l) {
				all = append(all, l)
			}
		}
	}
	return all
}

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

// pack writes a list of records as one compressed text.
func pack(f Frozen) string {
	body, _ := json.Marshal(f) // maps of texts always marshal
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(body) // a buffer takes all
	z.Close()
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

func unpack(text string) (f Frozen, err error) {
	body, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return f, err
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return f, err
	}
	if body, err = io.ReadAll(z); err != nil {
		return f, err
	}
	return f, json.Unmarshal(body, &f)
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
	t, err := count(tx, d, p, area.Path, map[string]string{})
	if err != nil {
		return c, err
	}
	c = Closing{ID: db.NewID(), Register: code, Version: d.Version, Period: p, Area: area.Code, AreaPath: area.Path,
		Counts: t.All(area), Counted: t.records(), PersonID: by.ID, Person: by.Name, ClosedAt: tx.Now}
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
		for _, a := range t.places.sorted {
			if !strings.HasPrefix(a.Path, top.Path) {
				continue
			}
			splits := append([]string{""}, t.splitsOf(m, a.Path)...)
			for _, split := range splits {
				for _, sex := range append([]string{""}, register.Sexes...) {
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

// records are those that any measure counted, each with the digest of what it said.
func (t *Tally) records() Frozen {
	f := Frozen{Digests: t.digests, Measures: t.Counted}
	for code, c := range t.covers {
		if c.why.Key == "" {
			if f.Layers == nil {
				f.Layers = map[string][]LayerUse{}
			}
			f.Layers[code] = c.uses()
		}
	}
	return f
}

// Difference is a number that would be another today, and the records that make it so.
type Difference struct {
	Measure string   `json:"measure"`
	Area    string   `json:"area"`
	Sex     string   `json:"sex,omitempty"`
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
	t, err := count(tx, d, c.Period, c.AreaPath, map[string]string{})
	if err != nil {
		return nil, false, err
	}
	now := t.records()
	relayered = !slices.Equal(c.Counted.layers(), now.layers())
	was := map[[3]string]string{}
	for _, n := range c.Counts {
		if n.Split == "" {
			was[[3]string{n.Measure, n.Area, n.Sex}] = n.Value
		}
	}
	top := t.places.paths[c.AreaPath]
	for _, n := range t.All(top) {
		at := [3]string{n.Measure, n.Area, n.Sex}
		if n.Split == "" && was[at] != n.Value {
			all = append(all, Difference{Measure: n.Measure, Area: n.Area, Sex: n.Sex, Was: was[at], Now: n.Value})
		}
		if n.Split == "" {
			delete(was, at)
		}
	}
	for at, value := range was {
		x := Difference{Measure: at[0], Area: at[1], Sex: at[2], Was: value}
		if m, _ := d.Measure(at[0]); m.Counted() || m.Method == "share" && !t.layered(m) {
			x.Now = "0"
		}
		all = append(all, x)
	}
	slices.SortFunc(all, func(a, b Difference) int {
		return strings.Compare(a.Measure+a.Area+a.Sex, b.Measure+b.Area+b.Sex)
	})
	for i := range all {
		if all[i].Records, err = changedRecords(tx, c.Counted, now, all[i].Measure, d); err != nil {
			return nil, false, err
		}
	}
	return all, relayered, nil
}

// changedRecords are those that a measure counted then and not now, or the other way, or that say something else.
func changedRecords(tx *db.Tx, was, now Frozen, measure string, d register.Definition) (rows []Record, err error) {
	codes := []string{measure}
	if m, _ := d.Measure(measure); m.Method == "share" {
		codes = []string{m.Of, m.Over}
	}
	seen := map[string]bool{}
	for _, code := range codes {
		for _, id := range append(slices.Clone(was.Measures[code]), now.Measures[code]...) {
			both := slices.Contains(was.Measures[code], id) && slices.Contains(now.Measures[code], id)
			if seen[id] || both && was.Digests[id] == now.Digests[id] {
				continue
			}
			seen[id] = true
			r, err := Get(tx, id)
			if err != nil {
				return nil, err
			}
			rows = append(rows, r)
		}
	}
	return rows, nil
}
