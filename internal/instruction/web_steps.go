package instruction

// The steps on one instruction, as forms and programs send them.

import (
	"context"

	"yipanqi/internal/web"
)

type answerInput struct {
	ID      string   `json:"id"`
	Version int64    `json:"version"`
	On      string   `json:"on" doc:"Day that the instruction bears, 2024-03-15; by default today."`
	Kind    Kind     `json:"kind" doc:"circled, noted, act or report_back."`
	Text    string   `json:"text" doc:"The words as the leader wrote them."`
	Units   []string `json:"units" doc:"Codes of the units that are to do it, the leading one first."`
	Due     string   `json:"due" doc:"Day until which it is to be done, 2024-03-15."`
	Paper   string   `json:"paper" doc:"On behalf of a leader: where the paper is kept."`
}

// written is the input with the units that its groups stand for.
func (in answerInput) written(r *web.Request) (Written, error) {
	i, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return Written{}, err
	}
	from, err := groups(r.Tx, i.Unit)
	return Written{On: in.On, Text: in.Text, Kind: in.Kind, Units: choose(context.Background(), from).Codes(in.Units),
		DueOn: in.Due, Paper: in.Paper}, err
}

func answer(r *web.Request, in answerInput) (web.Done[taken], error) {
	w, err := in.written(r)
	if err != nil {
		return web.Done[taken]{}, err
	}
	i, err := Answer(r.Tx, r.User, in.ID, in.Version, w)
	return done(r, i, "批示已记下。"), err
}

func followUp(r *web.Request, in answerInput) (web.Done[taken], error) {
	w, err := in.written(r)
	if err != nil {
		return web.Done[taken]{}, err
	}
	i, err := Follow(r.Tx, r.User, in.ID, in.Version, w)
	return done(r, i, "新的批示已记下。"), err
}

type stepInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

func confirm(r *web.Request, in stepInput) (web.Done[taken], error) {
	i, err := Confirm(r.Tx, r.User, in.ID, in.Version)
	return done(r, i, "已确认是本人批示。"), err
}

func satisfy(r *web.Request, in stepInput) (web.Done[taken], error) {
	i, err := Satisfy(r.Tx, r.User, in.ID, in.Version)
	return done(r, i, "已过目，这件批示办结了。"), err
}

type paperInput struct {
	ID string `json:"id"`
}

func paper(r *web.Request, in paperInput) (web.File, error) {
	i, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.File{}, err
	}
	name, d, err := Paper(r.Tx, r.User, i)
	if err != nil {
		return web.File{}, err
	}
	return web.Word(r, name, d)
}

type reportInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Report  string `json:"report" doc:"What was done and what came of it."`
}

func report(r *web.Request, in reportInput) (web.Done[taken], error) {
	i, err := Report(r.Tx, r.User, in.ID, in.Version, in.Report)
	return done(r, i, "已报告领导过目。"), err
}

type withdrawInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

func withdraw(r *web.Request, in withdrawInput) (web.Done[taken], error) {
	i, err := Withdraw(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return done(r, i, "已撤回。"), err
}
