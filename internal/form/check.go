package form

// Rules between the elements of a form, hard or to be explained, applied exactly to what was filled in.

import (
	"fmt"
	"maps"
	"math/big"
	"slices"

	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Rule is a rule that the form file states between elements, as "PME_EXAMINED <= PME_MARRIED". It holds in every
// column by itself. A hard one blocks; a soft one needs a reason that travels to the signature page.
type Rule struct {
	Expr      string `json:"expr"`
	Message   string `json:"message"`
	MessageEN string `json:"message_en"`
	Hard      bool   `json:"hard"`
}

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

// Check applies the form's checks to values, exactly. An unfilled cell is a hard finding, because empty, zero, 不适用
// and 暂缺 are different things. A check is passed over where one of its cells has no exact number.
func (f Form) Check(values Values) (hard, soft []Finding) {
	for _, spec := range f.Missing(values) {
		hard = append(hard, Finding{Key: "empty." + spec.Key, Cells: []string{spec.Key},
			Message:   spec.Words() + "：还没有填。没有发生填 0，没有数据填“暂缺”，不涉及填“不适用”",
			MessageEN: fmt.Sprintf("Row %s, %s: empty. Fill 0 if there was none, 暂缺 if not yet available, 不适用 if not applicable", spec.Row.Number, spec.Column.NameEN)})
	}
	for i, check := range f.Rules {
		r, err := formula.ParseComparison(check.Expr)
		if err != nil {
			continue // refused when the form was read
		}
		for _, column := range f.Columns {
			finding, found := f.apply(r, values, column)
			if !found {
				continue
			}
			finding.Key = FindingKey(i, column)
			finding.Message, finding.MessageEN = check.Message, check.MessageEN
			if f.BySex() {
				finding.Message = column.Name + "：" + check.Message
				finding.MessageEN = column.NameEN + ": " + check.MessageEN
			}
			if check.Hard {
				hard = append(hard, finding)
			} else {
				soft = append(soft, finding)
			}
		}
	}
	return hard, soft
}

func (f Form) apply(r formula.Comparison, values Values, column Column) (Finding, bool) {
	var finding Finding
	for _, o := range r.Operands() {
		row, _ := f.rowOf(o.Element)
		finding.Cells = append(finding.Cells, Key(row, column))
	}
	lookup := func(o formula.Operand) (*big.Rat, error) {
		row, found := f.rowOf(o.Element)
		cell, filled := values[Key(row, column)]
		if !found || !filled || !cell.Mark.Summable() {
			return nil, errs.Missingf("没有数")
		}
		return quantity.Rat(cell.Value, row.Of.Decimals), nil
	}
	holds, err := r.Holds(lookup)
	return finding, err == nil && !holds
}

// FindingKey is how the finding of the rule in place i is called in a column.
func FindingKey(i int, column Column) string { return fmt.Sprintf("%d.%s", i+1, column.Code) }

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
