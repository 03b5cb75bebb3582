package main

// Made-up counts, in whole numbers only so that every machine makes the same: each row of rows.csv follows its three
// years (2014, 2020, 2023), areas and sexes lie around that as they always do.

import (
	"hash/fnv"
	"strconv"
	"strings"
)

// number is what a count is found by. sex is "M", "F" or "V" of everybody.
type number struct {
	row  string // element, or element@calibre
	year int
	area string
	sex  string
}

const million = 1_000_000

func keyOf(r record) string {
	if r["calibre"] == "" || r["calibre"] == "RESIDENT" {
		return r["element"]
	}
	return r["element"] + "@" + r["calibre"]
}

// chance is a number from -1000 to 1000 that belongs to these words for ever.
func chance(words ...string) int64 {
	h := fnv.New64a()
	h.Write([]byte("示范市" + strings.Join(words, "|")))
	x := h.Sum64()
	for range 3 { // a short text changes few bits of the sum
		x ^= x >> 31
		x *= 0x9E3779B97F4A7C15
	}
	x ^= x >> 29
	return int64(x%2001) - 1000
}

// micro reads a plain decimal in millionths.
func micro(s string) int64 {
	whole, part, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole+(part + "000000")[:6], 10, 64)
	if err != nil {
		panic("tables: " + s + " is no number")
	}
	return n
}

// trend is the row's value of a year in millionths, on two straight lines.
func trend(r record, year int) int64 {
	lo, mid, hi := micro(r["lo"]), micro(r["mid"]), micro(r["hi"])
	if year <= 2020 {
		return lo + (mid-lo)*int64(year-2014)/6
	}
	return mid + (hi-mid)*int64(year-2020)/3
}

func (c *city) form(code string) record {
	for _, f := range c.forms {
		if f["code"] == code {
			return f
		}
	}
	panic("tables: no form " + code)
}

func (c *city) rowsOf(form string) (rows []record) {
	for _, r := range c.rows {
		if r["form"] == form {
			rows = append(rows, r)
		}
	}
	return rows
}

func (c *city) simulate() {
	for _, r := range c.rows {
		f := c.form(r["form"])
		if f["level"] == "street" {
			continue
		}
		for year := firstYear; year <= lastYear; year++ {
			if f["level"] == "city" {
				c.fill(f, r, year, cityCode, 100)
				continue
			}
			for i, d := range districts {
				c.fill(f, r, year, d.code, weights[i])
			}
		}
	}
	// An amendment brought what a township had left out, the outlier has a reason, the returned form counts visits.
	c.numbers[number{"VOLUNTEERS", 2022, "990102", "F"}] -= 8120
	c.numbers[number{"SKILL_TRAINED", 2023, "990104", "M"}] = 24210
	c.numbers[number{"SKILL_TRAINED", 2023, "990104", "F"}] = 24880
}

// fill makes the counts of a row for an area and year.
func (c *city) fill(f, r record, year int, area string, weight int64) {
	key, name := keyOf(r), strconv.Itoa(year)
	for _, sex := range sexesOf(f) {
		var n int64
		if r["of"] == "" {
			n = trend(r, year) * weight / 100 / million
			n += n * chance(key, area) / 1000 * 2 / 100
			if r["women"] != "" && len(sexesOf(f)) == 2 {
				women := micro(r["women"])
				share := map[string]int64{"F": women, "M": million}[sex]
				n = n * share / (women + million)
			}
		} else {
			base := c.numbers[number{r["of"], year, area, sex}]
			n = base * c.rate(f, r, year, area, sex) / (100 * million)
		}
		if year != 2020 && year != 2023 {
			n += n * chance(key, area, sex, name) / 1000 / 400
		}
		if r["of"] != "" && trend(r, year) <= 100*million {
			n = min(n, c.numbers[number{r["of"], year, area, sex}])
		}
		c.numbers[number{key, year, area, sex}] = n
	}
}

// rate is how many of a hundred the row counts, in millionths: more or less in an area, and of a sex.
func (c *city) rate(f, r record, year int, area, sex string) int64 {
	rate := trend(r, year)
	if area != cityCode {
		room := min(rate*8/100, max(0, 100*million-rate)*35/100)
		rate += room * chance(keyOf(r), area) / 1000
	}
	if women := r["women"]; women != "" && len(sexesOf(f)) == 2 {
		lead := (micro(women) - million) * min(rate, max(0, 100*million-rate)*4) / million / 2
		if sex == "M" {
			lead = -lead
		}
		rate += lead
	}
	return rate
}

func sexesOf(f record) []string {
	if f["sex"] == "yes" {
		return []string{"M", "F"}
	}
	return []string{"V"}
}

// total is a row's count over both sexes, and over all districts if the area is the city.
func (c *city) total(row string, year int, area string) (sum int64) {
	for _, sex := range []string{"M", "F", "V"} {
		sum += c.numbers[number{row, year, area, sex}]
		for _, d := range districts {
			if area == cityCode {
				sum += c.numbers[number{row, year, d.code, sex}]
			}
		}
	}
	return sum
}
