package reference

// A reference to a standard that a rule sets, such as a share of low incomes; figures that are reported are elsewhere.

import (
	"fmt"
	"strconv"

	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
)

// parameter is a reference to a standard that a rule sets, in force at the end of the year.
func (r *Reader) parameter(ref *Reference) Figure {
	day := fmt.Sprintf("%d-12-31", ref.Year)
	f := Figure{Text: Gap, Name: unknownName, Indicator: ref.Code, Area: r.area.Code,
		Period: strconv.Itoa(ref.Year), When: yearWords(ref.Year),
		Status: string(progress.Unproven), Origin: string(progress.Published), Proof: "/parameters",
		Problem: fmt.Sprintf("模板第%d行引用的标准%d年没有有效的数", ref.Line, ref.Year)}
	for _, p := range r.parameters {
		if p.Code == ref.Code {
			f.Name = p.Name
		}
		if p.Code != ref.Code || p.OpensOn > day || p.ClosesOn != "" && p.ClosesOn <= day {
			continue
		}
		unit := ref.Style.Unit
		if ref.OwnUnit {
			unit = p.Unit
		}
		f.Name, f.Value, f.Unit, f.Text, f.Problem = p.Name, p.Value, p.Unit,
			quantity.Measured(p.Value, quantity.Exact, unit).String(), ""
		f.Source, f.SourceURL = p.SourceTitle, p.SourceURL
		f.Digest = sign.Digest([]byte(p.Code + "\n" + p.OpensOn + "\n" + p.Value + "\n" + p.SourceTitle))
	}
	return f
}
