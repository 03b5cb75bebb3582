package issue_test

// What each district makes of the gap: two make 71 % of it, as the story of oversight.md §8 has it.

import (
	"context"
	"fmt"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/issue"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/web/webtest"
)

const equipped = `code: ROOMED
name: 母婴室
number: 演示1表
issuer: 演示单位
valid_until: 2030-12-31
frequency: A
level: district
reporters: office
due: "+1-01-31"
levels: {district: own, city: rolled_up}
rows:
  - {number: 1, element: PLACES}
  - {number: 2, element: EQUIPPED}
`

func TestTwoDistrictsMakeMostOfTheGap(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		// of 100 places each; 80 is the goal
		with := map[string]string{"990101": "38", "990102": "51", "990103": "60", "990104": "71"}
		c.Must(c.UpdateAlone(context.Background(), func(tx *db.Tx) error {
			root, err := network.Root(tx)
			c.Must(err)
			for n := 2; n <= 4; n++ {
				_, _, err := network.PutArea(tx, network.Area{Code: fmt.Sprintf("99010%d", n),
					Name:  fmt.Sprintf("区%d", n),
					Level: "district", ParentID: root.ID, OpensOn: "1900-01-01"})
				c.Must(err)
			}
			for _, code := range []string{"PLACES", "EQUIPPED"} {
				_, _, err := element.Put(tx, element.Element{Code: code, Name: code, Sums: true})
				c.Must(err)
			}
			i, _, err := indicator.Put(tx, indicator.Indicator{Code: "RATE", Name: "配置率", Unit: "%", Direction: 1,
				Decimals: 1})
			c.Must(err)
			_, err = indicator.PutVersion(tx, indicator.Version{IndicatorID: i.ID, Formula: "EQUIPPED / PLACES * 100",
				Definition: "配置率"})
			c.Must(err)
			_, err = indicator.PutTarget(tx, indicator.Target{Plan: "W", IndicatorID: i.ID, AreaID: root.ID,
				Level: indicator.Own, Op: indicator.AtLeast, Value: "80", Year: 2025, SourceTitle: "规划"})
			c.Must(err)
			known, err := form.LoadKnown(tx)
			c.Must(err)
			f, problems := form.ParseYAML("f.yaml", []byte(equipped), known)
			c.Must(problems.Check())
			f, _, err = form.Put(tx, f)
			c.Must(err)
			p, err := period.FromInt(202300)
			c.Must(err)
			for code, rooms := range with {
				area, err := network.AreaByCode(tx, code, "")
				c.Must(err)
				c.Must(fact.Expect(tx, area, p, f.ID, 1))
				values, fields := f.Read(map[string]string{f.Cells()[0].Key: "100", f.Cells()[1].Key: rooms})
				c.Must(fields.Check("cells"))
				change := fact.Change{Area: area, Period: p, FormID: f.ID, Version: 1}
				for _, spec := range f.Cells() {
					change.Elements = append(change.Elements, spec.Row.Of.ID)
					change.Cells = append(change.Cells, fact.Cell{Element: spec.Row.Of.ID, Sex: spec.Column.Sex,
						Value: values[spec.Key].Value, Mark: values[spec.Key].Mark})
				}
				c.Must(fact.Apply(tx, change))
			}
			return nil
		}))
		i := done(c, func(tx *db.Tx) (issue.Issue, error) {
			return issue.Propose(tx, c.People["office"], issue.Issue{Title: "母婴室", Indicators: []string{"RATE"},
				Why: []string{"money"}, Lead: "a", Supporting: []string{"b"}})
		})
		// 42 and 29 of 100 that are missing
		c.site().Run(t, webtest.Scenario{As: "office", Path: i.URL(), JSON: true, Contains: []string{
			`"gap":"42","share":"42.0"`, `"gap":"29","share":"29.0"`, `"gap":"20","share":"20.0"`,
			`"gap":"9","share":"9.0"`}},
			webtest.Scenario{As: "a", Path: i.URL(), JSON: true,
				NotContains: []string{`"share"`}}) // other districts' figures
	})
}
