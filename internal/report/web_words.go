package report

// What a pointer resting on a figure says.

import (
	"context"

	"yipanqi/internal/reference"
	"yipanqi/internal/web/part"
)

// hint is what a pointer resting on a figure says.
func hint(ctx context.Context, f *reference.Figure) string {
	if f.Problem != "" {
		return f.Problem
	}
	if f.Origin == "published" {
		return part.T(ctx, "%s，公开引用：%s", f.Name, f.Source)
	}
	return part.T(ctx, "%s，%s", f.Name, f.Formula)
}
