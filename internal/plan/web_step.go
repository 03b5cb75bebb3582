package plan

// The form by which an office records a step of a plan's life, on the plan's own page.

import (
	"context"
	"slices"

	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type stepInput struct {
	Code        string `json:"code"`
	State       string `json:"state" enum:"research,draft,consultation,issued,closed" doc:"The stage."`
	Since       string `json:"since" doc:"A day, or a month or year if no more is known: 2018-11-24, 2018-11, 2018."`
	Note        string `json:"note" doc:"What is to be said of the stage."`
	SourceTitle string `json:"source_title" doc:"What says so."`
	SourceURL   string `json:"source_url" doc:"Where that stands."`
	Reason      string `json:"reason"`
	Was         string `json:"was" doc:"State in which the plan was read; refused if it has changed since."`
	Confirm     bool   `json:"confirm" doc:"The plan is to go on to the next state, which cannot be undone."`
}

func record(r *web.Request, in stepInput) (done web.Done[Plan], err error) {
	done.To, done.Flash = "/plans/"+in.Code, part.In(r.Lang, "阶段已登记。")
	done.Data, err = Record(r.Tx, r.User, Step{Plan: in.Code, State: in.State, Since: in.Since, Note: in.Note,
		SourceTitle: in.SourceTitle, SourceURL: in.SourceURL}, in.Was, in.Reason, in.Confirm)
	return done, err
}

// stepOptions are the states whose date can be recorded; the plan goes on to the last, if it is not closed.
func (d showData) stepOptions(ctx context.Context) (all []part.Option) {
	for _, state := range d.Plan.next() {
		label := part.T(ctx, statusWords(state))
		if slices.Index(States(), state) > slices.Index(States(), d.Plan.Status) {
			label = part.T(ctx, "%s（转入这一阶段）", label)
		}
		all = append(all, part.Option{Value: state, Label: label})
	}
	return all
}

// upNext is the stage that is most likely recorded next.
func (d showData) upNext() string {
	all := d.Plan.next()
	return all[len(all)-1]
}

// refused says whether the page shows the form again with what is wrong with it.
func refused(ctx context.Context) bool { return len(part.From(ctx).Fields) > 0 }
