package proof

// Routes of proofs and of published figures, and a proof as a table.

import (
	"context"
	"net/url"
	"strconv"

	"yipanqi/internal/account"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes registers the module's pages.
func Routes(m *web.Mux, secrets account.Secrets) {
	kept := &shelf{}
	web.View(m, "GET /proof 看一个数由哪些签字报表算出", "proof.read",
		func(r *web.Request, in showInput) (proofData, error) {
			return show(r, in, secrets, kept)
		}, proofPage, web.AsOf)
	web.View(m, "GET /published/{id} 看一个已公布的数和它的出处", "proof.read", published, publishedPage, web.AsOf)
}

// proofData is a proof with the key that leads to it.
type proofData struct {
	Proof

	key    Key
	page   int
	issuer sign.PublicKey
}

type showInput struct {
	Indicator string `json:"indicator"`
	Area      string `json:"area"`
	Period    string `json:"period"`
	Sex       string `json:"sex"`
	Category  string `json:"category"`
	Page      int    `json:"page" doc:"Page of the sources, from 1; programs get all of them at once."`
}

// sourcesOfAPage is how many sources a page shows; all are verified, whichever page it is.
const sourcesOfAPage = 100

// shown are the sources of this page.
func (d proofData) shown() []Source {
	from := (d.page - 1) * sourcesOfAPage
	return d.Sources[from:min(from+sourcesOfAPage, len(d.Sources))]
}

func (d proofData) pager() part.PagerView {
	return part.PagerView{Page: d.page, Pages: d.pages(), Total: len(d.Sources),
		URL: func(page int) string { return d.url("page", strconv.Itoa(page)) + "#sources" }}
}

func (d proofData) pages() int {
	return max(1, (len(d.Sources)+sourcesOfAPage-1)/sourcesOfAPage)
}

func show(r *web.Request, in showInput, secrets account.Secrets, kept *shelf) (d proofData, err error) {
	if d.issuer, err = secrets.Installation.Public(); err != nil {
		return d, err
	}
	d.key = Key{in.Indicator, in.Area, in.Period, in.Sex, in.Category}
	d.Proof, err = kept.read(r, d.key, d.issuer)
	d.page = min(max(in.Page, 1), d.pages())
	return d, err
}

// Table is the figure's sources as CSV, each with what it put into the parts of the formula; the last line has the
// sums.
func (d proofData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "proof", Columns: []table.Column{
		{Name: "地区代码"}, {Name: "地区"}, {Name: "单位"}, {Name: "报表代码"}, {Name: "期间"},
		{Name: "状态", Words: true}, {Name: "状态代码"}, {Name: "双签字", Words: true},
		{Name: "签名有效", Words: true}, {Name: "来源性质", Words: true}, {Name: "来源性质代码"}, {Name: "摘要"},
		{Name: "签字人"}}}
	for _, p := range d.Parts {
		t.Columns = append(t.Columns, table.Column{Name: say.Key(p.column()), Number: true})
	}
	yes := map[bool]string{true: "是", false: "否"}
	for _, s := range d.Sources {
		var signers []string
		for _, g := range s.Signatures {
			signers = append(signers, g.Person)
		}
		row := []string{s.Area.Code, part.Name(ctx, s.Area.Name, s.Area.NameEN),
			part.Name(ctx, s.Unit, s.UnitEN), s.Form, s.Period.String(), string(s.State.Words()), string(s.State),
			s.signedWord(), yes[s.Verified], string(part.OriginWord(s.Origin)), s.Origin, s.Digest,
			part.Join(ctx, signers)}
		for _, p := range d.Parts {
			if a := p.at(s.Area.Code); s.Reported && a.version == s.version.ID {
				row = append(row, a.Mark+a.Value)
			} else {
				row = append(row, "")
			}
		}
		t.Rows = append(t.Rows, row)
	}
	if len(d.Parts) > 0 {
		row := []string{d.value.Area.Code, part.Name(ctx, d.value.Area.Name, d.value.Area.NameEN), "", "",
			d.value.Period.String(), "合计", "sum",
			"", "", string(d.value.Origin.Words()), string(d.value.Origin), "", ""}
		for _, p := range d.Parts {
			row = append(row, p.Total)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// url is this proof with another choice of the reader's: a format, a page.
func (d proofData) url(choice, value string) string {
	q := url.Values{"indicator": {d.key.Indicator}, "area": {d.key.Area}, "period": {d.key.Period}, choice: {value}}
	if d.key.Sex != "" {
		q.Set("sex", d.key.Sex)
	}
	if d.key.Category != "" {
		q.Set("category", d.key.Category)
	}
	return "/proof?" + q.Encode()
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
	Calibre   element.Calibre     `json:"calibre"`
	Status    progress.Status     `json:"status"`
	Origin    progress.Origin     `json:"origin"`
	Beside    progress.Shown      `json:"beside"` // what is known of the same figure: computed, or from other sources

	value      progress.Value
	quote      progress.Quoted
	mayCorrect bool
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
		return publishedData{}, errs.Missingf("没有这个数字的出处。请检查指标、地区、期间和性别。")
	}
	d.mayCorrect = !r.Tx.Past() && indicator.MayCorrect(r.User, d.Area.Path)
	calibres, err := element.Calibres(r.Tx)
	if err != nil {
		return d, err
	}
	d.Calibre, d.Sex = calibres[d.Figure.CalibreID], quantity.SexCode(d.Figure.Sex)
	if d.value, err = valueOf(r.Tx, d.Indicator, d.Area, d.Figure.Period, d.Figure.Sex,
		element.Category{}); err != nil {
		return d, err
	}
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
