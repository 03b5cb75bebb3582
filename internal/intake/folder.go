package intake

// A folder read whole before anything is written: which files mean something, which look as if they should. What rows
// mean is for the modules to say.

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// Folder is what was read, before anything is written.
type Folder struct {
	files    []File            // in the order in which they are applied
	rows     map[string][]*Row // by file
	texts    map[string]string // by file
	problems table.Problems
	broken   map[string]bool // files of which some rows could not be read
}

// Read reads every file that one of files tells the meaning of, and names those that look as if they should have one.
func Read(files []File, folder fs.FS) (*Folder, error) {
	all, err := ordered(files)
	if err != nil {
		return nil, err
	}
	in := &Folder{all, map[string][]*Row{}, map[string]string{}, nil, map[string]bool{}}
	dirs := map[string]bool{".": true}
	for _, f := range all {
		dirs[path.Dir(f.Path)] = true
	}
	for _, dir := range slices.Sorted(maps.Keys(dirs)) {
		entries, err := fs.ReadDir(folder, dir)
		if dir != "." && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, &errs.Error{Kind: errs.Invalid, Words: say.New("导入目录打不开。请检查路径。"), Err: err}
		}
		for _, e := range entries {
			if err := in.take(folder, path.Join(dir, e.Name())); err != nil {
				return nil, err
			}
		}
	}
	if len(in.rows)+len(in.texts)+len(in.problems) == 0 {
		return nil, errs.Invalidf("目录里没有可以导入的文件。可用的文件：%s", in.names())
	}
	return in, nil
}

// take reads a file if it is one of those declared.
func (in *Folder) take(fsys fs.FS, name string) error {
	i := slices.IndexFunc(in.files, func(f File) bool { return f.holds(name) })
	if i >= 0 && !in.files[i].read() {
		return nil
	}
	if i >= 0 {
		return in.read(fsys, name, in.files[i])
	}
	if csv, ok := in.asCSV(name); ok {
		in.problem(name, "导入只读CSV。请打开这个文件，另存为“CSV UTF-8（逗号分隔）”，文件名为%s", csv)
		return nil
	}
	if slices.Contains([]string{".csv", ".yaml", ".yml", ".xlsx", ".xls"}, path.Ext(name)) {
		in.problem(name, "不认识这个文件。可用的文件：%s", in.names())
	}
	return nil
}

// asCSV is the name that a workbook should have been saved under.
func (in *Folder) asCSV(name string) (csv string, ok bool) {
	ext := path.Ext(name)
	csv = strings.TrimSuffix(name, ext) + ".csv"
	known := slices.ContainsFunc(in.files, func(f File) bool { return f.holds(csv) })
	return csv, known && slices.Contains([]string{".xlsx", ".xls", ".et", ".ods", ".txt", ".tsv"}, strings.ToLower(ext))
}

func (in *Folder) read(fsys fs.FS, name string, f File) error {
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
	return in.table(name, data, f)
}

// ReadTable reads one table that did not come as a file of a folder; f refers to no other file.
func ReadTable(f File, data []byte) (*Folder, error) {
	in := &Folder{[]File{f}, map[string][]*Row{}, map[string]string{}, nil, map[string]bool{}}
	return in, in.table(f.Path, data, f)
}

func (in *Folder) table(name string, data []byte, f File) error {
	columns, records, err := table.ReadColumns(name, data)
	if problems, ok := errors.AsType[table.Problems](err); ok {
		in.problems = append(in.problems, problems...)
		in.broken[name] = true
	} else if err != nil {
		return err
	}
	in.rows[name] = nil
	if len(columns) == 0 {
		return nil
	}
	heads, problems := f.heads(name, columns)
	in.problems = append(in.problems, problems...)
	if len(problems) > 0 {
		in.broken[name] = true
		return nil
	}
	for i, record := range records {
		in.rows[name] = append(in.rows[name], &Row{Record: record, Position: i + 1, heads: heads})
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

func (in *Folder) problem(file string, reason say.Key, args ...any) {
	in.problems = append(in.problems, table.Problem{File: file, Reason: say.New(reason, args...)})
}

func (in *Folder) names() string {
	var names []string
	for _, f := range in.files {
		if f.read() {
			names = append(names, f.Path)
		}
	}
	return strings.Join(names, " ")
}

// filesOf are the files of a kind that the folder holds, by name.
func (in *Folder) filesOf(f File) []string {
	files := slices.AppendSeq(slices.Collect(maps.Keys(in.rows)), maps.Keys(in.texts))
	files = slices.DeleteFunc(files, func(file string) bool { return !f.holds(file) })
	slices.Sort(files)
	return files
}
