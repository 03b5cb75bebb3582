package part

// Chinese texts and their English from en.json, this package's and those that modules have beside them; the Chinese
// text is the key.

import (
	"context"
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

//go:embed en.json
var english []byte

var files = [][]byte{english}

// Learn adds the English of a module, its own en.json. It is called while a program starts, by the variable in the
// module's module.go that its manifest names, and at no other time.
func Learn(file []byte) []byte {
	files = append(files, file)
	return file
}

var dictionary = sync.OnceValue(func() map[say.Key]string {
	words := map[say.Key]string{}
	for _, file := range files {
		if err := json.Unmarshal(file, &words); err != nil {
			panic("en.json: " + err.Error()) // built in, and tested
		}
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
func T(ctx context.Context, zh say.Key, args ...any) string {
	return Say(ctx, say.Words{Key: zh, Args: args})
}

// English is the English of a Chinese text; "" where the dictionary lacks it.
func English(zh say.Key) string { return dictionary()[zh] }

// Say says words in the language of ctx, several as one sentence.
func Say(ctx context.Context, all ...say.Words) string {
	lang := From(ctx).Lang
	said := make([]string, len(all))
	for i, words := range all {
		said[i] = words.In(lang, English)
	}
	if lang == "en" {
		return strings.Join(said, "; ")
	}
	return strings.Join(said, "；")
}

// Name picks the name of a thing that carries both; the Chinese one where there is no English one.
func Name(ctx context.Context, zh, en string) string {
	return say.Name{ZH: zh, EN: en}.In(From(ctx).Lang)
}

// Join lists names as the language does.
func Join(ctx context.Context, names []string) string {
	if From(ctx).Lang == "en" {
		return strings.Join(names, ", ")
	}
	return strings.Join(names, "、")
}

// Many is Name for a thing that is counted: 15 of 16 districts.
func Many(ctx context.Context, zh, en string) string {
	return say.Many{ZH: zh, EN: en}.In(From(ctx).Lang)
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
func In(lang string, zh say.Key, args ...any) string {
	return T(With(context.Background(), Env{Lang: lang}), zh, args...)
}
