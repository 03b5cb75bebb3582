package trail

// Routes of trails and files: the page of one trail, remarks, files laid down, withdrawn and handed out.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/journal"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Grants are what roles may with trails and files. Who may lay a file on which thing, its module says: Place.Holds.
var Grants = auth.Grant(auth.Grants{
	auth.Readers:        {VerbRead, VerbWrite},
	auth.Office:         {evidence.VerbAttach, evidence.VerbWithdraw},
	auth.Statistician:   {evidence.VerbAttach, evidence.VerbWithdraw},
	auth.Liaison:        {evidence.VerbAttach, evidence.VerbWithdraw},
	auth.Leader:         {evidence.VerbAttach, evidence.VerbWithdraw},
	auth.CommitteeChief: {evidence.VerbAttach, evidence.VerbWithdraw},
})

// pages holds what the handlers need beside the request.
type pages struct {
	files  blob.Store
	places []Place
}

// Routes registers trails and files of the things that places name.
func Routes(m *web.Mux, files blob.Store, places []Place) {
	p := pages{files, places}
	web.View(m, "GET /trail/{kind}/{id} 看一件事的办理记录", VerbRead, p.show, showPage)
	web.Form(m, "POST /trail/{kind}/{id}/remarks 写备注", VerbWrite, p.remark, p.show, showPage)
	web.Form(m, "POST /trail/{kind}/{id}/files 附上材料", evidence.VerbAttach, p.attach, p.show, showPage,
		web.Before(p.keep), web.In(web.Files))
	web.Form(m, "POST /trail/{kind}/{id}/files/{file}/withdraw 撤下材料", evidence.VerbWithdraw, p.withdraw, p.show,
		showPage)
	web.View(m, "GET /files/{id} 下载材料", VerbRead, p.file, nil)
}

// Data is a trail for its reader.
type Data struct {
	Kind   string          `json:"kind"`
	ID     string          `json:"id"`
	URL    string          `json:"url"` // of the thing itself
	Lines  []Line          `json:"lines"`
	Files  []evidence.File `json:"files"`            // those that ended among them
	Fields []Field         `json:"fields,omitempty"` // what a file can prove
	Holds  bool            `json:"holds,omitempty"`  // the reader may lay files down
	Told   []Told          `json:"reminded,omitempty"`
	writes bool
	alone  bool // on a page of its own
	says   func(ctx context.Context, l Line) []string
}

// Read is the trail of a thing that by may see.
func Read(tx *db.Tx, by auth.User, place Place, id string) (d Data, err error) {
	d = Data{Kind: place.Kind, ID: id, URL: place.Page(id), writes: by.Can(VerbWrite), says: place.Says}
	if d.Lines, d.Files, err = place.shown(tx, by, id); err != nil {
		return d, err
	}
	d.Lines, d.Files = append([]Line{}, d.Lines...), append([]evidence.File{}, d.Files...)
	if place.Told != nil {
		if d.Told, err = place.Told(tx, by, id); err != nil {
			return d, err
		}
	}
	if place.Fields != nil {
		if d.Fields, err = place.Fields(tx, id); err != nil {
			return d, err
		}
	}
	if place.Holds != nil && by.Can(evidence.VerbAttach) {
		_, err := place.Holds(tx, by, id)
		d.Holds = err == nil
	}
	return d, nil
}

// Reading is the trail without its forms, for a page that shows a form of its own.
func (d Data) Reading() Data {
	d.writes, d.Holds = false, false
	return d
}

type target struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// place is the kind of thing that t names, if the user may see it.
func (p pages) place(r *web.Request, t target) (Place, error) {
	at := slices.IndexFunc(p.places, func(place Place) bool { return place.Kind == t.Kind })
	if at < 0 {
		return Place{}, errs.Missingf("没有找到这项内容。它可能已被删除，或者您没有查看权限。")
	}
	return p.places[at], p.places[at].Sees(r.Tx, r.User, t.ID)
}

func (p pages) show(r *web.Request, in target) (Data, error) {
	place, err := p.place(r, in)
	if err != nil {
		return Data{}, err
	}
	d, err := Read(r.Tx, r.User, place, in.ID)
	d.alone = true
	return d, err
}

type remarkInput struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
	Text string `json:"text"`
}

func (p pages) remark(r *web.Request, in remarkInput) (done web.Done[Remark], err error) {
	place, err := p.place(r, target{in.Kind, in.ID})
	if err != nil {
		return done, err
	}
	done.To, done.Flash = place.Page(in.ID)+"#trail", "备注已写入，有权查看这项内容的人都能看到。"
	done.Data, err = Write(r.Tx, r.User, in.Kind+"/"+in.ID, in.Text)
	return done, err
}

type attachInput struct {
	Kind     string      `json:"kind"`
	ID       string      `json:"id"`
	File     *web.Upload `json:"file"`
	Field    string      `json:"field"`
	Note     string      `json:"note"`
	Replaces string      `json:"replaces"`
	Place    bool        `json:"place"` // keep where a picture was taken
	kept     evidence.File
}

// keep cleans the file and writes it down before the transaction; one that no row comes to name is garbage.
func (p pages) keep(r *web.Request, in *attachInput) error {
	if in.File == nil {
		return errs.Fields{"file": {Key: "请选择一个文件。"}}.Check("请选择一个文件。")
	}
	name := evidence.CleanName(in.File.Name)
	content, media, err := evidence.Accepted(name, in.File.Body, in.Place)
	if err != nil {
		return err
	}
	digest, err := p.files.Put(content)
	in.kept = evidence.File{Object: in.Kind + "/" + in.ID, Digest: digest, Name: name, MediaType: media,
		Size: int64(len(content)), Field: in.Field, Note: in.Note, Replaces: in.Replaces}
	return err
}

func (p pages) attach(r *web.Request, in attachInput) (done web.Done[evidence.File], err error) {
	place, err := p.holding(r, target{in.Kind, in.ID})
	if err != nil {
		return done, err
	}
	if in.kept.Unit, err = place.Holds(r.Tx, r.User, in.ID); err != nil {
		return done, err
	}
	if in.Field != "" {
		if err := known(r.Tx, place, in.ID, in.Field); err != nil {
			return done, err
		}
	}
	done.To, done.Flash = place.Page(in.ID)+"#trail", "材料已附上。"
	done.Data, err = evidence.Attach(r.Tx, r.User, in.kept)
	return done, err
}

// holding is the place of a thing that the user sees and that takes files.
func (p pages) holding(r *web.Request, t target) (Place, error) {
	place, err := p.place(r, t)
	if err == nil && place.Holds == nil {
		err = errs.Conflictf("这类内容不附材料。请写备注说明。")
	}
	return place, err
}

func known(tx *db.Tx, place Place, id, field string) error {
	if place.Fields != nil {
		fields, err := place.Fields(tx, id)
		if err != nil || slices.ContainsFunc(fields, func(f Field) bool { return f.Key == field }) {
			return err
		}
	}
	return errs.Fields{"field": {Key: "没有这一格。请从列表里选材料证明哪一格。"}}.Check("没有这一格。")
}

type withdrawInput struct {
	Kind   string `json:"kind"`
	ID     string `json:"id"`
	File   string `json:"file"`
	Reason string `json:"reason"`
}

func (p pages) withdraw(r *web.Request, in withdrawInput) (done web.Done[evidence.File], err error) {
	place, err := p.holding(r, target{in.Kind, in.ID})
	if err != nil {
		return done, err
	}
	if _, err := place.Holds(r.Tx, r.User, in.ID); err != nil {
		return done, err
	}
	done.To, done.Flash = place.Page(in.ID)+"#trail", "材料已撤下，仍列在办理记录里。"
	done.Data, err = evidence.Withdraw(r.Tx, r.User, in.Kind+"/"+in.ID, in.File, in.Reason)
	return done, err
}

type fileInput struct {
	ID string `json:"id"`
}

// file hands out evidence to whoever may see the thing that it lies on, and its line there.
func (p pages) file(r *web.Request, in fileInput) (web.File, error) {
	f, err := evidence.ByID(r.Tx, in.ID)
	if err != nil {
		return web.File{}, err
	}
	kind, id, _ := strings.Cut(f.Object, "/")
	place, err := p.place(r, target{kind, id})
	if err != nil {
		return web.File{}, err
	}
	_, files, err := place.shown(r.Tx, r.User, id)
	if err != nil {
		return web.File{}, err
	}
	if !slices.ContainsFunc(files, func(one evidence.File) bool { return one.ID == f.ID }) {
		return web.File{}, errs.Missingf("没有找到这项内容。它可能已被删除，或者您没有查看权限。")
	}
	body, err := p.files.Get(f.Digest)
	return web.File{Name: f.Name, MediaType: f.MediaType, Body: body}, err
}

// Table is the trail as a file, a line each.
func (d Data) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "trail", Columns: []table.Column{{Name: "时间"}, {Name: "办理"}, {Name: "办理代码"},
		{Name: "办理人"}, {Name: "单位"}, {Name: "说明"}, {Name: "文件"}, {Name: "摘要"}, {Name: "字节"}}}
	for _, l := range d.Lines {
		file, digest, size := "", "", ""
		if l.File != nil {
			file, digest, size = l.File.Name, l.File.Digest, strconv.FormatInt(l.File.Size, 10)
		}
		t.Rows = append(t.Rows, []string{part.When(l.At), part.T(ctx, l.Words), l.Verb, l.Who, l.Unit, l.said(ctx, d),
			file, digest, size})
	}
	for _, one := range d.Told {
		t.Rows = append(t.Rows, []string{one.On, part.T(ctx, "提醒"), one.Step, part.T(ctx, "系统"), "",
			part.Say(ctx, one.Words), "", "", ""})
	}
	return t
}

// who is who did it: a person, or the program in the reader's words.
func (l Line) who(ctx context.Context) string {
	if l.Who == journal.System.Name {
		return part.T(ctx, "系统")
	}
	return l.Who
}

// said is what a line says beside who did what.
func (l Line) said(ctx context.Context, d Data) string {
	var said []string
	if v := l.Detail["version"]; v != "" {
		said = append(said, part.T(ctx, "第%s版", v))
	}
	if d.says != nil && l.File == nil {
		said = append(said, d.says(ctx, l)...)
	}
	for _, text := range []string{l.Detail["reason"], l.Detail["source"], l.Text} {
		if text != "" && text != "—" { // a dash says that it became empty
			said = append(said, text)
		}
	}
	if l.Detail["late"] != "" {
		said = append(said, part.T(ctx, "逾期"))
	}
	if l.File != nil && l.Verb == evidence.VerbAttach {
		if l.File.Field != "" {
			said = append(said, part.T(ctx, "证明：%s", d.fieldName(ctx, l.File.Field)))
		}
		if l.File.Note != "" {
			said = append(said, l.File.Note)
		}
	}
	return strings.Join(said, part.T(ctx, "；"))
}

func (d Data) fieldName(ctx context.Context, key string) string {
	for _, f := range d.Fields {
		if f.Key == key {
			return part.Name(ctx, f.Name, f.NameEN)
		}
	}
	return key
}

// standing are the files that a new one may replace.
func (d Data) standing() (files []evidence.File) {
	for _, f := range d.Files {
		if f.Current() {
			files = append(files, f)
		}
	}
	return files
}

func (d Data) fieldOptions(ctx context.Context) []part.Option {
	options := []part.Option{{Label: part.T(ctx, "整份")}}
	for _, f := range d.Fields {
		options = append(options, part.Option{Value: f.Key, Label: part.Name(ctx, f.Name, f.NameEN)})
	}
	return options
}

func (d Data) replaceOptions(ctx context.Context) []part.Option {
	options := []part.Option{{Label: part.T(ctx, "不替换，另附一份")}}
	for _, f := range d.standing() {
		options = append(options, part.Option{Value: f.ID, Label: f.Name})
	}
	return options
}

func (d Data) action(what string) string { return "/trail/" + d.Kind + "/" + d.ID + "/" + what }

// size is a file's size for people.
func size(n int64) string {
	if n < 1<<20 {
		return strconv.FormatInt((n+1023)>>10, 10) + " KB"
	}
	tenths := (n*10 + 1<<19) >> 20
	return strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10) + " MB"
}

// way leads from below a thing to the page of the trail alone, where it can be saved as a table.
func (d Data) way() templ.Component {
	if d.alone {
		return nil
	}
	return way("/trail/" + d.Kind + "/" + d.ID)
}
