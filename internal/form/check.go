package form

// Rules between the elements of a form, hard or to be explained, applied exactly to what was filled in.

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/element"
	"yipanqi/internal/say"
)

// Finding is a check that does not hold. Key stays the same for the same check and column, so a reason can be kept by
// it.
type Finding struct {
	Key       string   `json:"key"`
	Message   string   `json:"message"`
	MessageEN string   `json:"message_en"`
	Cells     []string `json:"cells"` // keys
}

// Words are what the finding says.
func (f Finding) Words() say.Words { return say.Name{ZH: f.Message, EN: f.MessageEN}.Words() }

// Check is CheckWith where nothing is known of what was reported before.
func (f Form) Check(values Values) (hard, soft []Finding) { return f.CheckWith(values, Past{}) }

// CheckWith applies the form's rules to values, exactly. An unfilled cell is a hard finding, because empty, zero,
// 不适用 and 暂缺 are different things. A rule is passed over where a number that it needs is not there; where it
// cannot be computed, as by a division by zero, it is a soft finding that says so.
func (f Form) CheckWith(values Values, past Past) (hard, soft []Finding) {
	for _, spec := range f.Missing(values) {
		hard = append(hard, Finding{Key: "empty." + spec.Key, Cells: []string{spec.Key},
			Message: spec.Words() + "：还没有填。没有发生填 0，没有数据填“暂缺”，不涉及填“不适用”",
			MessageEN: fmt.Sprintf("Row %s, %s: empty. Fill 0 if there was none, 暂缺 if not yet available, "+
				"不适用 if not applicable", spec.Row.Number, spec.Column.NameEN)})
	}
	for _, o := range f.Try(values, past) {
		if o.Verdict != Fires && o.Verdict != Unknown {
			continue
		}
		if rule := f.Rules[o.Rule]; rule.Hard && o.Verdict == Fires {
			hard = append(hard, f.finding(o))
		} else {
			soft = append(soft, f.finding(o))
		}
	}
	return hard, soft
}

// finding is what an outcome says to whoever fills the form in.
func (f Form) finding(o Outcome) Finding {
	rule := f.Rules[o.Rule]
	zh, en := rule.Message, rule.MessageEN
	if rule.Element == EveryRow {
		row := f.rowIn(o.Cells[0])
		zh, en = row.Label+"："+zh, row.LabelEN+": "+en
	}
	if len(f.Columns) > 1 {
		zh, en = o.Column.Name+"："+zh, o.Column.NameEN+": "+en
	}
	if o.Bound.ZH != "" {
		zh, en = zh+"（"+o.Bound.ZH+"）", en+" ("+o.Bound.EN+")"
	}
	return Finding{Key: o.Key, Message: zh, MessageEN: en, Cells: o.Cells}
}

// rowIn is the row that a cell stands in.
func (f Form) rowIn(key string) Row {
	number, _, _ := strings.Cut(key, ".")
	i := slices.IndexFunc(f.Rows, func(r Row) bool { return r.Number == number })
	return f.Rows[max(i, 0)]
}

// FindingKey is how the finding of the rule in place i is called in a column.
func FindingKey(i int, column Column) string { return strconv.Itoa(i+1) + "." + column.Code }

func (f Form) rowOf(element string) (Row, bool) {
	for _, row := range f.Rows {
		if row.Element == element {
			return row, true
		}
	}
	return Row{}, false
}

// ChecksBelow says whether the form holds its own number of an element against the sum of the areas below.
func (f Form) ChecksBelow(code string) bool {
	_, asked := f.rowOf(code)
	return asked && slices.Contains(slices.Collect(maps.Values(f.Levels)), element.OwnChecked)
}
