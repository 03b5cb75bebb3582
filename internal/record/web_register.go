package record

// The directory of registers, and what one is: who does what in it, where its records stand, what it counts.

import (
	"context"
	"net/url"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Entry is a register in the directory.
type Entry struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	NameEN  string `json:"name_en"`
	Version int64  `json:"version"`
	System  string `json:"system,omitempty"`
	Privacy string `json:"privacy"`
	Records int    `json:"records"` // that the reader may see
	Counted int    `json:"counted"`
	Mine    bool   `json:"mine"` // the reader may make records
	Note    string `json:"note,omitempty"`
	parts   []say.Name
}

// by are the parts that its records pass through, the one that fills them in first.
func (e Entry) by(ctx context.Context) string {
	var names []string
	for _, p := range e.parts {
		names = append(names, called(ctx, p))
	}
	return part.Join(ctx, names)
}

// list is the address of its records, with the tag that was chosen.
func (e Entry) list(of string) string {
	if of == "" {
		return "/registers/" + e.Code + "/records"
	}
	return "/registers/" + e.Code + "/records?" + url.Values{"tag": {of}}.Encode()
}

type registersData struct {
	Registers []Entry       `json:"registers"`
	Unit      *network.Unit `json:"unit,omitempty"`
	Asked     []Asked       `json:"asked,omitempty"` // of the unit
	About     []module.Card `json:"about,omitempty"` // what else asks the unit
	units     []part.Option
	kept      tag.Kept
}

func showRegisters(r *web.Request, of tag.Choice) (d registersData, err error) {
	if d.kept, err = of.Read(r.Tx); err != nil {
		return d, err
	}
	all, err := Registers(r.Tx)
	if err != nil {
		return d, err
	}
	d.Registers = []Entry{}
	for _, def := range all {
		k, err := deskOf(r.Tx, r.User, def, "")
		if err != nil {
			return d, err
		}
		counts, err := k.byState(r.Tx, r.User, d.kept)
		if err != nil {
			return d, err
		}
		if !k.whole(d.kept) && len(counts) == 0 {
			continue
		}
		e := Entry{Code: def.Code, Name: def.Name.ZH, NameEN: def.Name.EN, Version: def.Version, System: def.System,
			Privacy: def.Privacy, Mine: len(k.starts(r.User)) > 0, Note: def.Note}
		for _, p := range def.Parts {
			e.parts = append(e.parts, p.Name)
		}
		for state, n := range counts {
			e.Records += n
			if def.State(state).Counts != register.Uncounted {
				e.Counted += n
			}
		}
		d.Registers = append(d.Registers, e)
	}
	return d, nil
}

// Table is the directory as it is saved.
func (d registersData) Table(ctx context.Context) table.Table {
	if d.Unit != nil {
		return d.burdenTable(ctx)
	}
	t := table.Table{Name: "registers", Columns: []table.Column{{Name: "代码"}, {Name: "名称"}, {Name: "来源系统"},
		{Name: "版本", Number: true}, {Name: "记录数", Number: true}, {Name: "已确认", Number: true}}}
	for _, e := range d.Registers {
		t.Rows = append(t.Rows, []string{e.Code, part.Name(ctx, e.Name, e.NameEN), e.System,
			strconv.FormatInt(e.Version, 10), strconv.Itoa(e.Records), strconv.Itoa(e.Counted)})
	}
	return t
}

type registerData struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Version int64    `json:"version"`
	States  []Column `json:"states"` // the board: how many records stand where
	k       desk
	mine    bool
	by      auth.User
	serves  []indicator.Indicator
}

// Column is one column of the board.
type Column struct {
	State   string   `json:"state"`
	Count   int      `json:"count"`
	Records []Record `json:"records"` // the first that are due
}

const onBoard = 5

func showRegister(r *web.Request, in struct {
	Code string `json:"code"`
}) (d registerData, err error) {
	if d.k, err = definitionOf(r, in.Code); err != nil {
		return d, err
	}
	d.Code, d.Name, d.Version = d.k.d.Code, d.k.d.Name.ZH, d.k.d.Version
	d.mine, d.by = len(d.k.starts(r.User)) > 0, r.User
	for _, code := range d.k.d.Indicators {
		i, err := indicator.ByCode(r.Tx, code)
		if err != nil && errs.KindOf(err) != errs.Missing {
			return d, err
		}
		if err == nil {
			d.serves = append(d.serves, i)
		}
	}
	counts, err := d.k.byState(r.Tx, r.User, tag.Kept{})
	if err != nil {
		return d, err
	}
	for _, s := range d.k.d.States {
		c := Column{State: s.Code, Count: counts[s.Code], Records: []Record{}}
		if c.Count > 0 {
			rows, _, err := d.k.source(r.User, map[string]string{"state": s.Code}).Counted(r.Tx, "due", 1, onBoard)
			if err != nil {
				return d, err
			}
			c.Records = append(c.Records, rows...)
		}
		d.States = append(d.States, c)
	}
	return d, nil
}

// who says in which units and posts a part is played here.
func (d registerData) who(ctx context.Context, p register.Part) (names []string) {
	for _, a := range d.k.here {
		if a.part != p.Code {
			continue
		}
		for _, u := range d.k.places.all {
			if u.Kind == a.kind && u.OpenOn(d.k.w.Today) && len(names) < 6 {
				names = append(names, part.Name(ctx, u.Name, u.NameEN))
			}
		}
	}
	return names
}

func (d registerData) total() (n int) {
	for _, c := range d.States {
		n += c.Count
	}
	return n
}

// stepsOf are the steps that a part takes, by name.
func (d registerData) stepsOf(ctx context.Context, p register.Part) (names []string) {
	for _, s := range d.k.d.Stages {
		if s.Who == p.Code {
			names = append(names, called(ctx, s.Name))
		}
	}
	return names
}
