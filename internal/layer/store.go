package layer

// Rows of layers: added and withdrawn, never changed otherwise. Files are read once for each digest and kept for a
// while.

import (
	"slices"
	"sync"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

const columns = `id, kind, area, area_path, version, name, source, valid_on, system, approval, features, digest, size,
	simulated, unit, person, created_at, withdrawn_on, withdrawn_by, reason`

func scan(r db.Row) (l Layer, err error) {
	simulated := 0
	err = r.Scan(&l.ID, &l.Kind, &l.Area, &l.AreaPath, &l.Version, &l.Name, &l.Source, &l.ValidOn, &l.System,
		&l.Approval, &l.Features, &l.Digest, &l.Size, &simulated, &l.Unit, &l.Person, &l.CreatedAt, &l.WithdrawnOn,
		&l.WithdrawnBy, &l.Reason)
	l.CreatedAt, l.Simulated = l.CreatedAt.UTC(), simulated == 1
	return l, err
}

func insert(tx *db.Tx, l Layer) error {
	simulated := 0
	if l.Simulated {
		simulated = 1
	}
	return tx.Exec(`INSERT INTO layers (`+columns+`, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
		$13, $14, $15, $16, $17, $18, $19, $20, $21)`, l.ID, l.Kind, l.Area, l.AreaPath, l.Version, l.Name, l.Source,
		l.ValidOn, l.System, l.Approval, l.Features, l.Digest, l.Size, simulated, l.Unit, l.Person, l.CreatedAt,
		l.WithdrawnOn, l.WithdrawnBy, l.Reason, l.body)
}

func end(tx *db.Tx, l Layer) error {
	return tx.ExecOne(`UPDATE layers SET withdrawn_on = $1, withdrawn_by = $2, reason = $3
		WHERE id = $4 AND withdrawn_on = ''`, l.WithdrawnOn, l.WithdrawnBy, l.Reason, l.ID)
}

// All are all layers, the newest version of a kind and an area first.
func All(tx *db.Tx) ([]Layer, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM layers ORDER BY kind, area, version DESC`)
}

var missing = errs.Missingf("没有找到这个图层。请从图层列表里选。")

// Get is one layer.
func Get(tx *db.Tx, id string) (Layer, error) {
	l, err := db.One(tx, scan, `SELECT `+columns+` FROM layers WHERE id = $1`, id)
	if errs.KindOf(err) == errs.Missing {
		err = missing
	}
	return l, err
}

func newest(tx *db.Tx, kind, area string) (version int64, err error) {
	return db.Value[int64](tx, `SELECT coalesce(max(version), 0) FROM layers WHERE kind = $1 AND area = $2`, kind, area)
}

// withBody is a layer with its file.
func withBody(tx *db.Tx, l Layer) (Layer, error) {
	var err error
	l.body, err = db.Value[string](tx, `SELECT body FROM layers WHERE id = $1`, l.ID)
	return l, err
}

// read are files of layers by their digests and kinds, those that were asked for last, up to so many bytes of memory.
// They are shared: never change them.
var read struct {
	sync.Mutex
	all    map[string]*Data
	order  []string // the one asked for last is the last
	weight int64
}

// mostRead is how many bytes they may take together; the last one is kept in any case.
var mostRead int64 = 96 << 20

// reading lets one file be read at a time: reading one takes several times what is kept of it.
var reading sync.Mutex

// kept is a file that was read already.
func kept(key string) *Data {
	read.Lock()
	defer read.Unlock()
	d := read.all[key]
	if d != nil {
		read.order = append(slices.DeleteFunc(read.order, func(k string) bool { return k == key }), key)
	}
	return d
}

// keep keeps a file that was read, and lets those go that were asked for the longest time ago.
func keep(key string, d *Data) {
	read.Lock()
	defer read.Unlock()
	if read.all == nil {
		read.all = map[string]*Data{}
	}
	read.all[key], read.order, read.weight = d, append(read.order, key), read.weight+d.weight
	for read.weight > mostRead && len(read.order) > 1 {
		gone := read.order[0]
		read.weight -= read.all[gone].weight
		delete(read.all, gone)
		read.order = read.order[1:]
	}
}

// Open reads a layer's file.
func Open(tx *db.Tx, l Layer) (*Data, error) {
	key := l.Kind + l.Digest
	if d := kept(key); d != nil {
		return d, nil
	}
	reading.Lock()
	defer reading.Unlock()
	if d := kept(key); d != nil { // read while we waited
		return d, nil
	}
	l, err := withBody(tx, l)
	if err != nil {
		return nil, err
	}
	file, err := l.file()
	if err != nil {
		return nil, err
	}
	d, err := Read(tx.Context, file, Head{Kind: l.Kind})
	if err != nil {
		return nil, err
	}
	d.body = "" // the row has it
	keep(key, d)
	return d, nil
}
