// Package score is 评分表: optional sheets of dimensions and items with points, scored by the unit itself, by a third
// party and by a supervising group, and computed where an item names an indicator. A total with a missing score is
// open, and scores on different versions of a sheet never stand in one order. No sheet comes along with the program.
package score

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/errs"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Sheet is one version of a score sheet.
type Sheet struct {
	ID        string    `json:"id"`
	Series    string    `json:"series"`
	Number    int       `json:"number"`
	Office    string    `json:"office"`
	AreaPath  string    `json:"-"`
	Title     string    `json:"title"`
	About     string    `json:"about,omitempty"`
	Items     []Item    `json:"items"`
	Reason    string    `json:"reason,omitempty"`
	State     State     `json:"state"`
	Version   int64     `json:"version"`
	UpdatedBy string    `json:"-"`
	UpdatedAt time.Time `json:"-"`
}

// Item is a line of a sheet. One that names an indicator is computed: all points where its target is met, none where it
// is not, open where that cannot be said.
type Item struct {
	Dimension string `json:"dimension"`
	Title     string `json:"title"`
	Points    Tenths `json:"points"`
	Evidence  string `json:"evidence,omitempty"` // what has to prove it
	Indicator string `json:"indicator,omitempty"`
}

// Tenths are points in tenths: no sum of them is ever off.
type Tenths int64

// String writes them as they are read: 12.5.
func (t Tenths) String() string {
	text := strconv.FormatInt(int64(t)/10, 10)
	if t%10 != 0 {
		text += "." + strconv.FormatInt(int64(t)%10, 10)
	}
	return text
}

// MarshalText and UnmarshalText keep them as they are read.
func (t Tenths) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (t *Tenths) UnmarshalText(text []byte) (err error) {
	n, ok := Points(string(text))
	if !ok {
		return errs.Invalidf("分数要写成数字，最多一位小数。")
	}
	*t = n
	return nil
}

// Points reads points as they are typed, with one decimal at most; ok is false for anything else.
func Points(text string) (t Tenths, ok bool) {
	value, decimals, ok := quantity.Decimal(strings.TrimSpace(text))
	if !ok || decimals > 1 || value.Sign() < 0 {
		return 0, false
	}
	whole := value.Num().Int64() * 10
	if !value.Num().IsInt64() || value.Num().Int64() > maxPoints*10 {
		return 0, false
	}
	return Tenths(whole / value.Denom().Int64()), true
}

// Sides from which a unit is scored.
const (
	Self  = "self"
	Third = "third"
	Group = "group"
)

// Sides are all, in the order in which a page shows them.
var Sides = []string{Self, Third, Group}

// Computed is the column of what the program works out itself.
const Computed = "computed"

// SideWords is what a side is called.
func SideWords(side string) say.Key {
	return map[string]say.Key{Self: "自评", Third: "第三方", Group: "督导组", Computed: "计算"}[side]
}

// Score is what one side gave a unit for one item.
type Score struct {
	ID       string    `json:"id"`
	Sheet    string    `json:"-"`
	Subject  string    `json:"subject"`
	Side     string    `json:"side"`
	Item     int       `json:"item"` // from 1
	Points   Tenths    `json:"points"`
	Evidence string    `json:"evidence,omitempty"`
	Behalf   bool      `json:"on_behalf,omitempty"`
	PersonID string    `json:"-"`
	Person   string    `json:"by"`
	GivenAt  time.Time `json:"given_at"`
}

// Object is the sheet's name in the journal.
func (s Sheet) Object() string { return "score_sheet/" + s.ID }

// URL is its page.
func (s Sheet) URL() string { return "/score-sheets/" + s.ID }

func (s Score) object() string { return "score/" + s.ID }

const (
	maxTitle  = 120
	maxText   = 600
	maxItems  = 60
	maxPoints = 1000
)

func longer(text string, most int) bool { return utf8.RuneCountInString(text) > most }

// check refuses a sheet that says too little.
func (s *Sheet) check() error {
	wrong := errs.Fields{}
	if s.Title = strings.TrimSpace(s.Title); s.Title == "" || longer(s.Title, maxTitle) {
		wrong.Say("title", "请写标题，最多%d个字。", maxTitle)
	}
	if len(s.Items) == 0 || len(s.Items) > maxItems {
		wrong.Say("items", "请写评分项目，至少1项，最多%d项。", maxItems)
	}
	for n, i := range s.Items {
		switch {
		case i.Dimension == "" || longer(i.Dimension, maxTitle):
			wrong.Say("items", "第%d项：请写维度，最多%d个字。", n+1, maxTitle)
		case i.Title == "" || longer(i.Title, maxText):
			wrong.Say("items", "第%d项：请写内容，最多%d个字。", n+1, maxText)
		case i.Points < 1 || i.Points > maxPoints*10:
			wrong.Say("items", "第%d项：请写分值，大于0，最多%d分，最多一位小数。", n+1, maxPoints)
		case longer(i.Evidence, maxText):
			wrong.Say("items", "第%d项：要什么依据最多写%d个字。", n+1, maxText)
		}
	}
	return wrong.Check("没有保存：请先改正标出的地方。")
}

// Full is what a whole sheet comes to.
func (s Sheet) Full() (sum Tenths) {
	for _, i := range s.Items {
		sum += i.Points
	}
	return sum
}

// Total is one side's sum for a unit. It is open while a score is missing: then Sum is that of what was given.
type Total struct {
	Side  string `json:"side"`
	Given int    `json:"given"`
	Of    int    `json:"of"`
	Sum   Tenths `json:"sum"`
	Open  bool   `json:"open,omitempty"`
}

// total counts what a side gave a unit for the items that it scores: the computed ones are the program's.
func (s Sheet) total(side, subject string, scores []Score, computed map[int]Tenths) Total {
	t := Total{Side: side}
	for n, i := range s.Items {
		t.Of++
		if i.Indicator != "" {
			if points, known := computed[n+1]; known {
				t.Given, t.Sum = t.Given+1, t.Sum+points
			}
			continue
		}
		at := slices.IndexFunc(scores, func(one Score) bool {
			return one.Side == side && one.Subject == subject && one.Item == n+1
		})
		if at >= 0 {
			t.Given, t.Sum = t.Given+1, t.Sum+scores[at].Points
		}
	}
	t.Open = t.Given < t.Of
	return t
}

// Placed is a unit in the order of one side, on one version of a sheet. Place is 0 while the total is open.
type Placed struct {
	Subject string `json:"subject"`
	Place   int    `json:"place,omitempty"`
	Total
}

// Order puts units in order of what one side gave them; those whose total is open stand last and have no place. Equal
// totals share one.
func Order(totals []Placed) []Placed {
	all := slices.Clone(totals)
	slices.SortStableFunc(all, func(a, b Placed) int {
		if a.Open != b.Open {
			if a.Open {
				return 1
			}
			return -1
		}
		if a.Open {
			return cmp.Compare(a.Subject, b.Subject)
		}
		return cmp.Or(cmp.Compare(b.Sum, a.Sum), cmp.Compare(a.Subject, b.Subject))
	})
	for n := range all {
		switch {
		case all[n].Open:
		case n > 0 && all[n].Sum == all[n-1].Sum:
			all[n].Place = all[n-1].Place
		default:
			all[n].Place = n + 1
		}
	}
	return all
}
