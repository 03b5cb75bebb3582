package home

// The route of the big screen.

import (
	"context"

	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type screenInput struct {
	Theme string `json:"theme" enum:"dark,light" doc:"dark, as the default, or light."`
}

type screenData struct {
	Screen
	light bool
}

func showScreen(r *web.Request, in screenInput) (d screenData, err error) {
	d.light = in.Theme == "light"
	d.Screen, err = ReadScreen(r.Tx, r.User)
	return d, err
}

// other is the screen in the other theme.
func (d screenData) other() string {
	if d.light {
		return "/screen"
	}
	return "/screen?theme=light"
}

// meetingHead is what stands over the meetings: of today, or the next.
func (d screenData) meetingHead() say.Key {
	if len(d.Meetings) > 0 && !d.Meetings[0].Today {
		return "下次会议"
	}
	return "今天的会议"
}

// called is the domain as the plans call it, each name once.
func (d ScreenDomain) called(ctx context.Context) string {
	var names []string
	for _, n := range d.Names {
		names = append(names, n.In(part.From(ctx).Lang))
	}
	return part.Join(ctx, names)
}

func (d screenData) otherWord() say.Key {
	if d.light {
		return "换深色"
	}
	return "换浅色"
}
