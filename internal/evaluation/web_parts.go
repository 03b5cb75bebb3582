package evaluation

// Who takes part in a round and how far each is: what the organiser's page counts and lists.

import (
	"context"

	"yipanqi/internal/network"
	"yipanqi/internal/request"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Part is how far a participant is.
type Part struct {
	Participant
	Name     string        `json:"name"`
	Answer   string        `json:"answer,omitempty"` // id
	State    request.State `json:"answer_state,omitempty"`
	Late     bool          `json:"late,omitempty"`
	Returns  int           `json:"returned,omitempty"`
	Sheet    SheetState    `json:"sheet_state,omitempty"`
	answer   request.Answer
	overdue  bool
	revisits []string // titles of other rounds that go out to the area in the same year
}

// Progress counts the parts.
type Progress struct {
	Asked    int `json:"asked"`
	Received int `json:"received"`
	Answered int `json:"answered"`
	OnTime   int `json:"on_time"`
	Returned int `json:"returned"`
	Accepted int `json:"accepted"`
	Signed   int `json:"sheets_signed"`
	All      int `json:"participants"`
}

// parts reads how far everybody is whom the reader may see.
func (d *showData) parts(r *web.Request) error {
	answers, asked, err := d.answers(r.Tx)
	if err != nil {
		return err
	}
	sheets, err := sheetStates(r.Tx, d.ID)
	if err != nil {
		return err
	}
	d.asked = asked
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, p := range d.Participants {
		a := answers[p.Unit]
		one := Part{Participant: p, Name: d.called(ctx, p), Answer: a.ID, State: a.State, Late: a.Late,
			Returns: a.Returns, Sheet: sheets[p.Unit], answer: a, overdue: a.ID != "" && a.Overdue(d.today)}
		if p.Area != "" && d.visits() {
			if one.revisits, err = d.revisits(r, p.Area); err != nil {
				return err
			}
		}
		d.Parts = append(d.Parts, one)
		d.Progress.count(one)
	}
	return nil
}

func (n *Progress) count(p Part) {
	n.All++
	if p.Sheet == SheetSigned {
		n.Signed++
	}
	if p.Answer == "" {
		return
	}
	n.Asked++
	if !p.answer.ReceivedAt.IsZero() {
		n.Received++
	}
	if !p.answer.FirstAt.IsZero() {
		if n.Answered++; !p.Late {
			n.OnTime++
		}
	}
	if p.Returns > 0 {
		n.Returned++
	}
	if p.State == request.Accepted {
		n.Accepted++
	}
}

// revisits are other rounds with visits to an area in the same year, as far as the reader sees them: in principle a
// department goes out once a year.
func (d *showData) revisits(r *web.Request, area string) (titles []string, err error) {
	mine, _ := d.stage(Visits)
	others, err := goingTo(r.Tx, area)
	for _, o := range others {
		v, has := o.stage(Visits)
		if o.ID != d.ID && has && o.visits() && v.From[:4] == mine.From[:4] && o.sees(r.User) {
			titles = append(titles, o.Title)
		}
	}
	return titles, err
}

// without says in short who has not answered and whose sheet is not signed.
func (d showData) without(ctx context.Context) (answers, sheets []string) {
	for _, p := range d.Parts {
		if p.Answer != "" && p.State.Owed() {
			answers = append(answers, p.Name)
		}
		if p.Sheet != SheetSigned {
			sheets = append(sheets, p.Name)
		}
	}
	return answers, sheets
}

// words of a part: on time, late, returned.
func (p Part) notes(ctx context.Context) (said []string) {
	if p.overdue {
		said = append(said, part.T(ctx, "逾期未答"))
	}
	if p.Late {
		said = append(said, part.T(ctx, "迟交"))
	}
	if p.Returns > 0 {
		said = append(said, part.T(ctx, "退回%d次", p.Returns))
	}
	return said
}

// tone is the look of a part's answer.
func (p Part) tone() string {
	switch {
	case p.overdue:
		return "part-late"
	case p.State == request.Accepted:
		return "part-done"
	case p.State.Done():
		return "part-in"
	}
	return "part-open"
}

func (n Progress) inShort() say.Words {
	if n.Asked == 0 {
		return say.New("自评还没有布置")
	}
	return say.New("应答%d，已答%d（按时%d，退回过%d），审核通过%d；数据表双签字%d/%d", n.Asked, n.Answered, n.OnTime, n.Returned,
		n.Accepted, n.Signed, n.All)
}

// areaNames are what areas are called.
func areaNames(r *web.Request, codes []string) (map[string]network.Area, error) {
	by := map[string]network.Area{}
	for _, code := range codes {
		a, err := network.AreaByCode(r.Tx, code, "")
		if err != nil {
			return nil, err
		}
		by[code] = a
	}
	return by, nil
}

// someOf are names, or that there is nobody.
func someOf(ctx context.Context, names []string) string {
	const most = 8
	switch {
	case len(names) == 0:
		return part.T(ctx, "没有")
	case len(names) > most:
		return part.T(ctx, "%s等%d个", part.Join(ctx, names[:most]), len(names))
	}
	return part.Join(ctx, names)
}

// selfEnds is the last day of the stage of self-evaluation.
func (d showData) selfEnds() string {
	s, _ := d.stage(Self)
	return s.Until
}

// addressees are the units that a recommendation can be to.
func (d showData) addressees(ctx context.Context) []part.Option {
	all := []part.Option{{Label: part.T(ctx, "请选择")}}
	for _, p := range d.Participants {
		all = append(all, part.Option{Value: p.Unit, Label: d.unit(ctx, p.Unit)})
	}
	return all
}

// optional are choices that need not be taken.
func optional(ctx context.Context, all []choice) []part.Option {
	return append([]part.Option{{Label: part.T(ctx, "不选")}}, options(ctx, all)...)
}

// answeredWords count what the addressees said.
func (d showData) answeredWords(ctx context.Context) string {
	n := map[RecommendationState]int{}
	matters := 0
	for _, c := range d.Advice {
		if n[c.State]++; c.Matter != "" {
			matters++
		}
	}
	return part.T(ctx, "%d条：接受%d，部分接受%d，不接受%d，待回应%d；转为督办事项%d", len(d.Advice)-n[TakenBack], n[Accepted],
		n[Partly], n[Rejected], n[Made], matters)
}
