package engagement

// What somebody engaged opens: their own list with the days left, the room of one engagement, what they read there and
// what they take with them, each time with name and day.

import (
	"context"

	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/module"
	"yipanqi/internal/progress"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func (p pages) roomRoutes(m *web.Mux) {
	web.View(m, "GET /room 看本人的受聘", VerbLook, p.rooms, roomsPage)
	web.View(m, "GET /room/{id} 看本人受聘的材料", VerbLook, p.room, roomPage)
	web.View(m, "GET /room/{id}/documents/{kind}/{of} 看一份受聘材料", VerbLook, p.read, paperPage)
	web.Update(m, "POST /room/{id}/documents/{kind}/{of} 下载一份受聘材料", VerbDownload, p.takePaper)
	web.Update(m, "POST /room/{id}/files/{file} 下载一个受聘文件", VerbDownload, p.takeFile)
	web.Update(m, "POST /room/{id}/figures 下载受聘范围内的数", VerbDownload, p.takeFigures)
	web.Form(m, "POST /room/{id}/notes 写受聘笔记", VerbNote, jot, p.room, roomPage)
	web.Update(m, "POST /room/{id}/export 导出本人笔记和意见", VerbExport, p.export)
}

// Room is one engagement as its person sees it.
type Room struct {
	ID       string  `json:"id"`
	Role     Role    `json:"role"`
	About    string  `json:"about,omitempty"`
	OpensOn  string  `json:"opens_on"`
	ClosesOn string  `json:"closes_on"`
	Days     int     `json:"days_left"`
	Papers   []Paper `json:"papers"`
	e        Engagement
}

type roomsData struct {
	Rooms []Room        `json:"rooms"`
	Cards []module.Card `json:"cards"`
	one   []roomData
}

func (p pages) entered(r *web.Request, e Engagement) (d Room, err error) {
	d = Room{ID: e.ID, Role: e.Role, OpensOn: e.OpensOn, ClosesOn: e.ClosesOn, Days: days(r.Tx.Today(), e.ClosesOn),
		e: e}
	if d.About, err = e.aboutName(r.Tx); err != nil {
		return d, err
	}
	d.Papers, err = e.papers(r.Tx, p.House)
	return d, err
}

func (p pages) rooms(r *web.Request, _ struct{}) (d roomsData, err error) {
	d.Rooms = []Room{}
	all, err := Open(r.Tx, r.User)
	for _, e := range all {
		one, err := p.room(r, idInput{e.ID})
		if err != nil {
			return d, err
		}
		d.Rooms, d.one = append(d.Rooms, one.Room), append(d.one, one)
	}
	if d.Cards = []module.Card{}; len(all) == 0 || err != nil {
		return d, err
	}
	cards, err := p.Around(r.Tx, r.User, module.Of{Kind: "room", Day: r.Tx.Today()})
	d.Cards = append(d.Cards, cards...)
	return d, err
}

// roomData is what stands in the room.
type roomData struct {
	Room    `json:"engagement"`
	Figures []Figure        `json:"figures"`
	Files   []evidence.File `json:"files"`
	Notes   []Note          `json:"notes"`
	Third   *ThirdParty     `json:"third_party,omitempty"`
	mark    string
}

func (p pages) room(r *web.Request, in idInput) (d roomData, err error) {
	e, err := Mine(r.Tx, r.User, in.ID)
	if err != nil {
		return d, err
	}
	if d.Room, err = p.entered(r, e); err != nil {
		return d, err
	}
	if d.Figures, err = e.figures(r.Tx); err != nil {
		return d, err
	}
	if d.Files, err = e.roomFiles(r.Tx); err != nil {
		return d, err
	}
	if d.Notes, err = notesOf(r.Tx, e.ID); err != nil {
		return d, err
	}
	if e.Third != "" {
		t, err := GetThird(r.Tx, e.Third)
		if err != nil {
			return d, err
		}
		d.Third = &t
	}
	d.mark = e.Mark(r.Tx.Today())
	return d, nil
}

type paperInput struct {
	ID   string `json:"id"`
	Kind string `json:"kind" doc:"Kind of the thing: letter, request."`
	Of   string `json:"of" doc:"Its identifier."`
}

// paperData is a thing as it is read.
type paperData struct {
	Paper `json:"paper"`
	Mark  string   `json:"mark"`
	Text  []string `json:"text"`
	e     Engagement
}

func (p pages) read(r *web.Request, in paperInput) (d paperData, err error) {
	if d.e, err = Mine(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.Paper, err = d.e.paper(r.Tx, p.House, in.Kind+"/"+in.Of)
	d.Mark, d.Text = d.e.Mark(r.Tx.Today()), []string{}
	for _, b := range d.shown.Blocks {
		d.Text = append(d.Text, textOf(b)...)
	}
	return d, err
}

// textOf is a block as plain lines.
func textOf(b document.Block) []string {
	switch b := b.(type) {
	case document.Heading:
		return []string{b.Text}
	case document.Paragraph:
		line := ""
		for _, run := range b.Runs {
			line += run.Text
		}
		return []string{line}
	case document.Table:
		lines := []string{b.Caption}
		for _, row := range b.Rows {
			line := ""
			for _, cell := range row {
				line += cell.Text + "　"
			}
			lines = append(lines, line)
		}
		return lines
	}
	return nil
}

func (p pages) takePaper(r *web.Request, in paperInput) (f web.File, err error) {
	e, err := Mine(r.Tx, r.User, in.ID)
	if err != nil {
		return f, err
	}
	paper, err := e.paper(r.Tx, p.House, in.Kind+"/"+in.Of)
	if err != nil {
		return f, err
	}
	if err := took(r.Tx, r.User, e, VerbDownload, paper.Object, paper.Title); err != nil {
		return f, err
	}
	return web.Word(r, paper.Title+" "+e.Person, e.stamped(r.Tx, paper.Title, paper.shown.Blocks))
}

type fileInput struct {
	ID   string `json:"id"`
	File string `json:"file"`
}

// takeFile hands out a file that the office laid down. Its name carries who took it and when.
func (p pages) takeFile(r *web.Request, in fileInput) (f web.File, err error) {
	e, err := Mine(r.Tx, r.User, in.ID)
	if err != nil {
		return f, err
	}
	files, err := e.roomFiles(r.Tx)
	if err != nil {
		return f, err
	}
	for _, one := range files {
		if one.ID != in.File {
			continue
		}
		if err := took(r.Tx, r.User, e, VerbDownload, "evidence/"+one.ID, one.Name); err != nil {
			return f, err
		}
		body, err := p.Files.Get(one.Digest)
		return web.File{Name: e.Person + " " + r.Tx.Today() + " " + one.Name, MediaType: one.MediaType, Body: body}, err
	}
	return f, errs.Missingf("没有找到这份材料。")
}

func (p pages) takeFigures(r *web.Request, in idInput) (f web.File, err error) {
	e, err := Mine(r.Tx, r.User, in.ID)
	if err != nil {
		return f, err
	}
	figures, err := e.figures(r.Tx)
	if err != nil {
		return f, err
	}
	if err := took(r.Tx, r.User, e, VerbDownload, "figures", "指标数据"); err != nil {
		return f, err
	}
	t := document.Table{Columns: []document.Column{{Head: "指标", Width: 5}, {Head: "地区", Width: 3},
		{Head: "年度", Width: 2}, {Head: "数值", Width: 2, Align: document.Right}, {Head: "单位", Width: 2}}}
	for _, one := range figures {
		t.Rows = append(t.Rows, document.Row(one.Name, one.areaName, one.Period, one.Value, one.Unit))
	}
	return web.Word(r, "指标数据 "+e.Person, e.stamped(r.Tx, "指标数据", []document.Block{t}))
}

type jotInput struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

func jot(r *web.Request, in jotInput) (web.Done[Note], error) {
	n, err := Jot(r.Tx, r.User, in.ID, in.Text)
	return web.Done[Note]{To: "/room/" + in.ID + "#notes", Flash: part.In(r.Lang, "笔记已记下，只有您自己能看到。"),
		Data: n}, err
}

// export is all that the person wrote, in one file.
func (p pages) export(r *web.Request, in idInput) (f web.File, err error) {
	e, err := Mine(r.Tx, r.User, in.ID)
	if err != nil {
		return f, err
	}
	blocks, err := e.own(r.Tx, r.User, p.House)
	if err != nil {
		return f, err
	}
	if err := took(r.Tx, r.User, e, VerbExport, "own", "本人笔记和意见"); err != nil {
		return f, err
	}
	return web.Word(r, "本人笔记和意见 "+e.Person, e.stamped(r.Tx, "本人笔记和意见", blocks))
}

func (f Figure) view(ctx context.Context) part.FigureView {
	v := progress.Figure(ctx, f.of)
	v.ProofURL = "" // the proof is not in the scope
	return v
}
