package web

// Cookies, languages and the headers that every answer has. Whose session it is, auth says.

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/text/language"

	"yipanqi/internal/auth"
)

const (
	sessionCookie = "session"
	flashCookie   = "flash"
	langCookie    = "lang"
)

type secret struct{ value, kind string }

func secretOf(hr *http.Request) secret {
	if bearer, ok := strings.CutPrefix(hr.Header.Get("Authorization"), "Bearer "); ok {
		return secret{bearer, auth.Bearer}
	}
	if c, err := hr.Cookie(sessionCookie); err == nil {
		return secret{c.Value, auth.Cookie}
	}
	return secret{}
}

func (x *exchange) setCookie(name, value string, maxAge int) {
	http.SetCookie(x.w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true,
		Secure: x.mux.secure(x.http), SameSite: http.SameSiteLaxMode})
}

var languages = language.NewMatcher([]language.Tag{language.Chinese, language.English})

// languageOf picks zh or en: the user's choice, else this browser's choice, else what the browser asks for, else
// Chinese.
func languageOf(hr *http.Request, users string) string {
	if users != "" {
		return users
	}
	if c, err := hr.Cookie(langCookie); err == nil && (c.Value == "zh" || c.Value == "en") {
		return c.Value
	}
	tags, _, err := language.ParseAcceptLanguage(hr.Header.Get("Accept-Language"))
	if _, i, _ := languages.Match(tags...); err == nil && i == 1 {
		return "en"
	}
	return "zh"
}

// policy: only our own built files, no inline script or style, no eval.
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Handler is the mux behind the security headers and the check that a browser's write came from our own pages.
func (m *Mux) Handler() http.Handler {
	guarded := http.NewCrossOriginProtection().Handler(m.mux)
	return described{http.HandlerFunc(func(w http.ResponseWriter, hr *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		if m.secure(hr) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		guarded.ServeHTTP(w, hr)
	}), m}
}

// described is the site with its description, so that tests can hold every answer against it.
type described struct {
	http.Handler
	mux *Mux
}

func (d described) Spec() *huma.OpenAPI { return d.mux.Spec("test") }
