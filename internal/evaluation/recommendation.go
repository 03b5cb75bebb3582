package evaluation

// What a round asks somebody able to act to do: aimed at findings, addressed, dated, discussed. Its addressee's leader
// answers; what is accepted becomes a matter.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/holiday"
	"yipanqi/internal/indicator"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Recommendation is one of a round.
type Recommendation struct {
	ID          string              `json:"id"`
	RoundID     string              `json:"round"`
	Number      int                 `json:"number"`
	Text        string              `json:"text"`
	Findings    []string            `json:"findings"`
	Indicator   string              `json:"indicator,omitempty"`
	Unit        string              `json:"addressee"`
	AreaPath    string              `json:"-"`
	What        string              `json:"what"`
	DueOn       string              `json:"by"`
	Criterion   string              `json:"criterion,omitempty"`
	DiscussedOn string              `json:"discussed_on"`
	State       RecommendationState `json:"state"`
	Reason      string              `json:"reason,omitempty"`
	AnswerBy    string              `json:"answer_by"`
	AnsweredOn  string              `json:"answered_on,omitempty"`
	AnsweredBy  string              `json:"answered_by,omitempty"`
	AnswererID  string              `json:"-"`
	Matter      string              `json:"matter,omitempty"`
	CreatedBy   string              `json:"-"`
	CreatedAt   time.Time           `json:"created_at"`
	Version     int64               `json:"version"`
	UpdatedBy   string              `json:"-"`
	UpdatedAt   time.Time           `json:"-"`
	round       Round
}

// Object is the recommendation's name in the journal.
func (c Recommendation) Object() string { return "recommendation/" + c.ID }

// URL is its page.
func (c Recommendation) URL() string { return "/recommendations/" + c.ID }

// RecommendationState is where one stands: made, or what its addressee said.
type RecommendationState string

const (
	Made      RecommendationState = "made"
	Accepted  RecommendationState = "accepted"
	Partly    RecommendationState = "partly"
	Rejected  RecommendationState = "rejected"
	TakenBack RecommendationState = "withdrawn"
	answered                      = "answered" // one of three
)

// Verbs of recommendations.
const (
	VerbRecommend = "recommendation.make"
	VerbRespond   = "recommendation.respond"
	VerbToMatter  = "recommendation.to_matter"
	VerbTakeBack  = "recommendation.withdraw"

	VerbAdviceMove = "recommendation.move"
)

const addressee = "addressee" // leads the unit that is to act

// adviceLife is the whole state table of a recommendation.
var adviceLife = flow.Table{Object: "recommendation", Words: adviceWords,
	Ends:   []string{string(Accepted), string(Partly), string(Rejected), string(TakenBack)},
	Either: map[string][]string{answered: {string(Accepted), string(Partly), string(Rejected)}},
	Steps: []flow.Step{
		// our proposal; elsewhere four weeks or two months
		flow.Line("", VerbRecommend, organiser, Made, flow.Rule{Within: calendar.Within(20, calendar.WorkDays)}),
		flow.Line(Made, VerbRespond, addressee, RecommendationState(answered), flow.Rule{Not: []string{VerbRecommend}}),
		flow.Line(Made, VerbTakeBack, organiser, TakenBack, reasoned),
		flow.Line(Accepted, VerbToMatter, organiser, Accepted),
		flow.Line(Partly, VerbToMatter, organiser, Partly),
		flow.Line(Made, VerbAdviceMove, flow.Program, Made),
		flow.Line(Accepted, VerbAdviceMove, flow.Program, Accepted),
		flow.Line(Partly, VerbAdviceMove, flow.Program, Partly),
	}}

var adviceWords = map[string]say.Key{
	string(Made): "待回应", string(Accepted): "接受", string(Partly): "部分接受", string(Rejected): "不接受",
	string(TakenBack): "已撤回",

	VerbRecommend: "提出评估建议", VerbRespond: "回应评估建议", VerbToMatter: "评估建议转为事项",
	VerbTakeBack: "撤回评估建议", VerbAdviceMove: "移交评估建议", flow.Program: "系统",

	organiser: "组织评估的妇儿工委办", addressee: "责任单位负责人",
}

// Words are the Chinese words for a state.
func (s RecommendationState) Words() say.Key { return adviceWords[string(s)] }

// criteria are the lenses of OECD DAC (2019), optional.
var criteria = []choice{{"relevance", "相关性"}, {"coherence", "一致性"}, {"effectiveness", "有效性"}, {"efficiency",
	"效率"},
	{"impact", "影响"}, {"sustainability", "可持续性"}}

var unseenAdvice = errs.Missingf("没有找到这条评估建议。它可能不存在，或者您没有查看权限。")

// ReadRecommendation returns one that by may see: who runs or oversees its round, and its addressee.
func ReadRecommendation(tx *db.Tx, by auth.User, id string) (Recommendation, error) {
	c, err := getRecommendation(tx, id)
	if err != nil {
		return c, err
	}
	if c.round, err = Get(tx, c.RoundID); err != nil {
		return c, err
	}
	if !c.round.owns(by) && !by.Sees(c.Unit, c.AreaPath) {
		return Recommendation{}, unseenAdvice
	}
	return c, nil
}

func (c Recommendation) plays(by auth.User, part string) (auth.Post, error) {
	if part == organiser {
		return c.round.plays(by, organiser)
	}
	for _, role := range []string{auth.Leader, auth.CommitteeChief} {
		if post, ok := by.PostFor(c.Unit, role); ok {
			return post, nil
		}
	}
	return auth.Post{}, errs.Deniedf("评估建议由责任单位的负责人回应。")
}

func (c Recommendation) as(by auth.User) flow.Case {
	return flow.Case{State: string(c.State), Plays: func(part string) (auth.Post, error) { return c.plays(by, part) },
		Did: []flow.Deed{{Verb: VerbRecommend, PersonID: c.CreatedBy}},
		Fits: func(st flow.Step) error {
			if st.Verb == VerbToMatter && c.Matter != "" {
				return errs.Conflictf("这条建议已经转为督办事项。")
			}
			return nil
		}}
}

// Recommend makes one for a running round.
func Recommend(tx *db.Tx, by auth.User, round string, c Recommendation) (Recommendation, error) {
	r, err := Read(tx, by, round)
	if err != nil {
		return c, err
	}
	c.round, c.RoundID, c.State = r, r.ID, ""
	st, _, err := adviceLife.Take(VerbRecommend, by, c.as(by))
	if err != nil {
		return c, err
	}
	if r.State != Running {
		return c, errs.Conflictf("评估不在进行中，不能再提建议。")
	}
	if err := c.known(tx); err != nil {
		return c, err
	}
	if err := c.only(tx); err != nil {
		return c, err
	}
	days, err := holiday.Table(tx)
	if err != nil {
		return c, err
	}
	due, err := st.Deadline(tx, days, tx.Now)
	if err != nil {
		return c, err
	}
	if c.Number, err = nextNumber(tx, r.ID); err != nil {
		return c, err
	}
	c.ID, c.State, c.AnswerBy = db.NewID(), RecommendationState(st.To), due.On
	c.CreatedBy, c.CreatedAt, c.Version, c.UpdatedBy, c.UpdatedAt = by.ID, tx.Now, 1, by.Name, tx.Now
	if err := insertRecommendation(tx, c); err != nil {
		return c, err
	}
	if err := c.findable(tx); err != nil {
		return c, err
	}
	return c, held.Log(tx, by, VerbRecommend, c.Object(), nil, c.row(), nil)
}

// known refuses what is not aimed, addressed, dated and discussed: what is asked of a recommendation on saving.
func (c *Recommendation) known(tx *db.Tx) error {
	wrong := errs.Fields{}
	c.Text, c.What = strings.TrimSpace(c.Text), strings.TrimSpace(c.What)
	c.Findings = slices.DeleteFunc(append([]string{}, c.Findings...), func(f string) bool {
		return strings.TrimSpace(f) == ""
	})
	if c.Text == "" || longer(c.Text, maxText) {
		wrong.Say("text", "请写建议，最多%d个字。", maxText)
	}
	switch tooLong := slices.IndexFunc(c.Findings, func(f string) bool { return longer(f, maxText) }); {
	case len(c.Findings) == 0:
		wrong.Say("findings", "请写针对的问题，一行一个，至少一个：建议要对着原因提。")
	case len(c.Findings) > maxFindings:
		wrong.Say("findings", "针对的问题最多%d个，现在有%d个。请合并，或分成几条建议。", maxFindings, len(c.Findings))
	case tooLong >= 0:
		wrong.Say("findings", "第%d个问题最多%d个字。", tooLong+1, maxText)
	}
	if c.What == "" || longer(c.What, maxTitle) {
		wrong.Say("what", "请写明做什么，最多%d个字。", maxTitle)
	}
	if !calendar.IsDay(c.DueOn) || c.DueOn < tx.Today() {
		wrong.Say("by", "请填什么时候做完，不早于今天。")
	}
	if !calendar.IsDay(c.DiscussedOn) || c.DiscussedOn > tx.Today() {
		wrong.Say("discussed_on", "请填和责任单位沟通的日期，不晚于今天：先沟通，再提出。")
	}
	if c.Criterion != "" && word(criteria, c.Criterion) == "" {
		wrong.Say("criterion", "没有“%s”这个选项。", c.Criterion)
	}
	if c.Indicator != "" {
		if _, err := indicator.ByCode(tx, c.Indicator); errs.KindOf(err) == errs.Missing {
			wrong.Say("indicator", "没有代码为“%s”的指标。请从列表里选。", c.Indicator)
		} else if err != nil {
			return err
		}
	}
	if c.Unit == "" {
		wrong.Say("addressee", "请选择责任单位：要有能办这件事的单位。")
	} else if why, err := c.round.reachable(tx, c.Unit); err != nil {
		return err
	} else if why.Key != "" {
		wrong["addressee"] = why
	} else if err := c.place(tx); err != nil {
		return err
	}
	return wrong.Check("没有提出：请先改正标出的地方。")
}

// only refuses one that was made already, sent again from a second tab.
func (c Recommendation) only(tx *db.Tx) error {
	all, err := RecommendationsOf(tx, c.RoundID)
	for _, o := range all {
		if o.State == Made && o.Unit == c.Unit && o.Text == c.Text && o.What == c.What {
			return errs.Conflictf("这条建议已经提出，是第%d条。", o.Number)
		}
	}
	return err
}

// place finds where the addressee is.
func (c *Recommendation) place(tx *db.Tx) error {
	unit, err := network.UnitByCode(tx, c.Unit)
	if err != nil {
		return err
	}
	area, err := network.AreaByID(tx, unit.AreaID)
	c.AreaPath = area.Path
	return err
}

// step takes a step with a recommendation.
func (c Recommendation) step(tx *db.Tx, by auth.User, version int64, verb string,
	change func(*Recommendation, flow.Step) (map[string]string, error)) (Recommendation, error) {
	st, _, err := adviceLife.Take(verb, by, c.as(by))
	if err != nil {
		return c, err
	}
	if c.Version != version {
		return c, errs.Conflictf("%s刚刚改过这条建议。请刷新页面，看过之后再办。", c.UpdatedBy)
	}
	before := c.row()
	detail, err := change(&c, st)
	if err != nil {
		return c, err
	}
	c.UpdatedBy, c.UpdatedAt = by.Name, tx.Now
	if err := updateRecommendation(tx, &c); err != nil {
		return c, err
	}
	if err := c.findable(tx); err != nil {
		return c, err
	}
	return c, held.Log(tx, by, verb, c.Object(), before, c.row(), detail)
}

// Respond is the addressee's word: accepted, partly or rejected, the last two with a reason.
func Respond(tx *db.Tx, by auth.User, id string, version int64, response, reason string) (Recommendation, error) {
	c, err := ReadRecommendation(tx, by, id)
	if err != nil {
		return c, err
	}
	return c.step(tx, by, version, VerbRespond, func(c *Recommendation, _ flow.Step) (map[string]string, error) {
		wrong := errs.Fields{}
		reason = strings.TrimSpace(reason)
		if !slices.Contains(adviceLife.Either[answered], response) {
			wrong.Say("response", "请选择接受、部分接受或不接受。")
		}
		if response != string(Accepted) && reason == "" {
			wrong.Say("reason", "部分接受和不接受都要写明理由。")
		}
		if longer(reason, maxText) {
			wrong.Say("reason", "理由最多%d个字。", maxText)
		}
		c.State, c.Reason = RecommendationState(response), reason
		c.AnsweredOn, c.AnsweredBy, c.AnswererID = tx.Today(), by.Name, by.ID
		return map[string]string{"response": response, "reason": reason},
			wrong.Check("没有回应：请先改正标出的地方。")
	})
}

// TakeBack withdraws one that nobody has answered.
func TakeBack(tx *db.Tx, by auth.User, id string, version int64, reason string) (Recommendation, error) {
	c, err := ReadRecommendation(tx, by, id)
	if err != nil {
		return c, err
	}
	return c.step(tx, by, version, VerbTakeBack, func(c *Recommendation, st flow.Step) (_ map[string]string,
		err error) {
		c.Reason, err = why(reason)
		c.State = RecommendationState(st.To)
		return map[string]string{"reason": c.Reason}, err
	})
}

// What a matter has of a recommendation that is longer; the rest stands in its source.
const (
	mostProblem = 3900
	mostAim     = 900
)

// ToMatter hands what was accepted out as a matter of its addressee.
func ToMatter(tx *db.Tx, by auth.User, id string, version int64) (Recommendation, error) {
	c, err := ReadRecommendation(tx, by, id)
	if err != nil {
		return c, err
	}
	return c.step(tx, by, version, VerbToMatter, func(c *Recommendation, _ flow.Step) (map[string]string, error) {
		d := matter.Draft{Title: say.Title(c.What, matter.MostTitle), Lead: c.Unit,
			Problem: say.Cut(strings.Join(c.Findings, "；"), mostProblem),
			Class:   matter.Phased, Urgency: matter.Normal, Aim: say.Cut(c.Text, mostAim), Indicator: c.Indicator,
			Sources: []matter.Source{{Kind: matter.Recommendation, Ref: c.Object(), On: tx.Today(),
				Quote: say.Cut(c.Text, mostAim)}},
			Items: []matter.Asked{{Unit: c.Unit, Text: c.What, Due: c.DueOn}}}
		if c.Indicator == "" {
			d.NoIndicator = "评估建议没有对应的指标"
		}
		m, err := matter.Raise(tx, by, d)
		c.Matter = m.ID
		return map[string]string{"matter": m.ID}, err
	})
}

// Lamp is how the answer stands.
func (c Recommendation) Lamp(today string) string {
	if c.State != Made {
		return flow.Green
	}
	return flow.Lamp(c.AnswerBy, today, flow.Near)
}

func (c Recommendation) findable(tx *db.Tx) error {
	if c.State == TakenBack {
		return find.Drop(tx, c.Object())
	}
	return find.Put(tx, find.Doc{Object: c.Object(), Title: c.What, Note: c.round.Title,
		Scope: find.Scope{Unit: c.Unit, Path: c.AreaPath}})
}
