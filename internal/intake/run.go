package intake

// One import in one transaction: every file applied in order, every mistake collected, nothing written if there is any.

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// Run is one import into one transaction: what codes mean, in the database and in the files applied so far, and what
// was wrong.
type Run struct {
	Tx       *db.Tx
	in       *Folder
	progress Progress
	report   Report
	problems table.Problems
	lost     map[string]map[string]bool // by kind of file and code: what refused rows and texts would have defined
	blind    map[string]bool            // kinds of files of which something could not be read
	applying File
	kept     map[any]any // see Keep
	failed   error       // what no author of a file can mend
}

// Begin is for who applies the files in stages; Write does it at once.
func (in *Folder) Begin(tx *db.Tx, progress Progress) *Run {
	r := &Run{Tx: tx, in: in, progress: progress, problems: slices.Clone(in.problems),
		lost: map[string]map[string]bool{}, blind: map[string]bool{}}
	for _, f := range in.files {
		r.lost[f.Path] = map[string]bool{}
		for file := range in.broken {
			r.blind[f.Path] = r.blind[f.Path] || f.holds(file)
		}
	}
	for _, rows := range in.rows {
		for _, w := range rows {
			w.run, w.bad = r, false // a transaction may run again
		}
	}
	return r
}

// Problem names a mistake in a text; line 0 means the whole of it.
func (r *Run) Problem(file string, line int, reason say.Key, args ...any) {
	r.Refuse(table.Problems{{File: file, Line: line, Reason: say.New(reason, args...)}})
}

// Refuse adds mistakes that a reader of texts has found.
func (r *Run) Refuse(problems table.Problems) { r.problems = append(r.problems, problems...) }

// Lose says that code will not be defined by its text, which has mistakes, so that nobody else complains of it. An
// empty code may be any.
func (r *Run) Lose(path, code string) {
	r.lost[path][code] = true
	r.blind[path] = r.blind[path] || code == ""
}

// Whole says that all files of a kind were read and nothing in them refused: what is not there, nobody has defined.
func (r *Run) Whole(path string) bool { return len(r.lost[path]) == 0 && !r.blind[path] }

// Lost says that a code is missing, or not as it should be, only because what defines it was refused or not read.
func (r *Run) Lost(path, code string) bool { return r.lost[path][code] || r.blind[path] }

// stop keeps the first error that is nobody's mistake: the row ends there.
func (r *Run) stop(err error) {
	if r.failed == nil {
		r.failed = err
	}
}

// Write applies all files, or none: then the error is Invalid and wraps Problems.
func (in *Folder) Write(tx *db.Tx, progress Progress) (Report, error) {
	r := in.Begin(tx, progress)
	if err := r.Apply(func(File) bool { return true }, nil); err != nil {
		return Report{}, err
	}
	return r.Finish()
}

// Apply applies the files that are among which, of CSV files the rows that are among rows, if not nil, alone.
func (r *Run) Apply(which func(File) bool, rows func(*Row) bool) error {
	for _, f := range r.in.files {
		if !which(f) {
			continue
		}
		if err := r.apply(f, rows); err != nil {
			return err
		}
	}
	return nil
}

// Mistakes is nil, or the Invalid error that names all mistakes so far.
func (r *Run) Mistakes() error { return r.problems.Check() }

// Problems are all mistakes so far, for who keeps what is good.
func (r *Run) Problems() table.Problems { return slices.Clone(r.problems) }

// Rows are the rows of a kind of file, whether applied or not.
func (r *Run) Rows(path string) (rows []*Row) {
	for _, file := range r.in.filesOf(File{Path: path}) {
		rows = append(rows, r.in.rows[file]...)
	}
	return rows
}

// Finish refuses everything if there was a mistake, and journals what was changed.
func (r *Run) Finish() (Report, error) {
	if err := r.Mistakes(); err != nil {
		return Report{}, err
	}
	if r.report.Changed == 0 {
		return r.report, nil
	}
	for _, f := range r.in.files {
		if f.Done == nil {
			continue
		}
		if err := f.Done(r); err != nil {
			return r.report, err
		}
	}
	detail := map[string]string{}
	for _, f := range r.report.Files {
		if f.Changed > 0 {
			detail[f.File] = strconv.Itoa(f.Changed)
		}
	}
	return r.report, journal.Log(r.Tx, journal.System, "exchange.import", "installation", detail)
}

// apply applies the files of one kind.
func (r *Run) apply(f File, take func(*Row) bool) error {
	for _, file := range r.in.filesOf(f) {
		r.applying, r.kept = f, map[any]any{}
		done, err := FileReport{}, error(nil)
		if f.Text != nil {
			done, err = r.applyText(f, file)
		} else {
			done, err = r.applyRows(f, file, take)
		}
		if err != nil {
			return err
		}
		r.count(done)
	}
	return nil
}

// count adds to what is reported of a file, which may come in stages.
func (r *Run) count(done FileReport) {
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

func (r *Run) applyText(f File, file string) (FileReport, error) {
	done := FileReport{File: file, Rows: 1}
	changed, err := f.Text(r, file, r.in.texts[file])
	if e, ok := errors.AsType[*errs.Error](err); ok && e.Kind != errs.Internal && e.Err == nil {
		r.Problem(file, 0, e.Words.Key, e.Words.Args...)
	} else if err != nil {
		return done, fmt.Errorf("%s: %w", file, err)
	}
	if changed {
		done.Changed = 1
	}
	r.progress(file, 1, 1)
	return done, nil
}

func (r *Run) applyRows(f File, file string, take func(*Row) bool) (FileReport, error) {
	rows, seen, good := slices.Clone(r.in.rows[file]), map[string]int{}, map[string]bool{}
	if take != nil {
		rows = slices.DeleteFunc(rows, func(w *Row) bool { return !take(w) })
	}
	for _, w := range rows {
		f.check(w, seen)
	}
	if f.Tree {
		rows = parentsFirst(rows)
	}
	done := FileReport{File: file, Rows: len(rows)}
	for i, w := range rows {
		changed, err := f.Row(r, w)
		if r.failed != nil {
			err = r.failed
		}
		if e, ok := errors.AsType[*errs.Error](err); ok && db.Spoke(e.Err) { // the transaction cannot go on
			w.Fail("", e.Words.Key, e.Words.Args...)
			return done, r.problems.Check()
		}
		if err != nil && (r.failed != nil || !w.Refuse(err)) {
			return done, fmt.Errorf("%s line %d: %w", w.File, w.Line, err)
		}
		if code := f.codeOf(w); !w.bad {
			good[code] = true
			delete(r.lost[f.Path], code)
		} else if code != "" && !good[code] {
			r.lost[f.Path][code] = true
		}
		if changed && !w.bad {
			done.Changed++
		}
		if take == nil && (i%50 == 49 || i+1 == len(rows)) {
			r.progress(file, i+1, len(rows))
		}
	}
	return done, nil
}

// parentsFirst orders a tree's rows depth first, so that every row comes after its parent and ids follow the tree. A
// row whose parent is not in the file keeps its place; rows that are each other's parents are refused.
func parentsFirst(rows []*Row) []*Row {
	children := map[string][]*Row{}
	inFile := map[string]bool{}
	for _, w := range rows {
		inFile[w.Text("code")] = true
	}
	for _, w := range rows {
		parent := w.Text("parent")
		if !inFile[parent] || parent == w.Text("code") {
			parent = ""
		}
		children[parent] = append(children[parent], w)
	}
	var ordered []*Row
	placed := map[*Row]bool{}
	var visit func(code string)
	visit = func(code string) {
		for _, w := range children[code] {
			if !placed[w] {
				placed[w] = true
				ordered = append(ordered, w)
				visit(w.Text("code"))
			}
		}
	}
	visit("")
	for _, w := range rows {
		if !placed[w] {
			w.Fail("parent", "上级互相循环，找不到最上面的一个")
		}
	}
	return ordered
}
