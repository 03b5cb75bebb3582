package web

// The door: no text that errs.Unreadable refuses comes further in, by whatever way it was sent. What uploaded files
// hold is their readers' matter.

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
)

const unreadable = "有的内容读不出来，没有处理。请改正标出的地方后再提交。"

// readable refuses what stands in the query, a form or the names of files.
func readable(hr *http.Request) error {
	fields := errs.Fields{}
	look := func(values url.Values) {
		for name, texts := range values {
			refuse(fields, name, name)
			for _, text := range texts {
				refuse(fields, name, text)
			}
		}
	}
	look(hr.URL.Query())
	look(hr.Form)
	if hr.MultipartForm != nil {
		for name, files := range hr.MultipartForm.File {
			refuse(fields, name, name)
			for _, file := range files {
				refuse(fields, name, file.Filename)
			}
		}
	}
	return fields.Check(unreadable)
}

// fileLine is the line of a form that names a file, headLine the error that quotes such a line that is not accepted.
var (
	headLine = regexp.MustCompile(`malformed MIME header line: (".*")`)
	fileLine = regexp.MustCompile(`(?is)^content-disposition:.*?\bname="?([^";]*)(.*)`)
)

// named says of which field it is that a file's name holds what no line of a form may.
func named(err error) error {
	if err == nil {
		return nil
	}
	fields := errs.Fields{}
	if quoted := headLine.FindStringSubmatch(err.Error()); quoted != nil {
		line, _ := strconv.Unquote(quoted[1]) // what is no line has no field
		if found := fileLine.FindStringSubmatch(line); found != nil {
			refuse(fields, found[1], found[1]+found[2])
		}
	}
	return cmp.Or(fields.Check(unreadable), err)
}

// readableJSON refuses texts in what was decoded from body. Decoding puts U+FFFD for what is no UTF-8 and for half a
// surrogate pair; where the body does not hold that character, it is such a trace.
func readableJSON(in any, body []byte) error {
	traces := !bytes.Contains(body, []byte("\ufffd")) && !bytes.Contains(bytes.ToLower(body), []byte(`\ufffd`))
	fields := errs.Fields{}
	walk("", reflect.ValueOf(in), func(name, text string) {
		if traces {
			text = strings.ReplaceAll(text, "\ufffd", "\xff")
		}
		refuse(fields, name, text)
	})
	return fields.Check(unreadable)
}

// walk calls fn with every text in v, under the name by which a form would send it: note, cells[1.F].
func walk(name string, v reflect.Value, fn func(name, text string)) {
	switch v.Kind() {
	case reflect.String:
		fn(name, v.String())
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			walk(name, v.Elem(), fn)
		}
	case reflect.Struct:
		for _, f := range flat(v.Type()) {
			if f.IsExported() {
				tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				walk(inner(name, tag), v.FieldByIndex(f.Index), fn)
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			walk(name, key, fn)
			walk(inner(name, key.String()), v.MapIndex(key), fn)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		for i := range v.Len() {
			walk(name, v.Index(i), fn)
		}
	}
}

func inner(name, key string) string {
	if name == "" || key == "" {
		return name + key
	}
	return name + "[" + key + "]"
}

// refuse gives the field a message if the text is unreadable. The name may be so itself, and is shown.
func refuse(fields errs.Fields, name, text string) {
	if why, bad := errs.Unreadable(text); bad {
		name = strings.ToValidUTF8(strings.Map(func(r rune) rune {
			if _, bad := errs.Unreadable(string(r)); bad {
				return '?'
			}
			return r
		}, name), "?")
		fields[name] = why
	}
}
