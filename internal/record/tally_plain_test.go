package record

// Records counted both ways, for tally_test.go: as the program does it, and by nothing but the rules, one record and
// one measure after the other. No test itself.

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/period"
	"yipanqi/internal/register"
)

// BothWays counts n made-up records of a register and says where the two differ; alike and atOnce bound what the
// program keeps and hands on.
func BothWays(tx *db.Tx, d register.Definition, p period.Period, top string, n, alike, atOnce int, r *rand.Rand) (
	differ []string, counted int, err error) {
	ours, plain := &Tally{Period: p, d: d, sums: sums{}}, &Tally{Period: p, d: d, sums: sums{}}
	if ours.places, err = placed(tx); err != nil {
		return nil, 0, err
	}
	if ours.w, err = world(tx, auth.User{}, ours.places.root.Path); err != nil {
		return nil, 0, err
	}
	plain.places, plain.w = ours.places, ours.w
	measures := measuresOf(d, p)
	c, err := ours.counting(tx, measures, top, how{held: true})
	if err != nil {
		return nil, 0, err
	}
	c.alike, c.atOnce = alike, atOnce
	all := madeUp(d, ours.places, ours.w, n, r)
	if err := c.read(func(fn func(line) error) error {
		for _, l := range all {
			if !c.whole {
				l = line{id: l.id, path: l.path, origin: l.origin, text: l.text}
			}
			if err := fn(l); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return nil, 0, err
	}
	for _, l := range all {
		plain.plainly(l, measures, top)
	}
	ours.index()
	plain.index()
	area := ours.places.paths[top]
	differ = apart("number", texts(ours.All(area)), texts(plain.All(area)))
	return append(differ, apart("record", texts(ours.held), texts(plain.held))...), len(plain.held), nil
}

func texts[T any](all []T) (said []string) {
	for _, one := range all {
		said = append(said, fmt.Sprintf("%+v", one))
	}
	return said
}

func apart(what string, ours, plain []string) (differ []string) {
	for i := range max(len(ours), len(plain)) {
		var a, b string
		if i < len(ours) {
			a = ours[i]
		}
		if i < len(plain) {
			b = plain[i]
		}
		if a != b && len(differ) < 3 {
			differ = append(differ, fmt.Sprintf("%s %d is %s, by the rules alone %s", what, i, a, b))
		}
	}
	return differ
}

func (t *Tally) plainly(l line, measures []register.Measure, top string) {
	rec, in := l.record(t.d.Code), uint64(0)
	f := register.Fact{Body: rec.Counted, Scope: t.d.Scope(rec.Counted, rec.asked(t.places), t.w)}
	for i, m := range measures {
		if !m.OfRecords() || m.Method == "within" || !m.In(f.Body, t.Period) {
			continue
		}
		seen := map[spot]bool{}
		for _, path := range t.paths(m, rec) {
			for _, p := range m.Gives(t.d, f) {
				if m.Area == m.Of && t.places.areas[p.What].Path != path {
					continue
				}
				for _, one := range above(path, top) {
					t.add(t.sums, m, one, p, 1, seen)
				}
			}
		}
		if len(seen) > 0 {
			in |= 1 << i
		}
	}
	if in != 0 {
		t.held = append(t.held, Held{rec.ID, digestOf(rec.Counted), in})
	}
}

// madeUp are records of a register, many of them alike in much, each body written in one of the ways that there are.
func madeUp(d register.Definition, p *places, w register.World, n int, r *rand.Rand) (all []line) {
	units, states := slices.Sorted(maps.Keys(p.units)), []string{""}
	for _, s := range d.States {
		states = append(states, s.Code)
	}
	for i := range n {
		b := register.Body{}
		for _, f := range d.Fields {
			if r.IntN(8) > 0 {
				makeUp(f, b, f.Code, p, w, r)
			}
		}
		at := p.sorted[r.IntN(len(p.sorted))]
		l := line{id: "R" + strconv.Itoa(i), path: at.Path, origin: pick(r, Entered, FromFile), text: text(b),
			number: "N" + strconv.Itoa(i), unit: pick(r, units...), area: at.Code, state: pick(r, states...),
			due: pick(r, "", "2023-05-01")}
		if r.IntN(2) == 0 && !strings.Contains(l.text, `\`) { // as PostgreSQL writes it: in another order, with spaces
			var pairs []string
			for _, key := range slices.Backward(slices.Sorted(maps.Keys(b))) {
				pairs = append(pairs, `"`+key+`": "`+b[key]+`"`)
			}
			l.text = "{" + strings.Join(pairs, ", ") + "}"
		}
		all = append(all, l)
	}
	return all
}

func pick(r *rand.Rand, all ...string) string {
	if len(all) == 0 {
		return ""
	}
	return all[r.IntN(len(all))]
}

// makeUp puts something under a field's keys.
func makeUp(f register.Field, b register.Body, at string, p *places, w register.World, r *rand.Rand) {
	day := func() string { return fmt.Sprintf("20%d-0%d-1%d", 22+r.IntN(3), 1+r.IntN(9), r.IntN(3)) }
	number := func() string {
		return pick(r, "1", "2", "7", "12.5", "-3", "0", "~na", "viele", strconv.Itoa(r.IntN(9999)))
	}
	codes := func() (some []string) {
		switch f.Type {
		case "areas", "area":
			return []string{p.sorted[r.IntN(len(p.sorted))].Code, p.sorted[r.IntN(len(p.sorted))].Code, "nowhere"}
		case "units", "unit":
			return []string{p.all[r.IntN(len(p.all))].Code, p.all[r.IntN(len(p.all))].Code, "nobody"}
		case "one", "many":
			for _, o := range f.Choices(w) {
				some = append(some, o.Code)
			}
		}
		return append(some, "a", "b")
	}
	switch {
	case f.Several():
		for i, code := range codes() {
			if r.IntN(2) == 0 {
				b[register.Key(at, code)] = strconv.Itoa(i + 1)
			}
		}
	case f.Type == "rows":
		for place := range r.IntN(3) {
			for _, c := range f.Columns {
				makeUp(c, b, register.Key(at, strconv.Itoa(place), c.Code), p, w, r)
			}
		}
	case f.Type == "sexed" && f.By != "":
		for _, o := range w.List(f.By) {
			b[register.Key(at, o.Code, pick(r, register.Sexes...))] = number()
		}
	case f.Type == "sexed":
		b[register.Key(at, pick(r, register.Sexes...))] = number()
	case f.Type == "checklist":
		for _, o := range w.List(f.Of) {
			b[register.Key(at, o.Code)] = pick(r, "ok", "defect", "na")
		}
	case f.Type == "point":
		b[register.Key(at, "lon")], b[register.Key(at, "lat")] = "118.1", "36.2"
	case f.Type == "date":
		b[at] = day()
	case f.Type == "month":
		b[at] = day()[:7]
	case f.Type == "year":
		b[at] = day()[:4]
	case f.Type == "calc":
		b[at] = pick(r, "1", "0", number())
	case f.Numeric():
		b[at] = number()
	case f.Type == "y/n":
		b[at] = pick(r, "1", "0", "~pending")
	case f.Type == "text" || f.Type == "para":
		b[at] = pick(r, "甲", "乙", "<b>&", "一行\n两行", "“引”", "\u2028")
	default:
		b[at] = pick(r, codes()...)
	}
}
