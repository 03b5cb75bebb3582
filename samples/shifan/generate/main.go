// Command generate writes the files of the fictional sample city from tables/ and a seed, always the same bytes. It is
// run by hand; what it writes is committed. Files of the sample that it does not write are kept by hand.
package main

import (
	"embed"
	"encoding/csv"
	"log"
	"os"
	"path/filepath"
	"strings"
)

//go:embed tables
var tables embed.FS

// record is a row of a table, by column.
type record map[string]string

func main() {
	dir := "."
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if strings.HasPrefix(dir, "-") { // or a folder of that name is made
		log.Fatal("usage: generate [FOLDER]")
	}
	if err := generate(dir); err != nil {
		log.Fatal(err)
	}
}

// generate writes all files into dir.
func generate(dir string) error {
	c, err := newCity()
	if err != nil {
		return err
	}
	w := writer{dir: dir}
	c.writeNetwork(&w)
	c.writePlans(&w)
	writeTags(&w)
	c.writeForms(&w)
	c.writeNumbers(&w)
	c.writePeople(&w)
	c.writeHandout(&w)
	c.writeLayers(&w)
	return w.err
}

func readTable(name string) ([]record, error) {
	file, err := tables.Open("tables/" + name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, err
	}
	var all []record
	for _, row := range rows[1:] {
		r := record{}
		for i, head := range rows[0] {
			r[head] = row[i]
		}
		all = append(all, r)
	}
	return all, nil
}

// writer writes files until one fails.
type writer struct {
	dir string
	err error
}

func (w *writer) text(name, body string) {
	if w.err != nil {
		return
	}
	path := filepath.Join(w.dir, filepath.FromSlash(name))
	if w.err = os.MkdirAll(filepath.Dir(path), 0o755); w.err == nil {
		w.err = os.WriteFile(path, []byte(body), 0o644)
	}
}

// table writes a CSV file; heads are separated by spaces.
func (w *writer) table(name, heads string, rows [][]string) {
	var b strings.Builder
	out := csv.NewWriter(&b)
	if err := out.WriteAll(append([][]string{strings.Fields(heads)}, rows...)); err != nil && w.err == nil {
		w.err = err
	}
	w.text(name, b.String())
}
