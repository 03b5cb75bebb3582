package app

// What the program does by itself: its jobs, where their results leave to, and the command line's way to them.

import (
	"context"

	"yipanqi/internal/account"
	"yipanqi/internal/db"
	"yipanqi/internal/job"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
	"yipanqi/internal/record"
	"yipanqi/internal/say"
	"yipanqi/internal/setting"
)

// prepare makes the runner; serve and `yipanqi jobs` make it work.
func (a *App) prepare() (err error) {
	if a.outgoing, err = readOutgoing(a.Data); err != nil {
		return err
	}
	all := a.modules()
	jobs, notices := all.Jobs(), a.desk(all).Jobs()
	jobs.Every, jobs.After = append(jobs.Every, notices.Every...), append(jobs.After, notices.After...)
	jobs.Channels = a.outgoing.channels(a.DB)
	a.runner, err = job.NewRunner(a.DB, jobs)
	return err
}

// desk is who tells people what waits for them in all modules.
func (a *App) desk(all module.List) notice.Desk {
	return notice.Desk{Sources: all.Reminders(), Languages: account.Languages, Mail: a.outgoing.mail != nil,
		Chat: a.outgoing.chat != nil, BaseURL: a.BaseURL, City: city}
}

// city is what the installation calls itself.
func city(tx *db.Tx) (string, error) {
	name, err := setting.Get(tx, "name")
	if err == nil && name == "" {
		name = "一盘棋"
	}
	return name, err
}

// remarks are what the system administrator should know beside the jobs.
func (a *App) remarks(tx *db.Tx) (all []job.Remark, err error) {
	if a.outgoing.mail == nil {
		all = append(all, job.Remark{Words: say.New("还没有设置邮件服务器，提醒只在收件箱里。设置方法见 docs/mail.md。")})
	} else if n, err := network.Unreachable(tx); err != nil {
		return nil, err
	} else if n > 0 {
		all = append(all, job.Remark{URL: "/users?mail=none", Bad: true,
			Words: say.New("有%d位在岗人员没有邮箱地址：他们只在收件箱里看到提醒。", n)})
	}
	broken, err := record.Broken(tx)
	for _, p := range broken {
		all = append(all, job.Remark{URL: "/registers", Bad: true, Words: say.New("业务登记的定义要改：%s第%d行，%s",
			p.File, p.Line, p.Reason)})
	}
	return all, err
}

// Jobs says how all jobs stand.
func (a *App) Jobs(ctx context.Context) (o job.Overview, err error) {
	err = a.DB.View(ctx, func(tx *db.Tx) error {
		o, err = a.runner.Read(tx)
		return err
	})
	return o, err
}

// BringJobs makes jobs due now.
func (a *App) BringJobs(ctx context.Context, names ...string) error {
	if err := a.runner.Enter(ctx); err != nil || len(names) == 0 {
		return err
	}
	return a.DB.Update(ctx, func(tx *db.Tx) error {
		for _, name := range names {
			if err := a.runner.Bring(tx, name); err != nil {
				return err
			}
		}
		return nil
	})
}

// RunJobs does what is due.
func (a *App) RunJobs(ctx context.Context) (job.Overview, error) {
	if err := a.runner.Tick(ctx); err != nil {
		return job.Overview{}, err
	}
	return a.Jobs(ctx)
}
