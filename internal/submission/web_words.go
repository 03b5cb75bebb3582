package submission

// Titles, notes and questions of a submission's pages, and the words of its undoing steps.

import (
	"context"
	"strconv"
	"strings"

	"yipanqi/internal/form"
	"yipanqi/internal/say"
	"yipanqi/internal/signed"
	"yipanqi/internal/trail"
	"yipanqi/internal/web/part"
)

// title says whose answer for which period it is.
func (d showData) title(ctx context.Context) string {
	return part.Name(ctx, d.s.Unit.Name, d.s.Unit.NameEN) + " · " + d.period(ctx) + " · " + part.T(ctx, d.State.Words())
}

func (d showData) period(ctx context.Context) string {
	return part.Name(ctx, d.s.Period.Label(d.s.Form.YearStart), d.s.Period.LabelEN(d.s.Form.YearStart))
}

func (d showData) contentTitle(ctx context.Context) string {
	if d.frozen() {
		return part.T(ctx, "第%d版内容", d.newest().Number)
	}
	return part.T(ctx, "填报内容")
}

func (d showData) contentNote(ctx context.Context) string {
	switch {
	case d.State == Historical:
		return part.T(ctx, "导入的历史数据")
	case d.frozen():
		return part.T(ctx, "已冻结，与签字文本一致")
	}
	return part.T(ctx, "草稿，尚未签字")
}

func (d showData) underTitle(ctx context.Context) string {
	if d.printed() {
		return part.T(ctx, "第%d版 · 纸质签字", d.newest().Number)
	}
	if len(d.newest().places()) > 2 {
		return part.T(ctx, "第%d版 · 三人签字", d.newest().Number)
	}
	return part.T(ctx, "第%d版 · 双签字", d.newest().Number)
}

func (d showData) underNote(ctx context.Context) string {
	if d.printed() {
		return part.T(ctx, "纸面上的签字没有密钥可验证，只由扫描件和确认人作证，证明力弱于密钥签名。")
	}
	return part.T(ctx, "打开本页时已用签名人的公钥重新验证。")
}

// next is what the version after that of place i changed.
func (d showData) next(i int) []Difference {
	return Differences(d.s.Form, d.texts[i].Typed().Cells, d.texts[i+1].Typed().Cells)
}

// undoings are the words for the steps that undo another.
var undoings = map[string]struct{ about, button, done say.Key }{
	VerbRecall: {"签字齐之前可以撤回，改好后重新签字。已有的签字留在原版本上。", "撤回签字",
		"已撤回。改好后请重新签字。"},
	VerbDrop: {"误开的或不再需要的修订可以放弃。原版本继续有效，修订中填的内容不保留。", "放弃修订",
		"已放弃修订，原版本继续有效。"},
	VerbWithdraw: {"单位这一期不需要报这张表时，写明原因免报：不再催报，也不算缺报。", "免报",
		"已免报，不再计入应报。"},
	VerbRestore: {"免报有误时可以恢复，单位重新填报。", "恢复填报", "已恢复，单位可以填报了。"},
}

// undoable are those that the user may take now, in one order.
func (d showData) undoable() (verbs []string) {
	for _, verb := range []string{VerbRecall, VerbDrop, VerbRestore, VerbWithdraw} {
		if d.may(verb) {
			verbs = append(verbs, verb)
		}
	}
	return verbs
}

// hasReceipt says whether the version that counts has both signatures.
func (d showData) hasReceipt() bool {
	return d.State == Signed || d.s.AcceptedID != 0 && d.live().Source == ""
}

// older are the places of the versions but the one shown, newest first.
func (d showData) older() (places []int) {
	for i := len(d.Versions) - 1; i >= 0; i-- {
		if i != d.shown() {
			places = append(places, i)
		}
	}
	return places
}

func (d showData) hiddenVersion() []part.Option {
	return []part.Option{{Value: "version", Label: strconv.FormatInt(d.Version, 10)}}
}

func (d showData) columns(ctx context.Context) []part.Col {
	cols := []part.Col{{Label: part.T(ctx, "行号")}, {Label: part.T(ctx, "项目")}}
	for _, c := range d.s.Form.Columns {
		cols = append(cols, part.Col{Label: part.Name(ctx, c.Name, c.NameEN), Numeric: true})
	}
	return cols
}

func (d showData) readColumns(ctx context.Context) []part.Col {
	return []part.Col{{Label: part.T(ctx, "项目")}, {Label: part.T(ctx, "本期"), Numeric: true},
		{Label: part.T(ctx, "计量单位")},
		{Label: part.T(ctx, "上期"), Numeric: true}, {Label: part.T(ctx, "增减"), Numeric: true}}
}

func indent(row form.Row) string { return strings.Repeat("　", row.Indent) }

func orNone(ctx context.Context, text string) string {
	if text == "" {
		return part.T(ctx, "（空）")
	}
	return text
}

func (s State) chip() string {
	switch s {
	case Accepted:
		return "chip-proven"
	case Draft, Returned:
		return "chip-incomplete"
	}
	return ""
}

// CheckName is what the office's limit is called in a state.
func CheckName(s State) say.Key {
	if s == Scanned {
		return "确认期限"
	}
	return "审核期限"
}

// checkSince says from when the office's limit runs; true: for a scan to be confirmed.
var checkSince = map[bool]struct{ sure, proposed say.Key }{
	false: {"签字齐后%s", "签字齐后%s（期限待确认）"},
	true:  {"扫描件上传后%s", "扫描件上传后%s（期限待确认）"},
}

// SignedWord is how a report was signed; nothing, where nobody has.
func SignedWord(kind string) say.Key {
	switch kind {
	case ByKey:
		return "密钥双签"
	case signed.InInk:
		return "纸质签字"
	}
	return ""
}

// version is what the receipt is about, as Assertions take it.
func (d receiptData) version() Version {
	return Version{Frozen: signed.Frozen{Text: string(d.Receipt.Content), Digest: d.Digest},
		Signatures: d.Signatures}
}

// proves names the cell that a signed file proves.
func (c Content) proves(ctx context.Context, f ContentFile) string {
	for _, cell := range c.Cells {
		if cell.Key() == f.Field {
			return cell.Label
		}
	}
	return part.T(ctx, "整份")
}

// says is what of an entry is worth reading beside its reason: which register counted how many cells.
func says(ctx context.Context, l trail.Line) []string {
	n := 0
	for name := range l.Detail {
		if strings.HasPrefix(name, "counted.") {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return []string{part.T(ctx, "业务登记“%s”，%d格", l.Detail["register"], n)}
}
