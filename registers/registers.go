// Package registers holds the registers that the program brings along: one file each, as an office would write it, with
// the codes they choose from, the standards they are held against and the elements their measures fill. It knows no
// rule: what the files mean is package register's.
//
// codes.csv are the choices; 已确认 is 否 for those that no law or official page gives. elements.csv are the elements
// that measures fill, as an installation imports elements. standards.csv are dated rules of places. A ratio of stalls
// is kept as women's per men's, so that 男:女 1:2 and 女:男 2:1 are one number and the data are never turned round; as
// the rule says it, it stands under 方向.
package registers

import (
	"embed"
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// FS are all files.
//
//go:embed *.yaml *.csv
var FS embed.FS

// Over is a folder to import with these files in its registers/, except those that it has itself.
func Over(folder fs.FS) fs.FS { return over{folder} }

const folderName = "registers"

type over struct{ fs.FS }

// Open opens the folder's own file, or ours.
func (o over) Open(name string) (fs.File, error) {
	f, err := o.FS.Open(name)
	if inside, is := strings.CutPrefix(name, folderName+"/"); is && errors.Is(err, fs.ErrNotExist) {
		return FS.Open(inside)
	}
	return f, err
}

// ReadDir lists the folder's own files, and in registers/ ours as well.
func (o over) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	if name != folderName || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return entries, err
	}
	shipped, err := FS.ReadDir(".")
	for _, e := range shipped {
		has := func(own fs.DirEntry) bool { return own.Name() == e.Name() }
		if !slices.ContainsFunc(entries, has) {
			entries = append(entries, e)
		}
	}
	return entries, err
}

// Own is a folder to import that has these files alone.
func Own() fs.FS { return over{nothing{}} }

// nothing is an empty folder.
type nothing struct{}

func (nothing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (nothing) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "." {
		return nil, nil
	}
	return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
}
