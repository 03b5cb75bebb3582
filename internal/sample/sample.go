// Package sample plays a city through by its made-up people: accounts, keys, signatures, acceptance, by the ordinary
// actions. Only an empty installation can become a sample, for ever. What the city's files mean is for the modules.
package sample

import (
	"context"
	"io/fs"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/intake"
	"yipanqi/internal/setting"
	"yipanqi/internal/submission"
)

// What all sample accounts share. Everybody knows them; such accounts sign in from this machine only.
const (
	Password = "yipanqi-demo"
	Phrase   = "yipanqi-sign"
)

// dueAfter is how many days after loading the sample's forms fall due: nothing in it is late.
const dueAfter = 30

// Files are known to every import; one that makes no sample leaves them alone.
func Files() []intake.File {
	return []intake.File{{Path: scriptFile}, {Path: actFiles, Columns: actColumns,
		Title: "演示城市的经过", Help: "一行一步，只在装入演示数据时照做，普通导入不读",
		Row: func(*intake.Run, *intake.Row) (bool, error) { return false, nil }}}
}

// House is the program around a sample: what it may hold, its keys and files, and the doors that its people's acts and
// signatures go through.
type House struct {
	Declared []intake.File
	Secrets  account.Secrets
	Files    blob.Store
	Door     Door
	Sign     Signer
}

// loading is a sample while it comes in.
type loading struct {
	*intake.Run
	progress intake.Progress
}

// Load imports a folder into an empty installation, which is a sample for ever after. It makes the people of demo.yaml
// with accounts and keys; they sign and accept every form that came filled in, by the ordinary actions, and find
// workbooks with the numbers of those left to the user.
func Load(ctx context.Context, d *db.DB, h House, folder fs.FS, progress intake.Progress) (intake.Report, error) {
	in, err := intake.Read(h.Declared, folder)
	if err != nil {
		return intake.Report{}, err
	}
	script, err := readDemo(folder)
	if err != nil {
		return intake.Report{}, err
	}
	var report intake.Report
	err = d.UpdateAlone(ctx, func(tx *db.Tx) error {
		day, err := mark(tx, script)
		if err != nil {
			return err
		}
		l := &loading{in.Begin(tx, progress), progress}
		if report, err = l.live(script, h, day); err != nil {
			return err
		}
		return handOut(tx, script.Handouts, h.Files, folder)
	})
	return report, err
}

// live imports the files and has the sample's people do what they did until day. A sample with a clock of its own is
// told in order of time: each period is opened when it is over.
func (l *loading) live(script demo, h House, day time.Time) (intake.Report, error) {
	now := func(f intake.File) bool { return script.Day == "" || !byPeriod(f) && !f.Last }
	if err := l.Apply(now, nil); err != nil {
		return intake.Report{}, err
	}
	if err := l.Mistakes(); err != nil {
		return intake.Report{}, err
	}
	actors, err := l.cast(script, h.Secrets)
	if err != nil {
		return intake.Report{}, err
	}
	p, err := newPlayer(l, script, actors, h, day)
	if err != nil {
		return intake.Report{}, err
	}
	if err := p.play(); err != nil {
		return intake.Report{}, err
	}
	l.Tx.Now = day
	if err := l.Apply(func(f intake.File) bool { return script.Day != "" && f.Last }, nil); err != nil {
		return intake.Report{}, err
	}
	if err := l.Mistakes(); err != nil {
		return intake.Report{}, err
	}
	if err := p.finish(); err != nil {
		return intake.Report{}, err
	}
	return l.Finish()
}

// byPeriod says whether the rows of a file belong to a period each.
func byPeriod(f intake.File) bool {
	return f.Path == submission.CalendarFile || f.Path == submission.AnswerFiles
}

// mark makes the empty installation a sample. It returns the instant at which the sample stands: now, or on the day
// that demo.yaml says, and then its clock is set and the transaction begins when the city began to use the program.
func mark(tx *db.Tx, script demo) (time.Time, error) {
	empty, err := isEmpty(tx)
	if err != nil {
		return tx.Now, err
	}
	if !empty {
		return tx.Now, errs.Conflictf("本系统里已经有数据，不能再装入演示数据。请换一个空的数据目录（--data）。")
	}
	if script.Day != "" {
		if err := setting.MakeSample(tx, ""); err != nil {
			return tx.Now, err
		}
		return setClock(tx, script)
	}
	due := tx.Now.In(db.China).AddDate(0, 0, dueAfter).Format(time.DateOnly)
	return tx.Now, setting.MakeSample(tx, due)
}
