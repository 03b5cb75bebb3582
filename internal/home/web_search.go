package home

// The search page: what package find finds, by what the user may see.

import (
	"net/url"
	"slices"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/web"
)

type searchInput struct {
	Q    string `json:"q"`
	Kind string `json:"kind"` // one kind of thing only
}

// Found is the answer to a search: at most find.Limit hits.
type Found struct {
	Q     string      `json:"q"`
	Kind  string      `json:"kind,omitempty"`
	Hits  []find.Hit  `json:"hits"`
	kinds []find.Kind // that the user may find
}

func searchRoute(m *web.Mux, kinds []find.Kind) {
	web.View(m, "GET /search 查找能看到的内容", "search.read", func(r *web.Request, in searchInput) (Found, error) {
		return search(r, in, kinds)
	}, searchPage)
}

func search(r *web.Request, in searchInput, kinds []find.Kind) (Found, error) {
	f := Found{Q: in.Q, Kind: in.Kind, Hits: []find.Hit{}}
	for _, k := range kinds {
		if r.User.Can(k.Verb) {
			f.kinds = append(f.kinds, k)
		}
	}
	asked := f.kinds
	if in.Kind != "" {
		at := slices.IndexFunc(asked, func(k find.Kind) bool { return k.Code == in.Kind })
		if at < 0 {
			return f, errs.Fields{"kind": {Key: "没有这一类内容。请从页面上选。"}}.Check("没有这一类内容。")
		}
		asked = asked[at : at+1]
	}
	hits, err := find.Find(r.Tx, r.User, asked, in.Q)
	f.Hits = append(f.Hits, hits...)
	return f, err
}

// kindOf is the kind of a hit.
func (f Found) kindOf(h find.Hit) find.Kind {
	for _, k := range f.kinds {
		if k.Code == h.Kind {
			return k
		}
	}
	return find.Kind{}
}

// url is the same search in one kind; "" is all.
func (f Found) url(kind string) string {
	q := url.Values{"q": {f.Q}}
	if kind != "" {
		q.Set("kind", kind)
	}
	return "/search?" + q.Encode()
}

// marked cuts a title where it has the words as typed.
func marked(title, words string) (before, match, after string) {
	words = strings.TrimSpace(words)
	at := strings.Index(strings.ToLower(title), strings.ToLower(words))
	if words == "" || at < 0 || len(strings.ToLower(title)) != len(title) {
		return title, "", ""
	}
	return title[:at], title[at : at+len(words)], title[at+len(words):]
}
