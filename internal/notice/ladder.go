package notice

// Ladders: who is told how far from a due day. The program proposes one (reminders.csv); an office replaces that of a
// step by rungs of its own, which come by an import file of the same columns.

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"
	"sync"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

//go:embed reminders.csv
var proposed string

// defaults is the ladder that the program proposes.
var defaults = sync.OnceValue(func() (all []Rung) {
	rows, err := csv.NewReader(strings.NewReader(proposed)).ReadAll()
	if err != nil {
		panic(err) // it is in the program
	}
	for _, row := range rows[1:] {
		r, err := ReadRung(row[0], row[1], row[2], row[3], row[4], row[5])
		if err != nil {
			panic(err)
		}
		all = append(all, r)
	}
	return all
})

// KnownStep says whether the program has a ladder for a step: only what has one can be reminded of.
func KnownStep(step string) bool {
	return slices.ContainsFunc(defaults(), func(r Rung) bool { return r.Step == step })
}

// StepWords lists the steps that may stand in a ladder.
func StepWords() string {
	var steps []string
	for _, r := range defaults() {
		if !slices.Contains(steps, r.Step) {
			steps = append(steps, r.Step)
		}
	}
	return strings.Join(steps, " ")
}

// Words of the file for what is kept.
var (
	placeOf  = map[string]Place{"本单位": Unit, "妇儿工委办": Office, "妇儿工委": Committee}
	statusOf = map[string]Status{"": Proposed, "待确认": Proposed, "已确认": Confirmed, "停用": Off}
	partOf   = map[string]string{"第一签字人": "first", "第二签字人": "second", "第三签字人": "third"}
)

// as are the parts that signers play, in words.
var as = map[string]say.Key{"first": "第一签字人", "second": "第二签字人", "third": "第三签字人"}

func known[T ~string](words map[string]T, said string) (T, bool) {
	if v, ok := words[said]; ok {
		return v, true
	}
	for _, v := range words {
		if string(v) == said {
			return v, true
		}
	}
	return "", false
}

// ReadRung reads a rung as the file has it. Step is a verb; role may also be the word for a part.
func ReadRung(step, when, role, place, status, basis string) (r Rung, err error) {
	wrong := errs.Fields{}
	r = Rung{Step: step, Role: role, Basis: basis}
	if r.When, err = ParseWhen(when); err != nil {
		wrong["when"] = errs.WordsOf(err)
	}
	if part, ok := partOf[role]; ok {
		r.Role = part
	}
	if _, named := as[r.Role]; !named && !auth.KnownRole(r.Role) {
		wrong.Say("role", "没有“%s”这个岗位角色", role)
	}
	var ok bool
	if r.Of, ok = known(placeOf, place); !ok {
		wrong.Say("of", "“%s”无法识别，可填：%s", place, "妇儿工委 妇儿工委办 本单位")
	}
	if r.Status, ok = known(statusOf, status); !ok {
		wrong.Say("status", "“%s”无法识别，可填：%s", status, "停用 已确认 待确认")
	}
	return r, wrong.Check("提醒规则不完整。")
}

// Ladder is the ladder of all steps as it holds: the office's where it has one for a step, else the program's.
func Ladder(tx *db.Tx) ([]Rung, error) {
	type key struct{}
	return db.Remember(tx, key{}, func(tx *db.Tx) ([]Rung, error) {
		own, err := rungs(tx)
		if err != nil {
			return nil, err
		}
		all := slices.Clone(own)
		for _, r := range defaults() {
			if !slices.ContainsFunc(own, func(o Rung) bool { return o.Step == r.Step }) {
				all = append(all, r)
			}
		}
		slices.SortStableFunc(all, byDistance)
		return all, nil
	})
}
