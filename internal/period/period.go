// Package period is a reporting period as one comparable value: a year, half, quarter or month, with
// its SDMX code, its storage key, its neighbours and the days it covers. It knows neither today nor
// due dates.
package period

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
)

const (
	FirstYear = 1900
	LastYear  = 2199
)

// Kind is how long a period is, as the SDMX frequency code.
type Kind string

const (
	Year    Kind = "A"
	Half    Kind = "S"
	Quarter Kind = "Q"
	Month   Kind = "M"
)

// Period is one reporting period of the years 1900 to 2199. Periods compare with ==; the zero value is
// no period.
type Period struct{ key int32 }

// Parse reads an SDMX code: 2018, 2018-S1, 2018-Q1, or 2018-01 for a month.
func Parse(code string) (Period, error) {
	for _, r := range code {
		if r == '\u3000' || r >= '\uFF01' && r <= '\uFF5E' {
			return Period{}, errs.Invalidf("期间“%s”里有全角字符，请改用半角的数字、字母和短横线", code)
		}
	}
	year, part, _ := strings.Cut(code, "-")
	base := 20
	switch {
	case part == "":
		part, base = "0", 0
	case part[0] == 'S':
		part, base = part[1:], 0
	case part[0] == 'Q':
		part, base = part[1:], 10
	}
	y, yearErr := strconv.Atoi(year)
	n, partErr := strconv.Atoi(part)
	p, err := FromInt(y*100 + base + n)
	if yearErr != nil || partErr != nil || err != nil || p.String() != code {
		return Period{}, errs.Invalidf("期间“%s”无法识别：年写作2018，半年写作2018-S1，季度写作2018-Q1，月写作2018-01，年份须在%d至%d之间",
			code, FirstYear, LastYear)
	}
	return p, nil
}

// FromInt is the period with the storage key n, see Int.
func FromInt(n int) (Period, error) {
	year, sub := n/100, n%100
	valid := sub == 0 || sub == 1 || sub == 2 || sub >= 11 && sub <= 14 || sub >= 21 && sub <= 32
	if !valid || year < FirstYear || year > LastYear {
		return Period{}, errs.Invalidf("期间编号%d无效", n)
	}
	return Period{int32(n)}, nil
}

// Int is the storage key: year × 100, plus 0 for the year, 1–2 for a half, 11–14 for a quarter, 21–32
// for a month. Keys of one kind sort by time.
func (p Period) Int() int { return int(p.key) }

// IsZero says that p is no period.
func (p Period) IsZero() bool { return p == Period{} }

// String is the SDMX code, empty for no period.
func (p Period) String() string {
	switch year, number := p.Year(), p.number(); p.Kind() {
	case Year:
		return strconv.Itoa(year)
	case Half, Quarter:
		return fmt.Sprintf("%d-%s%d", year, p.Kind(), number)
	case Month:
		return fmt.Sprintf("%d-%02d", year, number)
	}
	return ""
}

// Kind is empty for no period.
func (p Period) Kind() Kind { return p.division().kind }

// Year is the year that p is named after.
func (p Period) Year() int { return int(p.key) / 100 }

// Next is the following period of the same kind; no period after 2199.
func (p Period) Next() Period { return p.step(1) }

// Previous is the period of the same kind before p; no period before 1900.
func (p Period) Previous() Period { return p.step(-1) }

// Contains says that every day of q lies in p, both counted by the calendar.
func (p Period) Contains(q Period) bool {
	return !p.IsZero() && !q.IsZero() && p.firstMonth() <= q.firstMonth() &&
		q.firstMonth()+q.division().months <= p.firstMonth()+p.division().months
}

// division is how a kind divides the year: parts of so many months, the first with this number in the key.
type division struct {
	kind          Kind
	months, first int
}

func (p Period) division() division {
	switch sub := p.key % 100; {
	case p.IsZero():
		return division{}
	case sub == 0:
		return division{Year, 12, 0}
	case sub <= 2:
		return division{Half, 6, 1}
	case sub <= 14:
		return division{Quarter, 3, 11}
	}
	return division{Month, 1, 21}
}

// number counts from 1 within the year.
func (p Period) number() int { return int(p.key)%100 - p.division().first + 1 }

// firstMonth counts from January of the year 0.
func (p Period) firstMonth() int { return p.Year()*12 + (p.number()-1)*p.division().months }

func (p Period) step(n int) Period {
	d := p.division()
	if p.IsZero() {
		return p
	}
	month := p.firstMonth() + n*d.months
	stepped, err := FromInt(month/12*100 + d.first + month%12/d.months)
	if err != nil {
		return Period{}
	}
	return stepped
}

// MarshalText writes the code, so JSON, map keys and forms hold "2018-Q1".
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the code; no text is no period.
func (p *Period) UnmarshalText(text []byte) (err error) {
	*p = Period{}
	if len(text) > 0 {
		*p, err = Parse(string(text))
	}
	return err
}

// Value stores the key, 0 for no period.
func (p Period) Value() (driver.Value, error) { return int64(p.key), nil }

// Scan reads a stored key; 0 and NULL are no period.
func (p *Period) Scan(stored any) (err error) {
	*p = Period{}
	switch n := stored.(type) {
	case nil:
	case int64:
		if n != 0 {
			*p, err = FromInt(int(n))
		}
	default:
		err = fmt.Errorf("a period is stored as an integer, not as %T", stored)
	}
	return err
}
