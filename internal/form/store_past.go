package form

// Editions of a form: what it asks from a period on, and what it asked before. A report keeps the edition of its
// period, so a new one changes no number that was asked for by another.

import (
	"encoding/json"
	"maps"
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/period"
	"yipanqi/internal/sign"
)

// Edition is a form as it is asked for the periods From until before Until; no period is from the beginning, or to this
// day.
type Edition struct {
	Form
	From, Until period.Period
}

type allPast struct{}

// Editions returns all editions of a form, oldest first; shared, so not to be changed.
func Editions(tx *db.Tx, id int64) ([]Edition, error) {
	present, err := ByID(tx, id)
	if err != nil {
		return nil, err
	}
	past, err := db.Remember(tx, allPast{}, loadPast)
	if err != nil || len(past[id]) == 0 {
		return []Edition{{Form: present}}, err
	}
	last := past[id][len(past[id])-1]
	return append(slices.Clone(past[id]), Edition{Form: present, From: last.Until}), nil
}

// At returns the edition of a form that asks for p; shared, so not to be changed.
func At(tx *db.Tx, id int64, p period.Period) (Form, error) {
	editions, err := Editions(tx, id)
	if err != nil {
		return Form{}, err
	}
	at := len(editions) - 1
	for at > 0 && p.Int() < editions[at].From.Int() {
		at--
	}
	return editions[at].Form, nil
}

func loadPast(tx *db.Tx) (map[int64][]Edition, error) {
	all, err := db.All(tx, func(r db.Row) (e Edition, err error) {
		var definition string
		if err := r.Scan(&e.ID, &e.Until, &definition); err != nil {
			return e, err
		}
		return e, json.Unmarshal([]byte(definition), &e.Form)
	}, `SELECT form_id, until_period, definition FROM form_past ORDER BY form_id, until_period`)
	if err != nil {
		return nil, err
	}
	refers, err := referring(tx)
	by := map[int64][]Edition{}
	for _, e := range all {
		refers(&e.Form)
		if before := by[e.ID]; len(before) > 0 {
			e.From = before[len(before)-1].Until
		}
		by[e.ID] = append(by[e.ID], e)
	}
	return by, err
}

// referring fills in what the rows of a form refer to.
func referring(tx *db.Tx) (func(*Form), error) {
	elements, err := element.All(tx)
	if err != nil {
		return nil, err
	}
	calibres, err := element.Calibres(tx)
	if err != nil {
		return nil, err
	}
	categories, err := element.Categories(tx)
	ids := map[string]int64{}
	for _, c := range calibres {
		ids[c.Code] = c.ID
	}
	return func(f *Form) {
		for i := range f.Columns {
			f.Columns[i].CategoryID = categories[f.Columns[i].Category].ID
		}
		for i := range f.Rows {
			f.Rows[i].Of, f.Rows[i].CalibreID = elements[f.Rows[i].Element], ids[f.Rows[i].Calibre]
		}
	}, err
}

// spans are the categories that each edition has columns for.
func spans(editions []Edition) (all []element.Span) {
	for _, e := range editions {
		all = append(all, element.Span{From: e.From.Int(), Categories: e.categories()})
	}
	return all
}

// stoodBefore says whether f is what an earlier edition of the form says.
func (f Form) stoodBefore(tx *db.Tx) (bool, error) {
	old, err := ByCode(tx, f.Code)
	if errs.KindOf(err) == errs.Missing {
		return false, nil
	} else if err != nil {
		return false, err
	}
	editions, err := Editions(tx, old.ID)
	return slices.ContainsFunc(editions[:max(len(editions)-1, 0)], func(e Edition) bool {
		return e.Digest() == f.Digest()
	}), err
}

// VerbPublish is the journal's word for an edition that somebody published, with its digest and the period it is from.
const VerbPublish = "form.publish"

// Publish makes f what its form asks from a period on; the edition before stays that of the periods before. A second
// one from the same period takes the place of the first. What numbers of before rest on cannot change; see Fixed.
func Publish(tx *db.Tx, by auth.User, f Form, from period.Period) (Form, error) {
	old, err := ByCode(tx, f.Code)
	if errs.KindOf(err) == errs.Missing {
		f, _, err = put(tx, f)
		return f, journaled(tx, by, f, period.Period{}, err)
	}
	if err != nil {
		return f, err
	}
	if old.Digest() == f.Digest() {
		return f, errs.Conflictf("这个文件与现行版本完全相同，不用发布。")
	}
	if err := Fixed(old, f).Check("没有发布：标出的不能在新版本里改。请另设一张报表。"); err != nil {
		return f, err
	}
	editions, err := Editions(tx, old.ID)
	if err != nil {
		return f, err
	}
	last := editions[len(editions)-1]
	switch {
	case from.Kind() != old.Frequency:
		return f, errs.Fields{"from": {Key: "起用期与报表的频率不一致。"}}.Check("没有发布：请改正标出的地方。")
	case from.Int() < last.From.Int():
		return f, errs.Conflictf("从%s起已经有一个版本，新版本只能从这一期或以后起用。", last.From.Label(""))
	}
	if from != last.From {
		now, err := json.Marshal(old)
		if err != nil {
			return f, err
		}
		err = tx.Exec(`INSERT INTO form_past (form_id, until_period, definition) VALUES ($1, $2, $3)`,
			old.ID, from, string(now))
		if err != nil {
			return f, err
		}
	}
	f, _, err = put(tx, f)
	return f, journaled(tx, by, f, from, err)
}

func journaled(tx *db.Tx, by auth.User, f Form, from period.Period, err error) error {
	if err != nil {
		return err
	}
	return journal.Log(tx, by, VerbPublish, object(f.Code), map[string]string{"digest": f.Digest(),
		"from": from.String()})
}

// Digest names the definition: what people sign says by it which one they saw.
func (f Form) Digest() string {
	definition, _ := json.Marshal(f) // texts always marshal
	return sign.Digest(definition)
}

// Fixed are the parts in which a new edition may not differ from the one before, by field.
func Fixed(old, f Form) errs.Fields {
	fields := errs.Fields{}
	if f.Frequency != old.Frequency || f.YearStart != old.YearStart {
		fields.Say("frequency", "报送频率和统计年度不能改。")
	}
	if f.Level != old.Level {
		fields.Say("level", "填报层级不能改。")
	}
	if !maps.Equal(f.Levels, old.Levels) {
		fields.Say("levels", "各级取数方式不能改：以前各期也按它汇总。")
	}
	return fields
}

// Published says who put or published a definition, and when.
type Published struct {
	journal.Entry
	From   string // period, empty from the beginning
	Digest string
}

// History is who put or published which definition of a form, oldest first.
func History(tx *db.Tx, code string) (all []Published, err error) {
	entries, err := journal.Of(tx, object(code))
	for _, e := range entries {
		if e.Verb == VerbPut || e.Verb == VerbPublish {
			all = append(all, Published{e, e.Detail["from"], e.Detail["digest"]})
		}
	}
	return all, err
}
