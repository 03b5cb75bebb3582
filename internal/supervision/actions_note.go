package supervision

// What people write down on a visit. Their phones may be without network for hours and send everything later, twice,
// from two phones, after the visit was finished: whatever comes is kept once, and nothing is ever lost.

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/held"
	"yipanqi/internal/issue"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
	"yipanqi/internal/sign"
)

// Picture is a photo that is in the blob store already, without what it said of its place.
type Picture struct {
	File     evidence.File
	Stripped bool
}

// Jotting is a note as a device sends it.
type Jotting struct {
	OwnID, Kind, At, Text, Item, Found, Place, Of string
	Photo                                         *Picture
}

// AddNote keeps a note. What the same person sends again under the same id is the same note; something else under it is
// kept beside it, and clash says so.
func AddNote(tx *db.Tx, by auth.User, visit string, j Jotting) (n Note, clash bool, err error) {
	if _, err := Read(tx, by, visit); err != nil {
		return n, false, err
	}
	v, err := Get(tx, visit)
	if err != nil {
		return n, false, err
	}
	if err := by.Check(VerbNote); err != nil {
		return n, false, err
	}
	if _, err := plays(by, v.group, v.Office, team); err != nil {
		return n, false, err
	}
	if err := j.check(); err != nil {
		return n, false, err
	}
	digest, err := j.digest(visit)
	if err != nil {
		return n, false, err
	}
	same, err := ownNotes(tx, by.ID, j.OwnID)
	if err != nil {
		return n, false, err
	}
	for _, o := range same {
		if o.Digest == digest {
			return o, o.Against != "", nil // sent once more: the answer of the first time
		}
	}
	if err := v.open(tx, by); err != nil {
		return n, false, err
	}
	if err := j.dated(v, tx); err != nil {
		return n, false, err
	}
	n = Note{ID: db.NewID(), VisitID: v.ID, OwnID: j.OwnID, PersonID: by.ID, Person: by.Name, Kind: j.Kind, At: j.At,
		ReceivedAt: tx.Now, Text: j.Text, Item: j.Item, Found: j.Found, Of: j.Of, Digest: digest,
		Late: v.State == Noted}
	if n.At == "" { // a page without script knows no time
		n.At = tx.Now.In(db.China).Format(time.RFC3339)
	}
	if len(same) > 0 {
		n.Against = same[0].ID
	}
	return n, n.Against != "", n.enter(tx, by, v, j)
}

// open begins a visit whose first note comes in, and refuses notes to one that cannot have any.
func (v *Visit) open(tx *db.Tx, by auth.User) error {
	if v.State == Planned || v.State == Announced || v.State == Notified {
		st, _, err := life.Take(VerbStart, by, v.as(by))
		if err != nil {
			return err
		}
		before := v.row()
		if err := v.begins(tx); err != nil {
			return err
		}
		if err := v.keep(tx, by, VerbStart, State(st.To), before, nil); err != nil {
			return err
		}
	}
	_, _, err := life.Take(VerbNote, by, v.as(by))
	return err
}

// enter writes a new note with its photo, and the place that it names.
func (n *Note) enter(tx *db.Tx, by auth.User, v Visit, j Jotting) (err error) {
	if n.Place, err = v.siteNamed(tx, by, j.Place); err != nil {
		return err
	}
	if n.Kind == CheckNote {
		if err := n.fits(tx, v.ID); err != nil {
			return err
		}
	}
	if j.Photo != nil {
		f := j.Photo.File
		n.Photo, n.Stripped, f.Object = f.Digest, j.Photo.Stripped, n.Object()
		if len(by.Posts) > 0 {
			f.Unit = by.Posts[0].UnitName
		}
		if _, err := evidence.Attach(tx, by, f); err != nil {
			return err
		}
	}
	if n.Kind == FindingNote && n.Against == "" {
		if err := n.makesFinding(tx, by, v); err != nil {
			return err
		}
	}
	if err := insertNote(tx, *n); err != nil {
		return err
	}
	return held.Log(tx, by, VerbNote, n.Object(), nil, n.row(), map[string]string{"visit": v.Object()})
}

// check refuses what says nothing.
func (j *Jotting) check() error {
	wrong := errs.Fields{}
	j.OwnID, j.Text, j.Place = strings.TrimSpace(j.OwnID), strings.TrimSpace(j.Text), strings.TrimSpace(j.Place)
	if n := utf8.RuneCountInString(j.OwnID); n < 8 || n > 64 {
		wrong.Say("own_id", "缺少设备给这条记录的编号，请刷新页面后再记。")
	}
	if _, err := time.Parse(time.RFC3339, j.At); j.At != "" && err != nil {
		wrong.Say("at", "“%s”不是时间，请写成 2024-03-15T09:30:00+08:00。", j.At)
	}
	if !slices.Contains(noteKinds, j.Kind) {
		wrong.Say("kind", "请选记录的类别。")
	}
	if utf8.RuneCountInString(j.Text) > maxText {
		wrong.Say("text", "最多%d个字。", maxText)
	}
	if utf8.RuneCountInString(j.Place) > 2*maxTitle {
		wrong.Say("place", "请写点位的名称，%d字以内。", 2*maxTitle)
	}
	if utf8.RuneCountInString(j.Of) > maxCode {
		wrong.Say("of", "最多%d个字。", maxCode)
	}
	switch {
	case j.Kind != FileNote && j.Kind != CheckNote && j.Kind != FindingNote && j.Item != "":
		wrong.Say("item", "只有档案、检查单和发现才有这一项，请去掉。")
	case j.Kind != FileNote && j.Kind != CheckNote && j.Found != "":
		wrong.Say("found", "只有档案和检查单才有这一项，请去掉。")
	case j.Kind == CheckNote && !slices.ContainsFunc(register.Answers, func(o register.Option) bool {
		return o.Code == j.Found
	}):
		wrong.Say("found", "请选符合、不符合或不适用。")
	case j.Kind == FileNote && !knows(catalogue, j.Item):
		wrong.Say("item", "请选档案目录里的一项。")
	case j.Kind == FileNote && !knows(founds, j.Found):
		wrong.Say("found", "请选齐全、部分或缺。")
	case j.Kind == FindingNote && !knows(findingKinds, j.Item):
		wrong.Say("item", "请选问题、经验或建议。")
	case j.Kind == FindingNote && j.Text == "":
		wrong.Say("text", "请写看到了什么。")
	case (j.Kind == SiteNote || j.Kind == CheckNote) && j.Place == "":
		wrong.Say("place", "请选或写点位的名称。")
	case j.Kind == PhotoNote && (j.Photo == nil || j.Of == ""):
		wrong.Say("photo", "请选一张照片，并说明是哪条记录的。")
	case (j.Kind == PlainNote || j.Kind == SiteNote) && j.Text == "" && j.Photo == nil:
		wrong.Say("text", "请写看到了什么，或拍一张照片。")
	}
	return wrong.Check("这条记录没有存下，请按提示修改。")
}

// skew is how far the clock of a phone may be ahead.
const skew = 15 * time.Minute

// dated refuses a note that was written when nobody was there: its device has a wrong clock.
func (j Jotting) dated(v Visit, tx *db.Tx) error {
	at, err := time.Parse(time.RFC3339, j.At)
	if err != nil {
		return nil // empty: it is written as it comes in
	}
	if day := at.In(db.China).Format(time.DateOnly); day < v.OnDay {
		return wrongly("at", "记录的时间%s早于督导那天（%s）。请看看手机的日期和时间，调准以后再发。", day, v.OnDay)
	}
	now := tx.Now
	if tx.Machine.After(now) { // a sample goes by a clock of its own, a phone does not
		now = tx.Machine
	}
	if at.After(now.Add(skew)) {
		return wrongly("at", "记录的时间%s还没有到。请看看手机的日期和时间，调准以后再发。",
			at.In(db.China).Format("2006-01-02 15:04"))
	}
	return nil
}

// digest is by what two sendings of a note are told to be the same.
func (j Jotting) digest(visit string) (string, error) {
	body := map[string]string{"visit": visit, "kind": j.Kind, "at": j.At, "text": j.Text, "item": j.Item,
		"found": j.Found, "place": j.Place, "of": j.Of}
	if j.Photo != nil {
		body["photo"] = j.Photo.File.Digest
	}
	text, err := sign.Canonical(body)
	return sign.Digest(text), err
}

// siteNamed is the place of the visit that a note names, by its id or its name; one that was not on the list is added
// as assigned on the spot.
func (v Visit) siteNamed(tx *db.Tx, by auth.User, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	sites, err := sitesOf(tx, v.ID)
	if err != nil {
		return "", err
	}
	for _, s := range sites {
		if s.Object() == name || s.Place == name {
			return s.Object(), nil
		}
	}
	s := Site{VisitID: v.ID, Place: name, Kind: "other", Chosen: "assigned"}
	err = s.add(tx, by)
	return s.Object(), err
}

// AddSite puts a place on the list of a visit: from a register, or by its name.
func AddSite(tx *db.Tx, by auth.User, visit string, s Site) (Site, error) {
	v, err := staying(tx, by, visit, VerbSite)
	if err != nil {
		return s, err
	}
	s.VisitID, s.Place, s.Draw = v.ID, strings.TrimSpace(s.Place), ""
	if s.Record != "" {
		r, err := record.Read(tx, by, strings.TrimPrefix(s.Record, "record/"))
		if errs.KindOf(err) == errs.Missing {
			return s, wrongly("record", "没有找到这条登记，请从登记表里选。")
		}
		if err != nil {
			return s, err
		}
		s.Record = r.Object()
		if s.Place == "" {
			s.Place = r.Title
		}
	}
	wrong := errs.Fields{}
	if n := utf8.RuneCountInString(s.Place); n == 0 || n > 2*maxTitle {
		wrong.Say("place", "请写点位的名称，%d字以内。", 2*maxTitle)
	}
	if !knows(siteKinds, s.Kind) {
		wrong.Say("kind", "请选点位的类型。")
	}
	if s.Chosen != "proposed" && s.Chosen != "assigned" {
		wrong.Say("chosen", "请选区里推荐或指定；抽取的点位由“随机抽取”产生。")
	}
	sites, err := sitesOf(tx, v.ID)
	if err != nil {
		return s, err
	}
	if slices.ContainsFunc(sites, func(o Site) bool { return o.Place == s.Place }) {
		wrong.Say("place", "“%s”已经在点位里了。", s.Place)
	}
	if err := wrong.Check("没有增加点位，请按提示修改。"); err != nil {
		return s, err
	}
	return s, s.add(tx, by)
}

func (s *Site) add(tx *db.Tx, by auth.User) error {
	s.ID, s.PersonID, s.AddedAt = db.NewID(), by.ID, tx.Now
	if err := insertSite(tx, *s); err != nil {
		return err
	}
	return held.Log(tx, by, VerbSite, s.Object(), nil, s.row(), map[string]string{"visit": "visit/" + s.VisitID})
}

// staying is a visit for a step that leaves it as it is.
func staying(tx *db.Tx, by auth.User, id, verb string) (Visit, error) {
	if _, err := Read(tx, by, id); err != nil {
		return Visit{}, err
	}
	v, err := Get(tx, id)
	if err != nil {
		return v, err
	}
	_, _, err = life.Take(verb, by, v.as(by))
	return v, err
}

// DrawSites draws n places of a list; seed is one that was drawn in public, or empty for one that nobody chose.
func DrawSites(tx *db.Tx, by auth.User, visit string, list []string, n int, kind, seed string) (d Draw, err error) {
	v, err := staying(tx, by, visit, VerbDraw)
	if err != nil {
		return d, err
	}
	wrong := errs.Fields{}
	slices.Sort(list)
	if list = slices.Compact(list); len(list) < 2 || len(list) > maxList {
		wrong.Say("list", "请写名单，一行一个，2至%d个。", maxList)
	}
	if slices.ContainsFunc(list, func(place string) bool { return utf8.RuneCountInString(place) > 2*maxTitle }) {
		wrong.Say("list", "每个名称最多%d个字。", 2*maxTitle)
	}
	if n < 1 || n >= len(list) {
		wrong.Say("n", "抽取数要在1和名单的个数之间。")
	}
	if seed = strings.TrimSpace(seed); utf8.RuneCountInString(seed) > 64 {
		wrong.Say("seed", "种子最多64个字。")
	}
	if !knows(siteKinds, kind) {
		wrong.Say("kind", "请选点位的类型。")
	}
	before, err := drawsOf(tx, v.ID)
	if err != nil {
		return d, err
	}
	for _, o := range before { // whoever draws again until it suits them has not drawn
		if slices.Equal(o.Places, list) {
			wrong.Say("list", "这份名单已经由%s抽过，抽到%s。要再抽，请先从名单里去掉已抽到的。", o.Person,
				strings.Join(o.Drawn, "、"))
		}
	}
	if err := wrong.Check("没有抽取，请按提示修改。"); err != nil {
		return d, err
	}
	if seed == "" {
		seed = db.NewID()
	}
	d = Draw{ID: db.NewID(), VisitID: v.ID, Places: list, N: int64(n), Seed: seed, Drawn: issue.Draw(list, seed, n),
		PersonID: by.ID, Person: by.Name, At: tx.Now}
	if err := insertDraw(tx, d); err != nil {
		return d, err
	}
	sites, err := sitesOf(tx, v.ID)
	if err != nil {
		return d, err
	}
	for _, place := range d.Drawn {
		if slices.ContainsFunc(sites, func(s Site) bool { return s.Place == place }) {
			continue
		}
		s := Site{VisitID: v.ID, Place: place, Kind: kind, Chosen: "drawn", Draw: d.ID}
		if err := s.add(tx, by); err != nil {
			return d, err
		}
	}
	return d, held.Log(tx, by, VerbDraw, d.Object(), nil, d.row(), map[string]string{"visit": v.Object()})
}

// FileItem is one of the catalogue with what was noted of it.
type FileItem struct {
	Item  string `json:"item"`
	Found string `json:"found,omitempty"` // that stands; '' = nothing noted, or several that differ
	Note  string `json:"note,omitempty"`  // id of the note that stands
	All   []Note `json:"notes"`

	Split bool `json:"split,omitempty"` // notes differ and nobody has chosen
}

// files are the catalogue of a visit: of several notes that say the same the last stands, of those that differ the one
// that was chosen.
func (v Visit) files(notes []Note) (all []FileItem) {
	for _, c := range catalogue {
		f := FileItem{Item: c.Code, All: []Note{}}
		found := map[string]bool{}
		for _, n := range notes {
			if n.Kind == FileNote && n.Item == c.Code {
				f.All, found[n.Found] = append(f.All, n), true
			}
		}
		at := slices.IndexFunc(f.All, func(n Note) bool { return n.ID == v.Choices[c.Code] })
		switch {
		case at >= 0:
			f.Found, f.Note = f.All[at].Found, f.All[at].ID
		case len(found) == 1:
			f.Found, f.Note = slices.Collect(maps.Keys(found))[0], f.All[len(f.All)-1].ID
		default:
			f.Split = len(found) > 1
		}
		all = append(all, f)
	}
	return all
}

// Repeated says whether drawing again gives the same places.
func (d Draw) Repeated() bool { return slices.Equal(issue.Draw(d.Places, d.Seed, int(d.N)), d.Drawn) }
