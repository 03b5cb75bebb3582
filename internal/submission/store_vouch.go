package submission

// All that is stored of many submissions, in one statement for each kind of row.

import (
	"encoding/json"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/journal"
	"yipanqi/internal/quantity"
	"yipanqi/internal/signed"
)

// lean is columns without what is typed, unless a register counted some of it.
const lean = `s.id, s.form_id, s.unit, s.area_id, s.period, s.state, s.due_on, s.late,
	CASE WHEN s.draft LIKE '%"counted"%' THEN s.draft ELSE '{}' END, s.amend_reason, s.return_reason,
	COALESCE(s.accepted_id, 0), s.entries, s.version, s.updated_by, s.updated_at`

// among are the ids of $1. The table whose columns are read stands first in each query: by it an audit names a row that
// cannot be read.
const among = `(SELECT ids.key FROM json_each($1) ids)`

// readDossiers reads it in the order of ids; an id of nothing is left out.
func readDossiers(tx *db.Tx, ids []string) (all []*dossier, err error) {
	list, err := idList(ids)
	if err != nil {
		return nil, err
	}
	found, err := db.All(tx, scan, `SELECT `+lean+` FROM submissions s WHERE s.id IN `+among, list)
	if err != nil {
		return nil, err
	}
	byID := map[string]Submission{}
	for _, s := range found {
		if err := s.name(tx); err != nil {
			return nil, err
		}
		byID[s.ID] = s
	}
	var rows []Submission
	for _, id := range ids {
		if s, there := byID[id]; there {
			rows = append(rows, s)
		}
	}
	return dossiersOf(tx, rows)
}

func idList(ids []string) (string, error) {
	keys := map[string]int{}
	for i, id := range ids {
		keys[id] = i
	}
	list, err := json.Marshal(keys)
	return string(list), err
}

// dossiersOf reads what is stored of the submissions besides their rows. Facts are read here, beside our own tables,
// because an audit must not go through the code it audits.
func dossiersOf(tx *db.Tx, rows []Submission) ([]*dossier, error) {
	var ids, objects []string
	var all []*dossier
	byID, byVersion, byObject := map[string]*dossier{}, map[int64]*dossier{}, map[string]*dossier{}
	for _, s := range rows {
		e := &dossier{Submission: s}
		ids, objects, all = append(ids, s.ID), append(objects, s.Object()), append(all, e)
		byID[s.ID], byObject[s.Object()] = e, e
	}
	list, err := idList(ids)
	if err != nil {
		return nil, err
	}
	if err := db.Each(tx, func(r db.Row) error {
		v, err := scanVersion(r)
		if e := byID[v.SubmissionID]; err == nil && e != nil {
			e.versions = append(e.versions, stored{version: v})
			byVersion[v.ID] = e
		}
		return err
	}, `SELECT `+versionColumns+` FROM versions v WHERE v.submission_id IN `+among+`
		ORDER BY v.submission_id, v.number`, list); err != nil {
		return nil, err
	}
	if err := db.Each(tx, func(r db.Row) error {
		var id int64
		g, err := scanStored(r, &id)
		if e := byVersion[id]; err == nil && e != nil {
			e.of(id).signatures = append(e.of(id).signatures, g)
		}
		return err
	}, `SELECT v.id, `+inkColumns+signed.Columns+` FROM signatures g JOIN versions v ON g.version_id = v.id`+
		signed.Keys+withInk+`
		WHERE v.submission_id IN `+among+` ORDER BY v.id, g.role`, list); err != nil {
		return nil, err
	}
	if err := db.Each(tx, func(r db.Row) error {
		g, err := scanScan(r)
		if e := byVersion[g.VersionID]; err == nil && e != nil {
			e.of(g.VersionID).version.Scans = append(e.of(g.VersionID).version.Scans, g)
		}
		return err
	}, `SELECT `+scanColumns+` FROM `+scanTables+` JOIN versions v ON v.id = p.version_id
		WHERE v.submission_id IN `+among+` ORDER BY p.version_id, p.recorded_at, p.id`, list); err != nil {
		return nil, err
	}
	if err := db.Each(tx, func(r db.Row) error {
		var version, place, kind int64
		var c counted
		err := r.Scan(&version, &c.Element, &place, &kind, &c.Value)
		c.Category, c.Calibre = int(place>>32), place&(1<<32-1)
		c.Sex, c.Mark, c.Grade = int(kind>>16)-1, quantity.Mark(kind>>8&255), fact.Grade(kind&255)
		if e := byVersion[version]; err == nil && e != nil {
			e.facts = append(e.facts, c)
		}
		return err
	}, `SELECT f.version_id, f.element_id, CAST(f.category AS BIGINT) * 4294967296 + f.calibre,
		(CAST(f.sex AS BIGINT) + 1) * 65536 + f.mark * 256 + f.grade, f.value -- a row costs by its columns
		FROM facts f JOIN submissions s ON f.area_id = s.area_id AND f.period = s.period
			AND f.version_id = s.accepted_id
		WHERE s.id IN `+among+` ORDER BY f.version_id, f.element_id, f.sex`,
		list); err != nil {
		return nil, err
	}
	entries, err := journal.OfAll(tx, objects)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		if e := byObject[entry.Object]; e != nil {
			e.entries = append(e.entries, entry)
		}
	}
	return all, nil
}

// of is the version with an id, which is among them.
func (e *dossier) of(version int64) *stored {
	return &e.versions[slices.IndexFunc(e.versions, func(s stored) bool { return s.version.ID == version })]
}

// parsed is the version with its signatures.
func (s stored) parsed() (Version, error) {
	v := s.version
	for _, g := range s.signatures {
		signature, err := g.Parse()
		if err != nil {
			return v, err
		}
		v.Signatures = append(v.Signatures, signature)
	}
	return v, nil
}
