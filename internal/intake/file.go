package intake

// How a module declares a kind of file: its name, its columns in both languages, what it refers to and how a row is
// put. What stands in a folder is folder.go's.

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// File is one kind of file that a folder may hold. A CSV file has Columns and Row, a text has Text; one with neither is
// known and left alone.
type File struct {
	Path    string   // a pattern: areas.csv, forms/*.yaml
	Title   string   // what it holds, in Chinese
	Columns string   // name=中文名（what may stand there）; * where the column and a value in every row are needed
	Help    string   // what else its author should know, in Chinese
	Key     string   // columns that together stand but once in the file
	Code    string   // columns that together, with / between, are the code that others use; "" for code
	Free    bool     // may have further columns
	Last    bool     // of a sample with a clock: put as its story ends, as of its own day
	Tree    bool     // rows name their parent, which is put before them
	After   []string // the files that it refers to
	Row     func(*Run, *Row) (changed bool, err error)
	Text    func(r *Run, file, body string) (changed bool, err error)
	Done    func(*Run) error // after all files, if anything changed
}

// What many files have.
const (
	Named   = "code*=代码 name*=名称 name_en=英文名"
	Sourced = " source_title=来源 source_url=来源网址"
)

// ordered are the files with what each refers to before it, else in the order in which they were declared. A circle, or
// a name that no file has, is a mistake of the program.
func ordered(files []File) ([]File, error) {
	known, placed, all := map[string]bool{}, map[string]bool{}, make([]File, 0, len(files))
	for _, f := range files {
		if known[f.Path] {
			return nil, fmt.Errorf("intake: two modules declare %s", f.Path)
		}
		known[f.Path] = true
	}
	ready := func(f File) bool {
		return !placed[f.Path] && !slices.ContainsFunc(f.After, func(p string) bool { return !placed[p] })
	}
	for len(all) < len(files) {
		next := slices.IndexFunc(files, ready)
		if next < 0 {
			break
		}
		placed[files[next].Path] = true
		all = append(all, files[next])
	}
	for _, f := range files {
		for _, before := range f.After {
			if !known[before] {
				return nil, fmt.Errorf("intake: %s comes after %s, which no module declares", f.Path, before)
			}
		}
		if !placed[f.Path] {
			return nil, fmt.Errorf("intake: %s comes after itself", f.Path)
		}
	}
	return all, nil
}

// Column is one column of a kind of file.
type Column struct {
	Name, Chinese string
	Note          string // what may stand there
	Needed        bool
}

// List are the columns as declared.
func (f File) List() (all []Column) {
	for _, c := range strings.Fields(f.Columns) {
		name, chinese, _ := strings.Cut(c, "=")
		bare, needed := strings.CutSuffix(name, "*")
		chinese, note, _ := strings.Cut(strings.TrimSuffix(chinese, "）"), "（")
		all = append(all, Column{bare, chinese, note, needed})
	}
	return all
}

// heads maps our names of the columns to the headers as written, in Chinese or English. What is missing, written twice
// or unknown is a problem.
func (f File) heads(file string, written []string) (map[string]string, table.Problems) {
	heads := map[string]string{}
	var problems table.Problems
	problem := func(column string, reason say.Key, args ...any) {
		problems = append(problems, table.Problem{File: file, Line: 1, Column: column,
			Reason: say.New(reason, args...)})
	}
	columns := f.List()
	for _, head := range slices.Compact(slices.Sorted(slices.Values(written))) {
		i := slices.IndexFunc(columns, func(c Column) bool { return c.Name == head || c.Chinese == head })
		switch {
		case i >= 0 && heads[columns[i].Name] != "":
			problem(head, "这一列已经有了：“%s”", heads[columns[i].Name])
		case i >= 0:
			heads[columns[i].Name] = head
		case f.Free:
			heads[head] = head
		default:
			problem(head, "不认识这一列。可用的列：%s", f.words())
		}
	}
	for _, c := range columns {
		if c.Needed && heads[c.Name] == "" {
			problem(c.Chinese, "缺少这一列")
		}
	}
	return heads, problems
}

func (f File) words() string {
	var words []string
	for _, c := range f.List() {
		words = append(words, c.Chinese)
	}
	return strings.Join(words, " ")
}

// check finds empty cells that need a value, and rows that stand there twice.
func (f File) check(w *Row, seen map[string]int) {
	for _, c := range f.List() {
		if c.Needed && w.Text(c.Name) == "" {
			w.Fail(c.Name, "此项必填")
		}
	}
	if f.Key == "" {
		return
	}
	key := w.joined(f.Key, "\x00")
	if first := seen[key]; first > 0 {
		w.Fail("", "与第%d行重复", first)
	}
	seen[key] = w.Line
}

// codeOf is the code that others call a row's thing by.
func (f File) codeOf(w *Row) string {
	if f.Code == "" {
		return w.Text("code")
	}
	return w.joined(f.Code, "/")
}

// holds says whether a file is one of this kind.
func (f File) holds(file string) bool {
	ok, _ := path.Match(f.Path, file) // the patterns are ours
	return ok
}

// read says whether an import reads such files.
func (f File) read() bool { return f.Row != nil || f.Text != nil }
