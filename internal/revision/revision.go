// Package revision keeps the indicator system in health: which indicators have data, a target, a counterpart in the
// national set, figures by sex, a formula that works and a unit behind them; who looks for a source where there is
// none; and how definitions change: proposed, consulted on, decided by the committee, applied from a period on. It
// computes no value, and changes no number that was accepted: an old series stays, with a break.
package revision

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Kept is what records, links, duties and revisions have alike: the office that keeps them.
type Kept struct {
	ID        string    `json:"id"`
	Office    string    `json:"office"`
	AreaPath  string    `json:"-"`
	State     State     `json:"state"`
	Version   int64     `json:"version"`
	UpdatedBy string    `json:"-"`
	UpdatedAt time.Time `json:"-"`
}

// State is where one of them stands.
type State string

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return words[string(s)] }

// seen says whether by may see what an office keeps: whoever reads the figures of its area.
func (k Kept) seen(by auth.User) bool { return by.SeesFigures(k.AreaPath) }

// keeper is the post in which by works for the office that keeps it.
func (k Kept) keeper(by auth.User) (auth.Post, error) {
	if post, ok := by.PostFor(k.Office, auth.Office); ok {
		return post, nil
	}
	return auth.Post{}, errs.Deniedf("这一步须由妇儿工委办办理。")
}

// begin makes a new one of the office in which by works.
func begin(tx *db.Tx, by auth.User, verb string) (k Kept, post auth.Post, err error) {
	if err := by.Check(verb); err != nil {
		return k, post, err
	}
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool { return p.Role == auth.Office })
	if at < 0 {
		return k, post, errs.Deniedf("这一步须由妇儿工委办办理。")
	}
	post = by.Posts[at]
	return Kept{ID: db.NewID(), Office: post.Unit, AreaPath: post.AreaPath, Version: 1, UpdatedBy: by.Name,
		UpdatedAt: tx.Now}, post, nil
}

// unchanged refuses who looks at an older version.
func (k Kept) unchanged(version int64) error {
	if k.Version != version {
		return errs.Conflictf("%s刚刚改过。请刷新页面，核对后再操作；您输入的内容仍在本页。", k.UpdatedBy)
	}
	return nil
}

// liaison is the post in which by speaks for a unit.
func liaison(by auth.User, unit string, or say.Key) (auth.Post, error) {
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool {
		return p.Unit == unit && unit != "" && (p.Role == auth.Liaison || p.Role == auth.Statistician ||
			p.Role == auth.Leader || p.Role == auth.Office)
	})
	if at < 0 {
		return auth.Post{}, errs.Deniedf(or)
	}
	return by.Posts[at], nil
}

// unitWithin refuses at a field a unit that there is not, that is closed, or that lies outside the area of k.
func (k Kept) unitWithin(tx *db.Tx, wrong errs.Fields, field, code string) error {
	unit, err := network.UnitByCode(tx, code)
	var area network.Area
	if err == nil {
		area, err = network.AreaByID(tx, unit.AreaID)
	}
	switch {
	case errs.KindOf(err) == errs.Missing || err == nil && !strings.HasPrefix(area.Path, k.AreaPath):
		wrong.Say(field, "没有这个单位。请从列表里选。")
		return nil
	case err == nil && !unit.OpenOn(tx.Today()):
		wrong.Say(field, "%s已于%s撤销，请改选承接它的单位。", unit.Name, unit.ClosesOn)
	}
	return err
}

const (
	maxText  = 2000 // characters
	maxTitle = 100
)

// tooLong says at a field when a text is longer than it may be.
func tooLong(wrong errs.Fields, field, text string, most int) {
	if utf8.RuneCountInString(text) > most {
		wrong.Say(field, "最多%d个字。", most)
	}
}

// because is a reason that has to be given.
func because(why string) (string, error) {
	why = strings.TrimSpace(why)
	if n := utf8.RuneCountInString(why); n == 0 || n > 600 {
		return why, errs.Fields{"reason": {Key: "请写明原因，600字以内。"}}.Check(unsaved)
	}
	return why, nil
}

const unsaved say.Key = "没有保存：请先改正标出的地方。"

// choice is a code with its Chinese word.
type choice struct {
	Code string
	Word say.Key
}

func word(all []choice, code string) say.Key {
	for _, c := range all {
		if c.Code == code {
			return c.Word
		}
	}
	return say.Key(code)
}

func known(all []choice, code string) bool {
	return slices.ContainsFunc(all, func(c choice) bool { return c.Code == code })
}

// coded are the words of choices as a file may have them, in Chinese or by code.
func coded(all []choice) map[string]string {
	words := map[string]string{}
	for _, c := range all {
		words[string(c.Word)], words[c.Code] = c.Code, c.Code
	}
	return words
}
