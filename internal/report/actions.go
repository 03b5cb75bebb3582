package report

// Writes a report: values read for all references at once, each figure checked and put into the text. Layout is
// document's.

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/setting"
	"yipanqi/internal/sign"
)

// annualCode is the template of the annual work report.
const annualCode = "annual"

// Annual writes the annual report of an area: year 0 is the newest with figures, areaCode "" the whole city. Every
// signed submission behind a figure is verified again while it is written. What by may not see is left out of it.
func Annual(tx *db.Tx, by auth.User, year int, areaCode string, secrets account.Secrets) (Report, error) {
	stored, err := ByCode(tx, annualCode)
	if errs.KindOf(err) == errs.Missing {
		return Report{}, errs.Missingf("还没有年度报告的模板。请把 report/annual.md 放进导入目录，再运行 yipanqi import。")
	}
	if err != nil {
		return Report{}, err
	}
	template, err := ParseTemplate(stored.Body)
	if err != nil {
		return Report{}, err
	}
	w := writer{tx: tx, by: by, hidden: map[string]bool{}, report: Report{template: template,
		Title:   strings.ReplaceAll(template.Meta["title"], titleBreak, ""),
		Figures: []Figure{}, Evidence: []Evidence{}, byRef: map[*Reference]Figure{}}}
	if w.issuer, err = secrets.Installation.Public(); err != nil {
		return Report{}, err
	}
	w.report.Issuer = sign.Fingerprint(w.issuer)
	if w.report.Journal, err = journal.LastSealed(tx); err != nil {
		return Report{}, err
	}
	err = w.write(year, areaCode)
	return w.report, err
}

// writer is one report being written.
type writer struct {
	tx         *db.Tx
	by         auth.User
	issuer     sign.PublicKey
	report     Report
	indicators map[string]indicator.Indicator
	values     map[valueKey]progress.Value
	parameters []indicator.Parameter
	evidence   evidence
	hidden     map[string]bool // areas whose figures by may not see
}

type valueKey struct {
	indicator string
	area      string
	year      int
}

func (w *writer) write(year int, areaCode string) (err error) {
	r := &w.report
	if r.Area, err = w.area(areaCode); err != nil {
		return err
	}
	if r.Years, err = years(w.tx, r.Area.ID); err != nil {
		return err
	}
	if of := r.template.Year(); of != 0 {
		if year != 0 && year != of {
			return errs.Missingf("没有%d年的报告正文，现有的是%d年的。请写好%d年的正文，放进导入目录的 report/annual.md 再导入。",
				year, of, year)
		}
		r.Years = []int{of}
	}
	if r.Year = year; year == 0 && len(r.Years) > 0 {
		r.Year = r.Years[0]
	}
	if r.Period, err = period.Parse(strconv.Itoa(r.Year)); err != nil {
		return err
	}
	if r.Sample, err = setting.IsSample(w.tx); err != nil {
		return err
	}
	refs := r.template.References(r.Year)
	if err := w.read(refs); err != nil {
		return err
	}
	for _, ref := range refs {
		f, err := w.resolve(ref)
		if err != nil {
			return err
		}
		f.Key = ref.Key()
		r.byRef[ref] = f
		r.Figures = append(r.Figures, f)
	}
	r.Evidence = w.evidence.list
	return nil
}

func (w *writer) area(code string) (a network.Area, err error) {
	if code == "" {
		a, err = network.Root(w.tx)
	} else {
		a, err = network.AreaByCode(w.tx, code, "")
	}
	if err == nil && !w.by.SeesFigures(a.Path) {
		err = errs.Missingf("没有找到这个地区，或者它不在您的工作范围内。")
	}
	if code != "" {
		err = errs.In("area", err)
	}
	return a, err
}

// read fetches everything that the references ask for.
func (w *writer) read(refs []*Reference) error {
	all, err := indicator.List(w.tx)
	if err != nil {
		return err
	}
	w.indicators = map[string]indicator.Indicator{}
	for _, i := range all {
		w.indicators[i.Code] = i
	}
	if w.parameters, err = indicator.Parameters(w.tx); err != nil {
		return err
	}
	q := progress.Query{}
	seenIndicator, seenArea, seenYear := map[string]bool{}, map[string]bool{}, map[int]bool{}
	for _, ref := range refs {
		i, known := w.indicators[ref.Code]
		if ref.Kind == ParameterRef || !known {
			continue
		}
		if !seenIndicator[ref.Code] {
			seenIndicator[ref.Code] = true
			q.Indicators = append(q.Indicators, i)
		}
		if !seenArea[ref.Area] {
			seenArea[ref.Area] = true
			a := w.report.Area
			if ref.Area != "" {
				if a, err = network.AreaByCode(w.tx, ref.Area, ""); err != nil {
					return errs.Invalidf("第%d行：没有代码为%s的地区", ref.Line, ref.Area)
				}
			}
			if w.by.SeesFigures(a.Path) {
				q.Areas = append(q.Areas, a)
			} else {
				w.hidden[ref.Area] = true
			}
		}
		for _, year := range []int{ref.Year, ref.From} {
			if year != 0 && !seenYear[year] {
				seenYear[year] = true
				p, err := period.Parse(strconv.Itoa(year))
				if err != nil {
					return errs.Invalidf("第%d行：年份%d不对", ref.Line, year)
				}
				q.Periods = append(q.Periods, p)
			}
		}
	}
	w.values = map[valueKey]progress.Value{}
	if len(q.Indicators) == 0 || len(q.Periods) == 0 || len(q.Areas) == 0 {
		return nil
	}
	values, err := progress.Values(w.tx, q)
	for _, v := range values {
		w.values[valueKey{v.Indicator.Code, v.Area.Code, v.Period.Year()}] = v
	}
	return err
}

func (w *writer) value(ref *Reference, year int) progress.Value {
	area := ref.Area
	if area == "" {
		area = w.report.Area.Code
	}
	return w.values[valueKey{ref.Code, area, year}]
}

const gap = "〔缺〕"

func (w *writer) resolve(ref *Reference) (Figure, error) {
	if ref.Kind == ParameterRef {
		return w.parameter(ref), nil
	}
	i, known := w.indicators[ref.Code]
	if !known {
		return Figure{Text: gap, Name: unknownName, Indicator: ref.Code, when: yearWords(ref.Year),
			Status: string(progress.Unproven),
			Origin: string(progress.Published),
			Proof:  "/indicators", Problem: fmt.Sprintf("模板第%d行引用的指标没有定义，请核对代码", ref.Line)}, nil
	}
	if w.hidden[ref.Area] {
		return Figure{Text: gap, Name: i.Name, Indicator: i.Code, Area: ref.Area, when: yearWords(ref.Year),
			Status: string(progress.Unproven), Origin: string(progress.Published), Proof: "/indicators",
			Problem: "引用的地区不在您的工作范围内，不能写出它的数"}, nil
	}
	v := w.value(ref, ref.Year)
	f, err := w.figure(i, v, ref)
	if err != nil || ref.Kind == FigureRef {
		return f, err
	}
	before := w.value(ref, ref.From)
	earlier, err := w.figure(i, before, ref)
	if err != nil {
		return f, err
	}
	return f.since(earlier, before, v, ref), nil
}

// figure is a reference to one value.
func (w *writer) figure(i indicator.Indicator, v progress.Value, ref *Reference) (Figure, error) {
	f := Figure{Name: i.Name, Indicator: i.Code, Unit: i.Unit, Area: v.Area.Code,
		Period: v.Period.String(), Value: v.Plain(), when: v.Period.Label(""),
		Status: string(v.Status), Origin: string(v.Origin)}
	f.Proof = "/proof?indicator=" + i.Code + "&area=" + v.Area.Code + "&period=" + f.Period
	if v.Rat == nil {
		f.Text, f.Status, f.Origin = gap, string(progress.Unproven), string(progress.Published)
		f.Problem = strings.Join(append([]string{fmt.Sprintf("没有%d年的数据", ref.Year)}, said(v.Why)...), "；")
		return f, nil
	}
	f.Text = ref.style(i, v).Format(v.Rat)
	if v.Quoted != nil {
		return w.quoted(f, v, ref)
	}
	return w.computed(f, v)
}

// style is how the reference wants the value shown; what it leaves open is the indicator's.
func (r *Reference) style(i indicator.Indicator, v progress.Value) quantity.Style {
	s := r.Style
	s.Decimals = r.Decimals
	if s.Decimals < 0 {
		s.Decimals = i.Decimals
		if s.Scale != "" || v.Quoted != nil {
			s.Decimals = shortest(v.Rat, s)
		}
	}
	if r.OwnUnit {
		s.Unit = i.Unit
	}
	return s
}

// shortest is the fewest decimals, at most 4, that show r exactly in the style's scale: 1.87亿, 40亿, 16.5.
func shortest(r *big.Rat, s quantity.Style) int {
	for s.Decimals = 0; s.Decimals < 4; s.Decimals++ {
		if s.Exact(r) {
			break
		}
	}
	return s.Decimals
}

// quoted completes a figure that a public source gives.
func (w *writer) quoted(f Figure, v progress.Value, ref *Reference) (Figure, error) {
	q := v.Quoted
	f.Source, f.SourceURL = q.SourceTitle, q.SourceURL
	f.Proof = "/published/" + q.ID
	text, err := sign.Canonical(map[string]string{"indicator": f.Indicator, "area": f.Area, "period": f.Period,
		"value":  q.Published.Value,
		"source": q.SourceTitle, "url": q.SourceURL})
	if err != nil {
		return f, err
	}
	f.Digest = sign.Digest(text)
	switch said := quantity.Qualifier(ref.Style.Qualifier); {
	case q.Mark != quantity.Exact && said != q.Mark:
		f.Problem = fmt.Sprintf("来源写的是“%s”，引用处缺少这个词。",
			quantity.Style{Decimals: q.Decimals, Qualifier: q.Mark.Words(), Unit: f.Unit}.Format(q.Rat))
	case v.Disputed():
		f.Source += "（另有来源数值不同，见指标页）"
	}
	return f, nil
}

// computed completes a figure that follows from reports, and verifies what it rests on.
func (w *writer) computed(f Figure, v progress.Value) (Figure, error) {
	computes, err := formula.Parse(v.Version.Formula)
	if err != nil {
		return f, err
	}
	f.Formula = computes.Words(func(o formula.Operand) string { return operand(v, o) })
	if err := w.rests(&f, v); err != nil {
		return f, err
	}
	if v.Status == progress.Incomplete {
		missing, err := w.missing(v)
		if err != nil {
			return f, err
		}
		f.Problem = strings.Join(append([]string{fmt.Sprintf("数据不全：%d个%s中%d个已报%s", v.Due, v.DueLevel.Name,
			v.Reported, missing)}, said(v.Why)...), "；")
	}
	for _, q := range v.Published {
		if q.Compared && !q.Agrees && f.Problem == "" {
			f.Problem = fmt.Sprintf("与已公布的%s不一致（%s）。", q.Published.Value, q.SourceTitle)
		}
	}
	return f, nil
}

// operand names a part of a formula with its area and period, so that two periods of one element can be told apart.
func operand(v progress.Value, o formula.Operand) string {
	for _, p := range v.Parts {
		if p.Element.Code == o.Element && p.Last == o.Last {
			name := v.Area.Name + p.Period.Label("") + p.Element.Name
			if p.Sex != quantity.SexTotal {
				name += "（" + string(quantity.SexWords(p.Sex)) + "）"
			}
			return name
		}
	}
	return "（未知的数据项）"
}

// since turns a figure into its change from an earlier one.
func (f Figure) since(earlier Figure, before, v progress.Value, ref *Reference) Figure {
	i, change := v.Indicator, progress.Change(before, v)
	f.Name += "的变化"
	f.Period, f.when = earlier.Period+"—"+f.Period, earlier.when+"—"+f.when
	if earlier.Formula != "" && f.Formula != "" {
		f.Formula = "（" + f.Formula + "）−（" + earlier.Formula + "）"
	}
	if f.Problem == "" {
		f.Problem = earlier.Problem
	}
	f.Status, f.Origin = weaker(f.Status, earlier.Status, "proven", "incomplete", "unproven"),
		weaker(f.Origin, earlier.Origin, "entered", "published", "simulated")
	f.Digest = sign.Digest([]byte(earlier.Digest + f.Digest))
	if earlier.Source != f.Source {
		f.Source = earlier.Source + "；" + f.Source
	}
	if change == nil {
		f.Text, f.Value = gap, ""
		if why := progress.BreakSince(before, v); why.Key != "" {
			broken := fmt.Sprintf("%s年和%s年的数%s；", before.Period, v.Period, why)
			f.Problem = strings.TrimSuffix(broken+f.Problem, "；")
		} else if f.Problem == "" {
			f.Problem = "来源只给出约数，不能相减"
		}
		return f
	}
	style := ref.Style
	if style.Decimals = ref.Decimals; style.Decimals < 0 {
		style.Decimals = i.Decimals
	}
	if ref.OwnUnit || style.Unit == i.Unit {
		style.Unit = quantity.Points(i.Unit)
	}
	f.Text, f.Value, f.Unit = style.Format(change), quantity.Round(change, max(style.Decimals, i.Decimals)), style.Unit
	return f
}

// weaker is the one of a and b that comes later in order.
func weaker(a, b string, order ...string) string {
	for i := len(order) - 1; i >= 0; i-- {
		if a == order[i] || b == order[i] {
			return order[i]
		}
	}
	return a
}

// unknownName stands for what a template asks for and nobody has defined: its code is no word for readers.
const unknownName = "未定义的引用"

func yearWords(year int) string { return fmt.Sprintf("%d年", year) }

func said(words []say.Words) (all []string) {
	for _, w := range words {
		all = append(all, w.String())
	}
	return all
}
