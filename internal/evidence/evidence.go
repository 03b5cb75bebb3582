// Package evidence is files that prove something: on any object, with the field that each proves, who laid it there
// and when. A file is never deleted or changed: it is replaced or withdrawn with a reason, and stays listed. The bytes
// are package blob's; who may see or lay a file on an object is its module's business.
package evidence

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
)

// Verbs are permission and journal entry at once.
const (
	VerbAttach   = "evidence.attach"
	VerbWithdraw = "evidence.withdraw"
)

// File is one piece of evidence.
type File struct {
	ID          string    `json:"id"`
	Object      string    `json:"-"`
	Field       string    `json:"field,omitempty"` // key of what it proves on the object; '' = the whole
	Digest      string    `json:"digest"`          // SM3 of the content
	Name        string    `json:"name"`
	MediaType   string    `json:"media_type"`
	Size        int64     `json:"size"`
	Note        string    `json:"note,omitempty"`
	Replaces    string    `json:"replaces,omitempty"`
	PersonID    string    `json:"-"`
	Person      string    `json:"person"`
	Unit        string    `json:"unit"`
	CreatedAt   time.Time `json:"created_at"`
	EndedAt     time.Time `json:"ended_at,omitzero"` // withdrawn or replaced
	EndedBy     string    `json:"ended_by,omitempty"`
	EndedReason string    `json:"ended_reason,omitempty"`
}

// Current says whether the file still stands.
func (f File) Current() bool { return f.EndedAt.IsZero() }

const (
	maxName = 120 // characters
	maxNote = 500
	maxOpen = 50 // files that stand on one object
)

// Attach lays a file on an object; its content is in the blob store already. If it replaces another, that one ends.
func Attach(tx *db.Tx, by auth.User, f File) (File, error) {
	f.Note = strings.TrimSpace(f.Note)
	if utf8.RuneCountInString(f.Note) > maxNote {
		return f, errs.Fields{"note": {Key: "说明最多500个字。"}}.Check("说明太长。")
	}
	standing, err := Of(tx, f.Object)
	if err != nil {
		return f, err
	}
	open := 0
	for _, other := range standing {
		if !other.Current() || other.ID == f.Replaces {
			continue
		}
		if open++; other.Digest == f.Digest && other.Field == f.Field {
			return f, errs.Conflictf("这份材料已经在了：%s。不用再传。", other.Name)
		}
	}
	if open >= maxOpen {
		return f, errs.Conflictf("一件事最多放%d份材料。请先撤下不用的，或合并成一个文件。", maxOpen)
	}
	if f.Replaces != "" {
		if _, err := end(tx, by, f.Object, f.Replaces, "由“"+f.Name+"”替换"); err != nil {
			return f, err
		}
	}
	f.ID, f.PersonID, f.Person, f.CreatedAt = db.NewID(), by.ID, by.Name, tx.Now
	if err := insert(tx, f); err != nil {
		return f, err
	}
	return f, journal.Log(tx, by, VerbAttach, f.entry(), f.said())
}

// entry is the file's name in the journal. It is not its object's: that counts its own entries, which are its life.
func (f File) entry() string { return "evidence/" + f.ID }

// said is what the journal keeps of a file: all of its row that the entry does not say itself.
func (f File) said() map[string]string {
	detail := map[string]string{"of": f.Object, "digest": f.Digest, "name": f.Name, "kind": f.MediaType,
		"size": strconv.FormatInt(f.Size, 10), "unit": f.Unit}
	for key, value := range map[string]string{"field": f.Field, "note": f.Note, "replaces": f.Replaces} {
		if value != "" {
			detail[key] = value
		}
	}
	return detail
}

// Withdraw takes a file off its object, with a reason; it stays listed and readable.
func Withdraw(tx *db.Tx, by auth.User, object, id, reason string) (File, error) {
	if reason = strings.TrimSpace(reason); reason == "" || utf8.RuneCountInString(reason) > maxNote {
		return File{}, errs.Fields{"reason": {Key: "请写明撤下的原因，最多500个字。"}}.Check("请写明撤下的原因。")
	}
	return end(tx, by, object, id, reason)
}

func end(tx *db.Tx, by auth.User, object, id, reason string) (File, error) {
	f, err := ByID(tx, id)
	if err == nil && f.Object != object {
		err = errs.Missingf("没有找到这份材料。")
	}
	if err != nil {
		return f, err
	}
	if !f.Current() {
		return f, errs.Conflictf("这份材料已经撤下了。请刷新页面看看。")
	}
	f.EndedAt, f.EndedBy, f.EndedReason = tx.Now, by.Name, reason
	if err := finish(tx, f); err != nil {
		return f, err
	}
	return f, journal.Log(tx, by, VerbWithdraw, f.entry(), map[string]string{"of": object, "reason": reason})
}

// CleanName is a file's name as it is kept: without folders, marks that turn the direction of writing and other
// characters that nobody sees; a long one is cut in its middle, so that its end still says what kind it is.
func CleanName(name string) string {
	if at := strings.LastIndexAny(name, `/\`); at >= 0 {
		name = name[at+1:]
	}
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name))
	if r := []rune(name); len(r) > maxName {
		name = string(r[:maxName-40]) + "…" + string(r[len(r)-39:])
	}
	return name
}
