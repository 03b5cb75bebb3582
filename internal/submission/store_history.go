package submission

// Which acceptances there were, newest first, each with what it replaced: for undoing them in what was read.

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/signed"
)

// Acceptance is one moment at which facts changed: what a report said until then (nothing at the first time) and since.
type Acceptance struct {
	At      time.Time
	Area    network.Label
	Was, Is []fact.Cell
}

// Acceptances are the newest acceptances of a form for one period in the subtree of an area, newest first, whoever
// asks: what undoes them one by one sees how a sum stood before.
func Acceptances(tx *db.Tx, f form.Form, p period.Period, top network.Area, limit int) ([]Acceptance, error) {
	codes := dictionaryOf(f)
	return db.All(tx, func(r db.Row) (a Acceptance, err error) {
		var is, was string
		if err = r.Scan(&a.At, &a.Area.Code, &a.Area.Name, &a.Area.NameEN, &is, &was); err != nil {
			return a, err
		}
		a.At = a.At.UTC()
		if a.Is, err = codes.cellsOf(is); err != nil {
			return a, err
		}
		a.Was, err = codes.cellsOf(was)
		return a, err
	}, `SELECT v.accepted_at, a.code, a.name, a.name_en, v.text, COALESCE((SELECT w.text FROM versions w
			WHERE w.submission_id = v.submission_id AND w.number < v.number AND w.accepted_at IS NOT NULL
				ORDER BY w.number DESC LIMIT 1), '')
		FROM submissions s JOIN areas a ON a.id = s.area_id JOIN versions v ON v.submission_id = s.id
		WHERE s.form_id = $1 AND s.period = $2 AND a.path >= $3 AND a.path < $4 AND v.accepted_at IS NOT NULL
		ORDER BY v.accepted_at DESC, v.id DESC
		LIMIT $5`, f.ID, p, top.Path, strings.TrimSuffix(top.Path, ".")+"/", limit)
}

// Passed is a report that was accepted at a moment.
type Passed struct {
	At     time.Time
	Form   string
	Area   network.Label
	Period period.Period
	id     string
}

// URL is the report's page.
func (p Passed) URL() string { return "/submissions/" + p.id }

var errEnough = errors.New("enough")

// AcceptedSince are the newest acceptances from an instant on in the subtree of an area, of reports that the user may
// read.
func AcceptedSince(tx *db.Tx, by auth.User, top network.Area, from time.Time, limit int) (all []Passed, err error) {
	err = db.Each(tx, func(r db.Row) error {
		var p Passed
		var unit, path string
		err := r.Scan(&p.At, &p.id, &p.Form, &p.Area.Code, &p.Area.Name, &p.Area.NameEN, &p.Period, &unit, &path)
		if err != nil || !by.Sees(unit, path) {
			return err
		}
		if all = append(all, p); len(all) == limit {
			return errEnough
		}
		return nil
	}, `SELECT v.accepted_at, s.id, f.name, a.code, a.name, a.name_en, s.period, s.unit, a.path
		FROM versions v JOIN submissions s ON s.id = v.submission_id JOIN forms f ON f.id = s.form_id
		JOIN areas a ON a.id = s.area_id
		WHERE v.accepted_at >= $1 AND a.path >= $2 AND a.path < $3
		ORDER BY v.accepted_at DESC, v.id DESC`, from.UTC(), top.Path, strings.TrimSuffix(top.Path, ".")+"/")
	if errors.Is(err, errEnough) {
		err = nil
	}
	return all, err
}

func (d dictionary) cellsOf(text string) ([]fact.Cell, error) {
	if text == "" {
		return nil, nil
	}
	c, err := ParseContent(text)
	if err != nil {
		return nil, err
	}
	return d.facts(c)
}

// lately are the newest acceptances for some periods in the subtree of an area, newest first, whoever asks.
func lately(tx *db.Tx, periods []period.Period, top network.Area, limit int) (found []acceptedRow, err error) {
	below, few, err := network.FewBelow(tx, top, fewAreas)
	if err != nil {
		return nil, err
	}
	for _, p := range periods {
		rows, err := latelyFor(tx, p, top, below, few, limit)
		if err != nil {
			return nil, err
		}
		found = append(found, rows...)
	}
	slices.SortFunc(found, latestFirst)
	return found[:min(limit, len(found))], nil
}

// fewAreas is up to how many areas are looked up one by one. Of more, some turn up soon among the newest of all.
const fewAreas = 50

func latelyFor(tx *db.Tx, p period.Period, top network.Area, below []int64, few bool, limit int) ([]acceptedRow,
	error) {
	scan := func(r db.Row) (a acceptedRow, err error) { return a, r.Scan(&a.ID, &a.submission, &a.number, &a.at) }
	const newest = `SELECT v.id, v.submission_id, v.number, v.accepted_at FROM versions v `
	const order = ` AND v.accepted_at IS NOT NULL ORDER BY v.accepted_at DESC, v.id DESC LIMIT `
	if few {
		// a sign keeps SQLite from the index of the period
		return db.All(tx, scan, newest+`WHERE v.area_id IN (`+db.Ints(below)+`) AND +v.period = $1`+order+`$2`, p,
			limit)
	}
	return db.All(tx, scan, newest+`CROSS JOIN areas a
		WHERE a.id = v.area_id AND v.period = $1 AND a.path >= $2 AND a.path < $3`+order+`$4`,
		p, top.Path, strings.TrimSuffix(top.Path, ".")+"/", limit)
}

type acceptedRow struct {
	ID, number int64
	submission string
	at         time.Time
}

func latestFirst(a, b acceptedRow) int { return cmp.Or(b.at.Compare(a.at), cmp.Compare(b.ID, a.ID)) }

// read reads the version with the one that counted before it.
func (row acceptedRow) read(tx *db.Tx) (a AcceptedVersion, err error) {
	if a.Submission, err = Get(tx, row.submission); err != nil {
		return a, err
	}
	if a.Version, err = VersionByID(tx, row.ID); err != nil {
		return a, err
	}
	before, had, err := missing(withSignatures(tx)(db.One(tx, scanVersion, `SELECT `+versionColumns+`
		FROM versions v WHERE v.submission_id = $1 AND v.number < $2 AND v.accepted_at IS NOT NULL
		ORDER BY v.number DESC LIMIT 1`, row.submission, row.number)))
	if err != nil {
		return a, err
	}
	if a.undo.Is, err = a.Submission.change(a.Version); err != nil || !had {
		return a, err
	}
	a.undo.Was, err = a.Submission.change(before)
	return a, err
}

// acceptedSince are the acceptances for some periods in the subtree of an area from an instant on, newest first.
func acceptedSince(tx *db.Tx, periods []period.Period, top network.Area, from time.Time, limit int) ([]acceptedRow,
	error) {
	below, err := network.Subtree(tx, top)
	if err != nil {
		return nil, err
	}
	in := make([]int64, len(periods))
	for i, p := range periods {
		in[i] = int64(p.Int())
	}
	scan := func(r db.Row) (a acceptedRow, err error) { return a, r.Scan(&a.ID, &a.submission, &a.number, &a.at) }
	newest := `SELECT v.id, v.submission_id, v.number, v.accepted_at FROM versions v `
	since := `v.period IN (` + db.Ints(in) + `) AND v.accepted_at >= $1 `
	const order = `ORDER BY v.accepted_at DESC, v.id DESC LIMIT $2`
	if len(below) <= fewAreas {
		ids := make([]int64, len(below))
		for i, a := range below {
			ids[i] = a.ID
		}
		return db.All(tx, scan, newest+`WHERE v.area_id IN (`+db.Ints(ids)+`) AND `+since+order, from.UTC(), limit)
	}
	return db.All(tx, scan, newest+`JOIN areas a ON a.id = v.area_id WHERE `+since+`AND a.path >= $3 AND a.path < $4 `+
		order, from.UTC(), limit, top.Path, strings.TrimSuffix(top.Path, ".")+"/")
}

// acceptedTexts are the reports of acceptances, and all versions of them that ever counted, the oldest first, with
// their signatures as they are stored.
func acceptedTexts(tx *db.Tx, found []acceptedRow) (reports map[string]Submission, accepted map[string][]Version,
	err error) {
	ids := make([]int64, len(found))
	for i, row := range found {
		ids[i] = row.ID
	}
	theirs := `(SELECT w.submission_id FROM versions w WHERE w.id IN (` + db.Ints(ids) + `))`
	rows, err := db.All(tx, scan, `SELECT `+columns+` FROM submissions WHERE id IN `+theirs)
	if err != nil {
		return nil, nil, err
	}
	reports, accepted = map[string]Submission{}, map[string][]Version{}
	for _, s := range rows {
		if err := s.name(tx); err != nil {
			return nil, nil, err
		}
		reports[s.ID] = s
	}
	versions, err := db.All(tx, scanVersion, `SELECT `+versionColumns+` FROM versions v WHERE v.submission_id IN `+
		theirs+` AND v.accepted_at IS NOT NULL ORDER BY v.number`)
	if err != nil {
		return nil, nil, err
	}
	under := map[int64][]signed.Signature{} // how far facts are proven is in the kind of the signatures
	if err := db.Each(tx, func(r db.Row) error {
		var id int64
		g, err := scanStored(r, &id)
		under[id] = append(under[id], g.Signature)
		return err
	}, `SELECT v.id, `+inkColumns+signed.Columns+` FROM signatures g JOIN versions v ON v.id = g.version_id`+
		signed.Keys+withInk+` WHERE v.submission_id IN `+theirs+` ORDER BY v.id, g.role`); err != nil {
		return nil, nil, err
	}
	for _, v := range versions {
		v.Signatures = under[v.ID]
		accepted[v.SubmissionID] = append(accepted[v.SubmissionID], v)
	}
	return reports, accepted, nil
}
