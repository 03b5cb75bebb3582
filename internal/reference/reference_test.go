package reference

// References in a line of text are read whole or refused, never printed as text. What they resolve to is tested where
// they are used, in reports, letters and matters.

import (
	"testing"

	"yipanqi/internal/errs"
)

// A line is text and references in their order; each names its figure in lists by a key of its own.
func TestParse(t *testing.T) {
	parts, err := Parse("住院分娩率{{figure W-HEA-001 year=2023 decimals=1}}，比上年{{change W-HEA-001 from=2022 to=2023}}。", 3)
	if err != nil || len(parts) != 5 {
		t.Fatalf("%d parts, %v", len(parts), err)
	}
	if r := parts[1].Ref; r == nil || r.Kind != FigureRef || r.Year != 2023 || r.Decimals != 1 || r.Line != 3 ||
		r.Key() != "W-HEA-001@2023" {
		t.Errorf("the figure is %+v", r)
	}
	if r := parts[3].Ref; r == nil || r.Kind != ChangeRef || r.From != 2022 || r.Key() != "W-HEA-001@2023-2022" {
		t.Errorf("the change is %+v", r)
	}
	if parts[0].Text != "住院分娩率" || parts[4].Text != "。" {
		t.Errorf("the text around is %q and %q", parts[0].Text, parts[4].Text)
	}
	if parts, err := Parse("", 1); err != nil || parts != nil {
		t.Errorf("an empty line is %v, %v", parts, err)
	}
}

// What is no whole reference is refused wherever it stands in the line, and never printed as text.
func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"{{", "}}", "{{figure W-HEA-001", "figure W-HEA-001}}",
		"{{ 前 {{figure W-HEA-001}} 后", "{{figure W-HEA-001}} 中 }} 后 {{figure W-HEA-001}}", "{{figure}}", "{{}}",
		"{{number W-HEA-001}}", "{{figure W-HEA-001 year=二〇二三}}", "{{figure W-HEA-001 year}}",
		"{{figure W-HEA-001 decimals=7}}", "{{figure W-HEA-001 year=-1}}", "{{figure W-HEA-001 colour=red}}",
		"{{figure W-HEA-001 scale=百}}", "{{change W-HEA-001 to=2023}}"} {
		if parts, err := Parse(text, 7); errs.KindOf(err) != errs.Invalid || parts != nil {
			t.Errorf("%s is read as %+v, %v", text, parts, err)
		}
	}
}
