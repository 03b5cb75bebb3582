package exchange

// One import in one transaction: every file applied in order, every mistake collected, nothing written if there is any.

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/setting"
	"yipanqi/internal/submission"
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
	dueOn    string                  // of every form opened, if not empty: nothing is late in a sample
	sample   bool                    // what comes in is made up
	stage    string                  // the only period of which forms are taken, if not empty
	filled   []submission.Submission // what came with numbers in it

	labels     []network.Label
	areas      index[network.Area]
	units      index[network.Unit]
	tree       map[int64]network.Area // every dated row
	people     map[string]string      // id by name, of this run
	plans      index[bool]
	domains    index[bool] // by plan/code
	goals      index[bool] // by plan/code
	calibres   index[int64]
	indicators index[indicator.Indicator]
	elements   index[element.Element]
	forms      index[form.Form]
	parameters []indicator.Parameter
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
	r := &run{tx: tx, in: in, progress: progress, problems: slices.Clone(in.problems), tree: map[int64]network.Area{},
		people:     map[string]string{},
		areas:      newIndex[network.Area](in, "区域", "areas.csv"),
		units:      newIndex[network.Unit](in, "单位", "units.csv"),
		plans:      newIndex[bool](in, "规划", "plans.csv"),
		domains:    newIndex[bool](in, "领域", "domains.csv"),
		goals:      newIndex[bool](in, "目标", "goals.csv"),
		calibres:   newIndex[int64](in, "口径", "calibres.csv"),
		indicators: newIndex[indicator.Indicator](in, "指标", "indicators.csv"),
		elements:   newIndex[element.Element](in, "数据项", "elements.csv"),
		forms:      newIndex[form.Form](in, "报表", formFiles),
	}
	for _, rows := range in.rows {
		for _, w := range rows {
			w.run, w.bad = r, false // a transaction may run again
		}
	}
	var err error
	if r.dueOn, err = setting.SampleDue(tx); err != nil {
		return nil, err
	}
	if r.sample, err = setting.IsSample(tx); err != nil {
		return nil, err
	}
	return r, r.remember()
}

// write applies all files.
func (r *run) write() (Report, error) {
	for _, s := range sources() {
		if err := r.load(s); err != nil {
			return Report{}, err
		}
	}
	return r.finish()
}

// finish refuses what had a mistake and journals what was changed.
func (r *run) finish() (Report, error) {
	if err := r.problems.Check(); err != nil {
		return Report{}, err
	}
	if r.report.Changed == 0 {
		return r.report, nil
	}
	if _, err := submission.FollowNetwork(r.tx); err != nil {
		return r.report, err
	}
	detail := map[string]string{}
	for _, f := range r.report.Files {
		if f.Changed > 0 {
			detail[f.File] = strconv.Itoa(f.Changed)
		}
	}
	return r.report, journal.Log(r.tx, journal.System, "exchange.import", "installation", detail)
}

// load applies the files of one source.
func (r *run) load(s source) error {
	for _, file := range r.in.filesOf(s) {
		done, err := FileReport{}, error(nil)
		if s.text != nil {
			done, err = r.loadText(s, file)
		} else {
			done, err = r.loadRows(s, file)
		}
		if err != nil {
			return err
		}
		r.count(done)
	}
	return nil
}

// count adds to what is reported of a file, which may come in stages.
func (r *run) count(done FileReport) {
	r.report.Changed += done.Changed
	for i, f := range r.report.Files {
		if f.File == done.File {
			r.report.Files[i].Rows += done.Rows
			r.report.Files[i].Changed += done.Changed
			return
		}
	}
	r.report.Files = append(r.report.Files, done)
}

func (r *run) loadText(s source, file string) (FileReport, error) {
	done := FileReport{File: file, Rows: 1}
	changed, err := s.text(r, file, r.in.texts[file])
	if e, ok := errors.AsType[*errs.Error](err); ok && e.Kind != errs.Internal && e.Err == nil {
		r.problem(file, 0, e.Words.Key, e.Words.Args...)
	} else if err != nil {
		return done, fmt.Errorf("%s: %w", file, err)
	}
	if changed {
		done.Changed = 1
	}
	r.progress(file, 1, 1)
	return done, nil
}

func (r *run) loadRows(s source, file string) (FileReport, error) {
	rows, seen := slices.Clone(r.in.rows[file]), map[string]int{}
	if r.stage != "" {
		rows = slices.DeleteFunc(rows, func(w *row) bool { return w.text("period") != r.stage })
	}
	for _, w := range rows {
		s.check(w, seen)
	}
	if s.order != nil {
		rows = s.order(rows)
	}
	done := FileReport{File: file, Rows: len(rows)}
	for i, w := range rows {
		changed, err := s.put(r, w)
		if e, ok := errors.AsType[*errs.Error](err); ok && db.Spoke(e.Err) { // the transaction cannot go on
			w.fail("", e.Words.Key, e.Words.Args...)
			return done, r.problems.Check()
		}
		if err != nil && !w.refuse(err) {
			return done, fmt.Errorf("%s line %d: %w", w.File, w.Line, err)
		}
		if changed && !w.bad {
			done.Changed++
		}
		if r.stage == "" && (i%50 == 49 || i+1 == len(rows)) {
			r.progress(file, i+1, len(rows))
		}
	}
	return done, nil
}

// parentsFirst orders a tree's rows depth first, so that every row comes after its parent and ids follow the tree. A
// row whose parent is not in the file keeps its place; rows that are each other's parents are refused.
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
