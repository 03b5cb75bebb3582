package record

// Signs and words of the map page.

import (
	"context"
	"fmt"

	"github.com/a-h/templ"

	"yipanqi/internal/list"
	"yipanqi/internal/register"
	"yipanqi/internal/web/part"
)

// kindColours is how many kinds have a colour and a sign of their own; the rest share the last.
const kindColours = 6

func kindClass(kind int) string { return fmt.Sprint("map-kind-", min(kind, kindColours-1)+1) }

// kindSign is a kind's sign at a place: a disc, a square, a triangle, a lozenge, a triangle on its head, a bar.
func kindSign(kind int, x, y float64) string {
	switch min(kind, kindColours-1) {
	case 0:
		return fmt.Sprintf("M%.1f %.1fa5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z", x-5, y)
	case 1:
		return fmt.Sprintf("M%.1f %.1fh9v9h-9Z", x-4.5, y-4.5)
	case 2:
		return fmt.Sprintf("M%.1f %.1fl5.5 10h-11Z", x, y-6)
	case 3:
		return fmt.Sprintf("M%.1f %.1fl6 6l-6 6l-6 -6Z", x, y-6)
	case 4:
		return fmt.Sprintf("M%.1f %.1fl-5.5 -10h11Z", x, y+6)
	}
	return fmt.Sprintf("M%.1f %.1fh12v5h-12Z", x-6, y-2.5)
}

// systemOf is a coordinate system as pages say it: until the office has confirmed it, it is our proposal.
func systemOf(ctx context.Context, m register.Map) string {
	if m.Confirmed {
		return m.System
	}
	return part.T(ctx, "%s（待确认）", m.System)
}

// page is that of a place's record.
func (d mapData) page(s Spot) templ.SafeURL {
	return templ.URL("/registers/" + d.Register + "/records/" + s.ID)
}

// coloured is the field that the map is coloured by.
func (d mapData) coloured(ctx context.Context) string {
	f, _ := d.k.d.Field(d.k.d.Map.Colour)
	if f.Code == "" {
		return part.T(ctx, "类别")
	}
	return called(ctx, f.Name)
}

func (d mapData) fields(ctx context.Context) []part.FieldView { return list.Fields(ctx, d.filters) }
