package proof

import (
	"context"
	"net/url"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes registers the module's pages.
func Routes(m *web.Mux, secrets account.Secrets) {
	web.View(m, "GET /proof", "proof.read", func(r *web.Request, in Key) (proofData, error) { return show(r, in, secrets) }, proofPage)
	web.View(m, "GET /published/{id}", "proof.read", published, publishedPage)
}

// proofData is a proof with the key that leads to it.
type proofData struct {
	Proof

	key    Key
	issuer sign.PublicKey
}

func show(r *web.Request, in Key, secrets account.Secrets) (d proofData, err error) {
	if d.issuer, err = secrets.Installation.Public(); err != nil {
		return d, err
	}
	d.key = in
	d.Proof, err = Read(r.Tx, r.User, in, d.issuer)
	return d, err
}

// Table is the figure's sources as CSV.
func (d proofData) Table() table.Table {
	t := table.Table{Name: "proof", Columns: []table.Column{{Name: "area"}, {Name: "area_name"}, {Name: "unit"}, {Name: "form"}, {Name: "period"},
		{Name: "state"}, {Name: "verified"}, {Name: "origin"}, {Name: "digest"}, {Name: "signers"}}}
	for _, s := range d.Sources {
		var signers []string
		for _, g := range s.Signatures {
			signers = append(signers, g.Person)
		}
		verified := map[bool]string{true: "true", false: "false"}[s.Verified]
		t.Rows = append(t.Rows, []string{s.Area.Code, s.Area.Name, s.Unit, s.Form, s.Period.String(), string(s.State), verified, s.Origin, s.Digest,
			strings.Join(signers, "、")})
	}
	return t
}

func (d proofData) title(ctx context.Context) string {
	v := d.value
	title := part.Name(ctx, v.Area.Name, v.Area.NameEN) + " · " + part.Name(ctx, v.Period.Label(v.Indicator.YearStart), v.Period.LabelEN(v.Indicator.YearStart))
	if v.Sex != quantity.SexTotal {
		title += " · " + part.T(ctx, quantity.SexWords(v.Sex))
	}
	return title
}

func (d proofData) url(format string) string {
	q := url.Values{"indicator": {d.key.Indicator}, "area": {d.key.Area}, "period": {d.key.Period}, "format": {format}}
	if d.key.Sex != "" {
		q.Set("sex", d.key.Sex)
	}
	return "/proof?" + q.Encode()
}

// figure is the number with the status that verification gave it.
func (d proofData) figure(ctx context.Context) part.FigureView {
	f := progress.Figure(ctx, d.value)
	f.ProofURL, f.Status, f.Large = "", string(d.Status), true
	return f
}

// formula writes the formula with names, or with the numbers that it took in.
func (d proofData) formula(ctx context.Context, numbers bool) string {
	f, err := indicator.ParseFormula(d.value.Version.Formula)
	if err != nil {
		return d.value.Version.Formula
	}
	return f.Words(func(o indicator.Operand) string {
		for _, p := range d.Parts {
			if p.of.Element.Code != o.Element || p.of.Last != o.Last {
				continue
			}
			name := part.Name(ctx, p.Name, p.NameEN)
			switch {
			case numbers && p.Total != "":
				return p.Total
			case o.Last:
				return part.T(ctx, "上期%s", name)
			}
			return name
		}
		return o.Element
	})
}

// bySex says whether any part is shown by sex.
func (d proofData) bySex() bool {
	for _, p := range d.Parts {
		if p.of.Element.BySex && p.of.Sex == quantity.SexTotal {
			return true
		}
	}
	return false
}

func (d proofData) partColumns(ctx context.Context) []part.Col {
	cols := []part.Col{{Label: part.T(ctx, "数据项")}, {Label: part.T(ctx, "期间")}}
	if d.bySex() {
		cols = append(cols, part.Col{Label: part.T(ctx, "男"), Numeric: true}, part.Col{Label: part.T(ctx, "女"), Numeric: true})
	}
	return append(cols, part.Col{Label: part.T(ctx, "合计"), Numeric: true}, part.Col{Label: part.T(ctx, "计量单位")}, part.Col{Label: part.T(ctx, "已报"), Numeric: true})
}

// signature is the signer's card, verified again.
func (d proofData) signatures(ctx context.Context, s Source) (views []part.SignatureView) {
	for i, g := range s.version.Signatures {
		role := part.T(ctx, "第一签字人")
		if i > 0 {
			role = part.T(ctx, "第二签字人")
		}
		views = append(views, g.View(ctx, role, s.version, d.issuer))
	}
	return views
}

// reported counts the sources that are in.
func (d proofData) reported() (n int) {
	for _, s := range d.Sources {
		if s.Reported {
			n++
		}
	}
	return n
}

func (s Source) stateWords() string {
	if !s.Reported && s.State == submission.Draft {
		return "缺报"
	}
	return s.State.Words()
}

type publishedInput struct {
	ID string `json:"id"`
}

// publishedData is a figure quoted from a public source.
type publishedData struct {
	Figure    indicator.Published `json:"figure"`
	Indicator indicator.Indicator `json:"indicator"`
	Area      network.Area        `json:"area"`
	Sex       string              `json:"sex"`
	Calibre   indicator.Calibre   `json:"calibre"`
	Status    progress.Status     `json:"status"`
	Origin    progress.Origin     `json:"origin"`
	Beside    progress.Shown      `json:"beside"` // what is known of the same figure: computed, or from other sources

	value progress.Value
	quote progress.Quoted
}

func published(r *web.Request, in publishedInput) (d publishedData, err error) {
	d.Status, d.Origin = progress.Unproven, progress.Published
	if d.Figure, err = indicator.PublishedByID(r.Tx, in.ID); err != nil {
		return d, err
	}
	if d.Indicator, err = indicator.ByID(r.Tx, d.Figure.IndicatorID); err != nil {
		return d, err
	}
	if d.Area, err = network.AreaByID(r.Tx, d.Figure.AreaID); err != nil {
		return d, err
	}
	if !r.User.SeesFigures(d.Area.Path) {
		return publishedData{}, errs.Missingf("没有这个数字的出处。请检查指标、区域、期间和性别。")
	}
	calibres, err := indicator.Calibres(r.Tx)
	if err != nil {
		return d, err
	}
	d.Calibre, d.Sex = calibres[d.Figure.CalibreID], quantity.SexCode(d.Figure.Sex)
	values, err := progress.Values(r.Tx, progress.Query{Indicators: []indicator.Indicator{d.Indicator}, Areas: []network.Area{d.Area},
		Periods: []period.Period{d.Figure.Period}, Sexes: []int{d.Figure.Sex}})
	if err != nil {
		return d, err
	}
	d.value = values[0]
	d.Beside = d.value.Shown()
	for _, q := range d.value.Published {
		if q.ID == d.Figure.ID {
			d.quote = q
		}
	}
	return d, nil
}

// others are the figures that other sources give for the same key.
func (d publishedData) others() (all []progress.Quoted) {
	for _, q := range d.value.Published {
		if q.ID != d.Figure.ID {
			all = append(all, q)
		}
	}
	return all
}

// precision says how exactly the source gives the figure.
func (d publishedData) precision(ctx context.Context) string {
	if words := d.Figure.Mark.Words(); words != "" {
		return part.T(ctx, "约数（%s），%d位小数", words, d.quote.Decimals)
	}
	return part.T(ctx, "%d位小数，按来源原样", d.quote.Decimals)
}
