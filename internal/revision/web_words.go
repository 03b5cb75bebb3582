package revision

// Small words and choices of the pages.

import (
	"context"
	"slices"

	"yipanqi/internal/web/part"
)

// dash stands for what there is not.
func dash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

// fieldsOf are the fields that an action changes.
var fieldsOf = map[string][]string{Redefine: {"definition", "formula"}, Recalibre: {"calibre", "definition"},
	Rename: {"name"}, Resource: {"source"}, Merge: {"definition", "formula"}, Qualitative: {"definition"},
	Add:      {"new", "name", "definition", "formula", "calibre", "source"},
	SplitOff: {"new", "name", "definition", "formula", "calibre", "source"}}

func (d proposalData) asks(field string) bool {
	return slices.Contains(fieldsOf[d.Proposal.Action], field)
}

// others are the indicators of the plan but for the one that the proposal is about.
func (d proposalData) others() []part.Option {
	return slices.DeleteFunc(slices.Clone(d.indicators), func(o part.Option) bool {
		return o.Value == d.Proposal.Indicator
	})
}

func (d proposalData) merges(code string) bool { return slices.Contains(d.Proposal.With, code) }

// title is both sides of a link.
func (d linkData) title(ctx context.Context) string {
	if d.Link.Local == "" {
		return d.Link.Upper
	}
	return part.Name(ctx, d.of.Name, d.of.NameEN)
}

// openLabel is what the office does with a record.
func (d recordData) openLabel(ctx context.Context) string {
	if d.Record.State == Proposed {
		return part.T(ctx, "登记原因和责任单位")
	}
	return part.T(ctx, "修改登记")
}
