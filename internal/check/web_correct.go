package check

// The form by which a person corrects what a figure is about, and takes it back.

import (
	"strconv"
	"strings"

	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// correctInput is what a person says that a figure is about; indicator is a code, or a choice of the page's list.
type correctInput struct {
	ID        string `json:"id"`
	Start     int    `json:"start"`
	Indicator string `json:"indicator"`
	None      bool   `json:"none"`
	Area      string `json:"area"`
	Period    string `json:"period"`
	Sex       string `json:"sex"`
	Verdict   string `json:"verdict"` // that the page shows, to come back to
}

func correct(r *web.Request, in correctInput) (web.Done[Item], error) {
	all, err := terms(r.Tx)
	if err != nil {
		return web.Done[Item]{}, err
	}
	said := Said{Indicator: codeOf(in.Indicator, all), None: in.None, Area: strings.TrimSpace(in.Area),
		Period: strings.TrimSpace(in.Period), Sex: in.Sex}
	if err := Correct(r.Tx, r.User, in.ID, in.Start, said); err != nil {
		return web.Done[Item]{}, err
	}
	return back(r, figureInput{in.ID, in.Start, in.Verdict}, part.In(r.Lang, "已记住。今后同样的说法也按此核对。")), nil
}

// figureInput is a figure of a checked text, and what the page shows.
type figureInput struct {
	ID      string `json:"id"`
	Start   int    `json:"start"`
	Verdict string `json:"verdict"`
}

func uncorrect(r *web.Request, in figureInput) (web.Done[Item], error) {
	if err := Uncorrect(r.Tx, r.User, in.ID, in.Start); err != nil {
		return web.Done[Item]{}, err
	}
	return back(r, in, part.In(r.Lang, "已恢复自动核对。")), nil
}

// back leads to the same figure again; a program is told how it stands now.
func back(r *web.Request, in figureInput, flash string) web.Done[Item] {
	d := showData{text: Check{ID: in.ID}, in: showInput{Verdict: in.Verdict}}
	to := web.Done[Item]{To: d.address(func(s *showInput) { s.Start = strconv.Itoa(in.Start) }), Flash: flash}
	if _, result, err := Read(r.Tx, r.User, in.ID); err == nil {
		for _, item := range result.Figures {
			if item.Start == in.Start {
				to.Data = item
			}
		}
	}
	return to
}

// choice is a term as the list of the form offers it, in the reader's language.
func choice(name, code string) string { return name + " [" + code + "]" }

// codeOf finds the term that was meant: a code, a choice of the list, or a name that only one term has.
func codeOf(typed string, all []network.Label) string {
	typed = strings.TrimSpace(typed)
	if open := strings.LastIndexByte(typed, '['); open >= 0 && strings.HasSuffix(typed, "]") {
		typed = typed[open+1 : len(typed)-1]
	}
	found := ""
	for _, t := range all {
		switch {
		case t.Code == typed:
			return typed
		case t.Name == typed || t.NameEN == typed && typed != "":
			if found != "" {
				return typed
			}
			found = t.Code
		}
	}
	if found != "" {
		return found
	}
	return typed
}
