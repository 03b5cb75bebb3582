package app

// The one place where modules are joined: a line of routes and one of files each, and the shell that every page stands
// in.

import (
	"context"
	"io/fs"
	"path/filepath"
	"slices"

	"yipanqi/internal/account"
	"yipanqi/internal/blob"
	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/holiday"
	"yipanqi/internal/home"
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
	"yipanqi/internal/job"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/proof"
	"yipanqi/internal/report"
	"yipanqi/internal/sample"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Files is where attachments are kept.
func (a *App) Files() blob.Store { return blob.Open(filepath.Join(a.Data, "files")) }

// routes has one line for each module.
func (a *App) routes(m *web.Mux) {
	account.Routes(m, a.Secrets, a.local, a.sampleRoles)
	holiday.Routes(m)
	plan.Routes(m, home.UnderGoals)
	indicator.Routes(m)
	form.Routes(m)
	progress.Routes(m)
	files := a.Files()
	submission.Routes(m, a.Secrets, files)
	proof.Routes(m, a.Secrets)
	report.Routes(m, a.Secrets)
	check.Routes(m, files)
	trail.Routes(m, files, []trail.Place{submission.Trail(), report.Trail(), check.Trail()})
	home.Routes(m, files, kinds())
	a.desk.Routes(m)
	job.Routes(m, a.runner, a.remarks)
	journalRoutes(m)
	a.witnessRoutes(m)
	sampleRoutes(m)
	m.Finish(Version)
}

// Imports are the files that a folder to import may hold, a line for each module.
func Imports() []intake.File {
	return slices.Concat(
		cityFiles(),
		network.Files(),
		account.Files(),
		holiday.Files(),
		plan.Files(),
		element.Files(),
		form.Files(),
		indicator.Files(),
		check.Files(),
		submission.Files(),
		notice.Files(),
		report.Files(),
		sample.Files(),
	)
}

// Import brings a folder in, all or nothing; see package intake.
func (a *App) Import(ctx context.Context, folder fs.FS, progress intake.Progress) (intake.Report, error) {
	return intake.Import(ctx, a.DB, Imports(), folder, progress)
}

// LoadSample makes an empty installation a sample; see package sample.
func (a *App) LoadSample(ctx context.Context, folder fs.FS, progress intake.Progress) (intake.Report, error) {
	return sample.Load(ctx, a.DB, Imports(), a.Secrets, a.Files(), folder, progress)
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
	t := func(zh say.Key) string { return part.In(e.Lang, zh) }
	e.User = &part.UserChip{Name: r.User.Name}
	if e.Lang == "en" && r.User.NameEN != "" {
		e.User.Name = r.User.NameEN
	}
	if len(r.User.Posts) > 0 {
		e.User.Unit = r.User.Posts[0].UnitName
	}
	waiting, err := a.waiting(r.Tx, r)
	if err != nil {
		return err
	}
	unread, err := a.desk.Unread(r.Tx, r.User)
	if err != nil {
		return err
	}
	for _, item := range []struct {
		verb string
		part.NavItem
	}{
		{"board.read", part.NavItem{Label: t("总览"), URL: "/board"}},
		{"submission.read", part.NavItem{Label: t("待办"), URL: "/todo", Count: waiting}},
		{"notice.read", part.NavItem{Label: t("收件箱"), URL: "/inbox", Count: unread}},
		{"submission.read", part.NavItem{Label: t("报表"), URL: "/submissions"}},
		{"plan.read", part.NavItem{Label: t("规划"), URL: "/plans"}},
		{"indicator.read", part.NavItem{Label: t("指标"), URL: "/indicators"}},
		{"unit.read", part.NavItem{Label: t("单位"), URL: "/units"}},
		{"report.read", part.NavItem{Label: t("报告"), URL: "/reports/annual"}},
		{"check.read", part.NavItem{Label: t("核对"), URL: "/checks"}},
		{"account.read", part.NavItem{Label: t("人员与账号"), URL: "/users"}},
		{"job.read", part.NavItem{Label: t("定时作业"), URL: "/jobs"}},
		{"role.read", part.NavItem{Label: t("权限与密钥"), URL: "/security"}},
		{"journal.read", part.NavItem{Label: t("存证日志"), URL: "/journal"}},
	} {
		if r.User.Can(item.verb) {
			e.Nav = append(e.Nav, item.NavItem)
		}
	}
	return nil
}

// waiting is how many things wait for the user.
func (a *App) waiting(tx *db.Tx, r *web.Request) (int, error) {
	if !r.User.Can("submission.read") {
		return 0, nil
	}
	return submission.Waiting(tx, r.User)
}
