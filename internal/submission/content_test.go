package submission

// A signed text speaks of one version of one report: whichever part of it names another is found.

import (
	"testing"

	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

func TestATextIsOfOneVersion(t *testing.T) {
	of, err := period.Parse("2018")
	if err != nil {
		t.Fatal(err)
	}
	s := Submission{ID: "one", Form: form.Form{Code: "F"}, Unit: network.Unit{Code: "U"}, Area: network.Area{Code: "A"},
		Period: of}
	v := Version{Number: 2, Origin: Entered, Source: "年鉴", Reason: "改错"}
	told := Content{Schema: contentSchema, Submission: "one", Version: "2", Form: ContentForm{Code: "F"},
		Unit: Named{Code: "U"}, Area: Named{Code: "A"}, Period: "2018", Origin: Entered, Source: "年鉴", Reason: "改错"}
	if !told.isOf(s, v) {
		t.Fatal("a text is not taken for what it says")
	}
	for part, change := range map[string]func(*Content){
		"schema":     func(c *Content) { c.Schema = "yipanqi/submission/2" },
		"submission": func(c *Content) { c.Submission = "other" },
		"version":    func(c *Content) { c.Version = "3" },
		"form":       func(c *Content) { c.Form.Code = "G" },
		"unit":       func(c *Content) { c.Unit.Code = "V" },
		"area":       func(c *Content) { c.Area.Code = "B" },
		"period":     func(c *Content) { c.Period = "2019" },
		"origin":     func(c *Content) { c.Origin = Simulated },
		"source":     func(c *Content) { c.Source = "公报" },
		"reason":     func(c *Content) { c.Reason = "" },
	} {
		other := told
		change(&other)
		if other.isOf(s, v) {
			t.Errorf("a text with another %s is taken for this version", part)
		}
	}
}
