package asof

// Which definitions were changed since a day, as far as the user may know of them, and what they and their columns are
// called. Whether they are what was journaled is package attest's.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/attest"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/say"
)

// definition is a column of a row that was changed, or a row that came or went. Then and Now are left out where a
// column holds what nobody reads as it stands, such as a code.
type definition struct {
	Kind   say.Key `json:"kind"`
	Name   string  `json:"name"`
	Column say.Key `json:"column,omitempty"`
	Then   string  `json:"then,omitempty"`
	Now    string  `json:"now,omitempty"`
	Came   bool    `json:"came,omitempty"`
	Went   bool    `json:"went,omitempty"`
	nameEN string
}

// kinds are the definitions that the page tells of, by table.
var kinds = map[string]say.Key{"indicators": "指标", "indicator_versions": "指标定义", "targets": "目标",
	"elements": "数据项", "forms": "报表", "published_figures": "已公布的数", "goals": "规划目标", "areas": "地区",
	"units": "单位", "plans": "规划", "tag_sets": "标签组", "tags": "标签"}

// called are columns that are shown as they stand, and others that have a name.
var called = map[string]struct {
	word  say.Key
	reads bool
}{"name": {"名称", true}, "name_en": {"英文名", true}, "text": {"内容", true}, "value": {"值", true},
	"year": {"年份", true}, "words": {"表述", true}, "unit": {"计量单位", true}, "decimals": {"小数位", true},
	"source_title": {"出处", true}, "source_page": {"页码", true}, "published_on": {"公布日期", true},
	"valid_until": {"有效期", true}, "closes_on": {"截止日", true},
	"opens_on": {"起始日", true}, "baseline_year": {"基期年", true}, "op": {"方向", false}, "formula": {"公式", false},
	"definition": {"定义", false}, "source_unit": {"来源单位", false}, "calibre_id": {"口径", false}}

// definitions are those that changed since a place of the journal. Plans, their goals and targets, and figures of areas
// are told of only to those who may read them.
func definitions(tx *db.Tx, by auth.User, place int64) ([]definition, error) {
	var tables []string
	for table := range kinds {
		tables = append(tables, table)
	}
	changed, err := attest.ChangedSince(tx, place, tables...)
	if err != nil {
		return nil, err
	}
	k := known{tx: tx, by: by, plans: map[string]bool{}, names: map[string]say.Name{}}
	if err := k.read(); err != nil {
		return nil, err
	}
	all := []definition{}
	for _, c := range changed {
		row := cmp.Or(c.Now, c.Then)
		sees, err := k.sees(c.Table, row)
		if err != nil {
			return nil, err
		}
		if !sees {
			continue
		}
		name := k.name(row)
		one := definition{Kind: kinds[c.Table], Name: name.ZH, nameEN: name.EN, Came: c.Then == "", Went: c.Now == ""}
		if c.Column != "" {
			column, named := called[c.Column]
			if !named {
				column.word = "其他内容"
			}
			if one.Column = column.word; column.reads {
				one.Then, one.Now = attest.Text(c.Then, c.Column), attest.Text(c.Now, c.Column)
			}
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b definition) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Name, b.Name), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(all), nil // several columns without a name are one change
}

// known is what is needed to tell rows apart and whose they are.
type known struct {
	tx    *db.Tx
	by    auth.User
	plans map[string]bool     // that the user may read
	names map[string]say.Name // of indicators by number
}

func (k *known) read() error {
	plans, err := plan.Seen(k.tx, k.by)
	if err != nil {
		return err
	}
	for _, p := range plans {
		k.plans[p.Code] = true
	}
	indicators, err := indicator.List(k.tx)
	for _, i := range indicators {
		k.names[strconv.FormatInt(i.ID, 10)] = say.Name{ZH: i.Name, EN: i.NameEN}
	}
	return err
}

func (k *known) sees(table, row string) (bool, error) {
	switch table {
	case "plans":
		return k.plans[attest.Text(row, "code")], nil
	case "goals":
		return k.plans[attest.Text(row, "plan")], nil
	case "targets":
		if !k.plans[attest.Text(row, "plan")] {
			return false, nil
		}
	case "published_figures":
	default:
		return true, nil
	}
	id, err := strconv.ParseInt(attest.Text(row, "area_id"), 10, 64)
	if err != nil {
		return false, nil
	}
	area, err := network.AreaByID(k.tx, id)
	if errs.KindOf(err) == errs.Missing {
		return false, nil
	}
	return k.by.SeesFigures(area.Path), err
}

// name is what people call a row.
func (k *known) name(row string) say.Name {
	for _, column := range []string{"name", "text"} {
		if name := attest.Text(row, column); name != "" {
			return say.Name{ZH: name, EN: attest.Text(row, column+"_en")}
		}
	}
	return cmp.Or(k.names[attest.Text(row, "indicator_id")], say.Name{ZH: attest.Text(row, "code")})
}
