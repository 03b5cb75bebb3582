package element

// Categories: the values of the lists by which elements are counted apart, and from which period on a form has columns
// for which of them.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/say"
)

// Category 分类 is one value of a list by which elements are counted apart, such as a kind of school. List is the code
// of its list, which is a row itself, without a list. ID 0 is no category: the whole.
type Category struct {
	ID     int    `json:"-"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
	List   string `json:"list,omitempty"`
}

// WholeCode is the code of ID 0, as SDMX has it.
const WholeCode = "_T"

// mostCategories is what the key of a fact has room for.
const mostCategories = 1023

// Span is the categories that a form has columns for from a period on (its number; 0: from the beginning).
type Span struct {
	From       int
	Categories []int
}

// whole is what a form without categories asks for.
var whole = []int{0}

// WholeAt are the categories that come to the whole in a period: 0 alone where the form asks for the whole.
func (s Source) WholeAt(period int) []int {
	for i := len(s.Spans) - 1; i >= 0; i-- {
		if s.Spans[i].From > period {
			continue
		}
		if slices.Contains(s.Spans[i].Categories, 0) {
			break
		}
		return s.Spans[i].Categories
	}
	return whole
}

// spansText writes spans as "0:1,2 202300:0,1,2", nothing where no span has any category.
func spansText(spans []Span) string {
	var all []string
	any := false
	for _, s := range spans {
		var ids []string
		for _, id := range s.Categories {
			any = any || id != 0
			ids = append(ids, strconv.Itoa(id))
		}
		all = append(all, strconv.Itoa(s.From)+":"+strings.Join(ids, ","))
	}
	if !any {
		return ""
	}
	return strings.Join(all, " ")
}

func parseSpans(text string) (spans []Span, err error) {
	for _, one := range strings.Fields(text) {
		from, list, found := strings.Cut(one, ":")
		s := Span{}
		if s.From, err = strconv.Atoi(from); err != nil || !found {
			return nil, fmt.Errorf("%q is no span of categories", one)
		}
		for _, id := range strings.Split(list, ",") {
			n, err := strconv.Atoi(id)
			if err != nil {
				return nil, err
			}
			s.Categories = append(s.Categories, n)
		}
		spans = append(spans, s)
	}
	return spans, nil
}

type allCategories struct{}

// Categories returns all lists and their values by code; shared, so not to be changed.
func Categories(tx *db.Tx) (map[string]Category, error) {
	return db.Remember(tx, allCategories{}, func(tx *db.Tx) (map[string]Category, error) {
		by := map[string]Category{}
		err := db.Each(tx, func(r db.Row) error {
			var c Category
			err := r.Scan(&c.ID, &c.Code, &c.Name, &c.NameEN, &c.List)
			by[c.Code] = c
			return err
		}, `SELECT id, code, name, name_en, list FROM categories`)
		return by, err
	})
}

// Values are those of a list, in the order in which they were put.
func Values(all map[string]Category, list string) (values []Category) {
	for _, c := range all {
		if c.List == list && list != "" {
			values = append(values, c)
		}
	}
	slices.SortFunc(values, func(a, b Category) int { return a.ID - b.ID })
	return values
}

// CategoryByCode returns one value of a list; no code is no category: the whole.
func CategoryByCode(tx *db.Tx, code string) (Category, error) {
	if code == "" {
		return Category{}, nil
	}
	c, err := categoryByCode(tx, code)
	switch {
	case errs.KindOf(err) == errs.Missing:
		return c, errs.In("category", errs.Invalidf("没有这个分类。"))
	case err == nil && c.List == "":
		return c, errs.In("category", errs.Invalidf("“%s”是分类表，不是其中的一类。", code))
	}
	return c, err
}

func categoryByCode(tx *db.Tx, code string) (Category, error) {
	all, err := Categories(tx)
	if c, there := all[code]; there || err != nil {
		return c, err
	}
	return Category{}, errs.Missingf("没有这个分类。")
}

// PutCategory adds a list or one of its values, or updates the words of the one with its code; ID is made here. A value
// stays in its list. It reports whether anything changed.
func PutCategory(tx *db.Tx, c Category) (Category, bool, error) {
	known, err := Categories(tx)
	if err != nil {
		return c, false, err
	}
	old, there := known[c.Code]
	fields := errs.Fields{}
	if !formula.ValidElement(c.Code) {
		fields.Say("code", "分类代码由大写字母、数字和下划线组成，例如 SCHOOL_PRIMARY。")
	}
	if of, listed := known[c.List]; c.List != "" && (!listed || of.List != "") {
		fields.Say("list", "没有分类表“%s”：分类表自己也是一行，“分类表”留空，写在它的各类之前。", c.List)
	}
	if there && old.List != c.List {
		fields.Say("list", "分类%s已经在另一个分类表里：以前的数按它存着，不能换。请另用一个代码。", c.Code)
	}
	if c.ID = old.ID; !there {
		if c.ID = len(known) + 1; c.ID > mostCategories {
			fields.Say("code", "分类最多%d个。", mostCategories)
		}
	}
	if err := fields.Check("分类信息不完整。"); err != nil || c == old {
		return c, false, err
	}
	return c, true, tx.Exec(`INSERT INTO categories (id, code, name, name_en, list) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en`,
		c.ID, c.Code, c.Name, c.NameEN, c.List)
}

// listed refuses an element that is counted apart by a list that there is not.
func (e Element) listed(tx *db.Tx) error {
	if e.Categories == "" {
		return nil
	}
	of, err := categoryByCode(tx, e.Categories)
	if errs.KindOf(err) == errs.Missing || err == nil && of.List != "" {
		return errs.Fields{"categories": say.New("没有分类表“%s”。请先在 categories.csv 里写它和它的各类。",
			e.Categories)}.Check("数据项信息不完整。")
	}
	return err
}
