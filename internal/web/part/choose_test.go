package part

// A choice of units: a group stands for its units, and what was chosen or sent is what is ticked.

import (
	"context"
	"net/url"
	"strings"
	"testing"
)

var offered = ChooseView{Name: "main", Label: "主送", Help: "可多选", Required: true, Groups: []ChooseGroup{
	{Code: "members", Label: "全部成员单位", Options: []Option{{"EDU", "市教育局"}, {"HEA", "市卫生局"}}},
	{Code: "districts", Label: "全部区", Options: []Option{{"EAST", "东岭区"}, {"WEST", "西川区"}}},
	{Code: "lead", Label: "牵头单位", Options: []Option{{"HEA", "市卫生局"}}}}}

func TestAGroupStandsForItsUnits(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{
		"": "", "EDU": "EDU", "EAST EDU": "EDU EAST", "*members": "EDU HEA", "*members HEA EAST": "EDU HEA EAST",
		"*members *districts": "EDU HEA EAST WEST", "HEA HEA": "HEA", "NONE EDU": "EDU NONE", "*none": "*none",
	} {
		if got := strings.Join(offered.Codes(strings.Fields(sent)), " "); got != want {
			t.Errorf("%q stands for %q, want %q", sent, got, want)
		}
	}
}

func TestChosenUnitsAreTicked(t *testing.T) {
	t.Parallel()
	shown := func(e Env) string {
		c := offered
		c.Chosen = []string{"HEA"}
		var b strings.Builder
		if err := Choose(c).Render(With(context.Background(), e), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	ticked := func(page, value string) bool {
		at := strings.Index(page, `value="`+value+`"`)
		return at > 0 && strings.HasPrefix(page[at+len(`value="`+value+`"`):], " checked")
	}
	page := shown(Env{})
	if !ticked(page, "HEA") || ticked(page, "EDU") || ticked(page, "*members") || !strings.Contains(page, "已选1个") {
		t.Error("what was loaded is not what is ticked")
	}
	page = shown(Env{Input: url.Values{"title": {"x"}, "main": {"*districts", "EDU"}},
		Fields: map[string]string{"main": "请选主送单位。"}})
	if ticked(page, "HEA") || !ticked(page, "EDU") || !ticked(page, "WEST") || !ticked(page, "*districts") {
		t.Error("what was sent in a refused form is not what is ticked")
	}
	for _, want := range []string{`aria-describedby="e-main h-main"`, "请选主送单位。", "2 / 2"} {
		if !strings.Contains(page, want) {
			t.Errorf("the refused field lacks %s", want)
		}
	}
	if strings.Contains(shown(Env{Input: url.Values{"title": {"x"}}}), " checked") {
		t.Error("a form that was sent without any box shows one ticked")
	}
}
