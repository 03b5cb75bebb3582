package register_test

// Who plays the shipped registers in the sample city: every part has an account, and every step that must not be taken
// by who took another one has a second person for it.

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/register"
	"yipanqi/internal/table"
)

const city = "../../samples/shifan/"

// account is one of the sample city: in a unit of a kind, which looks after an area.
type account struct{ login, role, unit, kind, area string }

func accounts(t *testing.T) (all []account) {
	t.Helper()
	units, paths := map[string]table.Record{}, map[string]string{}
	for _, r := range rowsOf(t, city+"areas.csv") { // what an area lies in stands before it
		paths[r.Values["代码"]] = paths[r.Values["上级"]] + "." + r.Values["代码"]
	}
	for _, r := range rowsOf(t, city+"units.csv") {
		units[r.Values["代码"]] = r
	}
	text, err := os.ReadFile(city + "demo.yaml")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`login: ([a-z-]+), .*unit: ([A-Z0-9-]+), role: ([a-z_]+)`)
	for _, found := range line.FindAllStringSubmatch(string(text), -1) {
		u := units[found[2]].Values
		all = append(all, account{found[1], found[3], found[2], u["类别"], paths[u["所辖区域"]]})
	}
	return all
}

func rowsOf(t *testing.T, file string) []table.Record {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := table.ReadCSV(file, data)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestSampleCityPlaysEveryPart(t *testing.T) {
	t.Parallel()
	people, given := accounts(t), map[string][]table.Record{}
	kinds := map[string]bool{}
	for _, a := range people {
		kinds[a.kind] = true
	}
	all := shipped(t)
	for _, r := range rowsOf(t, city+"register_parts.csv") {
		given[r.Values["登记"]+" "+r.Values["办理"]] = append(given[r.Values["登记"]+" "+r.Values["办理"]], r)
		at := slices.IndexFunc(all, func(d register.Definition) bool { return d.Code == r.Values["登记"] })
		if at < 0 || !kinds[r.Values["单位类别"]] {
			t.Errorf("line %d: %v", r.Line, r.Values)
			continue
		}
		if _, known := all[at].Part(r.Values["办理"]); !known {
			t.Errorf("line %d: %s has no %s", r.Line, r.Values["登记"], r.Values["办理"])
		}
	}
	for _, d := range all {
		plays := func(part string, unit account, alone bool) (found []string) {
			p, _ := d.Part(part)
			for _, a := range people {
				fits := slices.ContainsFunc(given[d.Code+" "+part], func(r table.Record) bool {
					roles := strings.Split(r.Values["岗位"], "+")
					return r.Values["单位类别"] == a.kind && slices.Contains(roles, a.role)
				})
				near := a.unit == unit.unit || p.Above && strings.HasPrefix(unit.area, a.area) || alone
				if fits && near {
					found = append(found, a.login)
				}
			}
			return found
		}
		keepers := plays(d.Parts[0].Code, account{}, true)
		if len(keepers) == 0 {
			t.Errorf("nobody keeps %s", d.Code)
		}
		for _, keeper := range people {
			if !slices.Contains(keepers, keeper.login) {
				continue
			}
			for _, s := range d.Stages {
				if s.Who == register.Program || s.Who == d.Parts[0].Code && len(s.Not) == 0 {
					continue
				}
				others := slices.DeleteFunc(plays(s.Who, keeper, false), func(login string) bool {
					return len(s.Not) > 0 && login == keeper.login
				})
				if len(others) == 0 {
					t.Errorf("%s of %s: nobody takes %s after %s", d.Code, keeper.unit, s.Verb, keeper.login)
				}
			}
		}
	}
}

// An element that a sample city has of its own is the same there: else every import would change it back and forth.
func TestSampleCitiesAgreeOnElements(t *testing.T) {
	t.Parallel()
	shipped := map[string]table.Record{}
	for _, r := range shippedRows(t, "elements.csv") {
		shipped[r.Values["代码"]] = r
	}
	for _, file := range []string{city + "elements.csv", "../../samples/beijing/elements.csv"} {
		for _, r := range rowsOf(t, file) {
			ours, both := shipped[r.Values["代码"]]
			if both && !maps.Equal(ours.Values, r.Values) {
				t.Errorf("%s line %d is %v, ours %v", file, r.Line, r.Values, ours.Values)
			}
		}
	}
}
