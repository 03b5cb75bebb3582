package submission

// Cells that nobody types: a register counted them when its period was closed. Where the number comes from travels into
// the signed text, and only another closing could change it. What is counted, and when, is package record's.

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// VerbCount and VerbUncount are the program's steps: numbers of a closed register are put into the draft, or out of it.
const (
	VerbCount   = "submission.count"
	VerbUncount = "submission.uncount"
)

// Counted is where a cell's number comes from.
type Counted struct {
	Register   string `json:"register"`
	Name       string `json:"name"` // of the register
	Definition string `json:"definition"`
	Measure    string `json:"measure"`
	Split      string `json:"split,omitempty"` // the part that a column of a category asks for: its field and code
	Closing    string `json:"closing"`
	Records    string `json:"records"` // how many were counted; empty: none, but areas in force
	Digest     string `json:"digest"`  // of the closing: its counts and the list of records
	Value      string `json:"value"`
}

// URL is the page of the closing, with the records that were counted.
func (c Counted) URL() string { return "/registers/" + c.Register + "/closings/" + c.Closing }

func (c Counted) text() string {
	body, _ := json.Marshal(c) // texts always marshal
	return string(body)
}

// allCounted are the sources of a draft of which every cell was counted by registers; nil if anything is left to type.
func (s Submission) allCounted() (all []Counted) {
	for _, spec := range s.Form.Cells() {
		c, counted := s.Typed.Counted[spec.Key]
		if !counted {
			return nil
		}
		all = append(all, c)
	}
	return all
}

// Fill puts numbers that a register counted into cells of a report, by key, where it can still be filled in: nobody
// types them from then on. What another closing counted stays. It says how many cells it filled.
func Fill(tx *db.Tx, id string, cells map[string]Counted) (filled int, err error) {
	s, err := Get(tx, id)
	if err != nil {
		return 0, err
	}
	st, open := step(s.State, VerbCount)
	if !open {
		return 0, nil
	}
	typed := s.Typed.with(Typed{})
	typed.Counted = maps.Clone(typed.Counted)
	if typed.Counted == nil {
		typed.Counted = map[string]Counted{}
	}
	detail := map[string]string{}
	for _, spec := range s.Form.Cells() {
		c, given := cells[spec.Key]
		if _, before := typed.Counted[spec.Key]; !given || before {
			continue
		}
		if _, _, err := quantity.ParseCell(c.Value, spec.Row.Of.Decimals); err != nil {
			return 0, errs.Conflictf("“%s”填不进%s：%s", c.Value, spec.Words(), errs.WordsOf(err))
		}
		typed.Cells[spec.Key], typed.Counted[spec.Key] = c.Value, c
		detail["closing"], detail["register"], detail[countedCell+spec.Key] = c.Closing, c.Name, c.text()
		filled++
	}
	if filled == 0 {
		return 0, nil
	}
	s.Typed = typed
	return filled, move(tx, journal.System, &s, st, Version{}, detail)
}

// Unfill empties the cells of a report that a closing filled, as far as which says so, where the report can still be
// filled in: they are typed again, or filled by another closing. It says how many there were.
func Unfill(tx *db.Tx, id, closing string, which func(cell string) bool) (emptied int, err error) {
	s, err := Get(tx, id)
	if err != nil {
		return 0, err
	}
	st, open := step(s.State, VerbUncount)
	if !open {
		return 0, nil
	}
	typed := s.Typed.with(Typed{})
	typed.Counted = maps.Clone(typed.Counted)
	detail := map[string]string{"closing": closing}
	for key, c := range s.Typed.Counted {
		if c.Closing == closing && which(key) {
			delete(typed.Cells, key)
			delete(typed.Counted, key)
			detail["register"], detail[uncountedCell+key] = c.Name, c.Value
			emptied++
		}
	}
	if emptied == 0 {
		return 0, nil
	}
	s.Typed = typed
	return emptied, move(tx, journal.System, &s, st, Version{}, detail)
}

// What entries of the journal have before the key of a cell that was filled or emptied.
const (
	countedCell   = "counted."
	uncountedCell = "uncounted."
)

// locked refuses another number in a cell that a register counted.
func (s Submission) locked(typed Typed) error {
	fields := errs.Fields{}
	for _, spec := range s.Form.Cells() {
		c, counted := s.Typed.Counted[spec.Key]
		if counted && !same(spec, strings.TrimSpace(typed.Cells[spec.Key]), c.Value) {
			fields.Say("cells["+spec.Key+"]", "这个数（%s）由业务登记“%s”结账得出，不能在表上改。记录有错，请到登记里更正。", c.Value, c.Name)
		}
	}
	return fields.Check("没有保存：标出的格由业务登记结账得出，请改回原数再保存。")
}

// counts takes an entry's cells into what the journal says of them.
func (r *replay) counts(e journal.Entry) {
	for name, text := range e.Detail {
		if key, ok := strings.CutPrefix(name, countedCell); ok {
			var c Counted
			_ = json.Unmarshal([]byte(text), &c) // what cannot be read fits nothing
			r.counted[key] = c
		}
		if key, ok := strings.CutPrefix(name, uncountedCell); ok {
			delete(r.counted, key)
		}
	}
}

// signsCounted holds the sources that a frozen text names against those that the journal has of the draft.
func (r *replay) signsCounted(v Version) {
	if len(r.counted) == 0 && !strings.Contains(v.Text, `"counted"`) {
		return // a text that writes it otherwise is not canonical
	}
	c, err := ParseContent(v.Text)
	if err != nil {
		return // its digest tells of it
	}
	if signed := c.Typed().Counted; !maps.Equal(signed, r.counted) {
		r.found(journal.Finding{Code: "version.counted", Table: "versions", Object: of(v.Number),
			Column: "text", Expected: sources(r.counted), Actual: sources(signed)})
	}
}

// restores is what a version that stands again leaves of the draft's sources.
func (r *replay) restores(v Version) {
	c, err := ParseContent(v.Text)
	if err != nil {
		return
	}
	r.counted = map[string]Counted{}
	maps.Copy(r.counted, c.Typed().Counted)
}

func sources(all map[string]Counted) string {
	var words []string
	for _, key := range slices.Sorted(maps.Keys(all)) {
		words = append(words, key+"="+all[key].Value+"@"+all[key].Closing)
	}
	return strings.Join(words, " ")
}

// Asked are the reports of a form for a period in an area and below it, in the order of their areas.
func Asked(tx *db.Tx, f form.Form, p period.Period, areaPath string) ([]Submission, error) {
	all, err := reportsOf(tx, f.ID, p, areaPath)
	for i := range all {
		if err == nil {
			err = all[i].name(tx)
		}
	}
	return all, err
}
