package meeting

// A meeting as a calendar entry (RFC 5545): mail programs and phones open it.

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const icsTime = "20060102T150405Z"

// ICS is the meeting as a file; address is that of its page, "" if nobody knows it, name what the host is called.
func (m Meeting) ICS(address, host string) []byte {
	method := "PUBLISH"
	if m.State == Cancelled {
		method = "CANCEL"
	}
	return Calendar(method, func(b *strings.Builder) { m.event(b, address, host) })
}

// Calendar is a file of the entries that are written into it.
func Calendar(method string, entries func(*strings.Builder)) []byte {
	var b strings.Builder
	for _, line := range []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Yipanqi//meeting//ZH",
		"METHOD:" + method} {
		fold(&b, line)
	}
	entries(&b)
	fold(&b, "END:VCALENDAR")
	return []byte(b.String())
}

// event is the meeting as an entry.
func (m Meeting) event(b *strings.Builder, address, host string) {
	line := func(name, value string) { fold(b, name+":"+value) }
	status := "CONFIRMED"
	switch m.State {
	case Draft:
		status = "TENTATIVE"
	case Cancelled:
		status = "CANCELLED"
	}
	line("BEGIN", "VEVENT")
	line("UID", m.ID+"@yipanqi")
	line("SEQUENCE", fmt.Sprint(m.Version)) // grows with every change, so that a move replaces the entry
	line("DTSTAMP", m.UpdatedAt.UTC().Format(icsTime))
	line("DTSTART", m.Starts.UTC().Format(icsTime))
	line("DTEND", m.Ends.UTC().Format(icsTime))
	line("SUMMARY", escape(m.Title))
	if m.Place != "" {
		line("LOCATION", escape(m.Place))
	}
	line("DESCRIPTION", escape(strings.TrimSpace(strings.Join([]string{host, m.Number, m.Reason}, "\n"))))
	if address != "" {
		line("URL", address)
	}
	line("STATUS", status)
	line("BEGIN", "VALARM")
	line("ACTION", "DISPLAY")
	line("DESCRIPTION", escape(m.Title))
	line("TRIGGER", "-P1D")
	line("END", "VALARM")
	line("END", "VEVENT")
}

// escape makes text fit for a value (3.3.11).
func escape(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`).Replace(text)
}

// fold writes a line of at most 75 bytes, the rest on lines that begin with a space (3.1), never within a character.
func fold(b *strings.Builder, line string) {
	for most := 75; len(line) > most; most = 74 {
		at := most
		for !utf8.RuneStart(line[at]) {
			at--
		}
		b.WriteString(line[:at] + "\r\n ")
		line = line[at:]
	}
	b.WriteString(line + "\r\n")
}
