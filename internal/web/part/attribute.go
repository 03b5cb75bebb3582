package part

// Attributes, classes and short texts that templates would only clutter themselves with.

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
)

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
	var described []string
	if message != "" {
		a["aria-invalid"] = "true"
		described = append(described, "e-"+f.Name)
	}
	if f.Help != "" {
		described = append(described, "h-"+f.Name)
	}
	if f.Rows > 0 {
		a["rows"] = strconv.Itoa(f.Rows)
	}
	if f.Type == "password" && f.Autocomplete == "" {
		f.Autocomplete = "off"
	}
	for name, value := range map[string]string{"aria-describedby": strings.Join(described, " "),
		"autocomplete": f.Autocomplete, "placeholder": f.Placeholder, "accept": f.Accept, "list": f.List} {
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

// SavingWords are the messages of a form that saves itself, whose script has no words of its own; it fills in {names}.
func SavingWords(ctx context.Context) templ.Attributes {
	return templ.Attributes{
		"data-saved":      T(ctx, "已暂存"),
		"data-unsaved":    T(ctx, "未保存"),
		"data-saving":     T(ctx, "正在保存…"),
		"data-failed":     T(ctx, "未保存：网络或服务器出错，稍后自动再试。"),
		"data-signed-out": T(ctx, "未保存：登录已过期，输入的内容还在。"),
		"data-restored":   T(ctx, "上次没有存上的{n}处已找回，正在保存。"),
	}
}

// gridWords are those of the entry grid beside these.
func gridWords(ctx context.Context) templ.Attributes {
	return templ.Attributes{
		"data-wrong":    T(ctx, "已暂存，{n}处有误"),
		"data-held":     T(ctx, "有的格别人也改过，请选用哪一个；其余已暂存。"),
		"data-conflict": T(ctx, "已存的是“{saved}”，您填的是“{mine}”。"),
		"data-choose":   T(ctx, "用“{value}”"),
		"data-selected": T(ctx, "已选{n}格：Ctrl+C 复制，Delete 清空，Ctrl+D 向下填充。"),
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

func errorTitle(ctx context.Context, status int) string { return T(ctx, statusTitleWord(status)) }

// shortDigest is enough of a digest for two people to compare by eye.
func shortDigest(digest string) string {
	digest = strings.ToUpper(digest)
	if len(digest) > 16 {
		digest = digest[:16]
	}
	var groups []string
	for ; len(digest) > 4; digest = digest[4:] {
		groups = append(groups, digest[:4])
	}
	return strings.Join(append(groups, digest), " ")
}
