package holiday

// Words and addresses of the page of the days off.

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

func (d showData) at(year int) templ.SafeURL {
	return templ.URL("/holidays?year=" + strconv.Itoa(year))
}

// gaps are the years without a notice, in order: 2020 2022.
func (d showData) gaps() string {
	return strings.Trim(fmt.Sprint(d.Gaps), "[]")
}
