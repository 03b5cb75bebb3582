package submission

// The draft as a workbook to be filled in offline, and what an uploaded one would change.

import (
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/form"
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
			"填报单位：" + s.Unit.Name + "　地区：" + s.Area.Name + "（" + s.Area.Code + "）",
			"统计期间：" + s.Period.String() + "（" + from + " 至 " + to + "）"},
		Heads: []string{"行号", "项目", "计量单位"},
		Words: []string{quantity.NotApplicable.Words(), quantity.Pending.Words()}, Marks: quantity.Around(),
		Notes: []string{"没有发生填 0；不涉及填“不适用”；还没有数填“暂缺”。只填黄色的格，不要增删行列。"}}
	for _, column := range s.Form.Columns {
		t.Heads = append(t.Heads, column.Name)
	}
	specs := s.Form.Cells()
	for i, row := range s.Form.Rows {
		out := table.SheetRow{Heads: []string{row.Number, row.Label, row.Of.Unit}}
		for _, spec := range specs[i*len(s.Form.Columns) : (i+1)*len(s.Form.Columns)] {
			out.Cells = append(out.Cells, table.SheetCell{Value: s.Typed.Cells[spec.Key], Input: true,
				Decimals: row.Of.Decimals, Negative: row.Negative})
		}
		t.Rows = append(t.Rows, out)
	}
	return t
}

// Uploaded is what a workbook would change in the draft.
type Uploaded struct {
	Cells  map[string]string       // to be saved, by key; "" where a cell is cleared
	Filled int                     // cells that the workbook holds something in
	Ask    []Overwritten           // of Cells
	name   func(key string) string // of a cell in the workbook
	old    bool                    // the workbook was made of an earlier edition of the form
	lost   []string                // cells of it, as it names them, that the form has no place for now
}

// Overwritten is a cell that an upload must not change unasked: it was cleared in the workbook, or somebody has changed
// it since the workbook was made.
type Overwritten struct {
	Key   string `json:"key"`
	Place string `json:"place"` // in the workbook
	Label string `json:"label"`
	Now   string `json:"now"`
	File  string `json:"file"`
}

// fromBook is fromSheet, also for a workbook that was made before the form was asked otherwise: its cells go to where
// the same number is asked for now.
func (s Submission) fromBook(tx *db.Tx, book table.Workbook) (Uploaded, error) {
	u, refused := s.fromSheet(book)
	if refused == nil {
		return u, nil
	}
	editions, err := form.Editions(tx, s.Form.ID)
	if err != nil {
		return u, err
	}
	for _, e := range editions {
		old := s
		old.Form = e.Form
		old.Typed.Cells = Content{Cells: s.asCells()}.cellsFor(e.Form)
		if read, err := old.fromSheet(book); err == nil {
			return read.movedTo(s.Form, e.Form), nil
		}
	}
	return u, refused
}

// asCells are the cells of the draft with what they ask for.
func (s Submission) asCells() (all []ContentCell) {
	for _, spec := range s.Form.Cells() {
		all = append(all, ContentCell{Element: spec.Row.Element, Calibre: spec.Row.Calibre,
			Sex: quantity.SexCode(spec.Column.Sex), Category: spec.Column.Category, Value: s.Typed.Cells[spec.Key]})
	}
	return all
}

// movedTo is what a workbook of the edition was changes under the keys of another.
func (u Uploaded) movedTo(to, was form.Form) Uploaded {
	keys, now, before := keysOf(to), map[string]string{}, map[string]string{}
	moved := Uploaded{Cells: map[string]string{}, Filled: u.Filled, old: true}
	for _, spec := range was.Cells() {
		key, there := keys[asksOf(spec)]
		text, typed := u.Cells[spec.Key]
		switch {
		case there:
			now[spec.Key], before[key] = key, spec.Key
			if typed {
				moved.Cells[key] = text
			}
		case text != "":
			moved.lost = append(moved.lost, u.name(spec.Key)+" "+Label(spec)+" "+text)
		}
	}
	moved.name = func(key string) string { return u.name(before[key]) }
	for _, ask := range u.Ask {
		if key, there := now[ask.Key]; there {
			ask.Key = key
			moved.Ask = append(moved.Ask, ask)
		}
	}
	return moved
}

// fromSheet compares a filled workbook with the draft and with what stood in the workbook when it was made: what was
// not touched in it stays as the draft has it. A workbook that no longer says what it was made with is taken as made
// from the draft. One of another form, area or period is refused.
func (s Submission) fromSheet(book table.Workbook) (u Uploaded, err error) {
	t := s.Sheet()
	filled, err := t.Read(book)
	if err != nil {
		return u, err
	}
	specs := s.Form.Cells()
	u = Uploaded{Cells: make(map[string]string, len(specs)), name: func(key string) string {
		at := slices.IndexFunc(specs, func(spec form.CellSpec) bool { return spec.Key == key })
		if at < 0 {
			return key
		}
		return t.CellName(at/len(s.Form.Columns), at%len(s.Form.Columns))
	}}
	for i, row := range filled.Inputs {
		for j, file := range row {
			spec := &specs[i*len(s.Form.Columns)+j]
			now, was := s.Typed.Cells[spec.Key], filled.Was[i][j]
			if !filled.Known {
				was = now
			}
			if file != "" {
				u.Filled++
			}
			if same(*spec, file, was) || same(*spec, file, now) {
				continue
			}
			u.Cells[spec.Key] = file
			if now != "" && (file == "" || !same(*spec, now, was)) {
				u.Ask = append(u.Ask, Overwritten{spec.Key, t.CellName(i, j), Label(*spec), now, file})
			}
		}
	}
	return u, nil
}
