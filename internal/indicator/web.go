package indicator

// The page of the dated standards; indicators' own pages need values and are progress's.

import (
	"context"
	"yipanqi/internal/network"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes serves the dated standards. The indicators' own pages need their values: see package progress.
func Routes(m *web.Mux) {
	web.View(m, "GET /parameters 列出判断进展的参数", "indicator.read", parameters, parametersPage, web.AsOf)
	publishedRoutes(m)
}

type parametersData struct {
	Parameters []parameter `json:"parameters"`
}

type parameter struct {
	Parameter
	Area   string `json:"area"`
	AreaEN string `json:"-"`
}

func parameters(r *web.Request, _ struct{}) (d parametersData, err error) {
	all, err := Parameters(r.Tx)
	if err != nil {
		return d, err
	}
	areas, err := network.AllAreas(r.Tx)
	if err != nil {
		return d, err
	}
	names := map[int64]network.Area{}
	for _, a := range areas {
		names[a.ID] = a
	}
	d.Parameters = []parameter{}
	for _, p := range all {
		d.Parameters = append(d.Parameters, parameter{p, names[p.AreaID].Name, names[p.AreaID].NameEN})
	}
	return d, nil
}

// Table is the standards for CSV.
func (d parametersData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "parameters", Columns: []table.Column{{Name: "代码"}, {Name: "名称"}, {Name: "地区"},
		{Name: "数值"}, {Name: "单位"}, {Name: "生效日期"},
		{Name: "失效日期"}, {Name: "说明"}, {Name: "来源"}, {Name: "来源网址"}}}
	for _, p := range d.Parameters {
		t.Rows = append(t.Rows, []string{p.Code, part.Name(ctx, p.Name, p.NameEN), part.Name(ctx, p.Area, p.AreaEN),
			p.Value, part.Unit(ctx, p.Unit, ""), p.OpensOn, p.ClosesOn, p.Note,
			p.SourceTitle, p.SourceURL})
	}
	return t
}
