package asof

// Figures of two days as the reader writes them.

import (
	"context"
	"strconv"

	"yipanqi/internal/progress"
	"yipanqi/internal/web/part"
)

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

// written is a value with its unit, or the word in its place; empty if there is none.
func written(ctx context.Context, v *progress.Value) string {
	if v == nil {
		return ""
	}
	return progress.Figure(ctx, *v).Text.String()
}

func chinese(v *progress.Value) string { return written(context.Background(), v) }

// changedTo is what a column says now; of one that nobody reads as it stands, that it was changed.
func changedTo(ctx context.Context, d definition) string {
	if d.Then == "" && d.Now == "" {
		return part.T(ctx, "已改动")
	}
	return d.Now
}
