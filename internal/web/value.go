package web

// What one value of an input may be, as text in a form or in JSON; the input as a whole is decode.go's.

import (
	"reflect"
	"strconv"

	"yipanqi/internal/errs"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
)

// set reads text into field.
func set(field reflect.Value, name, text string) error {
	wrong := func() error {
		return errs.Fields{name: {Key: kindWord(field.Type())}}.Check(badInput)
	}
	switch field.Kind() {
	case reflect.String:
		field.SetString(text)
	case reflect.Int, reflect.Int64:
		if text == "" {
			return nil
		}
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return wrong()
		}
		if name == "year" && n != 0 && (n < period.FirstYear || n > period.LastYear) { // pages count up to it
			return errs.Fields{name: say.New("请填%d至%d之间的年份。", period.FirstYear, period.LastYear)}.
				Check(badInput)
		}
		field.SetInt(n)
	case reflect.Bool:
		switch text {
		case "true", "on", "1":
			field.SetBool(true)
		case "false", "off", "0", "":
			field.SetBool(false)
		default:
			return wrong()
		}
	}
	return nil
}

// kindWord says in words what a field takes.
func kindWord(t reflect.Type) say.Key {
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		return "请填整数，不超过九位。"
	case reflect.Bool:
		return "请填 true 或 false。"
	case reflect.Slice:
		return "请填一组文字：[…]。"
	case reflect.Map:
		return "请填名称和文字的对照：{…}。"
	case reflect.Pointer:
		return "文件请用 multipart/form-data 提交。"
	}
	return "请填文字。"
}
