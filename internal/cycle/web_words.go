package cycle

// Words, looks and questions of a cycle's pages.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/letter"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// chip is the look of a state.
func (s State) chip() string {
	switch s {
	case Published, Reported:
		return "chip-proven"
	case Open, Closed, Compiled:
		return "chip-published"
	}
	return "chip-unproven"
}

func (d showData) intro(ctx context.Context) string {
	if d.All {
		return part.T(ctx, "%d张报表", len(d.Forms))
	}
	return part.T(ctx, "这里只列出您能看的报表。")
}

func (d showData) meetingWord(ctx context.Context, m Held) string {
	word := say.Key("培训会")
	if m.What == "review" {
		word = "数据评审会"
	}
	return part.T(ctx, word)
}

// countNote says what is counted: all, or what the reader sees.
func (d showData) countNote(ctx context.Context) string {
	n := d.Total
	return part.T(ctx, "应报%d份，已报%d份，审核通过%d份", n.Owed, n.Sent, n.Accepted)
}

// hidden are the fields that every step sends along.
func (d showData) hidden(more ...part.Option) []part.Option {
	return append(more, part.Option{Value: "version", Label: strconv.FormatInt(d.Version, 10)})
}

// mayAnnounce says whether the notice can be drafted: there is none, or it was withdrawn.
func (d showData) mayAnnounce() bool {
	return d.Announced == nil || d.Announced.state == letter.StateWithdrawn
}

// mayCopy says whether the cycle can become the next year's.
func (d showData) mayCopy() bool { return d.All && d.State.begun() }

func (d showData) taughtPeople() []Trainee {
	return slices.DeleteFunc(slices.Clone(d.People), func(t Trainee) bool { return t.On == "" })
}

// title says in full what a cell of the grid says in short.
func (l Line) title(ctx context.Context) string {
	title := part.Name(ctx, l.FormName, l.FormEN) + " · " + part.T(ctx, stateWord(l.State))
	if l.DueOn != "" {
		title += " · " + part.T(ctx, "截止%s", l.DueOn)
	}
	return title
}

func (d editData) heading(ctx context.Context) string {
	if d.ID == "" {
		return part.T(ctx, "建立监测周期")
	}
	return part.T(ctx, "修改监测周期")
}

func (d editData) back() string {
	if d.ID == "" {
		return "/cycles"
	}
	return d.URL()
}

func (d editData) expired(code string) bool {
	return slices.ContainsFunc(d.Expired, func(c Choice) bool { return c.Form == code })
}
