package peers

// What is asked, with the SQL that somebody writes who wants just this result and knows how the tables lie.

import (
	"fmt"

	"yipanqi/internal/indicator"
)

// The indicator In is En ÷ E(n+1) × 100. The first five forms of fifty elements are reported by streets, the sixth by
// communities, so that I270 is of communities and, on the way up, of streets.
func (c *city) questions() []question {
	street, community, district := c.areas["street"], c.areas["community"], c.areas["district"][0]
	one := func(code string) (i indicator.Indicator) {
		for _, i = range c.indicators {
			if i.Code == code {
				break
			}
		}
		return i
	}
	e := func(n int) int64 { return c.elements[n-1] }
	year := c.year.Int()
	rate := func(level string, n int) string {
		return fmt.Sprintf(`SELECT a.id, COALESCE(w.due, 0), n.value * 100.0 / d.value FROM areas a
			JOIN facts n ON n.area_id = a.id AND n.period = %[2]d AND n.element_id = %[3]d AND n.sex = -1
				AND n.category = 0 AND n.calibre = 0
			JOIN facts d ON d.area_id = a.id AND d.period = %[2]d AND d.element_id = %[4]d AND d.sex = -1
				AND d.category = 0 AND d.calibre = 0
			LEFT JOIN expectations w ON w.area_id = a.id AND w.period = %[2]d AND w.form_id = %[5]d
			WHERE a.level = '%[1]s' AND d.value <> 0`, level, year, e(n), e(n+1), (n-1)/50+1)
	}
	cells := fmt.Sprintf(`SELECT f.area_id, f.element_id, f.value FROM areas a JOIN facts f ON f.area_id = a.id
			AND f.period = %[1]d WHERE a.level = 'street'
		UNION ALL SELECT f.area_id, f.element_id, f.value FROM areas a JOIN rollups f ON f.area_id = a.id
			AND f.period = %[1]d WHERE a.level = 'street'`, year)
	rates := func(area, cells string) string {
		return `SELECT area, element_id, value * 100.0 / next FROM (SELECT ` + area + ` AS area, element_id, value,
			COALESCE(lead(value) OVER by_element, first_value(value) OVER by_element) AS next FROM (` + cells + `) c
			WINDOW by_element AS (PARTITION BY ` + area + ` ORDER BY element_id)) r WHERE next <> 0`
	}
	duckRate := func(level string, n int) string {
		return fmt.Sprintf(`SELECT n.area_id, w.due, n.value * 100.0 / d.value FROM facts n
			JOIN facts d ON d.area_id = n.area_id AND d.period = n.period JOIN areas a ON a.id = n.area_id
			LEFT JOIN expectations w ON w.area_id = a.id AND w.period = n.period AND w.form_id = %d
			WHERE n.period = %d AND n.element_id = %d AND d.element_id = %d AND a.level = '%s'
				AND d.value <> 0`, (n-1)/50+1, year, e(n),
			e(n+1), level)
	}
	duckCells := fmt.Sprintf(`SELECT a.street, f.element_id, CAST(sum(f.value) AS BIGINT) AS value FROM facts f
		JOIN areas a ON a.id = f.area_id WHERE f.period = %d GROUP BY a.street, f.element_id`, year)
	series := fmt.Sprintf(`SELECT f.period, f.element_id, f.value FROM rollups f WHERE f.area_id = %d
		AND f.period BETWEEN %d AND %d AND f.sex = -1 AND f.category = 0 AND f.calibre = 0`, district.ID,
		c.all[0].Int(), year)
	duckSeries := fmt.Sprintf(`SELECT f.period, f.element_id, CAST(sum(f.value) AS BIGINT)
		FROM facts f JOIN areas a ON a.id = f.area_id
		WHERE a.district = %d GROUP BY f.period, f.element_id`, district.ID)
	same := func(query string) map[bool]string { return map[bool]string{false: query, true: query} }
	const reported = 500 + 4*450 + 50 // the first form for ten years, four for nine, the sixth once
	return []question{
		{"one indicator, 6,720 communities", len(community), c.values([]indicator.Indicator{one("I270")}, community),
			same(rate("community", 270)), duckRate("community", 270)},
		{"336 streets ranked", len(street), c.ranked(one("I001"), street),
			same(rate("street", 1) + ` ORDER BY 3 DESC`), duckRate("street", 1) + ` ORDER BY 3 DESC`},
		{"300 indicators × 336 streets", 300 * len(street), c.values(c.indicators, street),
			same(rates("area_id", cells)), rates("street", duckCells)},
		{"300 elements × 10 years of a district", reported, c.series(district), same(series), duckSeries},
	}
}
