package register_test

// The registers that the program brings along hold together: every file reads without a mistake against the lists, the
// standards, the elements and the other registers that are shipped with it. docs/registers.md shows who
// takes which step.

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/quantity"
	"yipanqi/internal/register"
	"yipanqi/internal/table"
	"yipanqi/registers"
)

var update = flag.Bool("update", false, "write the golden files anew; then read the diff")

// shippedRows are the lines of a file that is shipped beside the definitions.
func shippedRows(t *testing.T, file string, columns ...string) []table.Record {
	t.Helper()
	data, err := registers.FS.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := table.ReadCSV(file, data, columns...)
	if err != nil || len(rows) == 0 {
		t.Fatalf("%s: %v", file, err)
	}
	return rows
}

func column(rows []table.Record, name string) map[string]bool {
	codes := map[string]bool{}
	for _, r := range rows {
		codes[r.Values[name]] = true
	}
	return codes
}

// shipped are all definitions, by code.
func shipped(t *testing.T) (all []register.Definition) {
	t.Helper()
	known := register.Known{Registers: map[string]bool{},
		Lists:     column(shippedRows(t, "codes.csv", "代码表", "代码", "名称", "英文名", "来源", "已确认"), "代码表"),
		Standards: column(shippedRows(t, "standards.csv", "标准", "区域", "数值", "来源", "已确认"), "标准"),
		Elements:  column(shippedRows(t, "elements.csv", "代码", "名称", "英文名"), "代码"),
		Levels: map[string]bool{"city": true, "district": true, "street": true, "community": true,
			"village": true}}
	files, err := fs.Glob(registers.FS, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		known.Registers[strings.TrimSuffix(file, ".yaml")] = true
	}
	for _, file := range files {
		data, err := registers.FS.ReadFile(file)
		d, problems := register.Parse(file, data, known)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", file, err, problems)
			continue
		}
		if d.Code+".yaml" != file {
			t.Errorf("%s defines %s", file, d.Code)
		}
		all = append(all, d)
	}
	return all
}

func TestShippedRegistersHoldTogether(t *testing.T) {
	t.Parallel()
	all := shipped(t)
	codes := map[string]bool{}
	for _, d := range all {
		codes[d.Code] = true
	}
	fields, lists := map[string]bool{}, map[string]bool{"fault_item": true} // the faults of all facilities
	for _, d := range all {
		numbers := map[string]bool{}
		lists[d.Public.Items] = true
		for _, f := range d.Fields {
			for _, f := range append([]register.Field{f}, f.Columns...) {
				fields[d.Code+"."+f.Code], lists[f.Of], lists[f.By] = true, true, true
				if strings.HasPrefix(f.Type, "link") && !codes[f.Of] {
					t.Errorf("%s.%s links to %s, which is no register", d.Code, f.Code, f.Of)
				}
			}
		}
		for _, m := range d.Measures {
			if m.Into != "" && numbers[m.Into] {
				t.Errorf("%s: two measures fill %s", d.Code, m.Into)
			}
			if numbers[m.Into] = true; m.Unit.ZH == "" && m.Method != "texts" {
				t.Errorf("%s.%s has no unit", d.Code, m.Code)
			}
			if m.Method == "share" && m.Into != "" {
				t.Errorf("%s.%s is a share: its parts are elements, it is none", d.Code, m.Code)
			}
		}
		if len(d.Views) == 0 || len(d.Prints) == 0 || d.List.Sort == "" {
			t.Errorf("%s has no view, no print or no order", d.Code)
		}
	}
	for list := range column(shippedRows(t, "codes.csv"), "代码表") {
		if !lists[list] {
			t.Errorf("nobody chooses from the list %s", list)
		}
	}
}

// Every state that is no end is left by a step of a person or of the program, every end is reached, and no record can
// count without two people: a step into a counted state is not taken by who keeps the record, or follows one that is.
func TestShippedStagesAreComplete(t *testing.T) {
	t.Parallel()
	for _, d := range shipped(t) {
		reached := []string{""}
		for grown := true; grown; {
			grown = false
			for _, s := range d.Stages {
				if !slices.Contains(reached, s.To) && slices.ContainsFunc(reached, s.Leaves) {
					reached, grown = append(reached, s.To), true
				}
			}
		}
		for _, st := range d.States {
			if !slices.Contains(reached, st.Code) {
				t.Errorf("%s: %s is never reached from the beginning", d.Code, st.Code)
			}
			counted := func(state string) bool { return d.State(state).Counts != register.Uncounted }
			if st.Counts == register.Kept && !slices.ContainsFunc(d.Stages, func(s register.Stage) bool {
				return s.To == st.Code && slices.ContainsFunc(s.From, counted)
			}) {
				t.Errorf("%s: %s keeps what nothing has counted", d.Code, st.Code)
			}
		}
		if len(d.Counting()) == 0 {
			t.Errorf("%s counts in no state", d.Code)
		}
		for _, p := range d.Parts {
			if !slices.ContainsFunc(d.Stages, func(s register.Stage) bool { return s.Who == p.Code }) {
				t.Errorf("%s: %s has nothing to do", d.Code, p.Code)
			}
			if len(p.Kinds) > 0 {
				t.Errorf("%s.%s names kinds of units: those are an installation's", d.Code, p.Code)
			}
		}
	}
}

func TestShippedCodesAndStandardsAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range shippedRows(t, "codes.csv", "代码表", "代码", "名称", "英文名", "来源", "已确认") {
		code := r.Values["代码表"] + " " + r.Values["代码"]
		if yes := r.Values["已确认"]; seen[code] || r.Values["名称"] == "" || r.Values["英文名"] == "" ||
			r.Values["来源"]+r.Values["说明"] == "" || yes != "是" && yes != "否" {
			t.Errorf("line %d of codes.csv: %v", r.Line, r.Values)
		}
		seen[code] = true
	}
	columns := []string{"标准", "区域", "自", "至", "适用", "比较", "数值", "来源", "已确认"}
	for _, r := range shippedRows(t, "standards.csv", columns...) {
		row := fmt.Sprint(r.Values["标准"], r.Values["区域"], r.Values["自"])
		_, _, number := quantity.Decimal(r.Values["数值"])
		if seen[row] || !number || r.Values["适用"] == "" || r.Values["来源"] == "" ||
			!slices.Contains([]string{">=", ">", "<=", "<", "="}, r.Values["比较"]) {
			t.Errorf("line %d of standards.csv: %v", r.Line, r.Values)
		}
		seen[row] = true
	}
}

// The forms that the paper gives are what the files print: the same boxes of the same fields in the same order.
func TestOfficialFormsAreThoseOfThePaper(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/printed_forms.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := table.ReadCSV("printed_forms.csv", data, "form_zh", "register", "section_zh", "box_zh", "field")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]register.Box{}
	last := ""
	for _, r := range rows {
		b := register.Box{Label: r.Values["box_zh"], Field: r.Values["field"]}
		if at := r.Values["form_zh"] + r.Values["section_zh"]; at != last {
			b.Section, last = r.Values["section_zh"], at
		}
		want[r.Values["form_zh"]] = append(want[r.Values["form_zh"]], b)
	}
	for _, d := range shipped(t) {
		for _, p := range d.Prints {
			if boxes, official := want[p.Name.ZH]; official && !slices.Equal(boxes, p.Boxes) {
				t.Errorf("%s prints %v, the paper says %v", p.Name.ZH, p.Boxes, boxes)
			}
			delete(want, p.Name.ZH)
		}
	}
	if len(want) > 0 {
		t.Errorf("nobody prints %v", want)
	}
}

// docs/registers.md: who takes which step of which register within what time.
func TestRegistersInDocs(t *testing.T) {
	t.Parallel()
	text := "# Registers\n\nMade from the files in `registers/`; do not edit. `program` takes the steps that no person takes.\n" +
		"A limit is for the step after; (?) marks one that no law or office confirms.\n"
	for _, d := range shipped(t) {
		text += "\n## " + d.Code + " " + d.Name.ZH + "\n\n" + d.Name.EN + ", " + d.Privacy + ", " + d.System + "\n\n"
		for _, p := range d.Parts {
			text += "- " + p.Code + " " + p.Name.ZH + ": " + strings.Join(p.Roles, ", ")
			if p.Above {
				text += " of a unit above"
			}
			text += "\n"
		}
		text += "\n| from | step | who | to | not who took | needs | the next within |\n|---|---|---|---|---|---|---|\n"
		for _, s := range d.Stages {
			var limits []string
			for _, l := range s.Limits {
				limit := l.Limit.English()
				if s.Counted != "" {
					limit += " of " + s.Counted
				}
				if l.Since != "" {
					limit += " since " + l.Since
				}
				if !l.Confirmed {
					limit += " (?)"
				}
				limits = append(limits, limit)
			}
			needs := slices.Clone(s.Needs)
			if !s.When.IsZero() {
				needs = append(needs, "`"+s.When.String()+"`")
			}
			text += "| " + strings.Join([]string{strings.Join(s.From, ", "), s.Verb + " " + s.Name.ZH, s.Who, s.To,
				strings.Join(s.Not, ", "), strings.Join(needs, ", "), strings.Join(limits, "; ")}, " | ") + " |\n"
		}
		if p := d.Public; len(p.Fields) > 0 {
			text += "\nPublic:"
			for some := range slices.Chunk(p.Fields, 4) {
				text += "\n" + strings.Join(some, ", ") + ","
			}
			text = strings.TrimSuffix(text, ",")
			if !p.Where.IsZero() {
				text += "\nwhere `" + p.Where.String() + "`"
			}
			if _, placed := d.Place(); placed {
				text += "; in the directory"
			}
			if p.Report {
				text += "; faults may be reported"
			}
			text += ".\n"
		}
		if f := d.Referral; f.Who != "" {
			text += "\nReferred: from " + strings.Join(f.From, ", ") + " by " + f.Who + ", to be accepted within " +
				f.Limit.Limit.English() + ".\n"
		}
	}
	const file = "../../docs/registers.md"
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(file); err != nil || !bytes.Equal(want, []byte(text)) {
		t.Errorf("%s is not what the files say; run `make golden` and read the diff (%v)", file, err)
	}
}
