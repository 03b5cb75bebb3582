package record

// What a new version of a register does to the records that there are, said before it is used. A record keeps the
// version that it was made by; what no figure needs may go, what records stand in or figures count may not.

import (
	"fmt"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// Effect is one thing that a new version changes for records.
type Effect struct {
	What    say.Words `json:"-"`
	Records int       `json:"records"` // that it touches
	Refused bool      `json:"refused"` // the version cannot be used so
}

// EffectsOf compares a definition with the version in use.
func EffectsOf(tx *db.Tx, d register.Definition) (all []Effect, err error) {
	was, err := ByCode(tx, d.Code)
	if err != nil {
		return nil, nil // there is none yet
	}
	for _, f := range was.Fields {
		now, still := d.Field(f.Code)
		if still && !changedType(f, now) {
			continue
		}
		n, err := fieldUsed(tx, d.Code, f)
		if err != nil {
			return nil, err
		}
		e := Effect{What: say.New("字段“%s”不再有，%d条记录里填过它；旧记录保留原来的内容。", f.Name, n), Records: n}
		if still {
			e.What = say.New("字段“%s”的类型由“%s”改成“%s”，%d条记录填过它：请另用一个代码。", f.Name,
				register.Types[f.Type], register.Types[now.Type], n)
			e.Refused = n > 0
		}
		all = append(all, e)
	}
	counts, err := states(tx, d.Code)
	for _, s := range was.States {
		still := slices.ContainsFunc(d.States, func(o register.State) bool { return o.Code == s.Code })
		if n := counts[s.Code]; !still && n > 0 {
			all = append(all, Effect{What: say.New("状态“%s”不再有，还有%d条记录在里面：请先办完，或保留这个状态。", s.Name, n),
				Records: n, Refused: true})
		}
	}
	for _, m := range was.Measures {
		if _, still := d.Measure(m.Code); !still {
			all = append(all, Effect{What: say.New("统计“%s”不再有；已结账的数字不变。", m.Name)})
		}
	}
	return all, err
}

// Effects are the reasons for which a definition cannot replace the one in use.
func Effects(tx *db.Tx, file string, d register.Definition) (problems table.Problems, err error) {
	all, err := EffectsOf(tx, d)
	for _, e := range all {
		if e.Refused {
			problems = append(problems, table.Problem{File: file, Line: 1, Reason: e.What})
		}
	}
	return problems, err
}

func fieldUsed(tx *db.Tx, code string, f register.Field) (int, error) {
	if f.Plain() {
		return holding(tx, code, f.Code)
	}
	return like(tx, code, fmt.Sprintf(`%%"%s:%%`, f.Code))
}
