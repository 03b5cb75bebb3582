package network

// Memberships: which unit has which seat in which body, from when until when. A unit is there without one, and what
// kind of unit it is says nothing of it.

import (
	"slices"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Membership is a seat of a unit in a body: a committee, an assessment committee, a joint conference.
type Membership struct {
	ID       string  `json:"id"`
	Body     string  `json:"body"`
	Member   string  `json:"member"`
	Seat     Seating `json:"seat"`
	OpensOn  string  `json:"opens_on"`
	ClosesOn string  `json:"closes_on,omitempty"`
	Basis    string  `json:"basis"`
	Position int     `json:"-"`
}

// Object is the membership's name in the journal.
func (m Membership) Object() string { return "membership/" + m.ID }

// OpenOn says whether the seat is held on a day.
func (m Membership) OpenOn(day string) bool { return openOn(m.OpensOn, m.ClosesOn, day) }

// Seating is the kind of a seat.
type Seating string

// Seats, the first in rank first.
const (
	DirectorUnit Seating = "director_unit"
	ViceUnit     Seating = "vice"
	MemberUnit   Seating = "member"
	Observer     Seating = "observer"
)

// Seatings are all kinds of seats, by rank.
var Seatings = []Seating{DirectorUnit, ViceUnit, MemberUnit, Observer}

var seatWords = map[Seating]say.Key{DirectorUnit: "主任单位", ViceUnit: "副主任单位", MemberUnit: "成员单位",
	Observer: "列席单位"}

// Words is the seat in Chinese.
func (s Seating) Words() say.Key { return seatWords[s] }

// rank orders seats; 0 is the first.
func (s Seating) rank() int {
	for i, other := range Seatings {
		if s == other {
			return i
		}
	}
	return len(Seatings)
}

// ByRank orders seats by their rank, those of one rank as they stand.
func ByRank(seats []Membership) []Membership {
	slices.SortStableFunc(seats, func(a, b Membership) int { return a.Seat.rank() - b.Seat.rank() })
	return seats
}

// counts says whether the seat makes a member: observers are not counted.
func (s Seating) counts() bool { return s != Observer }

// Declared is how many members a body is said to have from a day on.
type Declared struct {
	Body    string `json:"body"`
	OpensOn string `json:"opens_on"`
	Members int    `json:"members"`
	Basis   string `json:"basis"`
}

// Validate checks what the database cannot.
func (m Membership) Validate() error {
	f := errs.Fields{}
	required(f, "body", m.Body)
	required(f, "member", m.Member)
	required(f, "basis", m.Basis)
	if m.Seat.Words() == "" {
		f.Say("seat", "席位请填主任单位、副主任单位、成员单位或列席单位。")
	}
	if m.Body == m.Member && m.Body != "" {
		f.Say("member", "机构不能是自己的成员。")
	}
	dated(f, m.OpensOn, m.ClosesOn)
	return f.Check("成员资格信息不完整。")
}
