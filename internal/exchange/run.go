package exchange

import (
	"cmp"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/table"
)

// run is one import into one transaction: what codes mean, in the database and in the files read so far, and what was
// wrong.
type run struct {
	tx       *db.Tx
	in       *folder
	progress Progress
	report   Report
	problems table.Problems
	sample   bool   // the demo's own load: see LoadSample
	dueOn    string // of every form opened, if not empty

	labels     index[network.Label] // by kind/code
	areas      index[network.Area]
	units      index[network.Unit]
	people     map[string]string // id by name, of this run
	plans      index[plan.Plan]
	domains    index[bool] // by plan/code
	goals      index[bool] // by plan/code
	calibres   index[int64]
	indicators index[indicator.Indicator]
	elements   index[form.Element]
	forms      index[form.Form]
}

// index is what codes of one kind stand for. A code whose own row was refused is not reported a second time where it is
// referred to; nor is any, if its file could not be read whole.
type index[T any] struct {
	what    string // in words
	known   map[string]T
	refused map[string]bool
	broken  bool
}

func newIndex[T any](in *folder, what, file string) index[T] {
	return index[T]{what, map[string]T{}, map[string]bool{}, in.broken[file]}
}

// expect marks a code as named; add says what it stands for.
func (x *index[T]) expect(code string) { x.refused[code] = true }

func (x *index[T]) add(code string, v T) {
	delete(x.refused, code)
	x.known[code] = v
}

// find is what code stands for; nothing if it is empty. An unknown code is named in the row's column.
func (x *index[T]) find(w *row, column, code string) (v T) {
	v, ok := x.known[code]
	switch {
	case x.refused[code] || x.broken && !ok && code != "":
		w.bad = true
	case !ok && code != "":
		w.fail(column, "没有这个%s：%s", x.what, code)
	}
	return v
}

func newRun(tx *db.Tx, in *folder, progress Progress) (*run, error) {
	r := &run{tx: tx, in: in, progress: progress, problems: slices.Clone(in.problems), people: map[string]string{},
		labels:     newIndex[network.Label](in, "名称代码", "labels.csv"),
		areas:      newIndex[network.Area](in, "区域", "areas.csv"),
		units:      newIndex[network.Unit](in, "单位", "units.csv"),
		plans:      newIndex[plan.Plan](in, "规划", "plans.csv"),
		domains:    newIndex[bool](in, "领域", "domains.csv"),
		goals:      newIndex[bool](in, "目标", "goals.csv"),
		calibres:   newIndex[int64](in, "口径", "calibres.csv"),
		indicators: newIndex[indicator.Indicator](in, "指标", "indicators.csv"),
		elements:   newIndex[form.Element](in, "数据项", "elements.csv"),
		forms:      newIndex[form.Form](in, "报表", formFiles),
	}
	for _, rows := range in.rows {
		for _, w := range rows {
			w.run, w.bad = r, false // a transaction may run again
		}
	}
	return r, r.remember()
}

// load applies the files of one source.
func (r *run) load(s source) error {
	for _, file := range r.in.filesOf(s) {
		rows := slices.Clone(r.in.rows[file])
		seen := map[string]int{}
		for _, w := range rows {
			s.check(w, seen)
		}
		if s.order != nil {
			rows = s.order(rows)
		}
		done := FileReport{File: file, Rows: len(rows)}
		for i, w := range rows {
			changed, err := s.put(r, w)
			if err != nil {
				if err = w.refuse("", err); err != nil {
					return err
				}
			}
			if changed && err == nil && !w.bad {
				done.Changed++
			}
			if i%50 == 49 || i+1 == len(rows) {
				r.progress(file, i+1, len(rows))
			}
		}
		r.report.Files = append(r.report.Files, done)
		r.report.Changed += done.Changed
	}
	return nil
}

// parentsFirst orders a tree's rows depth first, so that every row comes after its parent and ids follow the tree. A row
// whose parent is not in the file keeps its place; rows that are each other's parents are refused.
func parentsFirst(rows []*row) []*row {
	children := map[string][]*row{}
	inFile := map[string]bool{}
	for _, w := range rows {
		inFile[w.text("code")] = true
	}
	for _, w := range rows {
		parent := w.text("parent")
		if !inFile[parent] || parent == w.text("code") {
			parent = ""
		}
		children[parent] = append(children[parent], w)
	}
	var ordered []*row
	placed := map[*row]bool{}
	var visit func(code string)
	visit = func(code string) {
		for _, w := range children[code] {
			if !placed[w] {
				placed[w] = true
				ordered = append(ordered, w)
				visit(w.text("code"))
			}
		}
	}
	visit("")
	for _, w := range rows {
		if !placed[w] {
			w.fail("parent", "上级互相循环，找不到最上面的一个")
		}
	}
	return ordered
}

func byPosition(a, b *row) int { return cmp.Compare(a.position, b.position) }
