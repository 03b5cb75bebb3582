package web

// What a client has already is not sent again (decision 0031). A mark of two parts says what it has: from what the
// answer was made, and what stood in it. The first alone spares the work, the second what would be sent. Nothing is
// kept here.

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

var errUnchanged = errors.New("the client has this answer")

// asks: the client may keep the answer for its user, and asks each time whether it still holds.
const asks = "private, no-cache"

// marked prepares the mark of a reading answer; it must be called before the answer's transaction begins. Without a
// mark the answer is sent, and kept by nobody.
func (x *exchange) marked() {
	if x.within != nil || x.asOf != "" {
		return
	}
	_, flash := x.http.Cookie(flashCookie)
	x.marks = flash != nil && !x.exports() && x.forgets()
	ctx, cancel := x.bounded()
	defer cancel()
	x.state, _ = x.mux.DB.State(ctx) // what is wrong with the database the transaction says
}

// forgets says that the client drops what it kept when its user signs out: a program, or a browser that is reached as
// Clear-Site-Data wants it.
func (x *exchange) forgets() bool {
	host := x.http.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	at, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return x.mux.secure(x.http) || host == "localhost" || err == nil && at.IsLoopback() ||
		secretOf(x.http).kind == auth.Bearer
}

// unchanged says that an answer to this user is made of just what the client's was made of: the database, the minute,
// and all that a handler sees of a request.
func (x *exchange) unchanged(tx *db.Tx, verb string) bool {
	if !x.marks || x.state == "" || x.user.Has(auth.Outsider) { // who is engaged keeps nothing beyond the last day
		return false
	}
	remote := Remote(x.http)
	if host, _, err := net.SplitHostPort(remote); err == nil {
		remote = host
	}
	x.made = brief(x.state, tx.Now.Truncate(time.Minute).String(), x.user.ID, secretOf(x.http).value, x.wants,
		x.env.Lang, x.env.Back, x.site(), remote, x.http.URL.RequestURI())
	made, _ := x.has()
	return made == x.made && (verb == Public || x.user.Known()) && x.user.Check(verb) == nil
}

// rests takes over what a handler says of its answer. What rests on a file or on another machine is made anew each
// time.
func (x *exchange) rests(r *Request, out any) {
	x.fresh = r.Fresh
	if _, file := out.(File); (file || r.Tx.Outside) && x.made != "" {
		x.made = "outside"
	}
}

// has is the mark of what the client has.
func (x *exchange) has() (made, content string) {
	mark := strings.TrimPrefix(x.http.Header.Get("If-None-Match"), "W/")
	made, content, _ = strings.Cut(strings.Trim(mark, `"`), ".")
	return made, content
}

// spare answers that the client has the content already, or names the content if it has not.
func (x *exchange) spare(content string) bool {
	if x.made == "" {
		return false
	}
	_, had := x.has()
	x.w.Header().Set("ETag", `W/"`+x.made+"."+cmp.Or(content, had)+`"`)
	if content != "" && content != had {
		return false
	}
	x.w.Header().Set("Cache-Control", asks)
	x.vary()
	x.w.WriteHeader(http.StatusNotModified)
	return true
}

func brief(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:12])
}
