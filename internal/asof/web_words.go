package asof

// How what changed is called.

import (
	"context"
	"strconv"
	"strings"

	"yipanqi/internal/attest"
	"yipanqi/internal/progress"
	"yipanqi/internal/web/part"
)

func idText(id int64) string { return strconv.FormatInt(id, 10) }

// words are 15/16; empty where nothing is due.
func (p progressIn) words() string {
	if p.Due == 0 {
		return ""
	}
	return strconv.Itoa(p.Reported) + "/" + strconv.Itoa(p.Due)
}

// figure is a value as all pages show it, with the proof of its day.
func figure(ctx context.Context, v progress.Value, proof string) part.FigureView {
	f := progress.Figure(ctx, v)
	f.ProofURL = proof
	return f
}

// of is what people call the row.
func (n namer) of(d attest.Difference) string {
	for _, row := range []string{d.Actual, d.Expected} {
		if d.Column == "" && row != "" {
			for _, column := range []string{"name", "title", "text"} {
				if name := attest.Text(row, column); name != "" {
					return name
				}
			}
			if name := n[attest.Text(row, "indicator_id")]; name != "" {
				return name
			}
		}
	}
	for _, part := range strings.FieldsFunc(d.Key, func(r rune) bool { return strings.ContainsRune(`[]",`, r) }) {
		if name := n[part]; name != "" {
			return name
		}
	}
	return strings.Join(strings.FieldsFunc(d.Key, func(r rune) bool { return strings.ContainsRune(`[]"`, r) }), " ")
}

// plain is a column without the quotes that tell it from NULL.
func plain(text string) string {
	if s, err := strconv.Unquote(text); err == nil {
		return s
	}
	return ""
}
