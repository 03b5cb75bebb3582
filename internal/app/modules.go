package app

// The one place where modules are joined: a line of manifest and one of files each, and the shell that every page
// stands in.

import (
	"context"
	"io/fs"
	"net/http"
	"path/filepath"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/admin"
	"yipanqi/internal/asof"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/change"
	"yipanqi/internal/check"
	"yipanqi/internal/cycle"
	"yipanqi/internal/db"
	"yipanqi/internal/delegation"
	"yipanqi/internal/directory"
	"yipanqi/internal/edition"
	"yipanqi/internal/element"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/find"
	"yipanqi/internal/form"
	"yipanqi/internal/holiday"
	"yipanqi/internal/home"
	"yipanqi/internal/indicator"
	"yipanqi/internal/instruction"
	"yipanqi/internal/intake"
	"yipanqi/internal/issue"
	"yipanqi/internal/job"
	"yipanqi/internal/layer"
	"yipanqi/internal/letter"
	"yipanqi/internal/matter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
	"yipanqi/internal/opinion"
	"yipanqi/internal/panel"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/proof"
	"yipanqi/internal/record"
	"yipanqi/internal/rectification"
	"yipanqi/internal/report"
	"yipanqi/internal/request"
	"yipanqi/internal/revision"
	"yipanqi/internal/sample"
	"yipanqi/internal/say"
	"yipanqi/internal/score"
	"yipanqi/internal/submission"
	"yipanqi/internal/supervision"
	"yipanqi/internal/tag"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
	"yipanqi/registers"
)

// Files is where attachments are kept.
func (a *App) Files() blob.Store { return blob.Open(filepath.Join(a.Data, "files")) }

// modules has one line for each module. What can be found is offered in this order.
func (a *App) modules() module.List {
	files := a.Files()
	var all module.List // what asks for all modules finds them once all have said what they are
	about := func(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) { return all.About(tx, by, of) }
	all = module.List{
		network.Module(about),
		account.Module(a.Secrets, a.local, a.sampleRoles),
		holiday.Module(),
		change.Module(func() module.List { return all }),
		plan.Module(home.UnderGoals),
		{Name: "element", Files: element.Files()},
		form.Module(),
		layer.Module(),
		indicator.Module(),
		tag.Module(),
		progress.Module(about),
		delegation.Module(),
		submission.Module(a.Secrets, files, cites),
		proof.Module(a.Secrets),
		asof.Module(a.past()),
		letter.Module(a.Secrets, files, letter.Going{Sees: a.sees,
			Blocked: func(tx *db.Tx, about, unit string) error { return all.Blocks(tx, about, unit) },
			Issued: func(tx *db.Tx, by auth.User, about, letter string) error {
				return all.Issued(tx, by, about, letter)
			}}),
		engagement.Module(engagement.House{Sees: a.sees, Adds: a.adds, Causes: evaluation.Causes, Files: files,
			Exhibits: func() []module.Exhibit { return all.Exhibits() },
			Kinds:    func() []find.Kind { return all.Kinds() }, Around: about}),
		opinion.Module(a.sees, a.adds),
		request.Module(a.Secrets, func() []module.Load { return all.Loads() }),
		matter.Module(a.Secrets, files),
		panel.Module(panel.House{Sees: a.sees, Adds: a.adds, Least: evaluation.LeastExperts, Files: files}),
		score.Module(score.House{Sees: a.sees, Adds: a.adds, Asked: evaluation.Asked, Files: files}),
		instruction.Module(instruction.House{Sees: a.sees, About: about,
			Page: func(object string) string { return all.Page(object) }}),
		rectification.Module(),
		meeting.Module(about),
		cycle.Module(),
		issue.Module(a.sees, func() []find.Kind { return all.Kinds() }, places()),
		record.Module(about),
		supervision.Module(a.Secrets, files, evaluation.Visited),
		evaluation.Module(a.Secrets, about),
		directory.Module(),
		edition.Module(files),
		report.Module(a.Secrets),
		check.Module(files),
		revision.Module(),
		{Name: "job", Grants: job.Grants, Routes: func(m *web.Mux) { job.Routes(m, a.runner, a.remarks) },
			Nav: []module.Nav{{Label: "定时作业", Group: module.GroupAdmin, URL: "/jobs",
				Verb: "job.read", Order: 95}}},
		admin.Module(),
		{Name: "witness", Routes: a.witnessRoutes},
		{Name: "sample", Routes: sampleRoutes, Grants: sampleGrants, Files: sample.Files()},
	}
	all = append(all, a.Modules...)
	all = append(all, module.Module{Name: "city", Files: cityFiles(all.Flows())}, a.desk(all).Module(),
		module.Module{Name: "trail", Grants: trail.Grants,
			Routes: func(m *web.Mux) { trail.Routes(m, files, all.Places()) }, Verify: trail.VerifyAll})
	all = append(all, home.Module(files, func() module.List { return all }))
	return all
}

// cites are the reports and letters that take figures of an indicator.
func cites(tx *db.Tx, by auth.User, called func(zh, en string) string, code string) (all []submission.Citing,
	err error) {
	some, err := revision.Citing(tx, by, called, code)
	for _, one := range some {
		all = append(all, submission.Citing{Name: one.Name, URL: one.URL})
	}
	return all, err
}

// places are those that registers know, for researches into issues.
func places() issue.Places {
	return issue.Places{
		Sources: func(tx *db.Tx, _ auth.User) (all []issue.Source, err error) {
			placed, err := record.Placed(tx)
			for _, d := range placed {
				all = append(all, issue.Source{Code: d.Code, Name: d.Name})
			}
			return all, err
		},
		Of: func(tx *db.Tx, by auth.User, register, path string) (all []issue.Place, err error) {
			sites, err := record.Sites(tx, by, register, path)
			seen := map[string]bool{}
			for _, r := range sites {
				name := r.Title
				if seen[name] {
					name += "（" + r.Number + "）"
				}
				seen[r.Title] = true
				all = append(all, issue.Place{ID: r.ID, Name: name})
			}
			return all, err
		}}
}

// sees says whether the user may see an object: Missing if not, or if no module has such a thing.
func (a *App) sees(tx *db.Tx, by auth.User, object string) error { return a.all.Sees(tx, by, object) }

// adds says whether the user may add to an object, and so have others work on it: who keeps it, not who merely sees it.
func (a *App) adds(tx *db.Tx, by auth.User, object string) error {
	kind, id, _ := strings.Cut(object, "/")
	for _, place := range a.all.Places() {
		if place.Kind == kind {
			return place.Adds(tx, by, id)
		}
	}
	return errs.Missingf("没有找到这项内容。它可能已被删除，或者您没有查看权限。")
}

// List is all modules of the program.
func (a *App) List() module.List { return a.modules() }

func (a *App) routes(m *web.Mux) {
	a.all = a.modules()
	a.all.Routes(m)
	m.Finish(Version)
}

// Imports are the files that a folder to import may hold, as the modules declare them.
func Imports() []intake.File { return new(App).modules().Files() }

// Import brings a folder in, all or nothing; see package intake.
func (a *App) Import(ctx context.Context, folder fs.FS, progress intake.Progress) (intake.Report, error) {
	return intake.Import(ctx, a.DB, Imports(), folder, progress)
}

// LoadSample makes an empty installation a sample; see package sample.
func (a *App) LoadSample(ctx context.Context, folder fs.FS, progress intake.Progress) (intake.Report, error) {
	h, err := a.house()
	if err != nil {
		return intake.Report{}, err
	}
	report, err := sample.Load(ctx, a.DB, h, registers.Over(folder), progress)
	if err != nil {
		return report, err
	}
	// by the city's own clock, the morning of the day on which it stands: its people have an inbox from the start
	if err = a.Reload(ctx); err == nil && a.Clocked {
		err = a.BringJobs(ctx, notice.JobMorning)
	}
	return report, err
}

// house is the program around a sample.
func (a *App) house() (sample.House, error) {
	m, err := a.Mux()
	if err != nil {
		return sample.House{}, err
	}
	all := a.modules()
	return sample.House{Declared: all.Files(), Secrets: a.Secrets, Files: a.Files(), Door: m.Inside,
		Sign: all.Sign}, nil
}

// HouseOf is the program around a sample in a database that is open already, with its files in a folder: for tests of
// single modules.
func HouseOf(d *db.DB, secrets account.Secrets, data string) (sample.House, error) {
	a := &App{DB: d, Secrets: secrets}
	a.Data = data
	return a.house()
}

// SiteOf is the whole site over such a database, for tests that read pages as people do.
func SiteOf(d *db.DB, secrets account.Secrets, data string) (http.Handler, error) {
	a := &App{DB: d, Secrets: secrets}
	a.Data = data
	m, err := a.Mux()
	if err != nil {
		return nil, err
	}
	return m.Handler(), nil
}

// env fills the shell around a page: who is signed in, what they may open, and that this is a sample.
func (a *App) env(r *web.Request, e *part.Env) error {
	e.Sample, e.Nav, e.Search = a.Sample, nil, r.User.Can("search.read") // a refused form comes here twice
	if a.Clocked {
		e.Day = r.Tx.Today()
	}
	if !r.User.Known() {
		return nil
	}
	e.NextDay = a.Clocked && account.Loopback(r.Remote)
	e.User = &part.UserChip{Name: r.User.Name}
	if e.Lang == "en" && r.User.NameEN != "" {
		e.User.Name = r.User.NameEN
	}
	if len(r.User.Posts) > 0 {
		e.User.Unit = say.Name{ZH: r.User.Posts[0].UnitName, EN: r.User.Posts[0].UnitEN}.In(e.Lang)
	}
	for _, n := range a.all.Nav(r.User) {
		item := part.NavItem{Label: part.In(e.Lang, n.Label), URL: n.URL}
		if n.Group != "" {
			item.Group = part.In(e.Lang, n.Group)
		}
		if n.Count != nil {
			count, err := n.Count(r.Tx, r.User)
			if err != nil {
				return err
			}
			item.Count = count
		}
		e.Nav = append(e.Nav, item)
	}
	return nil
}
