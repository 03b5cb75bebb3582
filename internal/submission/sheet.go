package submission

import (
	"yipanqi/internal/quantity"
	"yipanqi/internal/table"
)

// Sheet is the official table to be filled in offline, with what is in the draft.
func (s Submission) Sheet() table.Sheet {
	from, to := s.Period.Range(s.Form.YearStart)
	t := table.Sheet{Name: s.Form.Name, Title: s.Form.Name,
		Lines: []string{"表号：" + s.Form.Number + "　制定机关：" + s.Form.Issuer,
			"批准机关：" + s.Form.Approver + "　批准文号：" + s.Form.ApprovalNumber +
				"　有效期至：" + s.Form.ValidUntil,
			"填报单位：" + s.Unit.Name + "　区域：" + s.Area.Name + "（" + s.Area.Code + "）",
			"统计期间：" + s.Period.String() + "（" + from + " 至 " + to + "）"},
		Heads: []string{"行号", "项目", "计量单位"},
		Words: []string{quantity.NotApplicable.Words(), quantity.Pending.Words()},
		Notes: []string{"没有发生填 0；不涉及填“不适用”；还没有数填“暂缺”。只填黄色的格，不要增删行列。"}}
	for _, column := range s.Form.Columns {
		t.Heads = append(t.Heads, column.Name)
	}
	specs := s.Form.Cells()
	for i, row := range s.Form.Rows {
		out := table.SheetRow{Heads: []string{row.Number, row.Label, row.Of.Unit}}
		for _, spec := range specs[i*len(s.Form.Columns) : (i+1)*len(s.Form.Columns)] {
			out.Cells = append(out.Cells, table.SheetCell{Value: s.Typed.Cells[spec.Key], Input: true,
				Decimals: row.Of.Decimals})
		}
		t.Rows = append(t.Rows, out)
	}
	return t
}

// fromSheet reads a filled workbook's cells: what was filled in by the grid's keys, and how the workbook names each. A
// workbook of another form, area or period is refused.
func (s Submission) fromSheet(cells map[string]string) (typed, names map[string]string, err error) {
	t := s.Sheet()
	inputs, err := t.Inputs(cells)
	if err != nil {
		return nil, nil, err
	}
	typed, names = map[string]string{}, map[string]string{}
	specs := s.Form.Cells()
	for i, row := range inputs {
		for j, value := range row {
			key := specs[i*len(s.Form.Columns)+j].Key
			names[key] = t.CellName(i, j)
			if value != "" {
				typed[key] = value
			}
		}
	}
	return typed, names, nil
}
