package web

// How a request becomes the input of a route. Every route comes through here, and what the input has no place for is
// refused by its name: a mistyped filter or cell must not look as if it had been understood.

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

const (
	maxUpload = 20 << 20
	maxForm   = 2 << 20
	maxPublic = 256 << 10 // from whom nobody knows
	maxAround = 4 << 10   // what a form has around its file
	maxMemory = 1 << 20   // of an upload; the rest waits on the disk
)

// Upload is an uploaded file, read whole. An input with a field of this type accepts up to 20 MB.
type Upload struct {
	Name   string
	Body   []byte
	header *multipart.FileHeader
}

// bounded is an input with a bound of its own on its file, in bytes.
type bounded interface{ MaxBody() int64 }

var uploadType = reflect.TypeFor[*Upload]()

// byBrowsers are form fields that a browser adds by itself (HTML, "form-data set"), and what WeChat appends to an
// address that is passed on in it; format is the kernel's own.
var byBrowsers = []string{"_charset_", "isindex", "format", "from", "isappinstalled", "nsukey"}

var formats = []string{"", wantsPage, wantsJSON, wantsCSV, wantsXLSX}

const badInput = "有的内容格式不对，请修改后再提交。"

// decode fills in from the path, the query and the body (form or JSON) by the fields' json names. A field of type
// map[string]string named cells takes form fields such as cells[1.F].
func decode(hr *http.Request, in any, public bool) error {
	limit, uploads := int64(maxForm), acceptsUpload(reflect.TypeOf(in).Elem())
	if uploads {
		limit = maxUpload + maxForm
	}
	if public {
		limit = maxPublic
	}
	if own, ok := in.(bounded); ok {
		limit = own.MaxBody() + maxAround
	}
	hr.Body = http.MaxBytesReader(nil, hr.Body, limit)
	given := map[string]bool{}
	err := readBody(hr, in, given)
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		if _, ok := in.(bounded); ok {
			return errs.Invalidf("文件太大：最大%d KB。请选对文件。", (limit-maxAround)>>10)
		}
		if uploads && !public {
			return errs.Invalidf("文件太大：最大20 MB。请删去图片或拆成几个文件后再上传。")
		}
		if public {
			return errs.Invalidf("提交的内容太大：最大%d KB。请检查后再提交。", limit>>10)
		}
		return errs.Invalidf("提交的内容太大：最大2 MB。请分几次提交。")
	}
	if errs.KindOf(err) == errs.Internal && err != nil {
		return errs.Invalidf("提交的内容读不出来，可能没有传完。请重新提交。")
	}
	if err != nil {
		return err
	}
	if err := readable(hr); err != nil {
		return err
	}
	if err := fill(in, hr, given); err != nil {
		return err
	}
	if writes(hr) && hasField(in, "version") && !given["version"] {
		return errs.Fields{"version": {Key: "缺少 version：先读取这项内容，再带上读到的 version 提交。"}}.Check(badInput)
	}
	return decodePath(hr, in, given)
}

func writes(hr *http.Request) bool {
	return hr.Method != http.MethodGet && hr.Method != http.MethodHead
}

// readBody leaves what a form or the query says in hr.Form, and fills in from JSON at once.
func readBody(hr *http.Request, in any, given map[string]bool) error {
	query, err := url.ParseQuery(hr.URL.RawQuery)
	if err != nil {
		return errs.Invalidf("网址里的参数读不出来，请检查网址。")
	}
	hr.Form = query
	if !writes(hr) {
		return nil
	}
	header := hr.Header.Get("Content-Type")
	media, _, _ := mime.ParseMediaType(header)
	hr.Form = nil
	switch media {
	case "application/json":
		hr.Form = query
		return decodeJSON(hr.Body, in, given)
	case "multipart/form-data":
		return named(hr.ParseMultipartForm(maxMemory))
	case "application/x-www-form-urlencoded":
		return hr.ParseForm()
	}
	hr.Form = query
	if n, _ := io.CopyN(io.Discard, hr.Body, 1); n > 0 {
		return errs.Invalidf("不认识的内容类型“%s”。请用网页表单或 application/json 提交。", header)
	}
	return nil
}

// decodePath fills in from the path alone. Where the query or the body says otherwise, it is refused.
func decodePath(hr *http.Request, in any, given map[string]bool) error {
	return eachField(reflect.ValueOf(in).Elem(), func(name string, field reflect.Value) error {
		text := hr.PathValue(name)
		if text == "" {
			return nil
		}
		if why, bad := errs.Unreadable(text); bad {
			return errs.Fields{name: why}.Check(unreadable)
		}
		before := reflect.New(field.Type()).Elem()
		before.Set(field)
		if err := set(field, name, text); err != nil {
			return err
		}
		if given[name] && !before.Equal(field) {
			return errs.Fields{name: say.New("与网址里的“%s”不一致。", text)}.Check(badInput)
		}
		return nil
	})
}

// carry fills in what the page of a refused form was opened with and the form has carried along, as the thing that a
// new one is about.
func carry(in any, form url.Values) error {
	return eachField(reflect.ValueOf(in).Elem(), func(name string, field reflect.Value) error {
		text := form.Get(name)
		if _, bad := errs.Unreadable(text); bad || text == "" || field.Kind() != reflect.String || !field.IsZero() {
			return nil
		}
		return set(field, name, text)
	})
}

// fill takes in what the form says, and names what it has no place for.
func fill(in any, hr *http.Request, given map[string]bool) error {
	fields, known := errs.Fields{}, map[string]bool{}
	for _, name := range byBrowsers {
		known[name] = true
	}
	known[asOfName] = hr.Context().Value(asOfKey{}) != nil
	if format := hr.Form.Get("format"); !slices.Contains(formats, format) {
		fields["format"] = noChoice(format, formats[1:])
	}
	err := eachField(reflect.ValueOf(in).Elem(), func(name string, field reflect.Value) error {
		values, has := hr.Form[name]
		known[name] = field.Kind() != reflect.Map
		if has {
			given[name] = true
		}
		switch {
		case field.Type() == uploadType && has && slices.ContainsFunc(values, func(v string) bool { return v != "" }):
			fields.Say(name, "这里要的是文件，收到的是文字。请选择文件。")
		case field.Type() == uploadType && hr.MultipartForm != nil && len(hr.MultipartForm.File[name]) > 1:
			fields.Say(name, "一次只收一个文件。请分几次上传。")
		case field.Type() == uploadType:
			upload, err := readUpload(hr.MultipartForm, name)
			if upload != nil {
				field.Set(reflect.ValueOf(upload))
			}
			if upload != nil && upload.Name != "" && upload.header.Size == 0 { // without a name: none was chosen
				fields.Say(name, "文件是空的（0字节）。请检查后重新选择。")
			}
			return err
		case field.Kind() == reflect.Map:
			fillMap(field, name, hr.Form, known, fields)
		case field.Kind() == reflect.Slice && has:
			field.Set(reflect.ValueOf(values))
		case has && several(values):
			fields.Say(name, once)
		case has:
			if err := set(field, name, values[0]); err != nil {
				fields[name] = errs.FieldsOf(err)[name]
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range sentNames(hr) {
		if !known[name] && !clicked(hr.Form, name) {
			fields.Say(name, "没有“%s”这一项，请检查写法。", name)
		}
	}
	choices(in, fields)
	return fields.Check(badInput)
}

const once = "只能填一次。"

// several says whether something was sent more than once, and not the same.
func several(values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return v != values[0] })
}

// sentNames are the names of everything that was sent.
func sentNames(hr *http.Request) (names []string) {
	for name := range hr.Form {
		names = append(names, name)
	}
	if hr.MultipartForm != nil {
		for name := range hr.MultipartForm.File {
			names = append(names, name)
		}
	}
	return names
}

// clicked says whether name is the place where an image button was pressed: x and y, or button.x and button.y.
func clicked(form url.Values, name string) bool {
	twin := map[byte]string{'x': "y", 'y': "x"}
	end := len(name) - 1
	if end < 0 || twin[name[end]] == "" || end > 0 && name[end-1] != '.' {
		return false
	}
	return form.Has(name[:end] + twin[name[end]])
}

func fillMap(field reflect.Value, name string, form url.Values, known map[string]bool, fields errs.Fields) {
	for key, values := range form {
		inner, ok := strings.CutPrefix(key, name+"[")
		if !ok || !strings.HasSuffix(inner, "]") || len(values) == 0 {
			continue
		}
		known[key] = true
		if several(values) {
			fields.Say(key, once)
		}
		if field.IsNil() {
			field.Set(reflect.MakeMap(field.Type()))
		}
		field.SetMapIndex(reflect.ValueOf(strings.TrimSuffix(inner, "]")), reflect.ValueOf(values[0]))
	}
}

// choices holds fields with the tag enum against it: "draft,signed". An empty one is no choice.
func choices(in any, fields errs.Fields) {
	v := reflect.ValueOf(in).Elem()
	for _, f := range flat(v.Type()) {
		allowed, text := f.Tag.Get("enum"), v.FieldByIndex(f.Index)
		if allowed == "" || text.Kind() != reflect.String || text.String() == "" {
			continue
		}
		if text := text.String(); !slices.Contains(strings.Split(allowed, ","), text) {
			fields[jsonName(f)] = noChoice(text, strings.Split(allowed, ","))
		}
	}
}

func noChoice(text string, allowed []string) say.Words {
	return say.New("没有“%s”这个选项，可选：%s。", text, strings.Join(allowed, "、"))
}

func readUpload(form *multipart.Form, name string) (*Upload, error) {
	if form == nil || len(form.File[name]) == 0 {
		return nil, nil
	}
	header := form.File[name][0]
	if header.Size > maxUpload {
		return nil, errs.Invalidf("文件太大：最大20 MB。请删去图片或拆成几个文件后再上传。")
	}
	return &Upload{Name: header.Filename, header: header}, nil
}

// load reads the uploaded file of an input, if it has one, into memory.
func load(in any) error {
	return eachField(reflect.ValueOf(in).Elem(), func(_ string, field reflect.Value) error {
		u, ok := field.Interface().(*Upload)
		if !ok || u == nil || u.header == nil {
			return nil
		}
		f, err := u.header.Open()
		if err != nil {
			return err
		}
		defer f.Close()
		u.Body, u.header = make([]byte, u.header.Size), nil
		_, err = io.ReadFull(f, u.Body)
		return err
	})
}

func acceptsUpload(t reflect.Type) bool {
	return slices.ContainsFunc(flat(t), func(f reflect.StructField) bool { return f.Type == uploadType })
}

func hasField(in any, want string) (found bool) {
	eachField(reflect.ValueOf(in).Elem(), func(name string, _ reflect.Value) error {
		found = found || name == want
		return nil
	})
	return found
}

// flat are the fields of a struct with those of what it embeds, so that inputs can share what they have in common.
func flat(t reflect.Type) []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool { return f.Anonymous })
}

func eachField(v reflect.Value, fn func(name string, field reflect.Value) error) error {
	for _, f := range flat(v.Type()) {
		name := jsonName(f)
		if name == "" {
			continue
		}
		if err := fn(name, v.FieldByIndex(f.Index)); err != nil {
			return err
		}
	}
	return nil
}

// decodeJSON fills in from one JSON object. It goes key by key, because encoding/json takes VERSION for version and
// names our types in its errors.
func decodeJSON(body io.Reader, in any, given map[string]bool) error {
	text, err := io.ReadAll(body)
	if err != nil || len(bytes.TrimSpace(text)) == 0 {
		return err
	}
	var object map[string]json.RawMessage
	err = json.Unmarshal(text, &object)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return errs.Invalidf("提交的 JSON 在第%d个字节处写错了，请改正后再提交。", int(syntax.Offset))
	}
	if err != nil || object == nil {
		return errs.Invalidf("提交的 JSON 应是一个对象：{…}。")
	}
	fields := errs.Fields{}
	eachField(reflect.ValueOf(in).Elem(), func(name string, field reflect.Value) error {
		raw, has := object[name]
		delete(object, name)
		if !has || string(raw) == "null" {
			return nil
		}
		given[name] = true
		if field.CanInt() {
			if err := set(field, name, string(raw)); err != nil {
				fields[name] = errs.FieldsOf(err)[name]
			}
		} else if json.Unmarshal(raw, field.Addr().Interface()) != nil || field.Type() == uploadType {
			fields.Say(name, kindWord(field.Type()))
		}
		return nil
	})
	if err := readableJSON(in, text); err != nil {
		return err
	}
	for name := range object {
		fields.Say(name, "没有“%s”这一项，请检查写法。", name)
	}
	return fields.Check(badInput)
}
