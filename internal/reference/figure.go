package reference

// What one reference comes to: a figure with its words, what it rests on, and what is wrong with it.

import (
	"fmt"
	"math/big"
	"strings"

	"yipanqi/internal/formula"
	"yipanqi/internal/indicator"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
)

// Figure is one reference with what it came to. The JSON names are what `report annual --json` promises.
type Figure struct {
	Key       string `json:"key"`
	Text      string `json:"text"`  // as printed: 16.5%
	Value     string `json:"value"` // plain decimal in the indicator's unit, rounded to its decimals
	Unit      string `json:"unit"`
	Area      string `json:"area"`
	Period    string `json:"period"`
	Indicator string `json:"indicator"`
	Status    string `json:"status"` // proven, paper, incomplete, unproven
	Origin    string `json:"origin"` // entered, published, simulated
	Proof     string `json:"proof"`  // path of the proof page
	Name      string `json:"name"`
	Formula   string `json:"formula,omitempty"` // in words
	Source    string `json:"source"`            // the units that reported, or the publication
	SourceURL string `json:"source_url,omitempty"`
	Digest    string `json:"digest"`            // SM3 over what the figure rests on
	Problem   string `json:"problem,omitempty"` // why it should not be issued as it stands

	When   string `json:"-"` // the period in words
	Target bool   `json:"-"` // what a plan asks for, no statistic
}

// Evidence is one submission behind some figure of the text.
type Evidence struct {
	Area    string `json:"area"`
	Unit    string `json:"unit"`
	Form    string `json:"form"`
	Period  string `json:"period"`
	Digest  string `json:"digest"`
	Signed  bool   `json:"signed"` // by two
	OnPaper bool   `json:"signed_on_paper,omitempty"`
	Origin  string `json:"origin"` // entered, simulated
	Source  string `json:"source,omitempty"`
	Signers string `json:"signers,omitempty"`
	At      string `json:"at,omitempty"`
	// whoever reads may not see who signed it
	Withheld bool `json:"withheld,omitempty"`

	When string `json:"-"` // the period in words
}

// Gap stands for a value that there is not.
const Gap = "〔缺〕"

func (r *Reader) resolve(ref *Reference) (Figure, error) {
	switch ref.Kind {
	case ParameterRef:
		return r.parameter(ref), nil
	case MeasureRef:
		return r.measure(ref)
	}
	i, known := r.indicators[ref.Code]
	if !known {
		return Figure{Text: Gap, Name: unknownName, Indicator: ref.Code, When: yearWords(ref.Year),
			Status: string(progress.Unproven),
			Origin: string(progress.Published),
			Proof:  "/indicators", Problem: fmt.Sprintf("模板第%d行引用的指标没有定义，请核对代码", ref.Line)}, nil
	}
	if r.hidden[ref.Area] {
		return Figure{Text: Gap, Name: i.Name, Indicator: i.Code, Area: ref.Area, When: yearWords(ref.Year),
			Status: string(progress.Unproven), Origin: string(progress.Published), Proof: "/indicators",
			Problem: "引用的地区不在您的工作范围内，不能写出它的数"}, nil
	}
	if ref.Kind == TargetRef {
		return r.target(ref)
	}
	v := r.value(ref, ref.Year)
	f, err := r.figure(i, v, ref)
	if err != nil || ref.Kind == FigureRef {
		return f, err
	}
	before := r.value(ref, ref.From)
	earlier, err := r.figure(i, before, ref)
	if err != nil {
		return f, err
	}
	return f.since(earlier, before, v, ref), nil
}

// figure is a reference to one value.
func (r *Reader) figure(i indicator.Indicator, v progress.Value, ref *Reference) (Figure, error) {
	f := Figure{Name: i.Name, Indicator: i.Code, Unit: i.Unit, Area: v.Area.Code,
		Period: v.Period.String(), Value: v.Plain(), When: v.Period.Label(""),
		Status: string(v.Status), Origin: string(v.Origin)}
	f.Proof = "/proof?indicator=" + i.Code + "&area=" + v.Area.Code + "&period=" + f.Period
	if !v.Known() {
		f.Proof = "/indicators/" + i.Code // nothing is there to be proven
	}
	if v.Rat == nil {
		f.Text, f.Status, f.Origin = Gap, string(progress.Unproven), string(progress.Published)
		f.Problem = strings.Join(append([]string{fmt.Sprintf("没有%d年的数据", ref.Year)}, Said(v.Why)...), "；")
		return f, nil
	}
	style := ref.style(i, v)
	f.Text = style.Format(v.Rat)
	complete := func() (Figure, error) { return r.computed(f, v) }
	if v.Quoted != nil {
		complete = func() (Figure, error) { return r.quoted(f, v, ref) }
	}
	f, err := complete()
	if f.Problem == "" && v.Mark == quantity.Exact && !style.Fits(v.Rat) {
		f.Problem = fmt.Sprintf("引用处写的是“%s”，实际是%s，不能这样写。", f.Text,
			quantity.Measured(f.Value, quantity.Exact, f.Unit))
	}
	return f, err
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
func (r *Reader) quoted(f Figure, v progress.Value, ref *Reference) (Figure, error) {
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
func (r *Reader) computed(f Figure, v progress.Value) (Figure, error) {
	computes, err := formula.Parse(v.Version.Formula)
	if err != nil {
		return f, err
	}
	f.Formula = computes.Words(func(o formula.Operand) string { return operand(v, o) })
	if err := r.rests(&f, v); err != nil {
		return f, err
	}
	if v.Status == progress.Incomplete {
		missing, err := r.missing(v)
		if err != nil {
			return f, err
		}
		f.Problem = strings.Join(append([]string{fmt.Sprintf("数据不全：%d个%s中%d个已报%s", v.Due, v.DueLevel.Name,
			v.Reported, missing)}, Said(v.Why)...), "；")
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
		if p.Is(o) {
			name := v.Area.Name + p.Period.Label("") + p.Called().ZH
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
	f.Period, f.When = earlier.Period+"—"+f.Period, earlier.When+"—"+f.When
	if earlier.Formula != "" && f.Formula != "" {
		f.Formula = "（" + f.Formula + "）−（" + earlier.Formula + "）"
	}
	if f.Problem == "" {
		f.Problem = earlier.Problem
	}
	f.Status, f.Origin = weaker(f.Status, earlier.Status, "proven", "paper", "incomplete", "unproven"),
		weaker(f.Origin, earlier.Origin, "entered", "published", "simulated")
	f.Digest = sign.Digest([]byte(earlier.Digest + f.Digest))
	if earlier.Source != f.Source {
		f.Source = earlier.Source + "；" + f.Source
	}
	if change == nil {
		f.Text, f.Value = Gap, ""
		if why := progress.BreakSince(before, v); why.Key != "" {
			broken := fmt.Sprintf("%s年和%s年的数%s；", before.Period, v.Period, why)
			f.Problem = strings.TrimSuffix(broken+f.Problem, "；")
		} else if before.Rat != nil && v.Rat != nil {
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

// Said are words in Chinese, as documents have them.
func Said(words []say.Words) (all []string) {
	for _, one := range words {
		all = append(all, one.String())
	}
	return all
}
