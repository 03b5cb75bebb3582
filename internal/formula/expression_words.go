package formula

// An expression as people read it. Which words there are for names and functions its caller says; this is how they are
// put together, with brackets where the meaning asks for them.

import (
	"slices"
	"strings"
)

// Naming says what things are called. Name is that of a name. Literal is that of a text, or of 1 and 0 for yes and no,
// held against the name whose ("" where it stands alone). Call is a function or a word operator (and, or, not, in,
// list; given is not missing) over what its arguments are called; ok is false where there are no words for it.
type Naming struct {
	Name    func(Name) string
	Literal func(whose, text string) string
	Call    func(function string, args []string) (text string, ok bool)
}

// Words are the expression in words; "" of none.
func (e Expression) Words(n Naming) string {
	if e.root == nil {
		return ""
	}
	return e.root.words(n, "", "")
}

// binds is how strongly an operation holds its arguments together.
func (t *term) binds() int {
	switch t.op {
	case "or":
		return 1
	case "and":
		return 2
	case "not":
		return 3
	case "+", "-":
		return 5
	case "*", "/":
		return 6
	case "v", "n", "f", "list", "neg":
		return 7
	}
	return 4
}

var shown = map[string]string{"==": " = ", "!=": " ≠ ", ">=": " ≥ ", "<=": " ≤ ", ">": " > ", "<": " < ", "+": " + ",
	"-": " − ", "*": " × ", "/": " ÷ "}

func (t *term) words(n Naming, whose, table string) string {
	switch t.op {
	case "v":
		if t.value.kind == 't' || t.value.kind == 'y' {
			return n.Literal(whose, t.value.Plain(0))
		}
		return t.value.Plain(6)
	case "n":
		return n.Name(Name{t.name, table})
	}
	if t.op == "f" && len(t.args) == 1 && t.args[0].op == "v" { // a code: the function knows it
		if text, ok := n.Call(t.name, []string{t.args[0].value.text}); ok {
			return text
		}
	}
	if inner := t.args; t.op == "not" && inner[0].op == "f" && inner[0].name == "missing" {
		if text, ok := n.Call("given", []string{inner[0].args[0].words(n, whose, table)}); ok {
			return text
		}
	}
	args := make([]string, len(t.args))
	for i, a := range t.args {
		of, in := whose, table
		if t.op == "f" && i == 1 && slices.Contains(byRows, t.name) {
			in, _, _ = strings.Cut(t.args[0].name, ".")
		}
		for _, other := range t.args {
			if other.op == "n" && t.op != "f" {
				of = other.name
			}
		}
		args[i] = a.words(n, of, in)
		if weaker := a.binds() < t.binds() || a.binds() == t.binds() && i > 0 && (t.op == "-" || t.op == "/"); weaker &&
			t.op != "f" && t.op != "list" || a.op == "f" && a.name == "if" {
			args[i] = "(" + args[i] + ")"
		}
	}
	if sign, ok := shown[t.op]; ok {
		return args[0] + sign + args[1]
	}
	if t.op == "neg" {
		return "−" + args[0]
	}
	name := t.op
	if t.op == "f" {
		name = t.name
	}
	if text, ok := n.Call(name, args); ok {
		return text
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}
