package report

// What a pointer resting on a figure says, and the addresses of a report.

import (
	"context"
	"net/url"
	"strconv"

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

// url is the address of the report of the same year and tag, as a page or in another shape.
func (r Report) url(path, format string) string {
	q := url.Values{"year": {strconv.Itoa(r.Year)}}
	for name, value := range map[string]string{"tag": r.Tag, "format": format} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return path + "?" + q.Encode()
}
