package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/period"
)

const (
	maxUpload = 20 << 20
	maxForm   = 2 << 20
)

// Upload is an uploaded file, read whole. An input with a field of this type accepts up to 20 MB.
type Upload struct {
	Name string
	Body []byte
}

var uploadType = reflect.TypeFor[*Upload]()

// decode fills in from the path, the query and the body (form or JSON) by the fields' json names. A field of type
// map[string]string named cells takes form fields such as cells[1.F].
func decode(hr *http.Request, in any) error {
	limit, uploads := int64(maxForm), acceptsUpload(reflect.TypeOf(in).Elem())
	if uploads {
		limit = maxUpload + maxForm
	}
	hr.Body = http.MaxBytesReader(nil, hr.Body, limit)
	media, _, _ := mime.ParseMediaType(hr.Header.Get("Content-Type"))
	var err error
	switch {
	case hr.Method == http.MethodGet || hr.Method == http.MethodHead:
		hr.Form = hr.URL.Query()
	case media == "application/json":
		hr.Form = hr.URL.Query()
		var body bytes.Buffer
		err = json.NewDecoder(io.TeeReader(hr.Body, &body)).Decode(in)
		if errors.Is(err, io.EOF) {
			err = nil
		}
		if err == nil {
			if err := readableJSON(in, body.Bytes()); err != nil {
				return err
			}
		}
	case media == "multipart/form-data":
		err = hr.ParseMultipartForm(maxUpload)
	default:
		err = hr.ParseForm()
	}
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		if uploads {
			return errs.Invalidf("文件太大：最大20 MB。请删去图片或拆成几个文件后再上传。")
		}
		return errs.Invalidf("提交的内容太大：最大2 MB。请分几次提交。")
	}
	if err != nil {
		return errs.Invalidf("提交的内容读不出来：%s", err.Error())
	}
	if err := readable(hr); err != nil {
		return err
	}
	if err := fill(in, hr.Form, hr); err != nil {
		return err
	}
	return decodePath(hr, in)
}

// decodePath fills in from the path alone.
func decodePath(hr *http.Request, in any) error {
	v := reflect.ValueOf(in).Elem()
	return eachField(v, func(name string, field reflect.Value) error {
		if text := hr.PathValue(name); text != "" {
			if msg := errs.Unreadable(text); msg != "" {
				return errs.Fields{name: msg}.Check(unreadable)
			}
			return set(field, name, text)
		}
		return nil
	})
}

func fill(in any, form url.Values, hr *http.Request) error {
	fields := errs.Fields{}
	err := eachField(reflect.ValueOf(in).Elem(), func(name string, field reflect.Value) error {
		switch {
		case field.Type() == uploadType:
			upload, err := readUpload(hr, name)
			if upload != nil {
				field.Set(reflect.ValueOf(upload))
			}
			return err
		case field.Kind() == reflect.Map:
			fillMap(field, name, form)
		case field.Kind() == reflect.Slice && form.Has(name):
			field.Set(reflect.ValueOf(form[name]))
		case form.Has(name):
			if err := set(field, name, form.Get(name)); err != nil {
				fields[name] = errs.FieldsOf(err)[name]
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return fields.Check("有的内容格式不对，请修改后再提交。")
}

func fillMap(field reflect.Value, name string, form url.Values) {
	for key, values := range form {
		inner, ok := strings.CutPrefix(key, name+"[")
		if !ok || !strings.HasSuffix(inner, "]") || len(values) == 0 {
			continue
		}
		if field.IsNil() {
			field.Set(reflect.MakeMap(field.Type()))
		}
		field.SetMapIndex(reflect.ValueOf(strings.TrimSuffix(inner, "]")), reflect.ValueOf(values[0]))
	}
}

func readUpload(hr *http.Request, name string) (*Upload, error) {
	if hr.MultipartForm == nil || len(hr.MultipartForm.File[name]) == 0 {
		return nil, nil
	}
	header := hr.MultipartForm.File[name][0]
	if header.Size > maxUpload {
		return nil, errs.Invalidf("文件太大：最大20 MB。请删去图片或拆成几个文件后再上传。")
	}
	f, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	return &Upload{header.Filename, body}, err
}

func acceptsUpload(t reflect.Type) bool {
	for i := range t.NumField() {
		if t.Field(i).Type == uploadType {
			return true
		}
	}
	return false
}

func eachField(v reflect.Value, fn func(name string, field reflect.Value) error) error {
	t := v.Type()
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name == "" || name == "-" || !t.Field(i).IsExported() {
			continue
		}
		if err := fn(name, v.Field(i)); err != nil {
			return err
		}
	}
	return nil
}

func set(field reflect.Value, name, text string) error {
	switch field.Kind() {
	case reflect.String:
		field.SetString(text)
	case reflect.Int, reflect.Int64:
		if text == "" {
			return nil
		}
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return errs.Fields{name: "请填整数，不超过九位。"}.Check("有的内容格式不对，请修改后再提交。")
		}
		if name == "year" && n != 0 && (n < period.FirstYear || n > period.LastYear) { // pages count up to it
			return errs.Fields{name: errs.Say("请填%d至%d之间的年份。", period.FirstYear, period.LastYear)}.Check(
				"有的内容格式不对，请修改后再提交。")
		}
		field.SetInt(n)
	case reflect.Bool:
		field.SetBool(text == "true" || text == "on" || text == "1")
	}
	return nil
}
