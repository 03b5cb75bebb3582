package part

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"yipanqi/internal/errs"
)

//go:embed en.json
var english []byte

var dictionary = sync.OnceValue(func() map[string]string {
	var words map[string]string
	if err := json.Unmarshal(english, &words); err != nil {
		panic("en.json: " + err.Error()) // built in, and tested
	}
	return words
})

// T says the Chinese text zh in the language of ctx, in Chinese where the dictionary lacks it. With args both
// texts are formats of fmt; English may reorder them as %[2]s.
func T(ctx context.Context, zh string, args ...any) string {
	if len(args) == 0 {
		zh, args = errs.Said(zh)
	}
	text := zh
	if From(ctx).Lang == "en" {
		if en, ok := dictionary()[zh]; ok {
			text = en
		}
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Name picks the name of a thing that carries both; the Chinese one where there is no English one.
func Name(ctx context.Context, zh, en string) string {
	if From(ctx).Lang == "en" && en != "" {
		return en
	}
	return zh
}

// Many is Name for a thing that is counted: 15 of 16 districts.
func Many(ctx context.Context, zh, en string) string {
	if From(ctx).Lang != "en" || en == "" {
		return zh
	}
	en = strings.ToLower(en[:1]) + en[1:]
	if stem, ok := strings.CutSuffix(en, "y"); ok && stem != "" && !strings.ContainsAny(stem[len(stem)-1:], "aeiou") {
		return stem + "ies"
	}
	return en + "s"
}

// Unit is a unit of measure; nothing for what only Chinese counts with, as 个.
func Unit(ctx context.Context, zh, en string) string {
	if From(ctx).Lang != "en" {
		return zh
	}
	if common, ok := commonUnits[zh]; ok && en == "" {
		return common
	}
	return Name(ctx, zh, en)
}

var commonUnits = map[string]string{"个": "", "家": "", "座": "", "所": "", "处": "", "项": "",
	"人": "persons", "名": "persons",
	"人次": "person-times", "件": "cases", "元": "yuan", "岁": "years"}

// In says zh in lang outside of a page, for messages of the command line and of files.
func In(lang, zh string, args ...any) string {
	return T(With(context.Background(), Env{Lang: lang}), zh, args...)
}
