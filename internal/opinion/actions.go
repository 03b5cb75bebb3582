package opinion

// What is done with a text and with the remarks on it, each step by the state table.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

var unseen = errs.Missingf("没有找到这份文本。它可能不存在，或者您没有查看权限。")

// Read returns a text that by may see: who lays it open, who oversees the area, the units it is laid open to, and
// who is engaged for it.
func Read(tx *db.Tx, by auth.User, id string) (Text, error) {
	t, err := Get(tx, id)
	if err != nil {
		return t, err
	}
	if by.Sees(t.Unit, t.AreaPath) {
		return t, nil
	}
	for _, unit := range t.Readers {
		if by.Sees(unit, "") {
			return t, nil
		}
	}
	if named, err := t.named(tx, by); named || err != nil {
		return t, err
	}
	return Text{}, unseen
}

// LayOpen lays a text open to units: its first version.
func LayOpen(tx *db.Tx, by auth.User, t Text, body string) (Text, error) {
	if err := by.Check(VerbOpen); err != nil {
		return t, err
	}
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool {
		return p.Role == auth.Office && (t.Unit == "" || p.Unit == t.Unit)
	})
	if at < 0 {
		return t, errs.Deniedf("文本须由妇儿工委办交付征求意见。")
	}
	t.ID, t.Unit, t.AreaPath, t.Title = db.NewID(), by.Posts[at].Unit, by.Posts[at].AreaPath, strings.TrimSpace(t.Title)
	t.CreatedBy, t.CreatedAt, t.Version, t.UpdatedBy, t.UpdatedAt = by.ID, tx.Now, 1, by.Name, tx.Now
	wrong := errs.Fields{}
	if t.Title == "" || longer(t.Title, maxTitle) {
		wrong.Say("title", "请写标题，最多%d个字。", maxTitle)
	}
	if !calendar.IsDay(t.DueOn) || t.DueOn < tx.Today() {
		wrong.Say("due", "请填提意见的截止日期，不早于今天。")
	}
	if err := t.known(tx); errs.KindOf(err) == errs.Invalid {
		wrong["unit"] = errs.WordsOf(err)
	} else if err != nil {
		return t, err
	}
	if err := wrong.Check("没有交付：请先改正标出的地方。"); err != nil {
		return t, err
	}
	paragraphs, err := Split(body, nil)
	if err != nil {
		return t, err
	}
	if err := insertText(tx, t); err != nil {
		return t, err
	}
	if err := t.invited(tx, by); err != nil {
		return t, err
	}
	if err := findable(tx, t); err != nil {
		return t, err
	}
	if err := t.edition(tx, by, Edition{Number: 1, Paragraphs: paragraphs}); err != nil {
		return t, err
	}
	if len(t.Readers) > 0 {
		if err := held.Log(tx, by, VerbOpen, "readers/"+t.ID, nil, t.readersRow(), nil); err != nil {
			return t, err
		}
	}
	return t, held.Log(tx, by, VerbOpen, t.Object(), nil, t.row(), nil)
}

// known refuses readers that there are not in the area.
func (t *Text) known(tx *db.Tx) error {
	slices.Sort(t.Readers)
	t.Readers = slices.Compact(t.Readers)
	if len(t.Readers) == 0 && len(t.Reviewers) == 0 {
		return errs.Invalidf("请选择交付给哪些单位，至少一个。")
	}
	for _, code := range t.Readers {
		unit, err := network.UnitByCode(tx, code)
		if err == nil {
			var area network.Area
			if area, err = network.AreaByID(tx, unit.AreaID); err == nil && !strings.HasPrefix(area.Path, t.AreaPath) {
				err = errs.Missingf("没有找到这个单位。")
			}
		}
		if errs.KindOf(err) == errs.Missing {
			return errs.Invalidf("有的单位不存在。请从列表里选。")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// edition adds a version and journals it under a name of its own.
func (t Text) edition(tx *db.Tx, by auth.User, e Edition) error {
	e.ID, e.Person, e.CreatedAt = db.NewID(), by.Name, tx.Now
	if err := insertEdition(tx, t.ID, e); err != nil {
		return err
	}
	return held.Log(tx, by, VerbRevise, "edition/"+e.ID, nil, e.row(t.ID), nil)
}

// owned is a text that by's office lays open.
func owned(tx *db.Tx, by auth.User, id, verb string, version int64) (Text, error) {
	t, err := Read(tx, by, id)
	if err != nil {
		return t, err
	}
	if err := by.Check(verb); err != nil {
		return t, err
	}
	if _, err := t.plays(by, Opinion{}, owner); err != nil {
		return t, err
	}
	if t.Version != version {
		return t, errs.Conflictf("%s刚刚改过这份文本。您写的内容都还在本页；请核对后再保存。", t.UpdatedBy)
	}
	return t, nil
}

// Revise makes a new version of a text, with a reason; remarks keep their places as far as there are any.
func Revise(tx *db.Tx, by auth.User, id string, version int64, body, reason string) (Text, error) {
	t, err := owned(tx, by, id, VerbRevise, version)
	if err != nil {
		return t, err
	}
	if t.Blind(tx.Today()) {
		return t, errs.Conflictf("专家正在看这一版，意见公开以前不能修改文本。")
	}
	if reason = strings.TrimSpace(reason); reason == "" || longer(reason, maxReason) {
		return t, errs.Fields{"reason": {Key: "请写明为什么改，600字以内。"}}.Check("没有保存：请写明为什么改。")
	}
	editions, err := Editions(tx, id)
	if err != nil {
		return t, err
	}
	last := editions[len(editions)-1]
	paragraphs, err := Split(body, last.Paragraphs)
	if err != nil {
		return t, err
	}
	if slices.Equal(paragraphs, last.Paragraphs) {
		return t, errs.Fields{"text": {Key: "正文没有变化。"}}.Check("没有保存：正文没有变化。")
	}
	if err := t.edition(tx, by, Edition{Number: last.Number + 1, Paragraphs: paragraphs, Reason: reason}); err != nil {
		return t, err
	}
	before := t.row()
	t.UpdatedBy, t.UpdatedAt = by.Name, tx.Now
	if err := updateText(tx, &t); err != nil {
		return t, err
	}
	return t, held.Log(tx, by, VerbRevise, t.Object(), before, t.row(), map[string]string{"reason": reason})
}

// Close ends the asking: nobody files remarks any more; those that are filed are still replied to.
func Close(tx *db.Tx, by auth.User, id string, version int64) (Text, error) {
	t, err := owned(tx, by, id, VerbClose, version)
	if err != nil {
		return t, err
	}
	before := t.row()
	if t.Closed {
		return t, errs.Conflictf("征求意见已经结束。")
	}
	if t.Blind(tx.Today()) { // or whoever ends it reads what they are not to read yet
		return t, errs.Conflictf("专家还没有都提完意见，截止日期也没有到，不能结束。")
	}
	t.Closed, t.UpdatedBy, t.UpdatedAt = true, by.Name, tx.Now
	if err := updateText(tx, &t); err != nil {
		return t, err
	}
	return t, held.Log(tx, by, VerbClose, t.Object(), before, t.row(), nil)
}

// Write drafts a remark, or changes the draft of one; file files it as well.
func Write(tx *db.Tx, by auth.User, o Opinion, file bool) (Opinion, error) {
	t, err := Read(tx, by, o.TextID)
	if err != nil {
		return o, err
	}
	now, before := o, held.Row{}
	if o.ID != "" {
		if o, err = ByID(tx, o.ID); err != nil || o.TextID != t.ID || o.PersonID != by.ID {
			return o, orElse(err, unseen)
		}
		before = o.row()
		if now.Version > o.Version {
			return o, errs.Fields{"revision": say.New("这条意见没有第%d稿。请刷新页面再改。", now.Version)}.
				Check("意见没有保存：请先改正标出的地方。")
		}
		if o.Version != now.Version {
			return o, errs.Conflictf("这条意见刚刚改过。请刷新页面，看过之后再办。")
		}
		o.Quote, o.Kind, o.Weight, o.Reason, o.Suggestion = now.Quote, now.Kind, now.Weight, now.Reason, now.Suggestion
		o.ShownAs = now.ShownAs
	}
	if o.ID == "" && o.Version != 0 {
		return o, errs.Fields{"revision": {Key: "新提的意见没有以前的稿，不要写稿次。"}}.
			Check("意见没有保存：请先改正标出的地方。")
	}
	_, post, err := life.Take(VerbDraft, by, t.as(tx, by, o))
	if err != nil {
		return o, err
	}
	if err := o.fix(tx, t); err != nil {
		return o, err
	}
	if err := o.check(t.Purpose); err != nil {
		return o, err
	}
	if o.ID == "" {
		o.ID, o.State, o.CreatedAt, o.Version, o.UpdatedAt = db.NewID(), Draft, tx.Now, 1, tx.Now
		o.PersonID, o.Person, o.Unit, o.Role = by.ID, by.Name, post.Unit, post.RoleName
		if t.through != nil {
			o.Engagement = t.through.ID
		}
		err = insert(tx, o)
	} else {
		err = update(tx, &o)
	}
	if err != nil {
		return o, err
	}
	if err := held.Log(tx, by, VerbDraft, o.Object(), before, o.row(), nil); err != nil || !file {
		return o, err
	}
	return o, step(tx, by, t, &o, VerbFile, nil, func() { o.FiledAt = tx.Now })
}

// fix finds the words that a remark is on in the newest version.
func (o *Opinion) fix(tx *db.Tx, t Text) error {
	editions, err := Editions(tx, t.ID)
	if err != nil {
		return err
	}
	last := editions[len(editions)-1]
	at := slices.IndexFunc(last.Paragraphs, func(p Paragraph) bool { return p.ID == o.Paragraph })
	if at < 0 {
		return errs.Conflictf("这一段已经不在文本里。请刷新页面，在现在的段落上提。")
	}
	p := last.Paragraphs[at]
	if o.Quote = strings.TrimSpace(o.Quote); o.Quote == "" {
		o.Quote = p.Text
	}
	if !strings.Contains(p.Text, o.Quote) {
		return errs.Fields{"quote": {Key: "引用的文字要与原文一字不差。"}}.Check("意见没有保存：请先改正标出的地方。")
	}
	o.Number, o.Clause = last.Number, p.Clause
	return nil
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// step takes a step with a remark: change is what it changes beside the state.
func step(tx *db.Tx, by auth.User, t Text, o *Opinion, verb string, detail map[string]string, change func()) error {
	before := o.row()
	st, _, err := life.Take(verb, by, t.as(tx, by, *o))
	if err != nil {
		return err
	}
	return move(tx, by, o, st, before, detail, change)
}

func move(tx *db.Tx, by auth.User, o *Opinion, st flow.Step, before held.Row, detail map[string]string,
	change func()) error {
	if change != nil {
		change()
	}
	o.State = State(st.To)
	if err := update(tx, o); err != nil {
		return err
	}
	return held.Log(tx, by, st.Verb, o.Object(), before, o.row(), detail)
}

// read is a remark that by may see, with its text, if its row is of that version.
func read(tx *db.Tx, by auth.User, id string, version int64) (t Text, o Opinion, err error) {
	if o, err = ByID(tx, id); err != nil {
		return t, o, err
	}
	if t, err = Read(tx, by, o.TextID); err != nil {
		return t, o, err
	}
	if o.PersonID != by.ID && (o.State == Draft || t.Blind(tx.Today())) {
		return t, o, unseen
	}
	if o.Version != version {
		return t, o, errs.Conflictf("这条意见刚刚改过。请刷新页面，看过之后再办。")
	}
	return t, o, nil
}

// Reply answers a remark. What is not adopted whole needs a reason; what is adopted, the words as they stand now.
func Reply(tx *db.Tx, by auth.User, id string, version int64, verdict, reason, changed string) (Opinion, error) {
	t, o, err := read(tx, by, id, version)
	if err != nil {
		return o, err
	}
	reason, changed = strings.TrimSpace(reason), strings.TrimSpace(changed)
	wrong := errs.Fields{}
	if VerdictWords(verdict) == "" {
		wrong.Say("verdict", "请选择采纳、部分采纳或不予采纳。")
	}
	if (verdict == Partly || verdict == NotAdopted) && reason == "" || longer(reason, maxWords) {
		wrong.Say("reply", "没有全部采纳的，请写明理由，最多%d个字。", maxWords)
	}
	if (verdict == Partly || verdict == Adopted) && changed == "" || longer(changed, maxWords) {
		wrong.Say("changed_text", "采纳的，请写明改后的文字，最多%d个字。", maxWords)
	}
	if err := wrong.Check("没有回应：请先补齐标出的地方。"); err != nil {
		return o, err
	}
	return o, step(tx, by, t, &o, VerbReply, map[string]string{"verdict": verdict}, func() {
		o.Verdict, o.Reply, o.ChangedText, o.RepliedBy, o.RepliedAt = verdict, reason, changed, by.Name, tx.Now
	})
}

// Stance is what the author makes of the reply: settled, or kept.
func Stance(tx *db.Tx, by auth.User, id string, version int64, keeps bool) (Opinion, error) {
	t, o, err := read(tx, by, id, version)
	if err != nil {
		return o, err
	}
	verb := VerbSettle
	if keeps {
		verb = VerbKeep
	}
	return o, step(tx, by, t, &o, verb, nil, func() { o.StanceAt = tx.Now })
}

// Withdraw takes a remark back before it is replied to.
func Withdraw(tx *db.Tx, by auth.User, id string, version int64) (Opinion, error) {
	t, o, err := read(tx, by, id, version)
	if err != nil {
		return o, err
	}
	return o, step(tx, by, t, &o, VerbWithdraw, nil, nil)
}

// lapsePiece is how many remarks one round settles at most.
const lapsePiece = 200

// Lapse settles, marked so, what authors have said nothing about in time, the longest replied first. It returns how
// many.
func Lapse(tx *db.Tx) (n int, err error) {
	some, err := repliedBefore(tx, tx.Now, lapsePiece)
	if err != nil {
		return 0, err
	}
	st, _ := life.Step(string(Replied), VerbLapse)
	for _, o := range some {
		due, err := o.deadline(tx)
		if err != nil {
			return n, err
		}
		if due == nil || !due.Late {
			continue
		}
		before := o.row()
		if err := move(tx, journal.System, &o, st, before, nil, func() {
			o.StanceAt, o.Silent = tx.Now, true
		}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
