package meeting

// What goes out about a meeting: its notice and its minutes, as letters. How these live is package letter's business.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
)

// noticeOf is the number of the letter by which the meeting was announced; a Conflict if none is issued yet.
func noticeOf(tx *db.Tx, m Meeting) (string, error) {
	all, err := letter.Of(tx, m.Object())
	if err != nil {
		return "", err
	}
	for _, l := range all {
		if l.Kind != letter.KindMinutes && l.Issued() {
			return l.Number, nil
		}
	}
	return "", errs.Conflictf("会议通知还没有发出。请先拟好通知，经核稿、签发、发出后再登记。")
}

// DraftNotice makes a letter that announces the meeting, to all who are invited, with what is known of it.
func DraftNotice(tx *db.Tx, by auth.User, id, body string) (letter.Letter, error) {
	m, _, err := take(tx, by, id, VerbNotify)
	if err != nil {
		return letter.Letter{}, err
	}
	if err := ready(tx, m); err != nil {
		return letter.Letter{}, err
	}
	return m.draftLetter(tx, by, letter.KindNotice, body)
}

// draftLetter makes a letter about the meeting to all who are invited; of minutes, those who sit in get a copy.
func (m Meeting) draftLetter(tx *db.Tx, by auth.User, kind letter.Kind, body string) (letter.Letter, error) {
	l := letter.Letter{Kind: kind, Title: "关于召开" + m.Title + "的通知", Body: body, Disclosure: "not_open",
		About: m.Object()}
	invited, err := invitationsOf(tx, m.ID)
	if err != nil {
		return l, err
	}
	if l.ReplyDue = m.ReplyBy; kind == letter.KindMinutes {
		l.Title, l.ReplyDue = m.Title+"纪要", ""
		if l.People, err = m.attended(tx, invited); err != nil {
			return l, err
		}
	}
	for _, i := range invited {
		if kind == letter.KindMinutes && i.Capacity != "attend" {
			l.Copies = append(l.Copies, i.Unit)
		} else {
			l.Main = append(l.Main, i.Unit)
		}
	}
	if len(l.Main) == 0 {
		l.Main, l.Copies = l.Copies, nil
	}
	issuers, err := letter.Issuers(tx, by)
	if err != nil {
		return l, err
	}
	l.Issuer = issuerOf(m, issuers)
	if l.Issuer == "" {
		return l, errs.Deniedf("会议通知和纪要由妇儿工委办发文。请把会议交本级妇儿工委办办理发文。")
	}
	return letter.Draft(tx, by, l)
}

// attended are the lists at the end of the minutes.
func (m Meeting) attended(tx *db.Tx, invited []Invitation) ([]letter.People, error) {
	units, err := unitNames(tx, auth.User{})
	if err != nil {
		return nil, err
	}
	coming, err := attendeesOf(tx, m.ID)
	return attended(units, invited, coming), err
}

// issuerOf is the unit that a letter about the meeting goes out from: the host if by may issue for it, else the office.
func issuerOf(m Meeting, issuers []network.Unit) string {
	for _, u := range issuers {
		if u.Code == m.Host {
			return u.Code
		}
	}
	if len(issuers) > 0 {
		return issuers[0].Code
	}
	return ""
}
