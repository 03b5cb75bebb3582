package panel

// What is done with a panel: called with its experts and its text, concluded by the head once the opinions are open,
// signed on paper and registered.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/network"
	"yipanqi/internal/opinion"
	"yipanqi/internal/say"
)

// House is what a panel needs of the modules above it.
type House struct {
	Sees  func(tx *db.Tx, by auth.User, object string) error // whether by may see an object
	Adds  func(tx *db.Tx, by auth.User, object string) error // whether by may have a text about it reviewed
	Least func(tx *db.Tx, about string) (int, error)         // how many experts at least; nil: Least
	Files blob.Store
}

// least is how many experts a panel about an object has at least.
func (h House) least(tx *db.Tx, about string) (int, error) {
	if h.Least == nil {
		return Least, nil
	}
	return h.Least(tx, about)
}

var unseen = errs.Missingf("没有找到这次专家论证。它可能不存在，或者您没有查看权限。")

// Read returns a panel that by may see, and the engagement by which an expert sits on it.
func Read(tx *db.Tx, by auth.User, id string) (p Panel, own string, err error) {
	if p, err = Get(tx, id); err != nil {
		return p, "", err
	}
	if by.Sees(p.Office, p.AreaPath) {
		return p, "", nil
	}
	all, err := engagement.Open(tx, by)
	for _, e := range all {
		if slices.Contains(p.Members, e.ID) && e.Names(p.Object()) {
			return p, e.ID, err
		}
	}
	if err != nil {
		return Panel{}, "", err
	}
	return Panel{}, "", unseen
}

// Call calls a panel: lays the text open to its experts, each for themselves.
func Call(tx *db.Tx, by auth.User, p Panel, body string, h House) (Panel, error) {
	at := slices.IndexFunc(by.Posts, func(post auth.Post) bool { return post.Role == auth.Office })
	if at < 0 {
		return p, errs.Deniedf("专家论证须由妇儿工委办组织。")
	}
	p.ID, p.Office, p.AreaPath = db.NewID(), by.Posts[at].Unit, by.Posts[at].AreaPath
	p.Present, p.Version, p.UpdatedBy, p.UpdatedAt, p.State = []string{}, 1, by.Name, tx.Now, Reviewing
	if _, _, err := life.Take(VerbCall, by, Panel{Office: p.Office}.as(by, "")); err != nil {
		return p, err
	}
	if p.About != "" {
		if err := h.Adds(tx, by, p.About); err != nil {
			return p, errs.In("about", err)
		}
	}
	if p.Meeting != "" {
		if err := h.Sees(tx, by, p.Meeting); err != nil {
			return p, errs.In("meeting", err)
		}
	}
	if p.Author == "" {
		p.Author = p.Office
	}
	if err := p.authored(tx); err != nil {
		return p, errs.In("author", err)
	}
	least, err := h.least(tx, p.About)
	if err != nil {
		return p, err
	}
	if err := p.check(tx.Today(), least); err != nil {
		return p, err
	}
	reviewers, err := p.experts(tx, by)
	if err != nil {
		return p, err
	}
	text, err := opinion.LayOpen(tx, by, opinion.Text{Title: p.Title, About: p.About, Unit: p.Office, DueOn: p.FileBy,
		Purpose: opinion.Panel, Reviewers: reviewers}, body)
	if err != nil {
		return p, err
	}
	p.Text, p.Edition = text.ID, 1
	if err := insert(tx, p); err != nil {
		return p, err
	}
	if err := p.findable(tx); err != nil {
		return p, err
	}
	for _, id := range p.Members {
		for _, object := range []string{p.Object(), text.Object()} {
			if err := engagement.Admit(tx, by, id, object); err != nil {
				return p, err
			}
		}
	}
	return p, held.Log(tx, by, VerbCall, p.Object(), nil, p.row(), nil)
}

// authored refuses a unit outside of the office's area.
func (p Panel) authored(tx *db.Tx) error {
	u, err := network.UnitByCode(tx, p.Author)
	if err != nil {
		return err
	}
	at, err := network.AreaByID(tx, u.AreaID)
	if err == nil && !strings.HasPrefix(at.Path, p.AreaPath) {
		err = unseen
	}
	return err
}

// experts are those of the panel, each one engaged as an expert for the time, none tied to whose text it is.
func (p Panel) experts(tx *db.Tx, by auth.User) (all []opinion.Reviewer, err error) {
	wrong := errs.Fields{}
	seen := map[string]bool{}
	for n, id := range p.Members {
		e, err := engagement.Read(tx, by, id)
		switch {
		case errs.KindOf(err) == errs.Missing:
			wrong.Say("members", "第%d位专家：没有这项受聘。", n+1)
			continue
		case err != nil:
			return nil, err
		case e.Role != engagement.Expert || e.State != engagement.Invited && e.State != engagement.Active ||
			e.About != p.About:
			wrong.Say("members", "%s不是为这件事受聘的专家。", e.Person)
		case e.ClosesOn < p.FileBy:
			wrong.Say("members", "%s的受聘在截止日期以前就到期了。", e.Person)
		case seen[e.PersonID]:
			wrong.Say("members", "%s选了两次。", e.Person)
		case e.Tied(p.Author):
			wrong.Say("members", "%s与起草单位有利害关系，不能论证它的文本。请另选专家。", e.Person)
		}
		seen[e.PersonID] = true
		all = append(all, opinion.Reviewer{Engagement: e.ID, PersonID: e.PersonID, Person: e.Person})
	}
	return all, wrong.Check("没有组织：请先改正标出的地方。")
}

func (p Panel) findable(tx *db.Tx) error {
	return find.Put(tx, find.Doc{Object: p.Object(), Title: p.Title, Note: p.FileBy,
		Scope: find.Scope{Unit: p.Office, Path: p.AreaPath}})
}

// change takes a step.
func change(tx *db.Tx, by auth.User, id string, version int64, verb string, detail map[string]string,
	how func(*Panel) error) (Panel, error) {
	p, own, err := Read(tx, by, id)
	if err != nil {
		return p, err
	}
	st, _, err := life.Take(verb, by, p.as(by, own))
	if err != nil {
		return p, err
	}
	if version != p.Version {
		return p, errs.Conflictf("%s刚刚改过这次论证。请刷新页面，核对后再操作；您输入的内容仍在本页。", p.UpdatedBy)
	}
	return p, p.move(tx, by, st, detail, how)
}

func (p *Panel) move(tx *db.Tx, by auth.User, st flow.Step, detail map[string]string, how func(*Panel) error) error {
	before := p.row()
	if err := how(p); err != nil {
		return err
	}
	p.State, p.UpdatedBy, p.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := update(tx, p); err != nil {
		return err
	}
	return held.Log(tx, by, st.Verb, p.Object(), before, p.row(), detail)
}

// Concluding is what the head says.
type Concluding struct {
	Conclusion Conclusion
	Statement  string
	Present    []string
}

// Conclude is the head's: who was there, what the panel holds of the text, what it comes to.
func Conclude(tx *db.Tx, by auth.User, id string, version int64, c Concluding) (Panel, error) {
	return change(tx, by, id, version, VerbConclude, map[string]string{"conclusion": string(c.Conclusion)},
		func(p *Panel) error {
			text, err := opinion.Get(tx, p.Text)
			if err != nil {
				return err
			}
			if text.Blind(tx.Today()) {
				return errs.Conflictf("还有专家没有提完意见，意见公开以后才能作结论。")
			}
			c.Statement = strings.TrimSpace(c.Statement)
			slices.Sort(c.Present)
			c.Present = slices.Compact(c.Present)
			wrong := errs.Fields{}
			if conclusionWords[c.Conclusion] == "" {
				wrong.Say("conclusion", "请选择论证结论。")
			}
			if c.Statement == "" || longer(c.Statement, maxStatement) {
				wrong.Say("statement", "请写总体评价，最多%d个字。", maxStatement)
			}
			if slices.ContainsFunc(c.Present, func(one string) bool { return !slices.Contains(p.Members, one) }) {
				wrong.Say("present", "到会的人要是本组专家。")
			} else if len(c.Present) < p.Quorum || !slices.Contains(c.Present, p.Head) {
				wrong.Say("present", "到会%d人，不到法定人数%d人，或者组长没有到会，不能作结论。", len(c.Present), p.Quorum)
			}
			for _, one := range c.Present {
				if !slices.Contains(p.Members, one) || !wrong["present"].IsZero() {
					continue
				}
				out, err := p.out(tx, one)
				if err != nil {
					return err
				}
				if !out.IsZero() {
					wrong["present"] = out
				}
			}
			if err := wrong.Check("没有作结论：请先改正标出的地方。"); err != nil {
				return err
			}
			editions, err := opinion.Editions(tx, p.Text)
			if err != nil {
				return err
			}
			p.Conclusion, p.Statement, p.Present = c.Conclusion, c.Statement, c.Present
			p.ConcludedOn, p.Edition = tx.Today(), editions[len(editions)-1].Number
			return nil
		})
}

// Sign registers the statement that all present signed on paper, with its scan.
func Sign(tx *db.Tx, by auth.User, id string, version int64, f evidence.File) (Panel, error) {
	return change(tx, by, id, version, VerbSign, map[string]string{"scan": f.Digest}, func(p *Panel) error {
		if f.Digest == "" {
			return errs.Fields{"scan": {Key: "请附上全体到会专家签名的论证意见扫描件。"}}.Check("没有登记：请附上扫描件。")
		}
		post, _ := by.PostFor(p.Office, auth.Office)
		f.Object, f.Field, f.Unit = p.Object(), fieldStatement, post.UnitName
		kept, err := evidence.Attach(tx, by, f)
		p.Scan, p.SignedOn = kept.ID, tx.Today()
		return err
	})
}

const fieldStatement = "statement"

// Cancel ends a panel without a conclusion; what was said of the text stays.
func Cancel(tx *db.Tx, by auth.User, id string, version int64, why string) (Panel, error) {
	if why = strings.TrimSpace(why); why == "" || longer(why, maxReason) {
		return Panel{}, errs.Fields{"reason": say.Words{Key: "请写明原因，600字以内。"}}.Check("没有取消：请写明原因。")
	}
	return change(tx, by, id, version, VerbCancel, map[string]string{"reason": why}, func(p *Panel) error {
		p.Reason = why
		return nil
	})
}
