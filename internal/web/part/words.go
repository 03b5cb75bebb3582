package part

// Chinese texts and their English from en.json; the Chinese text is the key.

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"yipanqi/internal/errs"
	"yipanqi/internal/quantity"
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

// MonthDay says a day of every year, 01-31, as people write it.
func MonthDay(ctx context.Context, day string) string {
	at, err := time.Parse("01-02", day)
	switch {
	case err != nil:
		return day
	case From(ctx).Lang == "en":
		return at.Format("2 January")
	}
	return at.Format("1月2日")
}

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
	return fmt.Sprintf(text, errs.Cut(args)...)
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
	return quantity.UnitEN(zh, en)
}

// Measured is a number, a plain decimal, with its mark and its unit in the reader's language: 近5000件, 8.17 per
// 100,000.
func Measured(ctx context.Context, number string, mark quantity.Mark, zh, en string) quantity.Written {
	if From(ctx).Lang != "en" {
		return quantity.Measured(quantity.Readable(number, zh), mark, zh)
	}
	if len(number) >= 7 {
		number = quantity.Grouped(number)
	}
	return quantity.MeasuredEN(number, mark, quantity.UnitEN(zh, en))
}

// In says zh in lang outside of a page, for messages of the command line and of files.
func In(lang, zh string, args ...any) string {
	return T(With(context.Background(), Env{Lang: lang}), zh, args...)
}
