package evaluation

// Rounds, schemes, sheets and signatures held against the journal and the keys.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// Verify names every row that is not what the journal and the keys say.
func Verify(tx *db.Tx, issuer sign.PublicKey) (findings []journal.Finding, err error) {
	var tables []held.Table
	for _, of := range []func(*db.Tx) ([]held.Table, error){roundRows, sheetRows, saidRows} {
		some, err := of(tx)
		if err != nil {
			return nil, err
		}
		tables = append(tables, some...)
	}
	for _, t := range tables {
		found, err := held.Verify(tx, t)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	sheets, err := everySheet(tx)
	for _, s := range sheets {
		if err != nil {
			return nil, err
		}
		var found []journal.Finding
		found, err = s.verify(tx, issuer)
		findings = append(findings, found...)
	}
	return findings, err
}

func roundRows(tx *db.Tx) ([]held.Table, error) {
	rounds, err := every(tx)
	if err != nil {
		return nil, err
	}
	rows, who := map[string]held.Row{}, map[string]held.Row{}
	for _, r := range rounds {
		row := r.row()
		who[r.Object()] = held.Row{"participants": row["participants"]}
		delete(row, "participants")
		rows[r.Object()] = row
	}
	editions, err := everyEdition(tx)
	schemes := map[string]held.Row{}
	for _, e := range editions {
		schemes["scheme/"+e.ID] = e.row()
	}
	return []held.Table{{Name: "evaluation_rounds", Kind: "round", Begin: []string{VerbDraft, VerbRecord}, Rows: rows},
		{Name: "round_participants", Kind: "round", Rows: who},
		{Name: "round_schemes", Kind: "scheme", Begin: []string{VerbApprove}, Rows: schemes}}, err
}

func sheetRows(tx *db.Tx) ([]held.Table, error) {
	sheets, err := everySheet(tx)
	if err != nil {
		return nil, err
	}
	rows, moved := map[string]held.Row{}, map[string]held.Row{}
	for _, s := range sheets {
		rows[s.Object()] = s.row()
	}
	all, err := everyMove(tx)
	for _, m := range all {
		moved[m.Object()] = m.row()
	}
	return []held.Table{{Name: "round_sheets", Kind: "sheet", Begin: []string{VerbPrepare}, Rows: rows},
		{Name: "round_moves", Kind: "move", Begin: []string{VerbClassify}, Rows: moved}}, err
}

// saidRows are recommendations, voices and notes.
func saidRows(tx *db.Tx) ([]held.Table, error) {
	advice, said, explained := map[string]held.Row{}, map[string]held.Row{}, map[string]held.Row{}
	recommendations, err := everyRecommendation(tx)
	if err != nil {
		return nil, err
	}
	for _, c := range recommendations {
		advice[c.Object()] = c.row()
	}
	voices, err := everyVoice(tx)
	if err != nil {
		return nil, err
	}
	for _, v := range voices {
		said[v.Object()] = v.row()
	}
	notes, err := everyNote(tx)
	for _, n := range notes {
		explained[n.Object()] = n.row()
	}
	return []held.Table{
		{Name: "recommendations", Kind: "recommendation", Begin: []string{VerbRecommend}, Rows: advice},
		{Name: "round_voices", Kind: "voice", Begin: []string{VerbVoice}, Rows: said},
		{Name: "round_notes", Kind: "note", Begin: []string{VerbExplain}, Rows: explained}}, err
}

// verify holds the signatures under a sheet against its text, the keys, and the entries that signed it.
func (s Sheet) verify(tx *db.Tx, issuer sign.PublicKey) (findings []journal.Finding, err error) {
	entries, err := journal.Of(tx, s.Object())
	if err != nil {
		return nil, err
	}
	found := func(at, column, expected, actual string) {
		if expected != actual {
			findings = append(findings, journal.Finding{Code: "row.journal", Table: "round_sheet_signatures",
				Object: s.Object() + at, Column: column, Expected: expected, Actual: actual})
		}
	}
	if digest := sign.Digest([]byte(s.Text)); digest != s.Digest {
		findings = append(findings, journal.Finding{Code: "row.journal", Table: "round_sheets", Object: s.Object(),
			Column: "text", Expected: s.Digest, Actual: digest})
	}
	said := map[string]journal.Entry{}
	for _, e := range entries {
		if e.Detail["role"] != "" && journal.Made(tx, e) {
			said[e.Detail["role"]] = e
		}
	}
	for _, g := range s.Signatures {
		e, known := said[g.Role]
		delete(said, g.Role)
		if !known || !g.Holds(s.Frozen, issuer) {
			found("/"+g.Role, "signature", g.Person, "")
			continue
		}
		for column, pair := range map[string][2]string{"person_id": {e.ActorID, g.PersonID}, "person": {e.Actor,
			g.Person},
			"post": {e.Detail["post"], g.Post}, "unit": {e.Detail["of"], g.Unit}, "key_id": {e.Detail["key"], g.KeyID},
			"at": {held.Time(e.At), held.Time(g.At)}} {
			found("/"+g.Role, column, pair[0], pair[1])
		}
	}
	for role, e := range said {
		found("/"+role, "signature", e.Actor, "")
	}
	return findings, nil
}
