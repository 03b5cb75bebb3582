package record

// What one unit is asked for already, on the directory of registers: by registers, and by whatever else asks units. It
// is read before anybody asks the unit for more.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/table"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// burdened is the directory of registers, or of what one unit is asked for.
func burdened(about About) func(*web.Request, registersInput) (registersData, error) {
	return func(r *web.Request, in registersInput) (d registersData, err error) {
		if d, err = showRegisters(r, in.Choice); err != nil {
			return d, err
		}
		if err := d.offer(r); err != nil || in.Unit == "" {
			return d, err
		}
		unit, err := network.UnitByCode(r.Tx, in.Unit)
		if errs.KindOf(err) == errs.Missing {
			err = errs.In("unit", noUnit)
		}
		if err != nil {
			return d, err
		}
		area, err := network.AreaByID(r.Tx, unit.AreaID)
		if err != nil {
			return d, err
		}
		d.Unit = &unit
		d.Asked, err = asked(r.Tx, r.User, unit)
		if err == nil && len(d.Asked) == 0 && !r.User.SeesFigures(area.Path) {
			err = errs.In("unit", noUnit)
		}
		if err != nil || about == nil {
			return d, err
		}
		d.About, err = about(r.Tx, r.User, module.Of{Kind: "unit", Code: unit.Code, Path: area.Path, Day: r.Tx.Today()})
		d.About = slices.DeleteFunc(d.About, func(c module.Card) bool { return c.Module == "record" })
		return d, err
	}
}

var noUnit = errs.Missingf("没有找到这个单位，或者您没有查看权限。")

type registersInput struct {
	Unit string `json:"unit" doc:"A unit: what it is asked for already."`
	tag.Choice
}

// offer are the units that the reader may choose from: their own, and those that they oversee in any register.
func (d *registersData) offer(r *web.Request) error {
	p, err := placed(r.Tx)
	if err != nil {
		return err
	}
	units, paths := r.User.Scope()
	all, err := Registers(r.Tx)
	for _, def := range all {
		c, err := castOf(r.Tx, def)
		if err != nil {
			return err
		}
		_, more := c.scope(r.User)
		paths = append(paths, more...)
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, u := range p.all {
		overseen := slices.ContainsFunc(paths, func(path string) bool {
			return strings.HasPrefix(p.area(u.AreaID).Path, path)
		})
		if u.OpenOn(r.Tx.Today()) && (overseen || slices.Contains(units, u.Code)) {
			d.units = append(d.units, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
	}
	return err
}

// burdenTable is what the unit is asked for as it is saved.
func (d registersData) burdenTable(ctx context.Context) table.Table {
	t := table.Table{Name: "registers-" + d.Unit.Code, Columns: []table.Column{{Name: "代码"}, {Name: "名称"},
		{Name: "每条要填", Number: true}, {Name: "记录数", Number: true}, {Name: "近12个月新建", Number: true},
		{Name: "有期限的", Number: true}, {Name: "最近期限"}}}
	for _, a := range d.Asked {
		t.Rows = append(t.Rows, []string{a.Register, part.Name(ctx, a.ZH, a.EN), strconv.Itoa(a.Values),
			strconv.Itoa(a.Records), strconv.Itoa(a.Made), strconv.Itoa(a.Open), a.DueOn})
	}
	return t
}

// burden sums up what registers ask of the unit.
func (d registersData) burden(ctx context.Context) string {
	made, values := 0, 0
	for _, a := range d.Asked {
		made, values = made+a.Made, values+a.Made*a.Values
	}
	return part.T(ctx, "%d项登记；近12个月新建%d条记录，要填的值至多%d个", len(d.Asked), made, values)
}
