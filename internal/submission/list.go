package submission

// Lists of submissions and what waits for whom; who may see which is store_list.go's.

import (
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
)

// Item is one line of a list of submissions.
type Item struct {
	ID        string        `json:"id"`
	FormID    int64         `json:"-"`
	FormCode  string        `json:"form"`
	Form      string        `json:"form_name"`
	FormEN    string        `json:"form_name_en,omitempty"`
	UnitCode  string        `json:"unit"`
	Unit      string        `json:"unit_name"`
	UnitEN    string        `json:"unit_name_en,omitempty"`
	AreaCode  string        `json:"area"`
	Area      string        `json:"area_name"`
	AreaEN    string        `json:"area_name_en,omitempty"`
	AreaPath  string        `json:"-"`
	Period    period.Period `json:"period"`
	State     State         `json:"state"`
	DueOn     string        `json:"due_on,omitempty"`
	Late      bool          `json:"late,omitempty"`
	Signed    string        `json:"signed,omitempty"` // ByKey or signed.InInk, of the version that counts or waits
	Overdue   bool          `json:"overdue,omitempty"`
	Reason    string        `json:"reason,omitempty"` // why it was returned or amended
	Accepted  int64         `json:"-"`                // version whose facts are live
	UpdatedBy string        `json:"updated_by"`
	UpdatedAt time.Time     `json:"updated_at"`
}

// ByKey says that both signed with their keys.
const ByKey = "key"

// URL is the submission's page.
func (i Item) URL() string { return "/submissions/" + i.ID }

// Task is an item that waits for somebody, with what they are to do and who signs.
type Task struct {
	Item
	Verb     string         `json:"verb"` // submission.edit, .sign, .complete, .scan …
	First    string         `json:"first_signer"`
	Second   string         `json:"second_signer"`
	Third    string         `json:"third_signer,omitempty"`
	Deadline *flow.Deadline `json:"deadline,omitempty"` // of what is to be done; a report's own is due_on

	signers form.Signers
}

// Signs says whether it waits for the user's signature under a text that somebody has signed already.
func (t Task) Signs() bool { return t.Verb == VerbSign || t.Verb == VerbComplete }

// Three says whether three sign it.
func (t Task) Three() bool { return t.signers.Third != "" }

// HandoutsOf is the name under which workbooks with numbers for a sample's open submission are kept.
func HandoutsOf(id string) string { return "handout/" + id }

// Words say what is to be done.
func (t Task) Words() say.Key {
	switch {
	case t.Verb == VerbAccept:
		return "待审核"
	case t.Verb == VerbScan:
		return "待上传签字扫描件"
	case t.Verb == VerbConfirm:
		return "待确认纸质签字"
	case t.Signs():
		return "待签字"
	case t.State == Returned:
		return "退回待改"
	case t.Accepted != 0:
		return "修订中"
	}
	return "待填"
}

// Filter narrows a list; empty fields do not. Area takes the subtree.
type Filter struct {
	Form   string `json:"form"`
	Area   string `json:"area"`
	Unit   string `json:"unit"`
	Period string `json:"period"`
	State  string `json:"state,omitempty" enum:"draft,prepared,seconded,printed,scanned,signed,accepted,returned,historical,withdrawn"`
	Sort   string `json:"sort"` // a column's name, behind a minus downwards
	Page   int    `json:"page"` // from 1
}

const (
	pageSize    = 50
	newestFirst = "-period"
)

// Todo lists what waits for the user, the most urgent first: to fill, mend or sign as a unit's signer, to accept as the
// office. At most 200 of each.
func Todo(tx *db.Tx, by auth.User) ([]Task, error) {
	tasks, err := tasks(tx, by)
	if err != nil {
		return nil, err
	}
	staff := map[string][]network.Post{}
	for i, t := range tasks {
		if _, known := staff[t.UnitCode]; !known {
			if staff[t.UnitCode], err = network.Staff(tx, t.UnitCode, ""); err != nil {
				return nil, err
			}
		}
		for _, p := range staff[t.UnitCode] {
			switch p.Role {
			case t.signers.First:
				tasks[i].First = p.Person
			case t.signers.Second:
				tasks[i].Second = p.Person
			case t.signers.Third:
				tasks[i].Third = p.Person
			}
		}
		if tasks[i].Deadline, err = deadline(tx, t.State, t.UpdatedAt); err != nil {
			return nil, err
		}
	}
	return tasks, nil
}

// Waiting is how many submissions wait for the user.
func Waiting(tx *db.Tx, by auth.User) (int, error) {
	tasks, err := tasks(tx, by)
	return len(tasks), err
}

func tasks(tx *db.Tx, by auth.User) (tasks []Task, err error) {
	open, err := openItems(tx, by)
	if err != nil {
		return nil, err
	}
	for _, item := range open {
		f, err := form.ByID(tx, item.FormID)
		if err != nil {
			return nil, err
		}
		s := Submission{State: item.State, Form: f}
		s.Unit.Code, s.Area.Path = item.UnitCode, item.AreaPath
		if verb := s.waitsFor(by); verb != "" {
			tasks = append(tasks, Task{Item: item, Verb: verb, signers: s.Form.Signers})
		}
	}
	return tasks, nil
}

// waitsFor is what the submission waits for by to do, empty if nothing. Returning is not what it waits for.
func (s Submission) waitsFor(by auth.User) string {
	for _, st := range s.Open(by) {
		switch st.Verb {
		case VerbEdit, VerbSign, VerbComplete, VerbAccept, VerbScan, VerbConfirm:
			return st.Verb
		}
	}
	return ""
}
