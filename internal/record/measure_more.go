package record

// What registers say beside the numbers of their records: units of a kind, texts as they were given, and the areas that
// a coverage leaves out.

import (
	"context"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/meeting"
	"yipanqi/internal/network"
	"yipanqi/internal/register"
)

// institutions counts the units of a kind that are there on the last day of the period.
func (t *Tally) institutions(m register.Measure, top string) {
	_, last := t.Period.Range(m.YearStart)
	for _, u := range t.places.all {
		if u.Kind != m.Of || !u.OpenOn(last) {
			continue
		}
		for _, path := range above(t.places.area(u.AreaID).Path, top) {
			t.add(t.sums, m, path, register.Piece{Number: register.One}, 1, map[spot]bool{})
		}
	}
}

// posts counts the posts that somebody came to in the period, or those of them who were trained since.
func (t *Tally) posts(tx *db.Tx, m register.Measure, top string) error {
	first, last := t.Period.Range(m.YearStart)
	all, err := meeting.Newcomers(tx, first, last)
	for _, o := range all {
		if m.Of == register.PostsTrained && !o.Trained() {
			continue
		}
		pieces := []register.Piece{{Number: register.One}}
		if slices.Contains(m.Split, register.PostKind) {
			pieces = append(pieces, register.Piece{Number: register.One, Split: register.PostKind + "=" + o.Role})
		}
		seen := map[spot]bool{}
		for _, path := range above(o.AreaPath, top) {
			for _, p := range pieces {
				t.add(t.sums, m, path, p, 1, seen)
			}
		}
	}
	return err
}

// tells keeps a record that says something to a measure of texts.
func (w *worker) tells(m *tallied, l *line, b *batch) {
	t, rec := w.c.t, l.record(w.c.t.d.Code)
	if len(rec.Counted.Chosen(m.Of)) > 0 && (m.Where.IsZero() ||
		m.Where.Eval(t.d.Scope(rec.Counted, rec.asked(t.places), t.w)).True()) {
		b.texts = append(b.texts, telling{m.Code, rec})
	}
}

// Told is one text of a measure, with what it is split by.
type Told struct {
	Record string `json:"record,omitempty"` // its id, for who may see it
	About  string `json:"about"`            // the parts that the measure names: purpose, source
	Text   string `json:"text"`
}

func (t Told) url() string {
	if t.Record == "" {
		return ""
	}
	return "/records/" + t.Record
}

// texts are what a measure says to by, row by row, in a language. Of records that by may not see it says no more than
// what was counted, and nothing at all where the register is restricted.
func (t *Tally) texts(ctx context.Context, k desk, by auth.User, m register.Measure) (all []Told) {
	table := t.d.At(m.Of)
	for _, r := range t.told[m.Code] {
		from := r.ID
		if !k.sees(by, r) {
			from = ""
		}
		if from == "" && k.d.Privacy == "P2" {
			continue
		}
		var about []string
		for _, split := range m.Split {
			if text := k.said(in(ctx), t.d.At(split), r.Counted); text != "" {
				about = append(about, text)
			}
		}
		for _, place := range r.Counted.Chosen(m.Of) {
			all = append(all, Told{from, strings.Join(about, " · "), k.row(ctx, table, r.Counted, place)})
		}
	}
	return all
}

// row is one row of a table in one line; what is exact needs no word for it.
func (k desk) row(ctx context.Context, table register.Field, b register.Body, place string) string {
	var cells []string
	for _, c := range table.Columns {
		value := b[register.Key(table.Code, place, c.Code)]
		switch text := k.one(in(ctx), c, value); {
		case text == "" || value == "exact":
		case c.Type == "one" && len(cells) > 0: // how exact, of which kind
			cells[len(cells)-1] += "（" + text + "）"
		default:
			cells = append(cells, text)
		}
	}
	return strings.Join(cells, " ")
}

// left are the areas that a share of areas leaves out: those of its whole that no record names.
func (t *Tally) left(m register.Measure, top string) (all []network.Area) {
	part, _ := t.d.Measure(m.Of)
	whole, _ := t.d.Measure(m.Over)
	if m.Method != "share" || part.Method != "distinct" || whole.Method != "areas" {
		return nil
	}
	covered := map[string]bool{}
	if s := t.sums[spot{part.Code, top, "", ""}]; s != nil {
		covered = s.what
	}
	_, last := t.Period.Range(whole.YearStart)
	for _, a := range t.places.sorted {
		if register.OfLevel(a.Level, whole.Of) && a.OpenOn(last) && strings.HasPrefix(a.Path, top) && !covered[a.Code] {
			all = append(all, a)
		}
	}
	return all
}

// mostLeft is how many areas a page names that a coverage leaves out.
const mostLeft = 200
