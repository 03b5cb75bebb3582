package evaluation

// Recommendations: the list, the page of one, the form to make one, and the report that they go into.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/list"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func itoa(n int) string { return strconv.Itoa(n) }

type adviceListInput struct {
	State string `json:"state" enum:"made,accepted,partly,rejected,withdrawn" doc:"State of a recommendation."`
	Round string `json:"round" doc:"Identifier of a round."`
	Unit  string `json:"unit" doc:"Code of the addressee."`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type adviceListData struct {
	Items []AdviceListing `json:"recommendations"`
	list.Shown[AdviceListing]
}

// AdviceListing is a line of the list.
type AdviceListing struct {
	ID         string              `json:"id"`
	Round      string              `json:"round"`
	RoundTitle string              `json:"round_title"`
	Number     int                 `json:"number"`
	What       string              `json:"what"`
	Unit       string              `json:"addressee"`
	DueOn      string              `json:"by"`
	State      RecommendationState `json:"state"`
	AnswerBy   string              `json:"answer_by"`
	Matter     string              `json:"matter,omitempty"`
	Lamp       string              `json:"lamp"`

	name, nameEN string
}

var adviceList = list.List[AdviceListing]{Path: "/recommendations", File: "recommendations", Title: "评估建议",
	First: "-due", Size: 50, Intro: say.New("对着问题提，写明谁、做什么、何时；由责任单位负责人回应。"),
	Empty: list.Empty{Title: "没有评估建议", Next: "在进行中的评估里提出的建议会列在这里。", Label: "评估",
		URL: "/rounds"},
	Columns: []list.Column[AdviceListing]{
		{Name: "what", Label: "做什么", URL: func(l AdviceListing) string { return "/recommendations/" + l.ID },
			Text: func(_ context.Context, l AdviceListing) string { return l.What }},
		{Name: "round", Label: "评估", Text: func(_ context.Context, l AdviceListing) string {
			return l.RoundTitle + " " + itoa(l.Number)
		}},
		{Name: "unit", Label: "责任单位",
			Text: func(ctx context.Context, l AdviceListing) string { return part.Name(ctx, l.name, l.nameEN) }},
		{Name: "due", Label: "何时", Newest: true,
			Text: func(_ context.Context, l AdviceListing) string { return l.DueOn }},
		{Name: "state", Label: "回应",
			Text: func(ctx context.Context, l AdviceListing) string { return part.T(ctx, l.State.Words()) }},
		{Name: "answer", Label: "回应期限",
			Text: func(_ context.Context, l AdviceListing) string { return l.AnswerBy }},
		{Name: "matter", Label: "督办事项", URL: func(l AdviceListing) string {
			if l.Matter == "" {
				return ""
			}
			return "/matters/" + l.Matter
		}, Text: func(ctx context.Context, l AdviceListing) string {
			if l.Matter == "" {
				return ""
			}
			return part.T(ctx, "已转为事项")
		}},
	}}

func listAdvice(r *web.Request, in adviceListInput) (d adviceListData, err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	states := list.Filter{Name: "state", Label: "回应", Value: in.State}
	for _, s := range []RecommendationState{Made, Accepted, Partly, Rejected, TakenBack} {
		states.Options = append(states.Options, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	if in.Round != "" {
		if _, err := Read(r.Tx, r.User, in.Round); err != nil {
			return d, errs.In("round", err)
		}
	}
	if in.Unit != "" {
		if _, err := network.SeenUnit(r.Tx, r.User, in.Unit); err != nil {
			return d, errs.In("unit", err)
		}
	}
	d.Items, d.Shown, err = adviceList.Read(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{states, {Name: "round", Value: in.Round, Hidden: true},
			{Name: "unit", Value: in.Unit, Hidden: true}}}, adviceSource(r.User, r.Tx.Today(), in))
	return d, err
}

// adviceData is a recommendation for its reader.
type adviceData struct {
	Recommendation Recommendation `json:"recommendation"`
	RoundTitle     string         `json:"round_title"`
	Actions        []string       `json:"actions"`
	Trail          trail.Data     `json:"trail"`
	unit           network.Unit
	matter         string
	indicator      indicator.Indicator
	roundSeen      bool
	today          string
}

func showAdvice(r *web.Request, in idInput) (d adviceData, err error) {
	c, err := ReadRecommendation(r.Tx, r.User, in.ID)
	if err != nil {
		return d, err
	}
	d.Recommendation, d.RoundTitle, d.Actions, d.today = c, c.round.Title, []string{}, r.Tx.Today()
	d.roundSeen = c.round.sees(r.User)
	for _, st := range adviceLife.Open(r.User, c.as(r.User)) {
		d.Actions = append(d.Actions, st.Verb)
	}
	if d.unit, err = network.UnitByCode(r.Tx, c.Unit); err != nil {
		return d, err
	}
	if c.Indicator != "" {
		if d.indicator, err = indicator.ByCode(r.Tx, c.Indicator); err != nil {
			return d, err
		}
	}
	if c.Matter != "" {
		if m, err := matter.Read(r.Tx, r.User, c.Matter); err == nil {
			d.matter = m.Called()
		}
	}
	d.Trail, err = trail.Read(r.Tx, r.User, AdviceTrail(), c.ID)
	return d, err
}

func (d adviceData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

func (d adviceData) hidden() []part.Option {
	return []part.Option{{Value: "version", Label: strconv.FormatInt(d.Recommendation.Version, 10)}}
}

// responses are what an addressee may say.
func responses(ctx context.Context) (all []part.Option) {
	for _, s := range adviceLife.Either[answered] {
		all = append(all, part.Option{Value: s, Label: part.T(ctx, RecommendationState(s).Words())})
	}
	return all
}

// recommendInput is a recommendation as typed.
type recommendInput struct {
	ID          string `json:"id"`
	Text        string `json:"text" doc:"What is recommended."`
	Findings    string `json:"findings" doc:"What it is aimed at, one a line: words, or finding/ID."`
	Indicator   string `json:"indicator"`
	Addressee   string `json:"addressee" doc:"Code of the unit that can act."`
	What        string `json:"what" doc:"What is to be done."`
	By          string `json:"by" doc:"The last day, 2024-06-30."`
	Criterion   string `json:"criterion" enum:"relevance,coherence,effectiveness,efficiency,impact,sustainability" doc:"Lens of OECD, optional."`
	DiscussedOn string `json:"discussed_on" doc:"Day on which it was talked over with the addressee."`
}

// advised tells a program where a recommendation stands.
type advised struct {
	ID      string              `json:"id"`
	Number  int                 `json:"number"`
	State   RecommendationState `json:"state"`
	Version int64               `json:"version"`
	Matter  string              `json:"matter,omitempty"`
}

func doneAdvice(r *web.Request, c Recommendation, to string, flash say.Key) web.Done[advised] {
	return web.Done[advised]{To: to, Flash: part.In(r.Lang, flash),
		Data: advised{c.ID, c.Number, c.State, c.Version, c.Matter}}
}

func recommend(r *web.Request, in recommendInput) (web.Done[advised], error) {
	var findings []string
	for line := range strings.SplitSeq(in.Findings, "\n") {
		findings = append(findings, strings.TrimSpace(line))
	}
	c, err := Recommend(r.Tx, r.User, in.ID, Recommendation{Text: in.Text, Findings: findings, Indicator: in.Indicator,
		Unit: in.Addressee, What: in.What, DueOn: in.By, Criterion: in.Criterion, DiscussedOn: in.DiscussedOn})
	return doneAdvice(r, c, "/rounds/"+in.ID+"#recommendations", "建议已提出，责任单位可以回应了。"), err
}

type respondInput struct {
	ID       string `json:"id"`
	Version  int64  `json:"version"`
	Response string `json:"response" enum:"accepted,partly,rejected" doc:"What the addressee says."`
	Reason   string `json:"reason"`
}

func respond(r *web.Request, in respondInput) (web.Done[advised], error) {
	c, err := Respond(r.Tx, r.User, in.ID, in.Version, in.Response, in.Reason)
	return doneAdvice(r, c, c.URL(), "已回应。"), err
}

func takeBack(r *web.Request, in reasonInput) (web.Done[advised], error) {
	c, err := TakeBack(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return doneAdvice(r, c, c.URL(), "已撤回。"), err
}

func toMatter(r *web.Request, in versionInput) (web.Done[advised], error) {
	c, err := ToMatter(r.Tx, r.User, in.ID, in.Version)
	return doneAdvice(r, c, c.URL(), "已转为督办事项。"), err
}

func reportLetter(r *web.Request, in idInput) (web.Done[drafted], error) {
	l, err := DraftReport(r.Tx, r.User, in.ID)
	return web.Done[drafted]{To: l.URL(), Flash: part.In(r.Lang,
		"评估报告已起草：数据都是引用。请核对后送核稿、签发。"), Data: drafted{l.ID, l.Version}}, err
}
