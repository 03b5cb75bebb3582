package record

// What people do with records: write in them, take them a step on. New ones are news.go's.

import (
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

var notYours = errs.Deniedf("这条记录现在不由您办理，不能附材料。请写备注说明。")

var unseen = errs.Missingf("没有找到这条记录。它可能不存在，或者您没有查看权限。")

// desk is a register at work: its definition in the version of a record, who plays what, and what values may name.
type desk struct {
	cast
	w      register.World
	linked map[string]Record // by register and number, those that a page names
	news   *news             // of an import; nil: new records are written at once
}

func deskOf(tx *db.Tx, by auth.User, d register.Definition, areaPath string) (k desk, err error) {
	if k.cast, err = castOf(tx, d); err != nil {
		return k, err
	}
	k.w, err = world(tx, by, areaPath)
	return k, err
}

// Read is a record that by may see; any other is missing.
func Read(tx *db.Tx, by auth.User, id string) (Record, error) {
	r, err := Get(tx, id)
	if errs.KindOf(err) == errs.Missing {
		return r, unseen
	}
	if err != nil {
		return r, err
	}
	d, err := ByVersion(tx, r.Register, r.Version)
	if err != nil {
		return r, err
	}
	if d.Referral.Who != "" {
		if r.Offered, err = offeredTo(tx, r.ID); err != nil {
			return r, err
		}
	}
	c, err := castOf(tx, d)
	if err == nil && !c.sees(by, r) {
		err = unseen
	}
	return r, err
}

// reading is a record with its register at work.
func reading(tx *db.Tx, by auth.User, id string) (r Record, k desk, err error) {
	if r, err = Read(tx, by, id); err != nil {
		return r, k, err
	}
	d, err := ByVersion(tx, r.Register, r.Version)
	if err != nil {
		return r, k, err
	}
	k, err = deskOf(tx, by, d, r.AreaPath)
	return r, k, err
}

// seen is a record as by may see it.
func seen(tx *db.Tx, by auth.User, r Record) (Record, error) {
	d, err := ByVersion(tx, r.Register, r.Version)
	if err != nil {
		return r, err
	}
	k, err := deskOf(tx, by, d, r.AreaPath)
	if err == nil {
		k.veil(by, &r)
	}
	return r, err
}

// write reads what was typed into the record and computes what follows from it.
func (k desk) write(r *Record, given map[string]string, may func(register.Field) bool) error {
	body, wrong := k.d.Read(r.Body, given, may, k.w)
	if err := typed(wrong).Check("没有保存：请先改正标出的地方。"); err != nil {
		return err
	}
	k.finish(r, body)
	return nil
}

// finish puts a body into the record, with what is computed of it and what the record is called.
func (k desk) finish(r *Record, body register.Body) {
	r.Body = k.d.Compute(body, r.asked(k.places), k.w)
	title := k.d.Title()
	if r.Title = k.plain(title, r.Body); r.Title == "" {
		r.Title = "（未命名）"
	}
}

// typed are the fields of a refusal under the names that forms have them by.
func typed(wrong errs.Fields) errs.Fields {
	named := errs.Fields{}
	for k, words := range wrong {
		if strings.HasPrefix(k, "check") {
			named[k] = words
			continue
		}
		named["value["+k+"]"] = words
	}
	return named
}

// Save writes in a record. was is what its editor had read: where both they and somebody else changed a value since,
// they are told; else both changes stand.
func Save(tx *db.Tx, by auth.User, id string, version int64, was, given map[string]string) (Record, error) {
	if err := by.Check(VerbSave); err != nil {
		return Record{}, err
	}
	r, k, err := reading(tx, by, id)
	if err != nil {
		return r, err
	}
	before := r
	if version != r.Edits {
		if given, err = k.merged(r, was, given); err != nil {
			return r, err
		}
	}
	p, err := pastOf(tx, k.cast, r)
	if err != nil {
		return r, err
	}
	if err := k.write(&r, given, k.writes(by, r, p)); err != nil {
		return r, err
	}
	if text(r.Body) == text(before.Body) {
		return before, nil
	}
	return r, k.keep(tx, by, VerbSave, &r, before, nil)
}

// merged is what an editor changed since they read, if nobody else changed the same.
func (k desk) merged(r Record, was, given map[string]string) (map[string]string, error) {
	if was == nil {
		return nil, errs.Conflictf("%s刚刚改过这条记录。请刷新页面，核对后再保存。", r.UpdatedBy)
	}
	wrote, wrong := k.d.Read(was, given, func(register.Field) bool { return true }, k.w)
	mine := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(r.Body.With(was, wrote))) {
		switch {
		case wrote[key] == was[key]:
		case r.Body[key] != was[key] && r.Body[key] != wrote[key]:
			wrong.Say(key, "%s刚刚改成了“%s”，您写的是“%s”。请留下对的再保存。", r.UpdatedBy, r.Body[key], wrote[key])
		default:
			mine[key] = wrote[key]
		}
	}
	return mine, typed(wrong).Check("有的地方两个人都改了，没有保存。请核对标出的地方，再保存一次。")
}

// Take takes a record a step on. Fields that the step needs may be given with it.
func Take(tx *db.Tx, by auth.User, id, verb string, version int64, reason string, given map[string]string) (Record,
	error) {
	if err := by.Check(VerbStep); err != nil {
		return Record{}, err
	}
	r, k, err := reading(tx, by, id)
	if err != nil {
		return r, err
	}
	s, known := k.d.Stage(r.State, verb)
	if !known || s.Who == register.Program {
		return r, errs.Conflictf("状态已经变了，这一步现在不能办。请刷新页面，看看是谁办理过。")
	}
	if r.Offered != "" {
		return r, errs.Conflictf("这条记录正在转办给%s，请先撤回。", k.places.unitName(r.Offered))
	}
	p, err := pastOf(tx, k.cast, r)
	if err != nil {
		return r, err
	}
	post, err := k.may(by, r, s, p, k.w)
	if err != nil {
		return r, err
	}
	if version != r.Edits {
		return r, errs.Conflictf("%s刚刚改过这条记录。请刷新页面，看过之后再办。", r.UpdatedBy)
	}
	before := r
	needed := func(f register.Field) bool { return slices.Contains(s.Needs, f.Code) }
	if err := k.write(&r, given, needed); err != nil {
		return r, err
	}
	if err := k.passable(tx, r, s, reason); err != nil {
		return r, err
	}
	return r, k.move(tx, by, &r, before, s, post, reason)
}

// passable refuses a step for what it still needs, and a record that leaves its keeper unfinished.
func (k desk) passable(tx *db.Tx, r Record, s register.Stage, reason string) error {
	wrong := errs.Fields{}
	for _, need := range s.Needs {
		f, isField := k.d.Field(need)
		switch {
		case need == "reason" && strings.TrimSpace(reason) == "":
			wrong.Say("reason", "请写明原因。")
		case need == "evidence":
			n, err := files(tx, r)
			if err != nil {
				return err
			}
			if n == 0 {
				wrong.Say("evidence", "请先在本页附上佐证材料。")
			}
		case isField && len(r.Body.Under(f)) == 0:
			wrong.Say("value["+need+"]", "请填写“%s”。", f.Name)
		}
	}
	if len([]rune(reason)) > 600 {
		wrong.Say("reason", "原因请写在600字以内。")
	}
	if err := wrong.Check("没有办理：请先补齐标出的地方。"); err != nil {
		return err
	}
	leaves := s.Who == k.d.Parts[0].Code && !k.d.State(s.To).Ends && !k.d.Writable(s.To)
	if to := k.d.State(s.To); to.Counts == register.Counted || leaves {
		other, err := alike(tx, k.d, r)
		if err != nil {
			return err
		}
		if other != "" {
			return errs.Fields{"value[" + k.d.Unique[0] + "]": say.New("记录%s已经登记过同样的内容。请改那一条，或作废本条。",
				other)}.Check("还不能报送：请先改正标出的地方。")
		}
		also, err := k.across(tx, r)
		if err != nil {
			return err
		}
		return named(k.d.Ready(r.Body, r.asked(k.places), k.w, also...))
	}
	return nil
}

// named is a refusal with its fields under the names that forms have them by.
func named(err error) error {
	if fields := errs.FieldsOf(err); len(fields) > 0 {
		return typed(fields).Check("还不能报送：请先改正标出的地方。")
	}
	return err
}

// move takes the step: the new state, when what follows is due, what counts from now on.
func (k desk) move(tx *db.Tx, by auth.User, r *Record, before Record, s register.Stage, post auth.Post,
	reason string) error {
	r.State, r.Since = s.To, tx.Now
	return k.put(tx, by, r, before, s, post, map[string]string{"reason": strings.TrimSpace(reason)})
}

// put writes a record that a step made or moved.
func (k desk) put(tx *db.Tx, by auth.User, r *Record, before Record, s register.Stage, post auth.Post,
	detail map[string]string) error {
	if err := k.due(tx, r, s); err != nil {
		return err
	}
	switch k.d.State(r.State).Counts {
	case register.Counted:
		r.Counted, r.Counts = r.Body, true
	case register.Uncounted:
		r.Counted, r.Counts = register.Body{}, false
	}
	said := map[string]string{"step": s.Verb, "label": s.Name.ZH, "of": post.Unit, "from": before.State,
		"to": s.To}
	for name, value := range detail {
		if value != "" {
			said[name] = value
		}
	}
	verb := VerbStep
	if before.ID == "" {
		verb = VerbCreate
	}
	return k.keep(tx, by, verb, r, before, said)
}

// keep writes a record down and says in the journal what of it changed.
func (k desk) keep(tx *db.Tx, by auth.User, verb string, r *Record, before Record, said map[string]string) error {
	r.UpdatedBy, r.UpdatedAt = by.Name, tx.Now
	detail := changes(before.Body, r.Body)
	for name, value := range said {
		detail[name] = value
	}
	var was held.Row
	var err error
	if before.ID == "" {
		r.Edits = 1
		err = k.news.put(tx, k.d, *r)
	} else if was, err = before.row(), update(tx, r); err == nil {
		err = findable(tx, k.d, *r)
	}
	if err != nil {
		return err
	}
	if err := stirred(tx, k.d, *r, k.places, was == nil); err != nil {
		return err
	}
	return held.Log(tx, by, verb, r.Object(), was, r.row(), detail)
}
