package web

// What a handler sees of a request, and by which address users reach the site.

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// Request is what a handler sees of a request.
type Request struct {
	Tx      *db.Tx
	DB      *db.DB // for Before only; a handler uses Tx
	Context context.Context
	User    auth.User
	Lang    string
	Secret  string // of the session that the request came with
	Remote  string // address of who asks; empty behind a proxy that nobody named, for then nobody knows
	Fresh   int    // a handler's word: for so many seconds anybody may be given the same answer again, if nobody asks
	State   string // of the database before Tx: nothing was committed between requests with the same; may be empty
	AsOf    string // the earlier day that is read, 2018-10-31; empty: now
	Whole   bool   // a table is to be saved: all of the list is wanted, not a page of it
	Site    string // scheme and host that users reach the site by, for addresses in files
	BaseURL string // the same, but empty unless it was said at the start: for addresses on paper
}

func (x *exchange) site() string {
	if x.mux.BaseURL != "" {
		return x.mux.BaseURL
	}
	if x.mux.secure(x.http) {
		return "https://" + x.http.Host
	}
	return "http://" + x.http.Host
}

// backOf is the page of this site that the request came from, empty if it is none or the same one.
func backOf(hr *http.Request) string {
	u, err := url.Parse(hr.Referer())
	if err != nil || u.Host != hr.Host || !strings.HasPrefix(u.Path, "/") ||
		u.RequestURI() == hr.URL.RequestURI() {
		return ""
	}
	return u.RequestURI()
}
