package evaluation

// All rounds with how far each is, for the command line.

import (
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/opinion"
)

// Listed are all rounds.
type Listed struct {
	Rounds []Summary `json:"rounds"`
	Total  int       `json:"total"`
}

// Summary is a round in numbers.
type Summary struct {
	ID              string                      `json:"id"`
	Title           string                      `json:"title"`
	Kind            string                      `json:"kind"`
	Organiser       string                      `json:"organiser"`
	From            string                      `json:"from"`
	Until           string                      `json:"until"`
	CutoffOn        string                      `json:"cutoff_on"`
	State           State                       `json:"state"`
	Stages          int                         `json:"stages"`
	StagesDone      int                         `json:"stages_done"`
	Participants    int                         `json:"participants"`
	Answered        int                         `json:"answered"`
	OnTime          int                         `json:"on_time"`
	Returned        int                         `json:"returned"`
	SheetsSigned    int                         `json:"sheets_signed"`
	Differences     int                         `json:"differences"`
	Opinions        opinion.Adoption            `json:"opinions"`
	Recommendations map[RecommendationState]int `json:"recommendations"`
}

// All are all rounds, whoever asks: the command line is the installation's own.
func All(tx *db.Tx) (all Listed, err error) {
	rounds, err := every(tx)
	all.Rounds = []Summary{}
	for _, r := range rounds {
		if err != nil {
			return all, err
		}
		var s Summary
		s, err = r.summary(tx)
		all.Rounds = append(all.Rounds, s)
	}
	all.Total = len(all.Rounds)
	return all, err
}

func (r Round) summary(tx *db.Tx) (s Summary, err error) {
	s = Summary{ID: r.ID, Title: r.Title, Kind: r.Kind, Organiser: r.Unit, From: r.From, Until: r.Until,
		CutoffOn: r.CutoffOn, State: r.State, Stages: len(r.Stages), Participants: len(r.Participants),
		Recommendations: map[RecommendationState]int{}}
	for _, one := range r.Stages {
		if one.over() {
			s.StagesDone++
		}
	}
	answers, _, err := r.answers(tx)
	if err != nil {
		return s, err
	}
	sheets, err := sheetStates(tx, r.ID)
	if err != nil {
		return s, err
	}
	var n Progress
	for _, p := range r.Participants {
		a := answers[p.Unit]
		n.count(Part{Participant: p, Answer: a.ID, State: a.State, Late: a.Late, Returns: a.Returns,
			Sheet: sheets[p.Unit], answer: a})
	}
	s.Answered, s.OnTime, s.Returned, s.SheetsSigned = n.Answered, n.OnTime, n.Returned, n.Signed
	apart, err := r.Differences(tx)
	if err != nil {
		return s, err
	}
	s.Differences = len(apart)
	if s.Opinions, err = r.remarks(tx); err != nil {
		return s, err
	}
	advice, err := RecommendationsOf(tx, r.ID)
	for _, c := range advice {
		s.Recommendations[c.State]++
	}
	return s, err
}

// texts are those that the organiser has laid open about the round; what experts write each for themselves is not read
// or counted yet.
func (r Round) texts(tx *db.Tx) ([]opinion.Text, error) {
	all, err := opinion.Of(tx, r.Object())
	return slices.DeleteFunc(all, func(t opinion.Text) bool { return t.Unit != r.Unit || t.Blind(tx.Today()) }), err
}

// remarks counts those on the round's texts.
func (r Round) remarks(tx *db.Tx) (opinion.Adoption, error) {
	texts, err := r.texts(tx)
	var all []opinion.Opinion
	for _, t := range texts {
		if err != nil {
			break
		}
		var some []opinion.Opinion
		some, err = opinion.On(tx, t.ID)
		all = append(all, some...)
	}
	return opinion.Count(all), err
}
