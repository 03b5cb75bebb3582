package figurecheck

// Other ways in which texts say the name of an indicator: 中小学校长中，女性占38.5%; 每千人口拥有托位; 举办活动870场.

import (
	"regexp"
	"slices"
	"strings"
)

// What of a name texts leave out or turn round: the word that says what is counted, where the unit says it again; the
// share of women among some; so many for each thousand.
var (
	counting = regexp.MustCompile(`^(\S{5,}?)(人数|人次|场次|数量|数|个数|次数)$`)
	ofWomen  = regexp.MustCompile(`^(\S{3,}?)中?(女性|女生|女职工)(比例|比重)$`)
	forEach  = regexp.MustCompile(`^(每[十百千万]\p{Han}{0,2}口?)(\S{4,})$`)
)

// spoken are the names, and behind them other ways to say them that no name has yet.
func spoken(names []string) []string {
	all := slices.Clone(names)
	more := func(name string) {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	for _, name := range names {
		if strings.ContainsAny(name, " ") {
			continue
		}
		if m := ofWomen.FindStringSubmatch(name); m != nil {
			for _, said := range []string{"中%占", "中%占比", "中%比例", "中%比重", "中,%占", "中,%占比",
				"里%占", "队伍中%占", "队伍里%占", "当中%占", "%占比", "%比例", "%比重"} {
				more(m[1] + strings.ReplaceAll(said, "%", m[2]))
			}
			for _, said := range []string{"的比例", "的比重", "的占比", "占比", "比例", "比重"} { // 女性在校长中的比例
				more(m[2] + "在" + m[1] + "中" + said)
			}
		}
		short := name
		if m := counting.FindStringSubmatch(name); m != nil {
			short = m[1]
			more(short)
		}
		if m := forEach.FindStringSubmatch(name); m != nil {
			for _, have := range []string{"拥有", "有", "配有"} {
				more(m[1] + have + m[2])
				more(m[1] + have + strings.TrimPrefix(short, m[1]))
			}
		}
	}
	return all
}
