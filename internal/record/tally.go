package record

// How one core counts records. What a record gives to a measure hangs on few fields, and records that say the same in
// these give the same: it is worked out once, by the rules as they stand, and such records are counted. What there is
// to count counting.go says.

import (
	"encoding/binary"
	"maps"
	"math/big"
	"math/bits"
	"slices"
	"strings"

	"yipanqi/internal/formula"
	"yipanqi/internal/register"
)

// worker counts on one core.
type worker struct {
	c      *counting
	alike  []map[string]*given // by group, and what the records say
	keys   [][]byte            // by group: what the record in hand says
	values []string            // by slot
	shape  []asking            // of the record before: mostly they have the same keys in the same order
	pairs  []pair              // of the record in hand
	sums   sums                // of records that are unlike any other
	ups    map[string][]string
	seen   map[spot]bool
	broke  any

	text                    []byte // that a digest is of
	order                   []int  // of the keys of the record in hand
	turned, twice, reshaped bool   // they do not stand in order, one stands twice, they are no more those of order
}

type asking struct {
	key string
	question
}

type pair struct{ key, value string }

func (c *counting) worker() *worker {
	w := &worker{c: c, keys: make([][]byte, len(c.groups)), values: make([]string, c.slots), sums: sums{},
		ups: map[string][]string{}, seen: map[spot]bool{}}
	for range c.groups {
		w.alike = append(w.alike, map[string]*given{})
	}
	return w
}

func (w *worker) all(b *batch) {
	if w.broke != nil {
		return
	}
	defer func() {
		if p := recover(); p != nil {
			w.broke = p
		}
	}()
	for i := range b.lines {
		w.take(&b.lines[i], b)
	}
	b.lines = nil
}

// take counts one record.
func (w *worker) take(l *line, b *batch) {
	c := w.c
	if strings.HasPrefix(l.path, c.top) {
		b.records++
		b.brought += int(bit(l.origin == FromFile))
	}
	plain := w.read(l)
	var in uint64
	for i := range c.groups {
		in |= w.count(i, l)
	}
	near := len(b.near)
	for _, m := range c.near {
		if m.On(w.values[m.from], w.values[m.to], m.first, m.last) {
			w.reaches(m, l, b)
		}
	}
	if c.how.held && (in != 0 || len(b.near) > near) {
		b.held = append(b.held, Held{ID: l.id, Digest: w.digest(l.text, plain), In: in})
	}
	for _, m := range c.texts {
		if m.On(w.values[m.from], w.values[m.to], m.first, m.last) && strings.HasPrefix(l.path, c.top) {
			w.tells(m, l, b)
		}
	}
}

// read puts what the measures ask for where they look for it, and says whether the body is plain.
func (w *worker) read(l *line) (plain bool) {
	w.begin(l)
	if plain = eachPair(l.text, func(key, value, both string) {
		q := w.ask(len(w.pairs), key)
		w.pairs = append(w.pairs, pair{key, value})
		for set := q.groups; set != 0; set &= set - 1 {
			i := bits.TrailingZeros64(set)
			w.keys[i] = append(w.keys[i], both...)
		}
		w.set(q.slot, value)
	}); plain {
		return true
	}
	w.begin(l)
	body := bodyOf(l.text)
	for i, key := range slices.Sorted(maps.Keys(body)) {
		q := w.ask(i, key)
		for set := q.groups; set != 0; set &= set - 1 {
			at := &w.keys[bits.TrailingZeros64(set)]
			for _, said := range []string{key, body[key]} { // no plain body has such a key of a group
				*at = append(binary.AppendUvarint(append(*at, 1), uint64(len(said))), said...)
			}
		}
		w.set(q.slot, body[key])
	}
	return false
}

func (w *worker) set(slot int, value string) {
	if slot != 0 {
		w.values[slot] = value
	}
}

// begin forgets the record before.
func (w *worker) begin(l *line) {
	clear(w.values)
	w.pairs = w.pairs[:0]
	for i, g := range w.c.groups {
		key := append(append(w.keys[i][:0], l.path...), 0)
		if g.row {
			for _, said := range []string{l.number, l.unit, l.area, l.state, l.due} {
				key = append(append(key, said...), 0)
			}
		}
		w.keys[i] = key
	}
}

// ask is what is asked of the key at a place.
func (w *worker) ask(at int, key string) question {
	if at < len(w.shape) && w.shape[at].key == key {
		return w.shape[at].question
	}
	code, _, part := strings.Cut(key, ":")
	q := w.c.asked[code]
	if part {
		q.slot = 0
	}
	w.reshaped = true
	switch one := (asking{strings.Clone(key), q}); {
	case at < len(w.shape):
		w.shape[at] = one
	case at == len(w.shape):
		w.shape = append(w.shape, one)
	}
	return q
}

// given is what some records that are alike give to the measures of a group.
type given struct {
	all     []gift
	in      uint64
	records int
}

// gift is what they give to one measure.
type gift struct {
	to     *tallied
	pieces []register.Piece
	paths  []string
	total  *big.Rat // of numbers that are only added up
}

// count counts the record in hand for a group, and says by which measures.
func (w *worker) count(i int, l *line) uint64 {
	g, key, any := &w.c.groups[i], w.keys[i], false
	for _, m := range g.measures {
		in := m.On(w.values[m.from], w.values[m.to], m.first, m.last)
		if in && m.number != 0 {
			_, in = formula.Decimal(w.values[m.number]).Rat()
		}
		any = any || in
		key = append(key, byte(bit(in)))
	}
	if w.keys[i] = key; !any {
		return 0
	}
	all, alone := w.alike[i][string(key)], false
	if all == nil {
		all = w.gives(g, key[len(key)-len(g.measures):], l)
		if alone = len(w.alike[i]) >= w.c.alike; !alone {
			w.alike[i][string(key)] = all
		}
	}
	all.records++
	for _, one := range all.all {
		if one.total != nil {
			number, _ := formula.Decimal(w.values[one.to.number]).Rat()
			one.total.Add(one.total, number)
		}
	}
	if alone {
		w.apply(w.sums, all)
	}
	return all.in
}

// gives works out what a record gives to the measures of a group that it is in.
func (w *worker) gives(g *cluster, in []byte, l *line) *given {
	t, rec, all := w.c.t, l.record(w.c.t.d.Code), &given{}
	f := register.Fact{ID: rec.ID, Area: rec.AreaPath, Unit: rec.Unit, Number: rec.Number, Title: rec.Title,
		Body: rec.Counted, Scope: t.d.Scope(rec.Counted, rec.asked(t.places), t.w)}
	for i, m := range g.measures {
		if in[i] == 0 {
			continue
		}
		one := gift{to: m, pieces: m.Gives(t.d, f), paths: t.paths(m.Measure, rec)}
		if m.number != 0 {
			one.total = new(big.Rat)
		}
		counts := false
		if w.spots(one, func(string, register.Piece) { counts = true }); counts {
			all.in |= m.bit
			all.all = append(all.all, one)
		}
	}
	return all
}

// spots calls fn with every area that what is given counts in.
func (w *worker) spots(one gift, fn func(path string, p register.Piece)) {
	for _, path := range one.paths {
		for _, p := range one.pieces {
			if one.to.Area == one.to.Of && w.c.t.places.areas[p.What].Path != path { // each where it is itself
				continue
			}
			for _, above := range w.up(path) {
				fn(above, p)
			}
		}
	}
}

// up is above, kept for the records that lie in the same place.
func (w *worker) up(path string) []string {
	all, known := w.ups[path]
	if !known {
		all = above(path, w.c.top)
		w.ups[path] = all
	}
	return all
}

// apply adds what records that are alike give, all of them together.
func (w *worker) apply(to sums, all *given) {
	n := big.NewRat(int64(all.records), 1)
	for _, one := range all.all {
		for i, p := range one.pieces {
			switch {
			case one.total != nil:
				one.pieces[i].Number = one.total
			case p.Number != register.One && one.to.Method != "median":
				one.pieces[i].Number = new(big.Rat).Mul(p.Number, n)
			}
		}
		clear(w.seen)
		w.spots(one, func(path string, p register.Piece) {
			w.c.t.add(to, one.to.Measure, path, p, all.records, w.seen)
		})
	}
}
