package report

// A report's template is read with every mistake named by its line.

import (
	"strings"
	"testing"

	"yipanqi/internal/errs"
	"yipanqi/internal/reference"
)

func TestParseTemplate(t *testing.T) {
	t.Parallel()
	template, err := ParseTemplate("---\ntitle: 总结\nnumber: 演示〔2018〕1号\n---\n# 上篇\n## 一、首先\n达到{{figure A-1 year=2018 decimals=1 unit=%}}，提高{{change A-1 from=2017 to=2018 unit=个百分点}}，近{{figure B scale=亿 after=余}}。\n")
	if err != nil {
		t.Fatal(err)
	}
	if template.Meta["title"] != "总结" || len(template.Blocks) != 3 || template.Blocks[0].Level != 1 ||
		template.Blocks[1].Level != 2 {
		t.Fatalf("read as %+v", template)
	}
	refs := template.References(2018)
	if len(refs) != 3 {
		t.Fatalf("%d references, want 3", len(refs))
	}
	if r := refs[0]; r.Decimals != 1 || r.Style.Unit != "%" || r.OwnUnit || r.Key() != "A-1@2018" {
		t.Errorf("first reference read as %+v", r)
	}
	if r := refs[1]; r.Kind != reference.ChangeRef || r.From != 2017 || r.Year != 2018 || r.Key() != "A-1@2018-2017" {
		t.Errorf("change read as %+v", r)
	}
	if r := refs[2]; r.Year != 2018 || r.Style.Scale != "亿" || r.Style.Qualifier != "余" ||
		!r.OwnUnit || r.Decimals != -1 {
		t.Errorf("third reference read as %+v", r)
	}
}

func TestTemplateMistakesAreAllNamed(t *testing.T) {
	t.Parallel()
	_, err := ParseTemplate("{{figure}}\n好的\n{{figures X}}\n{{change X to=2018}}\n{{figure X scale=千}}\n{{figure X\n{{figure X decimals=-1}}\n")
	fields := errs.FieldsOf(err)
	if len(fields) != 6 {
		t.Fatalf("%d mistakes named, want 6: %v", len(fields), fields)
	}
	for line, msg := range fields {
		if number := strings.TrimPrefix(line, "line"); !strings.Contains(msg.String(), "第"+number+"行") {
			t.Errorf("%s does not name its line: %s", line, msg)
		}
	}
}

func FuzzParseTemplate(f *testing.F) {
	f.Add("---\ntitle: x\n---\n# a\n{{figure A year=2018}} b")
	f.Add("{{change A from=1}}{{")
	f.Fuzz(func(t *testing.T, body string) {
		template, err := ParseTemplate(body)
		if err == nil {
			template.References(2018)
		}
	})
}
