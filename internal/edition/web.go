package edition

// Pages: uploading a form's file, its preview, publishing it.

import (
	"context"
	_ "embed"
	"net/url"
	"strconv"
	"strings"

	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

// pages holds where uploaded files are kept until they are published.
type pages struct{ files blob.Store }

// Routes registers the module's pages.
func Routes(m *web.Mux, files blob.Store) {
	p := pages{files}
	web.View(m, "GET /editions/new 打开上传报表文件页", form.VerbPublish, askFile, uploadPage)
	web.Form(m, "POST /editions 上传一张报表的定义文件", form.VerbPublish, p.upload, again, uploadPage,
		web.Before(p.read), web.In(web.Files))
	web.View(m, "GET /editions/{digest} 预览上传的报表和它带来的变化", form.VerbPublish, p.preview, previewPage)
	web.Form(m, "POST /editions/{digest}/publish 从某一期起发布上传的报表", form.VerbPublish, p.publish, p.previewAgain, previewPage,
		web.Alone)
	web.View(m, "GET /forms/{code}/rules 把一张报表的校验在已有数据上试运行", form.VerbPublish, showRules, rulesPage)
	web.View(m, "POST /forms/{code}/rules 把草拟的校验在已有数据上试运行", form.VerbPublish, tryRules, rulesPage)
}

// uploadData is the page with the faults of the file that was refused.
type uploadData struct {
	Levels []network.Label `json:"levels"` // what a file may name
	Kinds  []network.Label `json:"kinds"`
}

func askFile(r *web.Request, _ struct{}) (d uploadData, err error) {
	for kind, into := range map[string]*[]network.Label{"area_level": &d.Levels, "unit_kind": &d.Kinds} {
		all, err := network.Labels(r.Tx, kind)
		if err != nil {
			return d, err
		}
		*into = []network.Label{}
		for _, code := range sortedKeys(all) {
			*into = append(*into, all[code])
		}
	}
	return d, nil
}

type uploadInput struct {
	File   *web.Upload `json:"file" doc:"A form as YAML or as a marked Excel sheet."`
	digest string
}

func (p pages) read(_ *web.Request, in *uploadInput) (err error) {
	if in.File == nil || len(in.File.Body) == 0 {
		return errs.Fields{"file": {Key: "请选择报表文件。"}}.Check("没有收到文件。")
	}
	in.digest, err = p.files.Put(in.File.Body)
	return err
}

// uploaded tells a program where the preview is.
type uploaded struct {
	Digest string `json:"digest"`
	Code   string `json:"code"`
}

func (p pages) upload(r *web.Request, in uploadInput) (web.Done[uploaded], error) {
	f, err := parse(r.Tx, in.File.Name, in.File.Body)
	if err != nil {
		return web.Done[uploaded]{}, err
	}
	was, known, err := present(r.Tx, f.Code)
	if err == nil {
		err = may(r.Tx, r.User, was, f, known)
	}
	return web.Done[uploaded]{To: "/editions/" + in.digest + "?name=" + url.QueryEscape(in.File.Name),
		Data: uploaded{in.digest, f.Code}}, err
}

// parse reads a file; its mistakes are fields, by line.
func parse(tx *db.Tx, name string, body []byte) (form.Form, error) {
	known, err := form.LoadKnown(tx)
	if err != nil {
		return form.Form{}, err
	}
	f, problems := form.ReadFile(name, body, known)
	fields := errs.Fields{}
	for i, p := range problems {
		fields["fault "+strconv.Itoa(10000+i)+" "+strconv.Itoa(p.Line)] = p.Reason
	}
	return f, fields.Check("文件里有错，没有读入。请照下面的行号改正后再上传。")
}

func again(r *web.Request, _ uploadInput) (uploadData, error) { return askFile(r, struct{}{}) }

// fault is a mistake in a refused file.
type fault struct{ Line, Reason string }

func faults(ctx context.Context) (all []fault) {
	fields := part.From(ctx).Fields
	for _, name := range sortedKeys(fields) {
		if words := strings.Fields(name); len(words) == 3 && words[0] == "fault" {
			all = append(all, fault{words[2], fields[name]})
		}
	}
	return all
}

type previewInput struct {
	Digest string `json:"digest"`
	Name   string `json:"name" doc:"Of the file."`
	From   string `json:"from" doc:"First period that it asks for."`
}

// previewData is an uploaded form as its fillers will see it, and what publishing it would do.
type previewData struct {
	Form    form.Form         `json:"form"`
	New     bool              `json:"new"` // there is no form of that code yet
	From    string            `json:"from,omitempty"`
	Changes []Change          `json:"changes"`
	Fixed   map[string]string `json:"fixed,omitempty"` // parts that cannot change, by field
	Effects Effects           `json:"effects"`
	Last    string            `json:"last_period,omitempty"` // that the cells are from
	LastOf  string            `json:"last_unit,omitempty"`
	Cells   map[string]string `json:"cells"`
	Digest  string            `json:"digest"`
	Name    string            `json:"name"`

	was     form.Form
	periods []period.Period // that it may be from
}

func (p pages) preview(r *web.Request, in previewInput) (d previewData, err error) {
	r.Tx.Outside = true
	body, err := p.files.Get(in.Digest)
	if err != nil {
		return d, err
	}
	d.Digest, d.Name, d.Changes, d.Cells = in.Digest, in.Name, []Change{}, map[string]string{}
	d.Effects = Effects{Drafts: []Draft{}, Obstacle: []Use{}}
	if d.Form, err = parse(r.Tx, in.Name, body); err != nil {
		return d, err
	}
	var known bool
	if d.was, known, err = present(r.Tx, d.Form.Code); err != nil {
		return d, err
	}
	if err := may(r.Tx, r.User, d.was, d.Form, known); err != nil {
		return d, err
	}
	if d.New = !known; d.New {
		return d, nil
	}
	return d, d.compare(r, in.From)
}

// compare holds the uploaded form against the present edition, from a period on.
func (d *previewData) compare(r *web.Request, asked string) (err error) {
	d.Changes = append(d.Changes, Compare(d.was, d.Form)...)
	d.Fixed = map[string]string{}
	for name, words := range form.Fixed(d.was, d.Form) {
		d.Fixed[name] = words.In(r.Lang, part.English)
	}
	if d.periods, err = startable(r.Tx, d.was); err != nil {
		return err
	}
	from := d.periods[0]
	if asked != "" {
		if from, err = period.Parse(asked); err != nil || from.Kind() != d.was.Frequency {
			return errs.Fields{"from": {Key: "起用期与报表的频率不一致。"}}.Check("请改正标出的地方。")
		}
	}
	d.From = from.String()
	if d.Effects, err = EffectsOf(r.Tx, d.was, d.Form, from); err != nil {
		return err
	}
	s, cells, err := submission.LastFilled(r.Tx, d.Form, d.was.ID, from)
	if len(cells) > 0 {
		d.Cells, d.Last, d.LastOf = cells, s.Period.String(), part.Name(part.With(r.Context,
			part.Env{Lang: r.Lang}), s.Unit.Name, s.Unit.NameEN)
	}
	return err
}

// startable are the periods that an edition may be from: the first that nobody has signed or reported yet, and some
// after it.
func startable(tx *db.Tx, f form.Form) ([]period.Period, error) {
	first, err := submission.FirstOpen(tx, f)
	if err != nil {
		return nil, err
	}
	editions, err := form.Editions(tx, f.ID)
	if last := editions[len(editions)-1].From; err == nil && first.Int() < last.Int() {
		first = last
	}
	all := []period.Period{first}
	for range 4 {
		all = append(all, all[len(all)-1].Next())
	}
	return all, err
}

type publishInput struct {
	Digest string `json:"digest"`
	Name   string `json:"name"`
	From   string `json:"from"`
}

func (p pages) publish(r *web.Request, in publishInput) (web.Done[form.Form], error) {
	var done web.Done[form.Form]
	body, err := p.files.Get(in.Digest)
	if err != nil {
		return done, err
	}
	f, err := parse(r.Tx, in.Name, body)
	if err != nil {
		return done, err
	}
	var from period.Period
	if in.From != "" {
		if from, err = period.Parse(in.From); err != nil {
			return done, errs.Fields{"from": errs.WordsOf(err)}.Check("没有发布：请改正标出的地方。")
		}
	}
	if f, err = Publish(r.Tx, r.User, f, from); err != nil {
		return done, err
	}
	flash := part.In(r.Lang, "已发布。")
	if !from.IsZero() {
		flash = part.In(r.Lang, "已发布，从%s起用。", from.String())
	}
	return web.Done[form.Form]{To: "/forms/" + f.Code, Flash: flash, Data: f}, nil
}

func (p pages) previewAgain(r *web.Request, in publishInput) (previewData, error) {
	d, err := p.preview(r, previewInput(in))
	if errs.KindOf(err) == errs.Invalid { // the period cannot be read: its field says so
		return p.preview(r, previewInput{in.Digest, in.Name, ""})
	}
	return d, err
}

var useWords = map[string]say.Key{ByIndicator: "指标", ByRegister: "业务登记", ByForm: "报表",
	ByReport: "已签字或生效的报表", BySexes: "列的性别"}
