package record

// Definitions as they are kept, version by version, and what they name: lists of codes, standards, who plays which
// part.

import (
	"fmt"
	"strings"
	"sync"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

type kept struct {
	code    string
	version int64
	text    string
}

func scanKept(r db.Row) (k kept, err error) { return k, r.Scan(&k.code, &k.version, &k.text) }

type registersKey struct{}

// Registers are all registers in their newest version, in order of their codes. They are shared: never change them.
func Registers(tx *db.Tx) ([]register.Definition, error) {
	return db.Remember(tx, registersKey{}, func(tx *db.Tx) (all []register.Definition, err error) {
		rows, err := db.All(tx, scanKept, `SELECT code, version, text FROM registers r WHERE version =
			(SELECT max(n.version) FROM registers n WHERE n.code = r.code) ORDER BY code`)
		for _, k := range rows {
			d, err := k.definition()
			if err != nil {
				return nil, err
			}
			all = append(all, d)
		}
		return all, err
	})
}

// definitionFile is where a register's definition stands in a folder to import.
func definitionFile(code string) string { return "registers/" + code + ".yaml" }

// parsed are definitions as a process has read them, so that it does not read two dozen files anew whenever a unit or
// an area changes. They are shared: nobody changes them.
var parsed struct {
	sync.Mutex
	by map[kept]register.Definition
}

const maxParsed = 500 // in all versions; then they are read anew

func (k kept) definition() (register.Definition, error) {
	parsed.Lock()
	defer parsed.Unlock()
	if d, ok := parsed.by[k]; ok {
		return d, nil
	}
	d, problems := register.Parse(definitionFile(k.code), []byte(k.text), register.Known{})
	d.Version = k.version
	if len(problems) > 0 {
		return d, fmt.Errorf("register %s version %d: %v", k.code, k.version, problems[0])
	}
	if len(parsed.by) >= maxParsed || parsed.by == nil {
		parsed.by = map[kept]register.Definition{}
	}
	parsed.by[k] = d
	return d, nil
}

var noRegister = errs.Missingf("没有这项业务登记。请从业务登记的目录里选。")

// ByCode is a register in its newest version.
func ByCode(tx *db.Tx, code string) (register.Definition, error) {
	all, err := Registers(tx)
	for _, d := range all {
		if d.Code == code {
			return d, nil
		}
	}
	if err == nil {
		err = noRegister
	}
	return register.Definition{}, err
}

type versionKey struct {
	code    string
	version int64
}

// ByVersion is a register as it was in a version: that by which a record was made.
func ByVersion(tx *db.Tx, code string, version int64) (register.Definition, error) {
	newest, err := ByCode(tx, code)
	if err != nil || newest.Version == version {
		return newest, err
	}
	return db.Remember(tx, versionKey{code, version}, func(tx *db.Tx) (register.Definition, error) {
		k, err := db.One(tx, scanKept, `SELECT code, version, text FROM registers WHERE code = $1 AND version = $2`,
			code, version)
		if err != nil {
			return register.Definition{}, err
		}
		return k.definition()
	})
}

// Define keeps a definition, as a new version if its file says anything else than before, and orders the records
// that there are by it.
func Define(tx *db.Tx, d register.Definition) (changed bool, err error) {
	before, err := db.All(tx, scanKept, `SELECT code, version, text FROM registers WHERE code = $1
		ORDER BY version DESC LIMIT 1`, d.Code)
	if err != nil {
		return false, err
	}
	if d.Version = 1; len(before) > 0 {
		if before[0].text == d.Text {
			return false, nil
		}
		d.Version = before[0].version + 1
	}
	if err := tx.Exec(`INSERT INTO registers (code, version, name, name_en, text, put_at)
		VALUES ($1, $2, $3, $4, $5, $6)`, d.Code, d.Version, d.Name.ZH, d.Name.EN, d.Text, tx.Now); err != nil {
		return false, err
	}
	if err := registerFindable(tx, d); err != nil {
		return false, err
	}
	return true, fill(tx, d)
}

type item struct {
	list string
	register.Option
}

type itemsKey struct{}

// lists are all lists of codes, by name.
func lists(tx *db.Tx) (map[string][]register.Option, error) {
	return db.Remember(tx, itemsKey{}, func(tx *db.Tx) (map[string][]register.Option, error) {
		rows, err := db.All(tx, func(r db.Row) (i item, err error) {
			must := ""
			err = r.Scan(&i.list, &i.Code, &i.Name.ZH, &i.Name.EN, &i.Heading, &must)
			i.Must = must == yes.ZH
			return i, err
		}, `SELECT list, code, name, name_en, heading, required FROM code_items ORDER BY list, position, code`)
		all := map[string][]register.Option{}
		for _, i := range rows {
			if i.Name.EN == "" {
				i.Name.EN = i.Name.ZH
			}
			all[i.list] = append(all[i.list], i.Option)
		}
		return all, err
	})
}

// Standard is one row of a standard: what it asks for in a region from a day on.
type Standard struct {
	Code, Region, From, To, Applies, Operator, Value, Unit, Direction, Source, Confirmed string
}

// called is the row as a verdict keeps it.
func (s Standard) called() string {
	return s.Region + " " + s.From + " " + s.Operator + " " + s.Value + s.Unit
}

type standardsKey struct{}

func standards(tx *db.Tx) ([]Standard, error) {
	return db.Remember(tx, standardsKey{}, func(tx *db.Tx) ([]Standard, error) {
		return db.All(tx, func(r db.Row) (s Standard, err error) {
			return s, r.Scan(&s.Code, &s.Region, &s.From, &s.To, &s.Applies, &s.Operator, &s.Value, &s.Unit,
				&s.Direction, &s.Source, &s.Confirmed)
		}, `SELECT code, region, valid_from, valid_to, applies, operator, value, unit, direction, source, confirmed
			FROM standards ORDER BY code, valid_from DESC, region`)
	})
}

// assigned says that units of a kind play a part here, in these roles.
type assigned struct {
	register, part, kind string
	roles                []string
}

type partsKey struct{}

func assignments(tx *db.Tx) ([]assigned, error) {
	return db.Remember(tx, partsKey{}, func(tx *db.Tx) ([]assigned, error) {
		return db.All(tx, func(r db.Row) (a assigned, err error) {
			roles := ""
			err = r.Scan(&a.register, &a.part, &a.kind, &roles)
			a.roles = strings.Split(roles, "+")
			return a, err
		}, `SELECT register, part, kind, roles FROM register_parts ORDER BY register, part, kind`)
	})
}

// Assign says that units of a kind play a part of a register here, in these roles.
func Assign(tx *db.Tx, code, part, kind string, roles []string) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO register_parts (register, part, kind, roles) VALUES ($1, $2, $3, $4)
		ON CONFLICT (register, part, kind) DO UPDATE SET roles = excluded.roles
		WHERE register_parts.roles <> excluded.roles`, code, part, kind, strings.Join(roles, "+"))
	return n > 0, err
}

func putItem(tx *db.Tx, list string, o register.Option, note, source, confirmed string, at int) (bool, error) {
	must := no.ZH
	if o.Must {
		must = yes.ZH
	}
	n, err := tx.ExecN(`INSERT INTO code_items (list, code, name, name_en, heading, note, source, confirmed, position,
		required) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (list, code) DO UPDATE
		SET name = excluded.name, name_en = excluded.name_en, heading = excluded.heading, note = excluded.note,
		source = excluded.source, confirmed = excluded.confirmed, position = excluded.position,
		required = excluded.required WHERE code_items.required <> excluded.required OR code_items.name <> excluded.name
		OR code_items.name_en <> excluded.name_en OR code_items.heading <> excluded.heading
		OR code_items.note <> excluded.note OR code_items.source <> excluded.source
		OR code_items.confirmed <> excluded.confirmed OR code_items.position <> excluded.position`,
		list, o.Code, o.Name.ZH, o.Name.EN, o.Heading, note, source, confirmed, at, must)
	return n > 0, err
}

func putStandard(tx *db.Tx, s Standard) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO standards (code, region, valid_from, valid_to, applies, operator, value, unit,
		direction, source, confirmed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (code, region, valid_from) DO UPDATE SET valid_to = excluded.valid_to, applies = excluded.applies,
		operator = excluded.operator, value = excluded.value, unit = excluded.unit, direction = excluded.direction,
		source = excluded.source, confirmed = excluded.confirmed WHERE standards.valid_to <> excluded.valid_to
		OR standards.applies <> excluded.applies OR standards.operator <> excluded.operator
		OR standards.value <> excluded.value OR standards.unit <> excluded.unit
		OR standards.direction <> excluded.direction OR standards.source <> excluded.source
		OR standards.confirmed <> excluded.confirmed`, s.Code, s.Region, s.From, s.To, s.Applies, s.Operator, s.Value,
		s.Unit, s.Direction, s.Source, s.Confirmed)
	return n > 0, err
}

// name is a list's option as readers know it: its code, if the list has it no more.
func name(options []register.Option, code string) say.Name {
	for _, o := range options {
		if o.Code == code {
			return o.Name
		}
	}
	return say.Name{ZH: code, EN: code}
}

// like counts the records of a register whose body has a text.
func like(tx *db.Tx, code, pattern string) (int, error) {
	return db.Value[int](tx, `SELECT count(*) FROM records WHERE register = $1 AND CAST(body AS TEXT) LIKE $2`, code,
		pattern)
}

// states counts the records of a register by where they stand.
func states(tx *db.Tx, code string) (map[string]int, error) {
	return counted(tx, `register = $1`, code)
}

// counted counts records on a condition by where they stand.
func counted(tx *db.Tx, where string, args ...any) (map[string]int, error) {
	counts := map[string]int{}
	err := db.Each(tx, func(row db.Row) error {
		var state string
		var n int
		err := row.Scan(&state, &n)
		counts[state] = n
		return err
	}, `SELECT r.state, count(*) FROM records r WHERE `+where+` GROUP BY r.state`, args...)
	return counts, err
}
