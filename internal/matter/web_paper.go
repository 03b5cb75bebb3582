package matter

// Papers of items as files to save and print.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/web"
)

func paperRoutes(m *web.Mux) {
	web.View(m, "GET /items/{id}/document 下载整改项的文书", VerbRead, itemPaper, nil)
	web.View(m, "GET /items/circular 下载督办情况通报", VerbUrge, circularPaper, nil)
}

type paperInput struct {
	ID   string `json:"id"`
	Kind string `json:"kind" enum:"order,slip,done,closing" doc:"Which paper: order, slip, done or closing."`
}

func itemPaper(r *web.Request, in paperInput) (web.File, error) {
	c, err := read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.File{}, err
	}
	if in.Kind == "" {
		in.Kind = PaperOrder
	}
	name, d, err := c.Paper(r.Tx, in.Kind)
	if err != nil {
		return web.File{}, err
	}
	return web.Word(r, name, d)
}

func circularPaper(r *web.Request, _ struct{}) (web.File, error) {
	for _, p := range r.User.Posts {
		if p.Role == auth.Office {
			name, d, err := CircularPaper(r.Tx, r.User, p.Unit)
			if err != nil {
				return web.File{}, err
			}
			return web.Word(r, name, d)
		}
	}
	return web.File{}, errs.Deniedf("督办情况通报由妇儿工委办起草。")
}
