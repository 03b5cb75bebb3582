package part

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"
)

func lampWord(kind string) string {
	switch kind {
	case Met:
		return "已达标"
	case OnPace:
		return "符合进度"
	case Behind:
		return "落后于进度"
	case Worsening:
		return "逆向变化"
	case NoTarget:
		return "无目标值"
	case TooFew:
		return "数据太少"
	case Incomplete:
		return "数据不全"
	}
	return kind
}

func statusWord(status string) string {
	switch status {
	case Proven:
		return "已证实"
	case Incomplete:
		return "数据不全"
	case Unproven:
		return "未经签字证实"
	}
	return status
}

func originWord(origin string) string {
	switch origin {
	case Entered:
		return "填报"
	case Published:
		return "公开发布"
	case Simulated:
		return "模拟"
	}
	return origin
}

// kindWord is the word for what colours a tile: a lamp or a status.
func kindWord(kind string) string {
	if word := lampWord(kind); word != kind {
		return word
	}
	return statusWord(kind)
}

func errorTitle(ctx context.Context, status int) string {
	return T(ctx, statusTitleWord(status))
}

func statusTitleWord(status int) string {
	switch status {
	case 401:
		return "请先登录"
	case 403:
		return "没有权限"
	case 404:
		return "没有找到"
	case 409:
		return "内容已有变化"
	case 422:
		return "内容需要修改"
	}
	return "系统出错"
}

var china = time.FixedZone("UTC+8", 8*60*60)

// When is a moment in China's one time zone, to the minute.
func When(t time.Time) string { return t.In(china).Format("2006-01-02 15:04") }

// place is the class that puts a tile into its row or column; inline styles are forbidden.
func place(axis string, n int) string { return axis + strconv.Itoa(n) }

func sorted(fields map[string]string) []string { return slices.Sorted(maps.Keys(fields)) }

func (f FieldView) inputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// attributes are those that only some fields have.
func (f FieldView) attributes(message string) templ.Attributes {
	a := templ.Attributes{"required": f.Required, "autofocus": f.Focus}
	described := ""
	if message != "" {
		a["aria-invalid"] = "true"
		described = "e-" + f.Name
	}
	if f.Help != "" {
		if described != "" {
			described += " "
		}
		described += "h-" + f.Name
	}
	if f.Type == "password" && f.Autocomplete == "" {
		f.Autocomplete = "off"
	}
	if f.Rows > 0 {
		a["rows"] = strconv.Itoa(f.Rows)
	}
	for name, value := range map[string]string{"aria-describedby": described, "autocomplete": f.Autocomplete,
		"placeholder": f.Placeholder, "accept": f.Accept} {
		if value != "" {
			a[name] = value
		}
	}
	return a
}

func (b Button) class() string {
	if b.Style == "" {
		return "btn"
	}
	return "btn btn-" + b.Style
}

func confirmed(question string) templ.Attributes {
	if question == "" {
		return nil
	}
	return templ.Attributes{"data-confirm": question}
}

// gridWords are the messages of the entry grid's script, which has no words of its own; it fills in {names}.
func gridWords(ctx context.Context) templ.Attributes {
	return templ.Attributes{
		"data-saved":    T(ctx, "已保存"),
		"data-unsaved":  T(ctx, "未保存"),
		"data-saving":   T(ctx, "正在保存…"),
		"data-failed":   T(ctx, "未保存：网络或服务器出错，稍后自动再试。"),
		"data-pasted":   T(ctx, "已粘贴{n}格，按 Ctrl+Z 可撤销。"),
		"data-too-wide": T(ctx, "粘贴的内容有{have}列，从这一格起只放得下{fit}列，没有改动任何格子。"),
		"data-too-tall": T(ctx, "粘贴的内容有{have}行，从这一格起只放得下{fit}行，没有改动任何格子。"),
		"data-no-cell":  T(ctx, "粘贴内容第{row}行第{col}列的“{value}”对着不能填的格子，没有改动任何格子。"),
	}
}

// attributes tie a cell to its message and tell the script what is saved where that is not what it shows.
func (c CellView) attributes(value, message string) templ.Attributes {
	a := templ.Attributes{}
	if value != c.Value {
		a["data-saved"] = c.Value
	}
	if message != "" {
		a["aria-invalid"] = "true"
		a["aria-describedby"] = "e-" + c.Key
	}
	return a
}
