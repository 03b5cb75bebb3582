package say_test

// Words with arguments read in both languages, as JSON too, and never grow with what they quote.

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/say"
)

type either struct{ zh, en string }

func (e either) In(lang string) string { return map[string]string{"zh": e.zh, "en": e.en}[lang] }

func TestWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	english := func(key say.Key) string {
		return map[say.Key]string{"此项必填。": "Required.", "没有%s，共%d处": "%[2]d places without %[1]s",
			"%s：%s": "%s: %s", "区": "district"}[key]
	}
	for _, c := range []struct {
		words  say.Words
		zh, en string
	}{
		{say.New("此项必填。"), "此项必填。", "Required."},
		{say.New("没有英文"), "没有英文", "没有英文"},
		{say.New("100%"), "100%", "100%"},
		{say.New("没有%s，共%d处", "12", 3), "没有12，共3处", "3 places without 12"},
		{say.New("%s：%s", say.Key("区"), say.New("此项必填。")), "区：此项必填。", "district: Required."},
		{say.New("%s：%s", say.Name{ZH: "人口", EN: "Population"}, either{"一", "one"}), "人口：一", "Population: one"},
		{say.New("%s：%s", say.Name{ZH: "人口"}, ""), "人口：", "人口: "},
		{say.Name{ZH: "人口", EN: "Population"}.Words(), "人口", "Population"},
		{say.New("%s", say.Many{ZH: "区", EN: "District"}), "区", "districts"},
		{say.New("%s", say.Many{ZH: "县", EN: "County"}), "县", "counties"},
		{say.New("%s", say.Many{ZH: "日", EN: "Day"}), "日", "days"},
		{say.New("%s", say.Many{ZH: "区"}), "区", "区"},
	} {
		if got := c.words.In("zh", english); got != c.zh || got != c.words.String() {
			t.Errorf("%v is %q, want %q", c.words, got, c.zh)
		}
		if got := c.words.In("en", english); got != c.en {
			t.Errorf("%v is %q in English, want %q", c.words, got, c.en)
		}
	}
	if got := say.Chinese([]say.Words{say.New("一"), say.New("%d", 2)}); got != "一；2" {
		t.Errorf("joined they are %q", got)
	}
}

func TestWordsAreCut(t *testing.T) {
	t.Parallel()
	if n := len(say.New("没有“%s”", strings.Repeat("长", 20<<20/3)).String()); n < 3000 || n > 4000 {
		t.Errorf("a long argument makes %d bytes", n)
	}
}

func TestWordsInJSON(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(struct {
		Words say.Words `json:"words"`
		None  say.Words `json:"none,omitzero"`
		say.Name
	}{Words: say.New("共%d处", 3), Name: say.Name{ZH: "区", EN: "District"}})
	if want := `{"words":"共3处","name":"区","name_en":"District"}`; err != nil || string(text) != want {
		t.Errorf("%s (%v), want %s", text, err, want)
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "", "一二三四五": "一二三四五", "一二三四五六": "一二三四…",
		" 一\n二 ": "一 二", "abcdef": "abcd…"} {
		if got := say.Title(text, 5); got != want {
			t.Errorf("%q as a title of five characters is %q, want %q", text, got, want)
		}
	}
}

func TestNumbersInTextsAreInTheirOrder(t *testing.T) {
	t.Parallel()
	want := []string{"", "2/10", "10/2", "a", "a1b1", "a1b2", "a1b10", "a02", "a2", "a2b", "a10",
		"表2", "表10", "表10续"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, say.Compare)
	if !slices.Equal(got, want) {
		t.Errorf("sorted %q, want %q", got, want)
	}
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(say.SortKey(a), say.SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("an index of keys has %q, want %q", got, want)
	}
}
