package exchange

// A city's folder read whole before anything is written: which files mean something, which look as if they should. What
// rows mean is load_*.go's.

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// folder is what was read, before anything is written.
type folder struct {
	rows     map[string][]*row // by file
	texts    map[string]string // YAML and templates, by file
	problems table.Problems
	broken   map[string]bool // files of which some rows could not be read
}

// Files that a folder may hold beside the CSV files of sources.
const (
	CityFile  = "city.yaml"
	demoFile  = "demo.yaml"
	formFiles = "forms/*.yaml"
	textFiles = "report/*.md"
	fillFiles = "submissions/*.csv"

	calendarFile = "calendar.csv"
)

// read reads every file that has a meaning, and names those that look as if they should have one.
func read(fsys fs.FS) (*folder, error) {
	in := &folder{rows: map[string][]*row{}, texts: map[string]string{}, broken: map[string]bool{}}
	all := sources()
	for _, dir := range []string{".", path.Dir(formFiles), path.Dir(fillFiles), path.Dir(textFiles)} {
		entries, err := fs.ReadDir(fsys, dir)
		if dir != "." && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, &errs.Error{Kind: errs.Invalid, Words: say.New("导入目录打不开。请检查路径。"), Err: err}
		}
		for _, e := range entries {
			if err := in.take(fsys, path.Join(dir, e.Name()), all); err != nil {
				return nil, err
			}
		}
	}
	if len(in.rows)+len(in.texts)+len(in.problems) == 0 {
		return nil, errs.Invalidf("目录里没有可以导入的文件。可用的文件：%s", fileNames(all))
	}
	return in, nil
}

// take reads a file if it is one of all.
func (in *folder) take(fsys fs.FS, name string, all []source) error {
	i := slices.IndexFunc(all, func(s source) bool { return s.holds(name) })
	if i >= 0 {
		return in.read(fsys, name, all[i])
	}
	if csv, ok := asCSV(name, all); ok {
		in.problem(name, "导入只读CSV。请打开这个文件，另存为“CSV UTF-8（逗号分隔）”，文件名为%s", csv)
		return nil
	}
	if name != demoFile && slices.Contains([]string{".csv", ".yaml", ".yml", ".xlsx", ".xls"}, path.Ext(name)) {
		in.problem(name, "不认识这个文件。可用的文件：%s", fileNames(all))
	}
	return nil
}

// asCSV is the name that a workbook should have been saved under.
func asCSV(name string, all []source) (csv string, ok bool) {
	ext := path.Ext(name)
	csv = strings.TrimSuffix(name, ext) + ".csv"
	known := slices.ContainsFunc(all, func(s source) bool { return s.holds(csv) })
	return csv, known && slices.Contains([]string{".xlsx", ".xls", ".et", ".ods", ".txt", ".tsv"}, strings.ToLower(ext))
}

func (in *folder) read(fsys fs.FS, name string, s source) error {
	data, refused := readFile(fsys, name)
	if refused != "" {
		in.problem(name, refused)
		in.broken[name] = true
		return nil
	}
	if path.Ext(name) != ".csv" {
		if why, bad := errs.Unreadable(string(data)); bad {
			in.problem(name, why.Key, why.Args...)
			in.broken[name] = true
		} else {
			in.texts[name] = string(data)
		}
		return nil
	}
	records, err := table.ReadCSV(name, data)
	if problems, ok := errors.AsType[table.Problems](err); ok {
		in.problems = append(in.problems, problems...)
		in.broken[name] = true
	} else if err != nil {
		return err
	}
	in.rows[name] = nil
	if len(records) == 0 {
		return nil
	}
	heads, problems := s.heads(records[0])
	in.problems = append(in.problems, problems...)
	if len(problems) > 0 {
		in.broken[name] = true
		return nil
	}
	for i, record := range records {
		in.rows[name] = append(in.rows[name], &row{Record: record, heads: heads, position: i + 1})
	}
	return nil
}

// maxFile is more than any file of a city has.
const maxFile = 64 << 20

// readFile reads a file, or says why not. What is no file is not opened: a named pipe would keep us waiting for ever.
func readFile(fsys fs.FS, name string) (data []byte, refused say.Key) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return nil, "这不是普通文件（是目录、管道或设备），请换成文件"
	case err == nil && info.Size() > maxFile:
		return nil, "文件太大：最大64 MB"
	case err == nil:
		data, err = fs.ReadFile(fsys, name)
	}
	if err != nil {
		return nil, "文件读不出来，请检查文件的权限"
	}
	return data, ""
}

func (in *folder) problem(file string, reason say.Key, args ...any) {
	in.problems = append(in.problems, table.Problem{File: file, Reason: say.New(reason, args...)})
}

func fileNames(all []source) string {
	var names []string
	for _, s := range all {
		names = append(names, s.file)
	}
	return strings.Join(names, " ")
}
