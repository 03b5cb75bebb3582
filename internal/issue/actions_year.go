package issue

// What is meant to be reached of an issue in a year, before it is known; the year's review says what came of it.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/plan"
)

// Aim says what is meant to be reached in a year and by which measures; saying it again replaces it until the year is
// reviewed.
func Aim(tx *db.Tx, by auth.User, id string, version int64, y Year) (Issue, error) {
	return do(tx, by, id, version, VerbAim, func(i *Issue) (map[string]string, error) {
		wrong := errs.Fields{}
		if y.Goal = strings.TrimSpace(y.Goal); y.Goal == "" || longer(y.Goal, maxAdvice) {
			wrong.Say("aim", "请写当年要达到什么，最多%d个字。", maxAdvice)
		}
		if len(y.Measures) == 0 || len(y.Measures) > maxMany || slices.ContainsFunc(y.Measures, func(m string) bool {
			return longer(m, maxAdvice)
		}) {
			wrong.Say("measures", "请写措施，一行一条，1至%d条，每条最多%d个字。", maxMany, maxAdvice)
		}
		listed, _ := strconv.Atoi(i.ListedOn[:4])
		now, _ := strconv.Atoi(tx.Today()[:4])
		if year, err := strconv.Atoi(y.Year); err != nil || year < listed || year > now+1 {
			wrong.Say("year", "请填列入当年到明年之间的年份。")
		}
		if i.reviewed(y.Year) {
			wrong.Say("year", "这一年已经评议过。")
		}
		if err := wrong.Check("没有保存：请先改正标出的地方。"); err != nil {
			return nil, err
		}
		i.Years = slices.DeleteFunc(slices.Clone(i.Years), func(o Year) bool { return o.Year == y.Year })
		i.Years = append(i.Years, y)
		slices.SortFunc(i.Years, func(a, b Year) int { return strings.Compare(a.Year, b.Year) })
		return map[string]string{"year": y.Year}, nil
	})
}

// year is what was meant to be reached in a year; nothing if nobody said.
func (i Issue) year(year string) Year {
	for _, y := range i.Years {
		if y.Year == year {
			return y
		}
	}
	return Year{}
}

func (i Issue) reviewed(year string) bool {
	return slices.ContainsFunc(i.Reviews, func(v Review) bool { return v.Year == year })
}

// aGoal refuses what is no goal of a plan: plan/code.
func aGoal(tx *db.Tx, code string) error {
	in, of, _ := strings.Cut(code, "/")
	goals, err := plan.Goals(tx, in)
	if err == nil && !slices.ContainsFunc(goals, func(g plan.Goal) bool { return g.Code == of }) {
		err = errs.Missingf("没有目标“%s”。请从列表里选。", code)
	}
	return err
}

// advised is the proposal of a research by its place: research.proposal, each from 0.
func (i *Issue) advised(place string) *Advice {
	one, two, _ := strings.Cut(place, ".")
	n, err := strconv.Atoi(one)
	k, bad := strconv.Atoi(two)
	if err != nil || bad != nil || n < 0 || n >= len(i.Researches) || k < 0 || k >= len(i.Researches[n].Advice) {
		return nil
	}
	return &i.Researches[n].Advice[k]
}
