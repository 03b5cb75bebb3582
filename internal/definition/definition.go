// Package definition reads files that define things (YAML): mappings of known keys, written in English or Chinese,
// values as they were typed, and every mistake at once with its line. What the keys mean is for each module to say.
package definition

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// Node is a part of a file: a value, a list or a mapping.
type Node = yaml.Node

// Reader reads one file and collects what is wrong in it.
type Reader struct {
	file     string
	keys     Keys
	problems table.Problems
}

// Read reads a file whose keys may also be written as keys says, and returns its mistakes in order of line. What root
// has read is usable only if there are none.
func Read(file string, data []byte, keys Keys, root func(*Reader, *Node)) table.Problems {
	r := Reader{file: file, keys: keys}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, more Node
	err := decoder.Decode(&document)
	switch {
	case err == io.EOF || err == nil && len(document.Content) == 0:
		r.Problem(&document, "文件是空的。")
		return r.problems
	case err != nil:
		r.syntax(err)
		return r.problems
	}
	if err := decoder.Decode(&more); err == nil {
		r.Problem(&more, "一个文件只能有一份内容。请把“---”后面的放进另一个文件。")
	} else if err != io.EOF {
		r.syntax(err)
	}
	root(&r, document.Content[0])
	r.sort()
	return r.problems
}

func (r *Reader) sort() {
	slices.SortStableFunc(r.problems, func(a, b table.Problem) int { return a.Line - b.Line })
}

// Problem notes a mistake.
func (r *Reader) Problem(at *Node, msg say.Key, args ...any) {
	r.problems = append(r.problems, table.Problem{File: r.file, Line: at.Line, Reason: say.New(msg, args...)})
}

// Refuse notes what a module says about a part of the file, if anything.
func (r *Reader) Refuse(at *Node, err error) {
	if e, ok := errors.AsType[*errs.Error](err); ok {
		r.Problem(at, e.Words.Key, e.Words.Args...)
	}
}

var lineOf = regexp.MustCompile(`line (\d+)`)

func (r *Reader) syntax(err error) {
	at := Node{}
	if found := lineOf.FindStringSubmatch(err.Error()); found != nil {
		at.Line, _ = strconv.Atoi(found[1]) // digits
	}
	r.Problem(&at, "不是正确的YAML：请检查缩进（用空格，不用制表符）、冒号后的空格和引号。")
}

// Field is one key that a mapping may have, and how its value is read.
type Field struct {
	key      string
	required bool
	read     func(*Node)
}

// Need is a key that must be there.
func Need(key string, read func(*Node)) Field { return Field{key, true, read} }

// May is a key that may be missing, or have no value.
func May(key string, read func(*Node)) Field { return Field{key, false, read} }

// Fields reads a mapping: each key at most once, none that is not among fields, all that are needed. What refers to
// other parts of the mapping is read after it: see Later.
func (r *Reader) Fields(n *Node, fields ...Field) {
	seen, chinese := map[string]bool{}, false
	r.Each(n, func(key, value *Node) {
		name := r.keys.key(key.Value)
		chinese = chinese || name != key.Value
		at := slices.IndexFunc(fields, func(f Field) bool { return f.key == name })
		switch {
		case at < 0:
			r.Problem(key, "不认识的名称“%s”。", key.Value)
		case seen[name]:
			r.Problem(key, "“%s”写了两次。", key.Value)
		case fields[at].required || !empty(value):
			fields[at].read(value)
		}
		seen[name] = true
	})
	for _, f := range fields {
		if n.Kind == yaml.MappingNode && f.required && !seen[f.key] {
			r.Problem(n, "缺少“%s”。", r.keys.shown(f.key, chinese))
		}
	}
}

// Lacks notes that a mapping lacks a key that it needs because of what else it says.
func (r *Reader) Lacks(n *Node, key string) {
	if n.Kind != yaml.MappingNode {
		return // said already
	}
	chinese := false
	r.Each(n, func(key, _ *Node) { chinese = chinese || r.keys.key(key.Value) != key.Value })
	r.Problem(n, "缺少“%s”。", r.keys.shown(key, chinese))
}

// Each reads a mapping whose keys are not known beforehand, in the order of the file.
func (r *Reader) Each(n *Node, read func(key, value *Node)) {
	if n.Kind != yaml.MappingNode {
		r.Problem(n, "这里应当是“名称: 值”的几行。")
		return
	}
	for i := 0; i < len(n.Content); i += 2 {
		read(n.Content[i], n.Content[i+1])
	}
}

// List reads the items of a list, at least one.
func (r *Reader) List(n *Node, item func(*Node)) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		r.Problem(n, "这里应当是以“- ”开头的几项。")
		return
	}
	for _, child := range n.Content {
		item(child)
	}
}

// Later keeps a part that refers to others, to be read after them; it stays nil if it is not there.
func Later(into **Node) func(*Node) { return func(n *Node) { *into = n } }

func empty(n *Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }
