package request_test

// Which numbers of an answer count as typed, and how its page says so.

import (
	"slices"
	"testing"

	"yipanqi/internal/request"
)

// A number that is typed is flagged until the answer cites it with the same number; years, dates and ordinals are no
// figures.
func TestTypedFiguresAreFlaggedUntilTheyAreCited(t *testing.T) {
	asked := []request.Question{{Number: "1", Kind: request.Text}, {Number: "2", Kind: request.Table},
		{Number: "3", Kind: request.Figures}}
	for name, c := range map[string]struct {
		given request.Content
		want  []string
	}{
		"a number in a text": {request.Content{"1": {Text: "婚检率达到35.2%。"}}, []string{"1 35.2%"}},
		"a number in a table": {request.Content{"2": {Rows: [][]string{{"母婴室", "31间"}}}},
			[]string{"2 31间"}},
		"in a reason for nothing":       {request.Content{"1": {None: "全区只有3所学校"}}, []string{"1 3所"}},
		"a year and an ordinal":         {request.Content{"1": {Text: "2023年第一次联席会议。"}}, nil},
		"cited with the same number":    {cites("婚检率达到35.2%。", "35.2%"), nil},
		"cited with another number":     {cites("婚检率达到35.2%。", "35.3%"), []string{"1 35.2%"}},
		"written with another percent":  {cites("婚检率达到35.2％。", "35.2%"), nil},
		"one of two is cited":           {cites("婚检率达到35.2%，母婴室31间。", "35.2%"), []string{"1 31间"}},
		"an answer without any number":  {request.Content{"1": {Text: "按计划推进。"}}, nil},
		"a question that was not asked": {request.Content{"9": {Text: "35.2%"}}, nil},
	} {
		var got []string
		for _, typed := range c.given.Typed(asked) {
			got = append(got, typed.Question+" "+typed.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: typed are %q, want %q", name, got, c.want)
		}
	}
}

func cites(text, value string) request.Content {
	return request.Content{"1": {Text: text}, "3": {Figures: []request.Figure{{Indicator: "I", Value: value}}}}
}
