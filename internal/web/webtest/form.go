package webtest

// The forms of a page, filled in and sent as a browser does: with what stood in them, and nothing that they have no
// place for. What scripts add to a page is not here; scenarios of e2e/ look at those.

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Form is a form of a page with what a browser would send of it untouched.
type Form struct {
	Action, Method, Media string
	Values                url.Values
	fields                map[string][]field
	files                 map[string]bool
}

// field is one control; several may have a name in common.
type field struct {
	kind    string // of an input, or select, textarea, button
	value   string
	options []string
	must    bool
}

// Forms are those of a page.
func Forms(page string) (forms []*Form, err error) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, err
	}
	byID := map[string]*Form{}
	var walk func(n *html.Node, in *Form)
	walk = func(n *html.Node, in *Form) {
		if n.Type == html.ElementNode {
			switch n.Data {
			case "form":
				in = &Form{Action: attr(n, "action"), Method: strings.ToUpper(attr(n, "method")),
					Media: attr(n, "enctype"), Values: url.Values{}, fields: map[string][]field{},
					files: map[string]bool{}}
				forms = append(forms, in)
				if id := attr(n, "id"); id != "" {
					byID[id] = in
				}
			case "input", "select", "textarea", "button":
				of := in
				if id := attr(n, "form"); id != "" {
					of = byID[id]
				}
				if of != nil && attr(n, "name") != "" && !has(n, "disabled") {
					of.add(n)
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
	}
	walk(root, nil)
	return forms, nil
}

// add takes a control in, with what it sends untouched.
func (f *Form) add(n *html.Node) {
	name, one := attr(n, "name"), field{kind: n.Data, value: attr(n, "value"), must: has(n, "required")}
	switch n.Data {
	case "input":
		one.kind = attr(n, "type")
		switch one.kind {
		case "file":
			f.files[name] = true
		case "checkbox", "radio":
			if one.value == "" && !has(n, "value") {
				one.value = "on"
			}
			if has(n, "checked") {
				f.Values.Add(name, one.value)
			}
		case "submit":
		default:
			f.Values.Add(name, one.value)
		}
	case "textarea":
		one.value = text(n)
		f.Values.Add(name, one.value)
	case "select":
		chosen := []string{}
		for o := range n.Descendants() {
			if o.Type != html.ElementNode || o.Data != "option" || has(o, "disabled") {
				continue
			}
			value := attr(o, "value")
			if !has(o, "value") {
				value = strings.TrimSpace(text(o))
			}
			one.options = append(one.options, value)
			if has(o, "selected") {
				chosen = append(chosen, value)
			}
		}
		if len(chosen) == 0 && len(one.options) > 0 && !has(n, "multiple") {
			chosen = one.options[:1]
		}
		f.Values[name] = append(f.Values[name], chosen...)
	}
	f.fields[name] = append(f.fields[name], one)
}

// Fill writes values as JSON says them into the fields of their names, or says what the form has no place for. A button
// is pressed by its name.
func (f *Form) Fill(values []byte) error {
	sent := map[string]any{}
	if len(values) > 0 {
		if err := json.Unmarshal(values, &sent); err != nil {
			return err
		}
	}
	flat := url.Values{}
	for name, value := range sent {
		flatten(flat, name, value)
	}
	for _, name := range slices.Sorted(maps.Keys(flat)) {
		if err := f.fill(name, flat[name]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for name, all := range f.fields {
		if all[0].must && all[0].kind != "file" && strings.Join(f.Values[name], "") == "" {
			return fmt.Errorf("%s: a browser does not send the form without it", name)
		}
	}
	return nil
}

// Takes says whether the form has a place for a file of that name.
func (f *Form) Takes(file string) bool { return f.files[file] }

func (f *Form) fill(name string, values []string) error {
	all := f.fields[name]
	if len(all) == 0 {
		return fmt.Errorf("the form has no such field; it has %s",
			strings.Join(slices.Sorted(maps.Keys(f.fields)), " "))
	}
	switch one := all[0]; one.kind {
	case "hidden":
		for _, value := range values {
			if !slices.ContainsFunc(all, func(c field) bool { return c.value == value || c.kind != "hidden" }) {
				return fmt.Errorf("the form says %q, not %q", one.value, value)
			}
		}
		if len(all) == 1 {
			return nil
		}
	case "checkbox", "radio", "select", "button", "submit":
		offered := []string{}
		for _, c := range all {
			offered = append(append(offered, c.options...), c.value)
		}
		for i, value := range values {
			if value == "true" && len(all) == 1 && one.kind == "checkbox" {
				values[i] = one.value
			} else if !slices.Contains(offered, value) {
				return fmt.Errorf("%q is not offered, but %s", value, strings.Join(offered, " "))
			}
		}
	case "datetime-local":
		values[0] = strings.Replace(values[0], " ", "T", 1)
	}
	f.Values[name] = values
	return nil
}

// flatten writes what JSON nests as a form names it: members[1.kind].
func flatten(into url.Values, name string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			flatten(into, name+"["+key+"]", inner)
		}
	case []any:
		for _, one := range v {
			flatten(into, name, one)
		}
	case float64:
		into.Add(name, strconv.FormatFloat(v, 'f', -1, 64))
	case bool:
		into[name] = []string{}
		if v {
			into.Add(name, "true")
		}
	default:
		into.Add(name, fmt.Sprint(v))
	}
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// Texts are the names of the fields in which somebody types words.
func (f *Form) Texts() (names []string) {
	for name, all := range f.fields {
		if kind := all[0].kind; len(all) == 1 && (kind == "textarea" || kind == "text" || kind == "") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
