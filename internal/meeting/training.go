package meeting

// Training: a record follows from an item of training and from who was there; a need from who holds a post and what
// their role needs. Neither is typed.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

// TrainingRecord is one person's training by one item of a meeting.
type TrainingRecord struct {
	Meeting   string   `json:"meeting"`
	Title     string   `json:"title"` // of the meeting
	On        string   `json:"on"`
	Item      string   `json:"item"`
	Attendee  string   `json:"attendee"`
	Person    string   `json:"person"`
	PersonID  string   `json:"-"`
	PostID    string   `json:"-"`
	Post      string   `json:"post"` // title as the unit named it
	Unit      string   `json:"unit"`
	UnitName  string   `json:"unit_name"`
	UnitEN    string   `json:"unit_name_en,omitempty"`
	Subjects  []string `json:"subjects"`
	Hours     string   `json:"hours"`
	Teacher   string   `json:"teacher,omitempty"`
	Score     string   `json:"score,omitempty"`
	AreaPath  string   `json:"-"`
	itemTitle string
}

// Owed is a post whose holder needs a training that they have not had since they came to it.
type Owed struct {
	Person   string   `json:"person"`
	PersonEN string   `json:"person_en,omitempty"`
	Unit     string   `json:"unit"`
	UnitName string   `json:"unit_name"`
	UnitEN   string   `json:"unit_name_en,omitempty"`
	Role     string   `json:"role"`
	Since    string   `json:"since"`
	Subjects []string `json:"subjects"` // that are missing
	Needed   []string `json:"needed"`   // all that the role needs
	AreaPath string   `json:"-"`
	person   string
}

// Trained says whether nothing is missing.
func (o Owed) Trained() bool { return len(o.Subjects) == 0 }

// Owing are the posts of today whose role needs training, in what by may see, each with what is missing. A training
// counts from the day on which the person came to the role: a post that goes on in another unit is no new one.
func Owing(tx *db.Tx, by auth.User) ([]Owed, error) { return owingOn(tx, by, tx.Today()) }

// owingOn are those of a day, and what had been missing then.
func owingOn(tx *db.Tx, by auth.User, day string) ([]Owed, error) {
	posts, err := heldPosts(tx, by, day)
	if err != nil {
		return nil, err
	}
	return owed(tx, posts, day)
}

// UntrainedIn are the posts of a unit that owe a training today, whoever asks: for who reminds the unit of it.
func UntrainedIn(tx *db.Tx, unit string) ([]Owed, error) {
	posts, err := postsOf(tx, unit, tx.Today())
	if err != nil {
		return nil, err
	}
	all, err := owed(tx, posts, tx.Today())
	return slices.DeleteFunc(all, Owed.Trained), err
}

// Newcomers are the posts whose role needs training and to which somebody came between two days, both included, each
// with what they have not been trained in by the last of them. Whoever asks tells no names of it.
func Newcomers(tx *db.Tx, first, last string) ([]Owed, error) {
	posts, err := takenPosts(tx, first, last)
	if err != nil {
		return nil, err
	}
	all, err := owed(tx, posts, last)
	return slices.DeleteFunc(all, func(o Owed) bool { return o.Since < first }), err // they only changed units
}

// owed are those of some posts whose role needs training, each with what is missing of what was held up to a day.
func owed(tx *db.Tx, posts []Owed, until string) ([]Owed, error) {
	needs, err := Needs(tx)
	if err != nil {
		return nil, err
	}
	records, err := trainings(tx)
	if err != nil {
		return nil, err
	}
	since, err := roleSince(tx)
	if err != nil {
		return nil, err
	}
	had := map[string][]TrainingRecord{}
	for _, r := range records {
		had[r.PersonID] = append(had[r.PersonID], r)
	}
	all := []Owed{}
	for _, o := range posts {
		for before, held := "", true; held; { // the same role in a unit that this one took over from
			if before, held = since[[3]string{o.person, o.Role, o.Since}]; held {
				o.Since = before
			}
		}
		for _, n := range needs {
			if n.Role != o.Role {
				continue
			}
			o.Needed = append(o.Needed, n.Subject)
			if !slices.ContainsFunc(had[o.person], func(r TrainingRecord) bool {
				return r.On >= o.Since && r.On <= until && slices.Contains(r.Subjects, n.Subject)
			}) {
				o.Subjects = append(o.Subjects, n.Subject)
			}
		}
		if len(o.Needed) > 0 {
			all = append(all, o)
		}
	}
	return all, nil
}

// OwingOf are those of a body and its members of today.
func OwingOf(tx *db.Tx, by auth.User, body string) ([]Owed, error) {
	all, err := Owing(tx, by)
	if err != nil {
		return nil, err
	}
	members, err := network.Members(tx, body, "")
	units := map[string]bool{body: true}
	for _, m := range members {
		units[m.Member] = true
	}
	return slices.DeleteFunc(all, func(o Owed) bool { return !units[o.Unit] }), err
}

// SetScore notes the points of a test that somebody took who was there, "" for none.
func SetScore(tx *db.Tx, by auth.User, id, item, attendee, points string) (Attendee, error) {
	m, st, err := take(tx, by, id, VerbScore)
	if err != nil {
		return Attendee{}, err
	}
	a, err := attendeeByID(tx, attendee)
	if err == nil {
		_, _, err = invitationIn(tx, m, a.Invitation)
	}
	if err != nil {
		return a, err
	}
	of, err := agendaByID(tx, item)
	if err == nil && (of.Meeting != m.ID || of.Kind != train) {
		err = errs.Missingf("没有找到这项培训议程。请刷新页面看看。")
	}
	if err != nil {
		return a, err
	}
	points = strings.TrimSpace(points)
	if !a.Present() {
		return a, errs.Conflictf("%s没有到会，不能登记成绩。", a.Name)
	}
	if points != "" && (!isHours(points) && points != "0" || points > "100" && len(strings.Split(points, ".")[0]) > 2 ||
		len(points) > 5) {
		return a, errs.Fields{"score": {Key: "成绩请填0至100的数，最多一位小数。"}}.Check("成绩没有保存。")
	}
	if a.Scores == nil {
		a.Scores = map[string]string{}
	}
	if a.Scores[item] = points; points == "" {
		delete(a.Scores, item)
	}
	if err := putAttendee(tx, a); err != nil {
		return a, err
	}
	return a, move(tx, by, &m, st, nil, a.row())
}

// TrainingOf are the records of one meeting, whoever asks: for who counts whom of their people it reached.
func TrainingOf(tx *db.Tx, id string) ([]TrainingRecord, error) { return trainingsOf(tx, id) }
