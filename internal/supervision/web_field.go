package supervision

// The page on a supervisor's phone, and what phones send: each note under the id that the device gave it, as often as
// the device likes. It works as plain HTML; a script may keep it for hours without network.

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/network"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// fieldData is a visit as the people who are there need it, all of it in one answer.
type fieldData struct {
	Visit   Visit      `json:"visit"`
	Area    string     `json:"area"`
	Group   string     `json:"group_title"`
	Files   []FileItem `json:"files"`
	Sites   []Site     `json:"sites"`
	Notes   []Note     `json:"notes"` // of everybody in the group, newest first
	Actions []string   `json:"actions"`

	area   say.Name
	mine   string // who reads
	photos map[string]string
}

func (p pages) field(r *web.Request, in idInput) (d fieldData, err error) {
	if _, err := Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	v, err := Get(r.Tx, in.ID)
	if err != nil {
		return d, err
	}
	if !v.inside(r.User) {
		return d, unseen
	}
	area, err := network.AreaByID(r.Tx, v.AreaID)
	if err != nil {
		return d, err
	}
	d.Visit, d.area, d.Group, d.mine = v, say.Name{ZH: area.Name, EN: area.NameEN}, v.group.Title, r.User.ID
	d.Area = area.Name
	notes, err := notesOf(r.Tx, v.ID)
	if err != nil {
		return d, err
	}
	d.Files, d.Actions = v.files(notes), []string{}
	d.Notes = []Note{}
	for n := len(notes) - 1; n >= 0; n-- {
		d.Notes = append(d.Notes, notes[n])
	}
	if d.Sites, err = sitesOf(r.Tx, v.ID); err != nil {
		return d, err
	}
	d.Sites = append([]Site{}, d.Sites...)
	if err := checked(r.Tx, d.Sites, notes); err != nil {
		return d, err
	}
	for _, st := range life.Open(r.User, v.as(r.User)) {
		d.Actions = append(d.Actions, st.Verb)
	}
	d.photos, err = photosOf(r.Tx, notes)
	return d, err
}

// photosOf are the files of notes' photos, by note.
func photosOf(tx *db.Tx, notes []Note) (map[string]string, error) {
	ids := map[string]string{}
	for _, n := range notes {
		if n.Photo == "" {
			continue
		}
		files, err := evidence.Of(tx, n.Object())
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			if f.Current() {
				ids[n.ID] = f.ID
			}
		}
	}
	return ids, nil
}

// noteInput is a note as a device or a plain form sends it.
type noteInput struct {
	ID       string      `json:"id"`
	OwnID    string      `json:"own_id" doc:"The device's own id of the note, a UUID: the same one again is the same note."`
	Kind     string      `json:"kind" enum:"note,file,site,check,finding,photo" doc:"check: an item of a place's checklist; photo: a further photo of another note."`
	At       string      `json:"at" doc:"When it was written, by the device: RFC 3339. Empty: when it comes in."`
	Text     string      `json:"text"`
	Item     string      `json:"item" doc:"Of a file: its place in the catalogue; of a check: its code on the list; of a finding: problem, practice or suggestion."`
	Found    string      `json:"found" enum:"complete,partly,missing,not_due,ok,defect,na" doc:"Of a file; of a check ok, defect or na."`
	Place    string      `json:"place" doc:"A place of the visit: visit_site/ID or its name; one that is not on the list is added."`
	Of       string      `json:"of" doc:"Of a photo: the own id of the note that it belongs to."`
	Photo    *web.Upload `json:"photo"`
	NoMinors bool        `json:"no_minors" doc:"The photo shows no faces of minors."`

	Person string `json:"person" doc:"Who wrote it, as the page said that it was written on: somebody else's session does not send it. Empty: whoever sends it."`

	kept *Picture
}

// keepPhoto cleans a photo and writes it down before the transaction; one that no note comes to name is garbage.
func (p pages) keepPhoto(r *web.Request, in *noteInput) error {
	if in.Photo == nil || len(in.Photo.Body) == 0 && in.Photo.Name == "" {
		return nil
	}
	wrong := errs.Fields{}
	name := evidence.CleanName(in.Photo.Name)
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png":
	default:
		wrong.Say("photo", "照片只收 .jpg 和 .png。")
	}
	if !in.NoMinors {
		wrong.Say("no_minors", "请确认照片里没有未成年人的脸；有的请不要传，改用文字。")
	}
	if err := wrong.Check("照片没有收下，请按提示处理；文字可以先存。"); err != nil {
		return err
	}
	content, media, err := evidence.Accepted(name, in.Photo.Body, false)
	if err != nil {
		fields := errs.Fields{}
		for _, words := range errs.FieldsOf(err) {
			fields["photo"] = words
		}
		if len(fields) > 0 {
			return fields.Check("照片没有收下，请按提示处理；文字可以先存。")
		}
		return err
	}
	digest, err := p.files.Put(content)
	in.kept = &Picture{File: evidence.File{Digest: digest, Name: name, MediaType: media, Size: int64(len(content))},
		Stripped: len(content) < len(in.Photo.Body)}
	return err
}

// clashed is said where a device sent something else under an id that it had used.
var clashed = errs.Conflictf("这台设备用同一个编号发来过不同的内容。两条都已留下，请在记录里核对。")

func (p pages) note(r *web.Request, in noteInput) (web.Done[Note], error) {
	if in.Person != "" && in.Person != r.User.ID {
		return web.Done[Note]{}, errs.Conflictf("这条内容是别人在这台设备上记的，没有发送。请本人登录后再发。")
	}
	n, clash, err := AddNote(r.Tx, r.User, in.ID, Jotting{OwnID: in.OwnID, Kind: in.Kind, At: in.At, Text: in.Text,
		Item: in.Item, Found: in.Found, Place: in.Place, Of: in.Of, Photo: in.kept})
	d := web.Done[Note]{To: "/visits/" + in.ID + "/field", Flash: part.In(r.Lang, "已记下。"), Data: n}
	switch {
	case clash:
		d.Refused, d.Flash = clashed, part.In(r.Lang, "这台设备用同一个编号发来过不同的内容。两条都已留下，请在记录里核对。")
	case n.Stripped:
		d.Flash = part.In(r.Lang, "已记下。照片里的拍摄地点等信息已去掉。")
	}
	return d, err
}

// noteData is one note for whoever may see it.
type noteData struct {
	Note  Note   `json:"note"`
	Photo string `json:"photo_file,omitempty"`
	visit Visit
	place string
}

func showNote(r *web.Request, in idInput) (d noteData, err error) {
	if d.Note, d.visit, err = readNote(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	photos, err := photosOf(r.Tx, []Note{d.Note})
	if err != nil {
		return d, err
	}
	d.Photo = photos[d.Note.ID]
	sites, err := sitesOf(r.Tx, d.Note.VisitID)
	for _, s := range sites {
		if s.Object() == d.Note.Place {
			d.place = s.Place
		}
	}
	return d, err
}

// queueWords are what the script of the page says of what waits on the phone.
func queueWords(ctx context.Context) templ.Attributes {
	return templ.Attributes{
		"data-none":    part.T(ctx, "都已发送。断网时也可以照常记，连上网后自动发送。"),
		"data-waiting": part.T(ctx, "{n}条记录、{photos}张照片在本机等待发送，连上网后自动发送。"),
		"data-full":    part.T(ctx, "手机没有地方存了，这条没有记下。请先连网发送，或腾出空间。"),
		"data-drop":    part.T(ctx, "删除这条还没有发送的记录？删除后找不回来。"),
		"data-taken":   part.T(ctx, "表里还有没记下的内容。请先记下它，再取回这一条。"),
	}
}

// newID is an own id for a form that has no script to make one.
func newID() string { return db.NewID() }

// said is what a note says, in one line.
func (n Note) said(ctx context.Context) string {
	switch n.Kind {
	case FileNote:
		said := word(ctx, catalogue, n.Item) + part.T(ctx, "：") + word(ctx, founds, n.Found)
		if n.Text != "" {
			said += part.T(ctx, "；") + n.Text
		}
		return said
	case CheckNote:
		said := part.Name(ctx, n.what.ZH, n.what.EN) + part.T(ctx, "：") + answered(ctx, n.Found)
		if n.Text != "" {
			said += part.T(ctx, "；") + n.Text
		}
		return said
	case FindingNote:
		return word(ctx, findingKinds, n.Item) + part.T(ctx, "：") + n.Text
	case PhotoNote:
		return part.T(ctx, "补充照片")
	}
	if n.Text == "" {
		return part.T(ctx, "照片")
	}
	return n.Text
}

// noted is how often a place was written about.
func (d fieldData) noted(s Site) (n int) {
	for _, note := range d.Notes {
		if note.Place == s.Object() && note.Kind != CheckNote {
			n++
		}
	}
	return n
}

// answered is an answer to an item of a checklist in words.
func answered(ctx context.Context, found string) string {
	for _, o := range register.Answers {
		if o.Code == found {
			return part.Name(ctx, o.Name.ZH, o.Name.EN)
		}
	}
	return ""
}

// looked is how far the checklist of a place was filled, in short.
func (s Site) looked(ctx context.Context) string {
	ok, defect, left := s.tally()
	if left == len(s.Checks) {
		return part.T(ctx, "检查单：还没有查，共%d项", left)
	}
	return part.T(ctx, "检查单：符合%d项，不符合%d项，没有查%d项", ok, defect, left)
}

// placed is what a form for notes is about, for the list of what waits.
func (d fieldData) placed(ctx context.Context, kind, place string) string {
	for _, s := range d.Sites {
		if s.Object() == place {
			return s.Place
		}
	}
	if kind == SiteNote {
		return part.T(ctx, "点位")
	}
	return part.T(ctx, "情况")
}

// clock is the time of day of a note, as its device had it, here.
func (n Note) clock() string {
	at, err := time.Parse(time.RFC3339, n.At)
	if err != nil {
		return n.At
	}
	return at.In(db.China).Format("15:04")
}

func (d fieldData) may(verb string) bool {
	for _, a := range d.Actions {
		if a == verb {
			return true
		}
	}
	return false
}

// notes is where everything that is written on the page is sent.
func (d fieldData) notes() string { return d.Visit.URL() + "/notes" }

// sends is what one form of the page carries along: its kind, and the place and the item that it is of.
func (d fieldData) sends(ctx context.Context, kind string, of ...string) []part.Option {
	all := []part.Option{{Value: "kind", Label: kind}}
	if len(of) > 1 {
		all = append(all, part.Option{Value: "item", Label: of[1]})
	}
	if len(of) == 0 {
		return all
	}
	place := of[0]
	if place == "" && kind == SiteNote { // typed, as that of no place that is listed
		if place = part.From(ctx).Input.Get("place"); d.listed(place) {
			place = ""
		}
	}
	if place != "" || kind == SiteNote {
		all = append(all, part.Option{Value: "place", Label: place})
	}
	return all
}

func (d fieldData) listed(place string) bool {
	return slices.ContainsFunc(d.Sites, func(s Site) bool { return s.Object() == place })
}

// kept says whether a form of the page was refused, so that it stays open with what was typed.
func (d fieldData) kept(ctx context.Context, kind string, of ...string) bool {
	return part.Sent(ctx, d.notes(), d.sends(ctx, kind, of...)...)
}

// takes says whether notes can come in: also of a visit that its first note begins.
func (d fieldData) takes() bool { return d.may(VerbNote) || d.may(VerbStart) }
