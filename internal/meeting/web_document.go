package meeting

// The printed papers of a meeting, as Word files.

import (
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
)

func documentRoutes(m *web.Mux) {
	web.View(m, "GET /meetings/{id}/handbook 下载会议手册（.docx）", VerbRead, printed("会议手册", false, handbook), nil)
	web.View(m, "GET /meetings/{id}/sheet 下载签到表（.docx）", VerbArrive, printed("签到表", true, sheet), nil)
	web.View(m, "GET /meetings/{id}/assignments 下载议定事项分工表（.docx）", VerbRead,
		printed("议定事项分工表", false, assignments), nil)
	web.View(m, "GET /meetings/{id}/certificate 下载培训证明（.docx）", VerbScore, printed("培训证明", true, certificate), nil)
}

// printed hands out a paper to the host's side and to the units that are invited; lists of people that are not for all
// who come name to a unit its own alone.
func printed(what string, own bool, of func(printing) document.Document) func(*web.Request, idInput) (web.File,
	error) {
	return func(r *web.Request, in idInput) (web.File, error) {
		d, err := show(r, in)
		if err != nil {
			return web.File{}, err
		}
		if !d.inside && len(d.mine) == 0 {
			return web.File{}, errs.Deniedf("会议文件只给主办单位和受邀单位。")
		}
		p, err := printingOf(r, d)
		if err != nil {
			return web.File{}, err
		}
		if !d.inside {
			p.own = d.mine
		}
		if own {
			p.cut()
		}
		return web.Word(r, p.Title+what, of(p))
	}
}

func printingOf(r *web.Request, d showData) (p printing, err error) {
	p = printing{Meeting: d.m, units: d.units, decisions: d.Meeting.Decisions, papers: map[string][]string{}}
	if p.roles, err = network.Labels(r.Tx, "role"); err != nil {
		return p, err
	}
	if p.agenda, err = agendaOf(r.Tx, p.ID); err != nil {
		return p, err
	}
	for _, a := range p.agenda {
		open, err := p.shows(r.Tx, r.User, a)
		if err != nil {
			return p, err
		}
		if !open {
			continue
		}
		files, err := evidence.Of(r.Tx, a.Object())
		if err != nil {
			return p, err
		}
		for _, f := range files {
			if f.Current() {
				p.papers[a.ID] = append(p.papers[a.ID], f.Name)
			}
		}
	}
	if p.invited, err = invitationsOf(r.Tx, p.ID); err != nil {
		return p, err
	}
	if p.coming, err = attendeesOf(r.Tx, p.ID); err != nil {
		return p, err
	}
	p.records, err = trainingsOf(r.Tx, p.ID)
	return p, err
}

// needsFile is the list of those who owe training, of all that the reader sees or of a body.
func needsFile(r *web.Request, in struct {
	Body string `json:"body" doc:"Code of a body: of its members alone."`
}) (f web.File, err error) {
	owed, _, err := owingIn(r, in.Body)
	if err != nil {
		return f, err
	}
	roles, err := network.Labels(r.Tx, "role")
	if err != nil {
		return f, err
	}
	name := ""
	if in.Body != "" {
		body, err := network.UnitByCode(r.Tx, in.Body)
		if err != nil {
			return f, err
		}
		name = body.Name
	}
	return web.Word(r, name+"应训名单", needsPaper(owed, roles, name, r.Tx.Today()))
}
