package opinion

// Choices and short forms of the pages.

import (
	"context"
	"strconv"

	"yipanqi/internal/web/part"
)

func kinds(ctx context.Context, purpose string) (all []part.Option) {
	for _, kind := range Kinds(purpose) {
		all = append(all, part.Option{Value: kind, Label: part.T(ctx, KindIn(purpose, kind))})
	}
	return all
}

func weights(ctx context.Context) (all []part.Option) {
	for _, weight := range []string{Must, Advise, Note} {
		all = append(all, part.Option{Value: weight, Label: part.T(ctx, WeightWords(weight))})
	}
	return all
}

func verdicts(ctx context.Context) (all []part.Option) {
	for _, verdict := range []string{Adopted, Partly, NotAdopted} {
		all = append(all, part.Option{Value: verdict, Label: part.T(ctx, VerdictWords(verdict))})
	}
	return all
}

func shownAs(ctx context.Context) []part.Option {
	return []part.Option{{Value: "name", Label: part.T(ctx, "显示姓名")}, {Value: "role", Label: part.T(ctx,
		"只显示岗位")}}
}

func weightChip(weight string) string {
	return map[string]string{Must: "chip-invalid", Advise: "chip-published"}[weight]
}

// paragraph is what a paragraph says now.
func (d showData) paragraph(id string) string {
	for _, p := range d.Edition.Paragraphs {
		if p.ID == id {
			return p.Text
		}
	}
	return ""
}

// at1 is the address of a remark's steps.
func (d showData) at1(o Shown) string { return d.URL() + "/opinions/" + o.ID }

// fields are a draft as it is sent again to be filed.
func (o Shown) fields() []part.Option {
	return []part.Option{{Value: "opinion", Label: o.ID}, {Value: "revision", Label: strconv.FormatInt(o.Version, 10)},
		{Value: "paragraph", Label: o.Paragraph}, {Value: "quote", Label: o.Quote}, {Value: "kind", Label: o.Kind},
		{Value: "weight", Label: o.Weight}, {Value: "reason", Label: o.Reason},
		{Value: "suggestion", Label: o.Suggestion}, {Value: "shown_as", Label: o.ShownAs}}
}

// about is the paragraph that the reader is writing on, also after a refusal.
func (d showData) about(ctx context.Context) string {
	if typed := part.From(ctx).Input.Get("paragraph"); typed != "" {
		return typed
	}
	return d.on
}

// editing says whether the text is shown to be changed, also after a refusal.
func (d showData) editing(ctx context.Context) bool {
	return d.edit || part.From(ctx).Input.Has("text")
}
