package evaluation

// Papers of a round to take home, and letters that are drafted from it.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// schemePaper is the scheme in force, or as it is being written.
func schemePaper(r *web.Request, in idInput) (f web.File, err error) {
	of, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return f, err
	}
	if of.Papers, err = of.basisFiles(r.Tx); err != nil {
		return f, err
	}
	editions, err := Editions(r.Tx, of.ID)
	if err != nil {
		return f, err
	}
	if n := len(editions); n > 0 && of.State != Draft {
		number := of.InspectionPlan // may have been filled in at the launch
		if of, err = editions[n-1].round(of); err != nil {
			return f, err
		}
		of.InspectionPlan = number
	}
	d, err := SchemePaper(r.Tx, of)
	if err != nil {
		return f, err
	}
	return web.Word(r, d.Title, d)
}

func (p pages) report(r *web.Request, in ownInput) (f web.File, err error) {
	of, who, err := participating(r.Tx, r.User, in.ID, in.Unit)
	if err != nil {
		return f, err
	}
	issuer, err := p.secrets.Installation.Public()
	if err != nil {
		return f, err
	}
	d, err := ReportPaper(r.Tx, of, who, issuer)
	if err != nil {
		return f, err
	}
	return web.Word(r, d.Title, d)
}

// drafted tells a program which letter was drafted.
type drafted struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

// draftLetter drafts a letter about a round, for its office to have checked, signed and issued as any other.
func draftLetter(tx *db.Tx, by auth.User, of Round, l letter.Letter) (letter.Letter, error) {
	if _, err := of.plays(by, organiser); err != nil {
		return l, err
	}
	l.Issuer, l.About, l.Title = of.Unit, of.Object(), say.Title(l.Title, maxTitle)
	return letter.Draft(tx, by, l)
}

func notify(r *web.Request, in idInput) (web.Done[drafted], error) {
	of, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[drafted]{}, err
	}
	if old, is, err := of.notice(r.Tx); err != nil {
		return web.Done[drafted]{}, err
	} else if is {
		return web.Done[drafted]{}, errs.Conflictf("工作通知已经起草（%s，%s）。要改请打开那一份；要重新起草，请先撤回它。", old.Title,
			old.State.Words())
	}
	body, err := of.noticeText(r.Tx)
	if err != nil {
		return web.Done[drafted]{}, err
	}
	l := letter.Letter{Kind: letter.KindNotice, Title: "关于开展" + of.Title + "工作的通知", Body: body}
	for _, p := range of.Participants {
		l.Main = append(l.Main, p.Unit)
	}
	l, err = draftLetter(r.Tx, r.User, of, l)
	return web.Done[drafted]{To: l.URL(), Flash: part.In(r.Lang, "通知已起草。请核对后送核稿、签发。"),
		Data: drafted{l.ID, l.Version}}, err
}
