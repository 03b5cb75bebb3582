package module

// Measures of the committee's own work: what each module counts of a year, always with both its parts. They are
// computed when they are read; the page that shows them all is package home's.

import (
	"math/big"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Measure is a share with both its parts.
type Measure struct {
	Code        string    `json:"code"`
	Name        say.Key   `json:"name"`
	Numerator   int       `json:"numerator"`
	Denominator int       `json:"denominator"`
	Share       string    `json:"share,omitempty"` // in per cent; empty where there is nothing to divide by
	Means       say.Key   `json:"means"`
	URL         string    `json:"url,omitempty"` // of what was counted
	Beside      say.Words `json:"-"`             // what is said beside it, such as how long it took
}

// Counted is a measure that counted n of d.
func Counted(code string, name say.Key, n, d int, means say.Key, url string) Measure {
	return Measure{Code: code, Name: name, Numerator: n, Denominator: d, Share: Percent(n, d), Means: means, URL: url}
}

// Percent is n of d in per cent with one decimal; empty if d is nothing.
func Percent(n, d int) string {
	if d == 0 {
		return ""
	}
	return quantity.Round(big.NewRat(int64(n)*100, int64(d)), 1)
}

// Median is the middle of some whole numbers, of an even count the mean of both in the middle: "23", "52.5"; empty of
// none. It sorts them.
func Median(all []int) string {
	if len(all) == 0 {
		return ""
	}
	slices.Sort(all)
	twice := all[(len(all)-1)/2] + all[len(all)/2]
	if twice%2 == 1 {
		return strconv.Itoa(twice/2) + ".5"
	}
	return strconv.Itoa(twice / 2)
}

// Measures are what all modules count of some work, as far as by may see what is counted.
func (l List) Measures(tx *db.Tx, by auth.User, of Work) (all []Measure, err error) {
	for _, one := range l {
		if one.Measures == nil {
			continue
		}
		some, err := one.Measures(tx, by, of)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}
