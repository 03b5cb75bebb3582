package record

// All measures of a register counted in one reading of its records: one goroutine reads, all cores count (tally.go).
// What numbers come to in the end measure.go says.

import (
	"runtime"
	"slices"
	"strings"
	"sync"

	"yipanqi/internal/db"
	"yipanqi/internal/layer"
	"yipanqi/internal/register"
)

// how is what a tally is to keep beside its numbers.
type how struct {
	held   bool // which records are counted, with their digests
	texts  bool // what measures of texts say
	places bool // which records reach around them, even where no layer is there to be covered
}

// Records that one core takes at a time; and different values of the fields of a group for which it keeps what they
// give: with more of them, each record is worked out by itself.
const (
	atOnce    = 512
	mostAlike = 20_000
)

// counting is one reading.
type counting struct {
	t      *Tally
	top    string
	how    how
	groups []cluster  // of measures that look at the same fields
	near   []*tallied // measures of coverage, and those of texts, whose records are kept one by one
	texts  []*tallied
	asked  map[string]question // by code of a field
	slots  int                 // of fields whose values are looked at for each record
	atOnce int
	alike  int
	whole  bool // the rest of a record's row is asked for too
}

// tallied is a measure as it counts records.
type tallied struct {
	register.Measure
	bit              uint64 // that says of a record that it was counted
	first, last      string // of the period
	from, to, number int    // slots of its days, and of the number that it adds up; 0, which is empty, if it has none
}

type cluster struct {
	measures []*tallied
	row      bool
}

// question is what is asked of a field: by which groups, and for which slot.
type question struct {
	groups uint64
	slot   int
}

// counting gets ready to count the measures of a period.
func (t *Tally) counting(tx *db.Tx, measures []register.Measure, top string, h how) (*counting, error) {
	c := &counting{t: t, top: top, how: h, asked: map[string]question{}, slots: 1, atOnce: atOnce,
		alike: mostAlike}
	at := map[string]int{}
	for i, m := range measures {
		one := c.tallied(m)
		switch one.bit = 1 << i; {
		case !m.OfRecords():
		case m.Method == "within":
			layers, err := layer.InForce(tx, m.Layer, one.last, top)
			if err != nil {
				return nil, err
			}
			if h.places || len(layers) > 0 {
				c.near = append(c.near, one)
			}
		default:
			needs := m.Needs(t.d)
			one.number = c.slot(needs.Number)
			name := strings.Join(needs.Fields, ",")
			if needs.Row {
				name += ",."
			}
			n, known := at[name]
			if !known {
				n = len(c.groups)
				at[name], c.groups = n, append(c.groups, cluster{row: needs.Row})
			}
			c.groups[n].measures = append(c.groups[n].measures, one)
			for _, code := range needs.Fields {
				q := c.asked[code]
				q.groups |= 1 << n
				c.asked[code] = q
			}
		}
	}
	for _, m := range t.d.Measures {
		if h.texts && m.Method == "texts" {
			c.texts = append(c.texts, c.tallied(m))
		}
	}
	c.whole = len(c.near)+len(c.texts) > 0 || slices.ContainsFunc(c.groups, func(g cluster) bool { return g.row })
	return c, nil
}

func (c *counting) tallied(m register.Measure) *tallied {
	one := &tallied{Measure: m}
	one.first, one.last = c.t.Period.Range(m.YearStart)
	from, to := m.Days()
	one.from, one.to = c.slot(from), c.slot(to)
	return one
}

// slot is where the value of a field stands while a record is counted.
func (c *counting) slot(code string) int {
	if code == "" {
		return 0
	}
	q := c.asked[code]
	if q.slot == 0 {
		q.slot = c.slots
		c.asked[code] = q
		c.slots++
	}
	return q.slot
}

// line is a record as it is read to be counted; without the rest of its row, if nothing asks for that.
type line struct{ id, path, origin, text, number, title, unit, area, state, due string }

func (l line) record(code string) Record {
	return Record{ID: l.id, Register: code, Number: l.number, Title: l.title, Unit: l.unit, Area: l.area,
		AreaPath: l.path, State: l.state, DueOn: l.due, Origin: l.origin, Counts: true, Body: register.Body{},
		Counted: bodyOf(l.text)}
}

// batch are some records in order, and what came of them.
type batch struct {
	lines            []line
	records, brought int
	held             []Held
	near             []nearby
	texts            []telling
}

// nearby is a record that reaches around it, or cannot, and its place among those that are held.
type nearby struct {
	of   *tallied
	held int
	reacher
	skipped *Skipped
}

type telling struct {
	code string
	rec  Record
}

// read counts all records that each reads.
func (c *counting) read(each func(fn func(line) error) error) error {
	var crew []*worker
	var all []*batch
	next, working := make(chan *batch, 1), sync.WaitGroup{}
	give := func(b *batch) {
		if all = append(all, b); len(crew) < runtime.GOMAXPROCS(0) {
			w := c.worker()
			crew = append(crew, w)
			working.Go(func() {
				for b := range next {
					w.all(b)
				}
			})
		}
		next <- b
	}
	b := &batch{}
	err := each(func(l line) error {
		if b.lines = append(b.lines, l); len(b.lines) == c.atOnce {
			give(b)
			b = &batch{lines: make([]line, 0, c.atOnce)}
		}
		return nil
	})
	if len(b.lines) > 0 && err == nil {
		give(b)
	}
	close(next)
	working.Wait()
	for _, w := range crew {
		if w.broke != nil {
			panic(w.broke) // where it is caught
		}
		c.t.sums.take(w.sums)
		for _, alike := range w.alike {
			for _, g := range alike {
				w.apply(c.t.sums, g)
			}
		}
	}
	for _, b := range all {
		c.join(b)
	}
	return err
}

// join puts what came of some records after what came of those before them.
func (c *counting) join(b *batch) {
	t := c.t
	t.Records += b.records
	t.Brought += b.brought
	for _, one := range b.near {
		to := t.coverageOf(one.of.Measure)
		if one.skipped != nil {
			to.skipped = append(to.skipped, *one.skipped)
			continue
		}
		one.reacher.held, one.reacher.bit = len(t.held)+one.held, one.of.bit
		to.from = append(to.from, one.reacher)
	}
	t.held = append(t.held, b.held...)
	for _, one := range b.texts {
		t.told[one.code] = append(t.told[one.code], one.rec)
	}
}
