package element

// Files of calibres, categories and elements, row by row.

import (
	"yipanqi/internal/intake"
	"yipanqi/internal/period"
)

// What other files call by a code.
var (
	Codes         = intake.Codes[Element]{Name: "数据项", File: "elements.csv", Load: ByCode}
	CalibreCodes  = intake.Codes[Calibre]{Name: "口径", File: "calibres.csv", Load: calibreByCode}
	CategoryCodes = intake.Codes[Category]{Name: "分类", File: "categories.csv", Load: categoryByCode}
)

// RegisterFile has the elements that registers count. A city's own file comes after it and may say more of them.
const RegisterFile = "registers/elements.csv"

// Files are those that elements are imported from.
func Files() []intake.File {
	own := intake.File{Path: Codes.File, Title: "数据项", Columns: intake.Named + " unit=单位 decimals=小数位数 " +
		"sums=汇总（是、否） by_sex=分性别（是、否） year_start=年度起始（自然年留空，否则如--10-01） definition=定义 categories=分类（分类表的代码，不分类留空）",
		Key: "code", Row: take, After: []string{RegisterFile, CategoryCodes.File}}
	shipped := own
	shipped.Path, shipped.Title, shipped.After = RegisterFile, "业务登记统计计入的数据项", []string{CategoryCodes.File}
	return []intake.File{{Path: CalibreCodes.File, Title: "口径", Columns: intake.Named, Key: "code", Row: takeCalibre},
		{Path: CategoryCodes.File, Title: "分类", Columns: intake.Named + " list=分类表（它属于哪张分类表；分类表自己留空）",
			Help: "数据项按它们分开填报，例如学校类型、年龄组；分类表写在它的各类之前", Key: "code", Row: takeCategory},
		shipped, own}
}

func takeCalibre(r *intake.Run, w *intake.Row) (bool, error) {
	if w.Bad() {
		return false, nil
	}
	_, changed, err := PutCalibre(r.Tx, Calibre{Code: w.Text("code"), Name: w.Text("name"), NameEN: w.Text("name_en")})
	return changed, err
}

func takeCategory(r *intake.Run, w *intake.Row) (bool, error) {
	if w.Bad() {
		return false, nil
	}
	_, changed, err := PutCategory(r.Tx, Category{Code: w.Text("code"), Name: w.Text("name"),
		NameEN: w.Text("name_en"), List: w.Text("list")})
	return changed, err
}

func take(r *intake.Run, w *intake.Row) (bool, error) {
	e := Element{Code: w.Text("code"), Name: w.Text("name"), NameEN: w.Text("name_en"), Unit: w.Text("unit"),
		Decimals: w.Int("decimals"), Sums: w.Yes("sums"), BySex: w.Yes("by_sex"),
		YearStart: period.YearStart(w.Text("year_start")), Definition: w.Text("definition"),
		Categories: intake.Ref(w, "categories", CategoryCodes).Code}
	if w.Bad() {
		return false, nil
	}
	_, changed, err := Put(r.Tx, e)
	return changed, err
}
